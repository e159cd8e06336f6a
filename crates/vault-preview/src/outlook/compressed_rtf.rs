//! Outlook's compressed Rich Text, by [MS-OXRTFCP]: a window of 4 KiB that is initialized with common text.

use crate::limits;

const BEGINNING: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor \
MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

const WINDOW: usize = 4096;

/// The Rich Text; what can be read if the end is missing; `None` for another compression.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let kind = packed.get(8..12)?;
    let contents = packed.get(16..)?;
    match kind {
        b"MELA" => Some(contents.to_vec()),
        b"LZFu" => Some(inflate(contents)),
        _ => None,
    }
}

fn inflate(contents: &[u8]) -> Vec<u8> {
    let mut window = [0_u8; WINDOW];
    window[..BEGINNING.len()].copy_from_slice(BEGINNING);
    let mut at = BEGINNING.len();
    let mut text = Vec::new();
    let mut put = |byte: u8, window: &mut [u8; WINDOW], at: &mut usize| {
        window[*at] = byte;
        *at = (*at + 1) % WINDOW;
        text.push(byte);
        text.len() as u64 <= limits::TEXT
    };
    let mut bytes = contents.iter().copied();
    'all: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else { break 'all };
            if flags >> bit & 1 == 0 {
                if !put(first, &mut window, &mut at) {
                    break 'all;
                }
                continue;
            }
            let Some(second) = bytes.next() else { break 'all };
            let from = usize::from(first) << 4 | usize::from(second) >> 4;
            if from == at {
                break 'all;
            }
            for step in 0..usize::from(second & 15) + 2 {
                let byte = window[(from + step) % WINDOW];
                if !put(byte, &mut window, &mut at) {
                    break 'all;
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of [MS-OXRTFCP], 3.1.1.
    const EXAMPLE: &[u8] = b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\0\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";

    #[test]
    fn the_example_is_unpacked() {
        assert_eq!(BEGINNING.len(), 207);
        assert_eq!(unpack(EXAMPLE).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    #[test]
    fn a_truncated_stream_is_read_to_its_end() {
        for length in 16..EXAMPLE.len() {
            assert!(unpack(&EXAMPLE[..length]).unwrap().len() <= 43);
        }
        assert_eq!(unpack(&EXAMPLE[..15]), None);
    }
}
