//! Why a file could not be read: a closed list, so that a window can offer the right button and translate the sentence.

use std::fmt;
use std::io;

use crate::SystemFault;

/// Why a source file could not be filed. Shown as a sentence; stored as [`code`](Self::code) and
/// [`detail`](Self::detail).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Problem {
    /// The user lacks permission to read it.
    PermissionDenied,
    /// It or its drive is gone.
    Vanished,
    /// It kept changing while it was read.
    Changed,
    /// Its drive reports a different length than it delivers: both, as a sentence.
    SizeUntrue(String),
    /// The file that the user located has other content than was dropped.
    Different,
    /// Another program has it open exclusively.
    InUse,
    /// Its content is not on this computer.
    CloudOnly,
    /// Its path is longer than this system can open.
    PathTooLong,
    /// It is too deep for a vault: see [`PathText::is_too_deep`](crate::model::PathText::is_too_deep).
    TooDeep,
    /// It is no longer a file, or no longer a folder.
    OtherKind,
    /// The vault refused it.
    Refused(String),
    /// Anything else the system reported.
    Unreadable(String),
}

impl Problem {
    /// The problems that their code says completely.
    pub const LISTED: &'static [Self] = &[
        Self::PermissionDenied,
        Self::Vanished,
        Self::Changed,
        Self::Different,
        Self::InUse,
        Self::CloudOnly,
        Self::PathTooLong,
        Self::TooDeep,
        Self::OtherKind,
    ];

    /// The stable code of this kind of problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PermissionDenied => "permission-denied",
            Self::Vanished => "vanished",
            Self::Changed => "changed",
            Self::SizeUntrue(_) => "size-untrue",
            Self::Different => "different",
            Self::InUse => "in-use",
            Self::CloudOnly => "cloud-only",
            Self::PathTooLong => "path-too-long",
            Self::TooDeep => "too-deep",
            Self::OtherKind => "other-kind",
            Self::Refused(_) => "refused",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// What the system or the vault reported, where that adds anything.
    pub fn detail(&self) -> &str {
        match self {
            Self::SizeUntrue(detail) | Self::Refused(detail) | Self::Unreadable(detail) => detail,
            _ => "",
        }
    }

    /// The inverse of [`code`](Self::code) and [`detail`](Self::detail); an unknown code of a newer version stays
    /// readable.
    pub fn from_parts(code: &str, detail: &str) -> Self {
        match code {
            "permission-denied" => Self::PermissionDenied,
            "vanished" => Self::Vanished,
            "changed" => Self::Changed,
            "size-untrue" => Self::SizeUntrue(detail.to_owned()),
            "different" => Self::Different,
            "in-use" => Self::InUse,
            "cloud-only" => Self::CloudOnly,
            "path-too-long" => Self::PathTooLong,
            "too-deep" => Self::TooDeep,
            "other-kind" => Self::OtherKind,
            "refused" => Self::Refused(detail.to_owned()),
            "unreadable" => Self::Unreadable(understood(detail)),
            newer => Self::Unreadable(format!("{newer} {detail}").trim_end().to_owned()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PermissionDenied => {
                f.write_str("Permission denied. Ask for the right to read it, or copy it to a place of your own.")
            }
            Self::Vanished => f.write_str(
                "No longer there. Bring it back or reconnect its drive and try again, or say where it is now.",
            ),
            Self::Changed => {
                f.write_str("Changed while it was being filed. Close the program that writes it and try again.")
            }
            Self::SizeUntrue(detail) => {
                write!(
                    f,
                    "{detail} Copy it to a folder of this computer, look whether the copy is whole, and drop that."
                )
            }
            Self::Different => f.write_str(
                "Not the file that was dropped: its content is another. Locate the right one, or drop this one.",
            ),
            Self::InUse => f.write_str("Open in another program. Close it there and try again."),
            Self::CloudOnly => {
                f.write_str("Not on this computer: only its placeholder is. Make it available offline and try again.")
            }
            Self::PathTooLong => f.write_str("Its path is too long for this system. Move it to a shorter path."),
            Self::TooDeep => f.write_str(
                "It lies too deep: below more than 2,048 folders, or in a path of more than 30,000 characters. \
                 Move it up, and file it again.",
            ),
            Self::OtherKind => f.write_str("Replaced by something that is not a file. Drop it again."),
            Self::Refused(detail) => write!(f, "Not accepted: {detail}"),
            Self::Unreadable(detail) => write!(f, "Could not be read: {detail}"),
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            io::ErrorKind::NotFound | io::ErrorKind::StaleNetworkFileHandle => Self::Vanished,
            io::ErrorKind::InvalidFilename => Self::PathTooLong,
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => Self::OtherKind,
            _ if super::sys::is_in_use(&error) => Self::InUse,
            _ if super::sys::is_link(&error) => Self::OtherKind,
            _ => Self::Unreadable(words(&SystemFault::of(&error))),
        }
    }
}

fn words(fault: &SystemFault) -> String {
    format!("{fault}. {}", fault.help())
}

/// The system's message, readable for the user. Earlier versions stored error numbers.
fn understood(detail: &str) -> String {
    let number = detail.split_once("(os error ").and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
    number.map_or_else(|| detail.to_owned(), |number| words(&SystemFault::of(&io::Error::from_raw_os_error(number))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_survives_the_journal() {
        for problem in [
            Problem::PermissionDenied,
            Problem::Vanished,
            Problem::Changed,
            Problem::SizeUntrue("The drive says that it has 0 bytes, but gives more.".into()),
            Problem::Different,
            Problem::InUse,
            Problem::CloudOnly,
            Problem::PathTooLong,
            Problem::TooDeep,
            Problem::OtherKind,
            Problem::Refused("no".into()),
            Problem::Unreadable("I/O error".into()),
        ] {
            assert_eq!(Problem::from_parts(problem.code(), problem.detail()), problem);
            assert_eq!(Problem::LISTED.contains(&problem), problem.detail().is_empty(), "{problem:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_system_is_understood_now_and_in_what_earlier_versions_kept() {
        let failing = "Could not be read: the drive reports a fault when it reads or writes. Check its cable";
        let now = Problem::from(io::Error::from_raw_os_error(5)).to_string();
        let kept = Problem::from_parts("unreadable", "Input/output error (os error 5)").to_string();
        assert_eq!(now, kept);
        assert!(now.starts_with(failing), "{now}");
    }
}
