//! The mark that says a file came from outside: programs are careful with what has it. Word runs no macros in it and opens it
//! without letting it be edited, Windows and macOS ask before they run it.
//!
//! What a firm was handed came from outside, and says so no more once it is in the vault, which keeps bytes, names and times only.
//! So every copy gets the mark, unless the person says that what they restore is trusted.

use crate::model::Timestamp;

/// A mark, as the system keeps it beside the content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Another stream of the file (NTFS, `ReFS`): its name and its content.
    Stream(&'static str, String),
    /// An extended attribute of the file: its name and its value.
    Attribute(&'static str, String),
}

/// Whose the originals of copies are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// They came from outside, or nobody knows: copies are marked.
    #[default]
    Outside,
    /// A person vouches for them: copies are not marked.
    Trusted,
}

/// A system, as far as marks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// A stream that names the zone a file came from: the mark of the web.
    Windows,
    /// An attribute that puts a file into quarantine.
    Mac,
    /// Programs look for none. What some of them write (`user.xdg.origin.url`) is for remembering an address, and we have none.
    None,
}

impl Marks {
    /// Those of this system.
    pub(super) const fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::None
        }
    }

    /// What copies of such originals get that are made at this time.
    pub(super) fn of(self, origin: Origin, now: Timestamp) -> Option<Mark> {
        match (self, origin) {
            (_, Origin::Trusted) | (Self::None, _) => None,
            // Zone 3 is the Internet ([MS-FSCC], 5.6.1).
            (Self::Windows, Origin::Outside) => {
                Some(Mark::Stream("Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n".to_owned()))
            }
            // Flags (downloaded, nobody has agreed to open it yet), seconds since 1970, who wrote it, and the number of an
            // entry in a list of downloads, which there is none of. All numbers are hexadecimal.
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
