//! Which names may be written to a disk. A record can come from another system, or from an attacker.

use crate::model::PathText;

/// The naming rules of a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavor {
    /// Everything but `/`, NUL, `.` and `..`.
    Unix,
    /// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
    Windows,
}

impl Flavor {
    /// The rules of this computer.
    pub const fn here() -> Self {
        if cfg!(windows) { Self::Windows } else { Self::Unix }
    }
}

/// How a segment of a path may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// As it was received.
    Same(PathText),
    /// In the nearest form that is valid here.
    Renamed(PathText),
    /// It would lead out of its folder; there is no similar valid form.
    Refused,
}

/// The form in which one segment of a stored path may be written.
pub fn safe_segment(segment: &PathText, flavor: Flavor) -> Segment {
    // In a malicious record, text and bytes may be unrelated: only the one that is written is checked.
    let segment = &PathText::from_bytes(segment.bytes().to_vec());
    let bytes = segment.bytes();
    if bytes.is_empty() || bytes == b"." || bytes == b".." || bytes.contains(&0) || bytes.contains(&b'/') {
        return Segment::Refused;
    }
    if flavor == Flavor::Unix {
        return Segment::Same(segment.clone());
    }
    let text: String =
        segment.text().chars().map(|c| if c < ' ' || "<>:\"/\\|?*".contains(c) { '_' } else { c }).collect();
    let trimmed = text.trim_end_matches(['.', ' ']);
    let mut text = format!("{trimmed}{}", "_".repeat(text.len() - trimmed.len()));
    if is_reserved(&text) {
        text.insert(0, '_');
    }
    if text == segment.text() { Segment::Same(segment.clone()) } else { Segment::Renamed(PathText::plain(text)) }
}

/// Whether Windows interprets the name as a device, with or without an extension.
pub(super) fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        port => {
            let number = port.strip_prefix("COM").or_else(|| port.strip_prefix("LPT"));
            number.is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| "0123456789¹²³".contains(c)))
        }
    }
}

/// The second `Letter.pdf` becomes `Letter (2).pdf`.
pub(super) fn numbered(name: &PathText, number: usize) -> PathText {
    let bytes = name.bytes();
    let dot = bytes.iter().rposition(|b| *b == b'.').filter(|at| *at > 0).unwrap_or(bytes.len());
    PathText::from_bytes([&bytes[..dot], format!(" ({number})").as_bytes(), &bytes[dot..]].concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn windows(name: &str) -> Segment {
        safe_segment(&PathText::plain(name), Flavor::Windows)
    }

    #[test]
    fn nothing_leads_out() {
        for bad in ["..", ".", "", "a\0b"] {
            for flavor in [Flavor::Unix, Flavor::Windows] {
                assert_eq!(safe_segment(&PathText::plain(bad), flavor), Segment::Refused, "{bad:?}");
            }
        }
    }

    #[test]
    fn windows_gets_the_nearest_name_it_allows() {
        for (name, near) in [
            ("C:", "C_"),
            ("a:b", "a_b"),
            ("..\\..\\evil", ".._.._evil"),
            ("CON", "_CON"),
            ("con.pdf", "_con.pdf"),
            ("LPT1 .txt", "_LPT1 .txt"),
            ("COM¹", "_COM¹"),
            ("ends. .", "ends___"),
            ("new\nline", "new_line"),
        ] {
            assert_eq!(windows(name), Segment::Renamed(PathText::plain(near)), "{name}");
        }
        for name in ["CONTRACT.pdf", "a|b".replace('|', " ").as_str(), "Übergabe.docx", ".hidden", "COM10"] {
            assert_eq!(windows(name), Segment::Same(PathText::plain(name)), "{name}");
        }
    }

    #[test]
    fn a_harmless_text_hides_no_other_bytes() {
        let hidden = |bytes: &[u8]| PathText::from_parts("Letter.pdf".to_owned(), Some(bytes.to_vec()));
        for (bytes, near) in
            [(&b"..\\evil"[..], ".._evil"), (b"C:", "C_"), (b"CON", "_CON"), (b"..\\\xed\xa0\x80", ".._%ED%A0%80")]
        {
            assert_eq!(safe_segment(&hidden(bytes), Flavor::Windows), Segment::Renamed(PathText::plain(near)));
        }
        assert_eq!(safe_segment(&hidden(b".."), Flavor::Unix), Segment::Refused);
        assert_eq!(safe_segment(&hidden(b"a.pdf"), Flavor::Unix), Segment::Same(PathText::plain("a.pdf")));
    }

    #[test]
    fn a_number_goes_before_the_extension() {
        for (name, second) in [("a.tar.gz", "a.tar (2).gz"), ("README", "README (2)"), (".env", ".env (2)")] {
            assert_eq!(numbered(&PathText::plain(name), 2).text(), second);
        }
    }

    proptest! {
        #[test]
        fn a_written_name_is_one_plain_segment(bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            for flavor in [Flavor::Unix, Flavor::Windows] {
                if let Segment::Same(name) | Segment::Renamed(name) =
                    safe_segment(&PathText::from_bytes(bytes.clone()), flavor)
                {
                    let name = name.bytes();
                    prop_assert!(!name.is_empty() && !name.contains(&b'/') && !name.contains(&0));
                    prop_assert!(name != b"." && name != b"..");
                    if flavor == Flavor::Windows {
                        prop_assert!(!name.iter().any(|b| b"\\:*?\"<>|".contains(b)));
                        prop_assert!(!name.ends_with(b".") && !name.ends_with(b" "));
                    }
                }
            }
        }
    }
}
