//! The mark for files that came from outside. Programs treat them with caution: Word runs no macros in them and opens
//! them read-only, and Windows and macOS ask before running them.
//!
//! Documents that a firm received came from outside, but the vault stores only bytes, names and times, so their marks
//! are lost. Therefore every restored file gets the mark, unless the user declares that the originals are trusted.

use crate::model::Timestamp;

/// A mark, as the system stores it with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// An alternate stream of the file (NTFS, `ReFS`): its name and its content.
    Stream(&'static str, String),
    /// An extended attribute: its name and its value.
    Attribute(&'static str, String),
}

/// Where the originals came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// From outside, or unknown: restored files are marked.
    #[default]
    Outside,
    /// The user trusts them: restored files are not marked.
    Trusted,
}

/// The kind of marks a system uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// A stream with the zone that a file came from: the mark of the web.
    Windows,
    /// An attribute that quarantines a file.
    Mac,
    /// Programs check for none. Some write `user.xdg.origin.url`, but only to record an address, and there is none
    /// here.
    None,
}

impl Marks {
    /// The kind that this system uses.
    pub(super) const fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::None
        }
    }

    /// The mark for files with this origin that are written at this time.
    pub(super) fn of(self, origin: Origin, now: Timestamp) -> Option<Mark> {
        match (self, origin) {
            (_, Origin::Trusted) | (Self::None, _) => None,
            // Zone 3 is the Internet ([MS-FSCC], 5.6.1).
            (Self::Windows, Origin::Outside) => {
                Some(Mark::Stream("Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n".to_owned()))
            }
            // Flags (downloaded, not yet approved by the user), seconds since 1970, the program that wrote it, and the
            // id of an entry in a download list, which does not exist here. All numbers are hexadecimal.
            (Self::Mac, Origin::Outside) => {
                let seconds = u32::try_from(now.0.div_euclid(1000)).unwrap_or(0);
                Some(Mark::Attribute("com.apple.quarantine", format!("0081;{seconds:08x};Strongroom;")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_764_486_000_123);

    #[test]
    fn copies_of_what_came_from_outside_are_marked_as_each_system_does() {
        let stream = Mark::Stream("Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n".to_owned());
        assert_eq!(Marks::Windows.of(Origin::default(), NOW), Some(stream));
        let attribute = Mark::Attribute("com.apple.quarantine", "0081;692beb70;Strongroom;".to_owned());
        assert_eq!(Marks::Mac.of(Origin::default(), NOW), Some(attribute));
        assert_eq!(Marks::None.of(Origin::default(), NOW), None);
    }

    #[test]
    fn what_a_person_vouches_for_is_not() {
        for marks in [Marks::Windows, Marks::Mac, Marks::None] {
            assert_eq!(marks.of(Origin::Trusted, NOW), None);
        }
    }

    #[test]
    fn a_clock_that_is_off_by_a_century_still_marks() {
        for now in [Timestamp(-1), Timestamp(i64::MIN), Timestamp(i64::MAX)] {
            let attribute = Mark::Attribute("com.apple.quarantine", "0081;00000000;Strongroom;".to_owned());
            assert_eq!(Marks::Mac.of(Origin::Outside, now), Some(attribute));
        }
    }
}
