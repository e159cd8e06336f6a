//! Names and folder paths: as they were received, and in readable form.

use std::ffi::{OsStr, OsString};
use std::fmt;

/// How deep folders may be nested, the dropped one included: as deep as fits into the longest path of Linux (4,096
/// bytes). Colleagues' programs read no deeper, since a writer of deeper paths could make them walk all of it.
pub const DEEPEST_FOLDER: usize = 2048;

/// The longest path of a folder, in UTF-16 units. Windows opens no path of more than 32,767, and the rules of a firm's
/// vault accept at most 32,768: the rest is for the name, and for the path a restore goes to.
pub const LONGEST_FOLDER_PATH: usize = 30_000;

/// A file name, or a `/`-separated folder path: readable text, plus the exact bytes where the text can't represent them
/// (a name that is not Unicode). In the text, each byte that is not UTF-8 is written as `%` and two digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathText {
    text: String,
    exact: Option<Box<[u8]>>,
}

impl PathText {
    /// A name or path that is plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), exact: None }
    }

    /// A name or path from its bytes: UTF-8, or whatever the file system returned instead.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self { text, exact: None },
            Err(not_utf8) => {
                let bytes = not_utf8.into_bytes();
                Self { text: readable(&bytes), exact: Some(bytes.into_boxed_slice()) }
            }
        }
    }

    /// A name as the file system returns it.
    pub fn from_os(name: &OsStr) -> Self {
        Self::from_bytes(os::to_bytes(name))
    }

    /// A stored text and, if there are any, its exact bytes.
    pub fn from_parts(text: String, exact: Option<Vec<u8>>) -> Self {
        Self { text, exact: exact.map(Vec::into_boxed_slice) }
    }

    /// Like [`from_parts`](Self::from_parts), for data that others wrote. Bytes that don't match the text are ignored:
    /// what is restored is what was shown.
    pub fn from_parts_of_others(text: String, exact: Option<Vec<u8>>) -> Self {
        let said = exact.filter(|exact| std::str::from_utf8(exact).is_err() && readable(exact) == text);
        Self::from_parts(text, said)
    }

    /// The readable form; also used in the record's `originalName` and its hash.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The exact bytes, where the text can't represent them.
    pub fn exact(&self) -> Option<&[u8]> {
        self.exact.as_deref()
    }

    /// The bytes as they were received, text or not.
    pub fn bytes(&self) -> &[u8] {
        self.exact.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The name for this computer's file system: the exact one where possible, otherwise the readable one.
    pub fn to_os(&self) -> OsString {
        self.exact().and_then(os::from_bytes).unwrap_or_else(|| OsString::from(&self.text))
    }

    /// The path of `name` inside this folder.
    pub fn join(&self, name: &Self) -> Self {
        if self.bytes().is_empty() {
            return name.clone();
        }
        Self::from_bytes([self.bytes(), b"/", name.bytes()].concat())
    }

    /// Whether a folder with this path is too deep for a vault: its content could not be restored or read.
    pub fn is_too_deep(&self) -> bool {
        // A UTF-8 byte is at most one unit, and each folder takes at least two bytes.
        let longest = self.text.len().max(self.bytes().len());
        longest >= 2 * DEEPEST_FOLDER
            && (self.text.split('/').count() > DEEPEST_FOLDER
                || self.text.encode_utf16().count() > LONGEST_FOLDER_PATH
                || self.exact().is_some_and(|exact| exact.len() > LONGEST_FOLDER_PATH))
    }

    /// The segments of a path; none for the empty path.
    pub fn segments(&self) -> impl Iterator<Item = Self> {
        self.bytes().split(|b| *b == b'/').filter(|segment| !segment.is_empty()).map(|s| Self::from_bytes(s.to_vec()))
    }
}

impl fmt::Display for PathText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for PathText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push('%');
            text.push_str(&hex::encode_upper([*byte]));
        }
    }
    text
}

#[cfg(unix)]
mod os {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    pub(super) fn to_bytes(name: &OsStr) -> Vec<u8> {
        name.as_bytes().to_vec()
    }

    /// On Unix any bytes without a NUL are a name, so this is never `None`.
    #[allow(clippy::unnecessary_wraps)]
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<OsString> {
        Some(OsString::from_vec(bytes.to_vec()))
    }
}

#[cfg(windows)]
mod os {
    //! Windows names are 16-bit units that need not be Unicode. A lone surrogate is kept as the three bytes that
    //! UTF-8 would use for it (WTF-8, <https://simonsapin.github.io/wtf-8/>).

    use std::ffi::{OsStr, OsString};
    use std::os::windows::ffi::{OsStrExt, OsStringExt};

    pub(super) fn to_bytes(name: &OsStr) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(name.len());
        for unit in char::decode_utf16(name.encode_wide()) {
            match unit {
                Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(lone) => {
                    let [high, low] = lone.unpaired_surrogate().to_be_bytes();
                    bytes.extend_from_slice(&[
                        0xE0 | high >> 4,
                        0x80 | (high & 0x0F) << 2 | low >> 6,
                        0x80 | low & 0x3F,
                    ]);
                }
            }
        }
        bytes
    }

    /// `None` for bytes that are not from a Windows name: they came from another system.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<OsString> {
        let mut units = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while !rest.is_empty() {
            match rest {
                [0xED, b @ 0xA0..=0xBF, c @ 0x80..=0xBF, tail @ ..] => {
                    units.push(0xD000 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F));
                    rest = tail;
                }
                _ => {
                    let chunk = rest.utf8_chunks().next()?;
                    if chunk.valid().is_empty() {
                        return None;
                    }
                    units.extend(chunk.valid().encode_utf16());
                    rest = &rest[chunk.valid().len()..];
                }
            }
        }
        Some(OsString::from_wide(&units))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A colleague's program may store any bytes with a text.
    #[test]
    fn bytes_that_the_text_does_not_say_do_not_count() {
        let of = |text: &str, exact: &[u8]| PathText::from_parts_of_others(text.to_owned(), Some(exact.to_vec()));
        assert_eq!(of("Invoice.pdf", b"run me.desktop").bytes(), b"Invoice.pdf");
        assert_eq!(of("Invoice.pdf", b"run\xff.desktop").bytes(), b"Invoice.pdf");
        assert_eq!(of("run%FF.pdf", b"run\xff.pdf").bytes(), b"run\xff.pdf");
    }

    #[test]
    fn a_name_that_is_not_utf8_keeps_its_bytes_beside_a_readable_form() {
        let name = PathText::from_bytes(b"Br\xfcgge\xff.pdf".to_vec());
        assert_eq!(name.text(), "Br%FCgge%FF.pdf");
        assert_eq!(name.exact(), Some(&b"Br\xfcgge\xff.pdf"[..]));
    }

    #[test]
    fn a_folder_is_too_deep_by_its_folders_or_by_its_length() {
        let folders = |count: usize| PathText::plain(vec!["f"; count].join("/")).is_too_deep();
        assert_eq!((folders(0), folders(DEEPEST_FOLDER), folders(DEEPEST_FOLDER + 1)), (false, false, true));
        let units = |unit: &str, count: usize| PathText::plain(unit.repeat(count)).is_too_deep();
        let most = LONGEST_FOLDER_PATH;
        assert_eq!((units("f", most), units("f", most + 1)), (false, true));
        assert_eq!((units("文", most), units("文", most + 1)), (false, true));
        assert_eq!((units("😀", most / 2), units("😀", most / 2 + 1)), (false, true));
        // 20,000 units in the text, and 60,000 exact bytes with it.
        let exact = PathText::from_bytes([&b"\xff"[..], "文".repeat(20_000).as_bytes()].concat());
        assert!(exact.is_too_deep());
    }

    #[test]
    fn the_empty_folder_has_no_segments_and_adds_none() {
        let root = PathText::plain("");
        assert_eq!(root.segments().count(), 0);
        assert_eq!(root.join(&PathText::plain("a.pdf")).text(), "a.pdf");
    }

    proptest! {
        #[cfg(unix)]
        #[test]
        fn every_unix_name_survives(bytes in proptest::collection::vec(1_u8..=255, 1..40)) {
            let name = PathText::from_bytes(bytes.clone());
            prop_assert_eq!(name.bytes(), &bytes[..]);
            prop_assert_eq!(PathText::from_os(&name.to_os()), name);
        }
    }
}
