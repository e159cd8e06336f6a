//! What the operating system's errors mean to a person: what happened, and what to do. Everything that shows such an error
//! asks here, so that nobody reads "os error 36".

use std::fmt;
use std::io;
use std::path::Path;

use crate::ports::{Attention, PortError};

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "unix.rs")]
mod codes;

/// Why the system could not do something with a file. Displayed as a clause without a full stop ("the disk is full");
/// [`help`](Self::help) is the sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SystemFault {
    /// The disk is full.
    NoRoom,
    /// The user's share of the disk is used up.
    Quota,
    /// The drive, or the folder on it, can only be read.
    ReadOnly,
    /// The user lacks the right.
    NoAccess,
    /// Something has the name.
    AlreadyThere,
    /// There is nothing.
    NotThere,
    /// A file stands where a folder should be.
    NotAFolder,
    /// A folder stands where a file should be.
    IsAFolder,
    /// A folder is not empty.
    NotEmpty,
    /// A link leads nowhere, in a circle, or is not followed.
    Link,
    /// The name or the path is longer than the drive allows.
    NameTooLong,
    /// The drive has no such names.
    NameRefused,
    /// The drive cannot hold a file of that size.
    TooLarge,
    /// Two places that have to be on one drive are not.
    OtherDrive,
    /// The drive cannot do it at all, or this cannot be done with such a file.
    Unsupported,
    /// Another program has it open.
    InUse,
    /// Programs have as many files open as the system allows.
    TooManyOpen,
    /// The computer's memory is used up.
    NoMemory,
    /// The drive reports that it cannot read or write a place: it is failing, or its cable or line is.
    Failing,
    /// The drive was taken away, or the network to it is gone.
    DriveGone,
    /// It took too long.
    TooSlow,
    /// It ended before its end.
    CutShort,
    /// It is not text as it should be.
    NotText,
    /// The drive cannot hold a database that several programs have open.
    NoDatabase,
    /// A part of this program said it in words of its own, and who can put it right.
    Said(PortError),
    /// Something else; the system's words for it.
    Other(String),
}

impl SystemFault {
    /// What an error means.
    pub fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(said) = error.get_ref() {
            // Kinds say more than most libraries' words; a PortError is a sentence already.
            return match said.downcast_ref::<PortError>() {
                Some(said) => Self::Said(said.clone()),
                None => Self::of_kind(error.kind()).unwrap_or_else(|| Self::Other(plain(&said.to_string()))),
            };
        }
        match error.raw_os_error().and_then(codes::fault) {
            Some(fault) => fault,
            None if error.kind() == Kind::InvalidInput && error.raw_os_error().is_some() => Self::Unsupported,
            None => Self::of_kind(error.kind()).unwrap_or_else(|| Self::Other(plain(&error.to_string()))),
        }
    }

    fn of_kind(kind: io::ErrorKind) -> Option<Self> {
        use io::ErrorKind as Kind;
        Some(match kind {
            Kind::StorageFull => Self::NoRoom,
            Kind::QuotaExceeded => Self::Quota,
            Kind::ReadOnlyFilesystem => Self::ReadOnly,
            Kind::PermissionDenied => Self::NoAccess,
            Kind::AlreadyExists => Self::AlreadyThere,
            Kind::NotFound => Self::NotThere,
            Kind::NotADirectory => Self::NotAFolder,
            Kind::IsADirectory => Self::IsAFolder,
            Kind::DirectoryNotEmpty => Self::NotEmpty,
            Kind::InvalidFilename => Self::NameTooLong,
            Kind::FileTooLarge => Self::TooLarge,
            Kind::CrossesDevices => Self::OtherDrive,
            Kind::Unsupported | Kind::NotSeekable | Kind::TooManyLinks => Self::Unsupported,
            Kind::ResourceBusy | Kind::ExecutableFileBusy | Kind::WouldBlock => Self::InUse,
            Kind::OutOfMemory => Self::NoMemory,
            Kind::StaleNetworkFileHandle
            | Kind::HostUnreachable
            | Kind::NetworkUnreachable
            | Kind::NetworkDown
            | Kind::NotConnected
            | Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::ConnectionRefused
            | Kind::BrokenPipe => Self::DriveGone,
            Kind::TimedOut => Self::TooSlow,
            Kind::UnexpectedEof | Kind::WriteZero => Self::CutShort,
            Kind::InvalidData => Self::NotText,
            _ => return None,
        })
    }

    /// What to do about it, as a sentence.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NoRoom => "Make room, then try again.",
            Self::Quota => "Delete what is not needed there or ask for more room, then try again.",
            Self::ReadOnly => "Unlock or reconnect the drive, or choose a folder on another one.",
            Self::NoAccess => "Ask for the right to it, or choose a folder of your own.",
            Self::AlreadyThere => "Move away or rename what is there, then try again.",
            Self::NotThere => "Bring it back or reconnect its drive, then try again.",
            Self::NotAFolder | Self::IsAFolder | Self::NotEmpty => "Move away what is in its place, then try again.",
            Self::Link => "Name the folder itself instead of the link to it.",
            Self::NameTooLong => "Use a shorter name, or a folder nearer to the top of the drive.",
            Self::NameRefused => "Use a simpler name, or a drive of another format.",
            Self::TooLarge => "Use a drive of another format (exFAT, NTFS, APFS or ext4).",
            Self::OtherDrive => "Choose a folder on the same drive.",
            Self::Unsupported => "Choose a folder on another drive.",
            Self::InUse => "Close it there, then try again.",
            Self::TooManyOpen => "Close some programs, or have the limit for one program raised, then try again.",
            Self::NoMemory => "Close some programs, then try again.",
            Self::Failing => {
                "Check its cable or connection, then try again. If it stays so, copy what you need from it and replace it."
            }
            Self::DriveGone => "Reconnect it, then try again.",
            Self::TooSlow => "Try again. If it stays so, check the drive or the network.",
            Self::CutShort => "Try again. If it stays so, put it back from a backup.",
            Self::NotText => "Save it as plain text (UTF-8), then try again.",
            Self::NoDatabase => "Keep the vault in a folder on a disk of this computer.",
            Self::Said(_) => "",
            Self::Other(_) => "Try again. If it stays so, show this message to whoever looks after your computer.",
        }
    }

    /// What it is, and what to do, as sentences: "The disk is full. Make room, then try again."
    pub fn sentence(&self) -> String {
        let clause = self.to_string();
        let mut letters = clause.chars();
        let begin: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        self.closed(&format!("{begin}{}", letters.as_str()))
    }

    /// What could not be done with which file, why, and what to do:
    /// "Could not make “/media/stick/Box”: the disk is full. Make room, then try again."
    pub fn could_not(&self, what: &str, path: &Path) -> String {
        self.closed(&format!("Could not {what} “{}”: {self}", path.display()))
    }

    fn closed(&self, words: &str) -> String {
        let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{words}{stop} {}", self.help()).trim_end().to_owned()
    }

    /// The same for whoever decides what happens next: what passes by itself is tried again, the rest needs a person. What a
    /// part of this program said stays of its kind.
    pub fn port_error(&self, what: &str, path: &Path) -> PortError {
        self.with_kind(self.could_not(what, path))
    }

    /// The same after words that say what could not be done: "journal.db could not be used".
    pub fn after(&self, words: &str) -> PortError {
        self.with_kind(self.closed(&format!("{words}: {self}")))
    }

    fn with_kind(&self, message: String) -> PortError {
        let kind = match self {
            Self::NoRoom | Self::Quota => Attention::NoRoom,
            Self::NoAccess | Self::ReadOnly => Attention::NoAccess,
            Self::NotAFolder
            | Self::IsAFolder
            | Self::Link
            | Self::NameTooLong
            | Self::NameRefused
            | Self::TooLarge
            | Self::OtherDrive
            | Self::NoDatabase
            | Self::Unsupported => Attention::Invalid,
            Self::Said(PortError::NeedsPerson { kind, .. }) => *kind,
            _ => return PortError::TryLater { message },
        };
        PortError::NeedsPerson { kind, message }
    }

    /// What a result code of `SQLite` says of the drive that a database is on, if it does, <https://sqlite.org/rescode.html>.
    pub const fn of_database(code: i32) -> Option<Self> {
        Some(match code {
            // IOERR_SHMSIZE: the file of the memory that programs share could not be made as long as it has to be.
            0x130A => Self::NoRoom,
            // IOERR_SHMOPEN, _SHMLOCK, _SHMMAP, _MMAP; IOERR_RDLOCK, _UNLOCK, _LOCK, _CHECKRESERVEDLOCK.
            0x120A | 0x140A | 0x150A | 0x180A | 0x090A | 0x080A | 0x0F0A | 0x0E0A => Self::NoDatabase,
            // IOERR_NOMEM
            0x0C0A => Self::NoMemory,
            _ => match code & 0xFF {
                // NOMEM, IOERR, FULL, NOLFS
                7 => Self::NoMemory,
                10 => Self::Failing,
                13 => Self::NoRoom,
                22 => Self::TooLarge,
                _ => return None,
            },
        })
    }

    /// Whether there is no room left, which is the same for every file that follows.
    pub const fn is_no_room(&self) -> bool {
        matches!(self, Self::NoRoom | Self::Quota)
    }
}

impl fmt::Display for SystemFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoom => "the disk is full",
            Self::Quota => "your share of the disk is used up",
            Self::ReadOnly => "the drive can only be read",
            Self::NoAccess => "permission denied",
            Self::AlreadyThere => "something of that name is there already",
            Self::NotThere => "it is not there",
            Self::NotAFolder => "a file stands where a folder should be",
            Self::IsAFolder => "a folder stands where a file should be",
            Self::NotEmpty => "the folder is not empty",
            Self::Link => "a link stands in the way, and links are not followed",
            Self::NameTooLong => "the name or the path is too long for the drive",
            Self::NameRefused => "the drive does not allow that name",
            Self::TooLarge => "the drive cannot hold a file of that size",
            Self::OtherDrive => "the two places are on different drives",
            Self::Unsupported => "the drive cannot do that",
            Self::InUse => "another program is using it",
            Self::TooManyOpen => "too many files are open on this computer",
            Self::NoMemory => "the computer has no memory left",
            Self::Failing => "the drive reports a fault when it reads or writes",
            Self::DriveGone => "the drive is no longer connected",
            Self::TooSlow => "the drive does not answer",
            Self::CutShort => "it ended too early",
            Self::NotText => "what is in it is not text",
            Self::NoDatabase => "the drive cannot hold a database that several programs use",
            Self::Said(said) => return fmt::Display::fmt(said, f),
            Self::Other(words) => return write!(f, "the system says “{words}”"),
        })
    }
}

impl From<&io::Error> for SystemFault {
    fn from(error: &io::Error) -> Self {
        Self::of(error)
    }
}

/// The system's words without its numbers.
fn plain(words: &str) -> String {
    let end = words.find(" (os error ").unwrap_or(words.len());
    words[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
