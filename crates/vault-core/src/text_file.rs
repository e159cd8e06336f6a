//! Text files that users edit or receive, in the encodings that editors of all systems write.

use thiserror::Error;

/// Bytes that are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line} is in no encoding that can be told for certain. Save the file as UTF-8")]
pub struct NotText {
    /// The first line that cannot be read, counted from 1.
    pub line: usize,
}

/// Decodes a text file: UTF-8, or UTF-16 as written by Windows' Notepad and PowerShell, with or without a byte order
/// mark, which is not part of the text.
///
/// # Errors
/// [`NotText`] names the first line that is neither. Older code pages are not guessed: a wrong guess would change the
/// text.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // A text file contains no NUL; in UTF-16 every Latin letter has one.
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, NotText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => no_nul(text.to_owned()),
        Err(error) => {
            let whole = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            Err(NotText { line: line_at_end(&whole) })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let pairs = bytes.chunks_exact(2);
    let half = !pairs.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => return Err(NotText { line: line_at_end(&text) }),
        }
    }
    if half { Err(NotText { line: line_at_end(&text) }) } else { no_nul(text) }
}

fn no_nul(text: String) -> Result<String, NotText> {
    match text.find('\0') {
        Some(at) => Err(NotText { line: line_at_end(&text[..at]) }),
        None => Ok(text),
    }
}

/// The lines of a text, with the line ends of any system.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn line_at_end(text: &str) -> usize {
    lines(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_is_the_same_in_whichever_way_an_editor_saved_it() {
        let text = "# Kanzlei Größe 合同 🗂\r\n*.bak\r\n";
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode(marked.as_bytes()).as_deref(), Ok(text));
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decode(&utf16_of(&marked, bytes)).as_deref(), Ok(text));
            assert_eq!(decode(&utf16_of(text, bytes)).as_deref(), Ok(text), "without a mark");
        }
        assert_eq!(decode(b"").as_deref(), Ok(""));
        assert_eq!(decode(b"\xFF\xFE").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        let line = |bytes: &[u8]| decode(bytes).expect_err("no text").line;
        assert_eq!(line(b"*.bak\r\nEntw\xFCrfe\r\n"), 2, "an older code page");
        assert_eq!(line(b"\xEF\xBB\xBFa\nb\nc\xFF"), 3);
        let mut torn = utf16_of("\u{FEFF}a\r\nb", u16::to_le_bytes);
        torn.pop();
        assert_eq!(line(&torn), 2);
        assert_eq!(line(&[0xFF, 0xFE, b'a', 0, b'\n', 0, 0x00, 0xD8, b'x', 0]), 2, "half of a pair");
        assert_eq!(line(b"a\nb\0c"), 2);
        assert_eq!(line(b"\0\0"), 1);
    }

    #[test]
    fn lines_end_as_any_system_ends_them() {
        assert_eq!(lines("a\r\nb\nc\rd").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\r\n\r\nb\r\n").collect::<Vec<_>>(), ["a", "", "b", ""]);
    }
}
