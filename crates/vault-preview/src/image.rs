//! An image's dimensions, from its header.
//!
//! The headers are parsed here because only a few numbers are needed, and an image library would decode the picture.

/// Width and height, in pixels.
type Dimensions = (u64, u64);

/// Whether a file begins like an image that every browser engine shows and treats as nothing else: PNG, JPEG, GIF, WebP
/// or BMP. SVG is excluded because it can contain scripts.
pub(crate) fn is_image(head: &[u8]) -> bool {
    is_png(head) || is_jpeg(head) || is_gif(head) || is_webp(head) || is_bmp(head)
}

/// The number of pixels; `None` if the header does not state it.
pub(crate) fn pixels(head: &[u8]) -> Option<u64> {
    let found = if is_png(head) {
        png(head)
    } else if is_jpeg(head) {
        jpeg(head)
    } else if is_gif(head) {
        gif(head)
    } else if is_webp(head) {
        webp(head)
    } else if is_bmp(head) {
        bmp(head)
    } else {
        None
    };
    found.and_then(|(width, height)| width.checked_mul(height)).filter(|pixels| *pixels > 0)
}

fn is_png(head: &[u8]) -> bool {
    head.starts_with(b"\x89PNG\r\n\x1a\n")
}

fn is_jpeg(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xd8\xff")
}

fn is_gif(head: &[u8]) -> bool {
    head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")
}

fn is_webp(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// A two-letter signature is weak: a note may begin with "BM". So the length of the second header must be a known one.
fn is_bmp(head: &[u8]) -> bool {
    head.starts_with(b"BM") && matches!(little(head, 14, 4), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// PNG 1.2, 4.1.1: IHDR comes first.
fn png(head: &[u8]) -> Option<Dimensions> {
    (head.get(12..16)? == b"IHDR").then_some(())?;
    Some((big(head, 16, 4)?, big(head, 20, 4)?))
}

/// ITU-T T.81, B.2.2: the frame header, after segments that state their length.
fn jpeg(head: &[u8]) -> Option<Dimensions> {
    let mut at = 2;
    loop {
        if *head.get(at)? != 0xff {
            return None;
        }
        match *head.get(at + 1)? {
            // Fill bytes, and markers without a segment.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // The frame headers; C4, C8 and CC are other segments.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big(head, at + 7, 2)?, big(head, at + 5, 2)?));
            }
            // A scan, or the end, before any frame.
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::try_from(big(head, at + 2, 2)?).ok().filter(|length| *length >= 2)?,
        }
    }
}

/// GIF, version 89a, 18 and 20: the screen, or the first picture if that is larger.
fn gif(head: &[u8]) -> Option<Dimensions> {
    let screen = (little(head, 6, 2)?, little(head, 8, 2)?);
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*head.get(10)?);
    loop {
        match *head.get(at)? {
            // An extension: its label, then blocks with their lengths, until an empty one.
            0x21 => {
                at += 2;
                loop {
                    let length = usize::from(*head.get(at)?);
                    at += 1 + length;
                    if length == 0 {
                        break;
                    }
                }
            }
            0x2c => {
                let far = |offset, length| Some(little(head, offset, 2)? + little(head, length, 2)?);
                return Some((screen.0.max(far(at + 1, at + 5)?), screen.1.max(far(at + 3, at + 7)?)));
            }
            _ => return None,
        }
    }
}

/// RFC 9649: the canvas if there is one, else the bit stream's dimensions.
fn webp(head: &[u8]) -> Option<Dimensions> {
    match head.get(12..16)? {
        b"VP8X" => Some((little(head, 24, 3)? + 1, little(head, 27, 3)? + 1)),
        b"VP8L" => {
            let bits = little(head, 21, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((little(head, 26, 2)? & 0x3fff, little(head, 28, 2)? & 0x3fff)),
        _ => None,
    }
}

/// A negative height means that rows are stored from top to bottom.
fn bmp(head: &[u8]) -> Option<Dimensions> {
    if little(head, 14, 4)? == 12 {
        return Some((little(head, 18, 2)?, little(head, 20, 2)?));
    }
    let signed = |at| Some(u64::from(i32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?).unsigned_abs()));
    Some((signed(18)?, signed(22)?))
}

fn big(head: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(head.get(at..at + length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn little(head: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(head.get(at..at + length)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &[u8]) -> Option<u64> {
        assert!(is_image(head), "{head:?}");
        pixels(head)
    }

    #[test]
    fn pixels_are_read_from_the_header() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06\0\0\0"), Some(3_600_000_000));
        assert_eq!(of(b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\0\x10\0\x20"), Some(16 * 32));
        assert_eq!(of(b"GIF89a\x0a\0\x14\0\0\0\0\x21\xf9\x04abcd\0\x2c\0\0\0\0\x0a\0\x14\0\0"), Some(200));
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0"), Some(16 * 32));
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8L\x05\0\0\0\x2f\x0f\xc0\x07\0"), Some(16 * 32));
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8 \x05\0\0\0abc\x9d\x01\x2a\x10\0\x20\0"), Some(16 * 32));
        assert_eq!(of(b"BMabcdefghijkl\x28\0\0\0\x10\0\0\0\xe0\xff\xff\xff"), Some(16 * 32));
        assert_eq!(of(b"BMabcdefghijkl\x0c\0\0\0\x10\0\x20\0"), Some(16 * 32));
    }

    #[test]
    fn a_gif_is_as_large_as_its_largest_frame() {
        assert_eq!(of(b"GIF87a\x01\0\x01\0\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0"), Some(65_535 * 65_535));
    }

    #[test]
    fn a_size_missing_from_the_header_is_unknown() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0"), None);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\0\0\0\0\x01"), None, "no width");
        assert_eq!(of(b"\xff\xd8\xff\xe0\0\0\xff\xc0"), None, "a segment without an end");
        assert_eq!(of(b"\xff\xd8\xff\xd9"), None);
    }

    #[test]
    fn only_images_are_images() {
        for head in [&b"BM: a note about Ms. Miller"[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"II*\0", b""] {
            assert!(!is_image(head), "{head:?}");
        }
    }
}
