//! How a drive handles names, as a value: which it accepts, which it treats as equal, and the nearest name it accepts.

use unicode_normalization::UnicodeNormalization as _;

use super::names::{Flavor, Segment, is_reserved, safe_segment};
use crate::model::PathText;

/// The characters that Windows, and drives formatted for it, refuse in names.
pub(super) const REFUSED: &str = "<>:\"\\|?*";

/// How a drive handles names. The default is a drive that accepts every Unix name.
// Each is an independent fact about a drive, found by its own trial.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DriveNames {
    /// Which of [`REFUSED`] it accepts.
    pub(super) marks: String,
    /// Whether it accepts control characters.
    pub(super) controls: bool,
    /// Whether a name may end in a full stop or in a space.
    pub(super) ends: bool,
    /// Whether a file may have the name of a Windows device.
    pub(super) devices: bool,
    /// Which characters it accepts.
    pub(super) letters: Letters,
    /// Whether it treats names as equal that differ only in case.
    pub(super) folds_case: bool,
    /// Whether it treats names as equal that differ only in Unicode normalization.
    pub(super) folds_forms: bool,
    /// The length of the longest name, in `unit`.
    pub(super) longest: usize,
    /// How it counts the length.
    pub(super) unit: Unit,
}

/// Which characters a drive accepts; each variant includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letters {
    Ascii,
    /// Only the first 65,536 characters of Unicode.
    Basic,
    Unicode,
    /// Any bytes.
    Bytes,
}

/// How a drive counts the length of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Utf16,
}

impl Default for DriveNames {
    fn default() -> Self {
        Self {
            marks: REFUSED.to_owned(),
            controls: true,
            ends: true,
            devices: true,
            letters: Letters::Bytes,
            folds_case: false,
            folds_forms: false,
            longest: 255,
            unit: Unit::Bytes,
        }
    }
}

/// Which characters a name needs.
fn letters_of(name: &PathText) -> Letters {
    match name.text().chars().max() {
        _ if name.exact().is_some() => Letters::Bytes,
        Some('\u{10000}'..) => Letters::Unicode,
        Some('\u{80}'..) => Letters::Basic,
        _ => Letters::Ascii,
    }
}

impl DriveNames {
    /// The key of a name: the drive treats names with the same key as equal.
    pub(super) fn key(&self, name: &PathText) -> Vec<u8> {
        if name.exact().is_some() {
            return name.bytes().to_vec();
        }
        let mut key = name.text().to_owned();
        if self.folds_forms {
            key = key.nfc().collect();
        }
        if self.folds_case {
            // Converts to upper case first, because some lower-case letters share one.
            key = key.to_uppercase().to_lowercase();
        }
        if self.folds_case && self.folds_forms {
            key = key.nfc().collect();
        }
        key.into_bytes()
    }

    /// Whether the drive accepts the name as it is.
    pub(super) fn takes(&self, name: &PathText) -> bool {
        letters_of(name) <= self.letters && self.length(name) <= self.longest && self.takes_text(name.text())
    }

    fn takes_text(&self, text: &str) -> bool {
        let takes = |c: char| (c >= ' ' || self.controls) && (!REFUSED.contains(c) || self.marks.contains(c));
        text.chars().all(takes) && (self.ends || !text.ends_with(['.', ' '])) && (self.devices || !is_reserved(text))
    }

    fn length(&self, name: &PathText) -> usize {
        match self.unit {
            Unit::Bytes => name.bytes().len(),
            Unit::Utf16 => name.text().encode_utf16().count(),
        }
    }

    /// The name, or the nearest one that the drive accepts.
    pub(super) fn nearest(&self, name: &PathText) -> PathText {
        let mut nearest = name.clone();
        if letters_of(&nearest) > self.letters {
            nearest = PathText::plain(self.in_its_letters(nearest.text()));
        }
        if !self.takes_text(nearest.text())
            && let Segment::Renamed(safe) = safe_segment(&nearest, Flavor::Windows)
        {
            nearest = safe;
        }
        self.with_mark(&nearest, "")
    }

    /// The simplest form of a name, for a drive that refuses it for an unknown reason.
    pub(super) fn plainest(&self, name: &PathText) -> PathText {
        let plain = Self { longest: self.longest.min(64), ..Self::plain() };
        plain.nearest(name)
    }

    /// A drive that accepts only the simplest names.
    fn plain() -> Self {
        let (marks, letters, unit) = (String::new(), Letters::Ascii, Unit::Bytes);
        Self { marks, controls: false, ends: false, devices: false, letters, unit, ..Self::default() }
    }

    fn in_its_letters(&self, text: &str) -> String {
        let takes = |c: char| match self.letters {
            Letters::Ascii => c.is_ascii(),
            Letters::Basic => c < '\u{10000}',
            Letters::Unicode | Letters::Bytes => true,
        };
        text.chars().map(|c| if takes(c) { c } else { '_' }).collect()
    }

    /// The second `Letter.pdf` becomes `Letter (2).pdf`; the stem is shortened if needed.
    pub(super) fn numbered(&self, name: &PathText, number: usize) -> PathText {
        self.with_mark(name, &format!(" ({number})"))
    }

    /// The name with a mark before its extension; the stem is shortened if the name is too long for the drive.
    fn with_mark(&self, name: &PathText, mark: &str) -> PathText {
        let bytes = name.bytes();
        let dot = bytes.iter().rposition(|byte| *byte == b'.').filter(|at| *at > 0).unwrap_or(bytes.len());
        let (mut stem, mut extension) = bytes.split_at(dot);
        let with = |stem: &[u8], extension: &[u8]| PathText::from_bytes([stem, mark.as_bytes(), extension].concat());
        // What follows the last full stop of a long sentence is not an extension.
        if self.length(&PathText::from_bytes(extension.to_vec())) + mark.len() >= self.longest {
            (stem, extension) = (bytes, b"");
        }
        let mut name = with(stem, extension);
        while self.length(&name) > self.longest && !stem.is_empty() {
            let over = self.length(&name) - self.longest;
            stem = shorter(stem, over.div_ceil(4));
            name = with(stem, extension);
        }
        name
    }
}

/// A prefix of whole characters that is shorter by at least `less` bytes.
fn shorter(stem: &[u8], less: usize) -> &[u8] {
    let mut end = stem.len().saturating_sub(less.max(1));
    // All bytes of a character but the first begin with the bits 10.
    while end > 0 && stem[end] & 0b1100_0000 == 0b1000_0000 && std::str::from_utf8(stem).is_ok() {
        end -= 1;
    }
    // Not every drive keeps a space or a full stop at the end.
    let trimmed = stem[..end].iter().rposition(|byte| !b" .".contains(byte)).map_or(end, |at| at + 1);
    &stem[..trimmed]
}
