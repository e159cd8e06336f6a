//! Translates operating system errors for the user: what happened, and what to do. All such errors are shown through
//! this module, so that no user reads "os error 36".

use std::fmt;
use std::io;
use std::path::Path;

use crate::ports::{Attention, PortError};

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "unix.rs")]
mod codes;

/// Why the system could not access a file. Displayed as a clause without a full stop ("the disk is full");
/// [`help`](Self::help) is a sentence with the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SystemFault {
    /// The disk is full.
    NoRoom,
    /// The user's disk quota is used up.
    Quota,
    /// The drive, or the folder on it, is read-only.
    ReadOnly,
    /// The user lacks permission.
    NoAccess,
    /// The name is taken.
    AlreadyThere,
    /// It does not exist.
    NotThere,
    /// There is a file in place of a folder.
    NotAFolder,
    /// There is a folder in place of a file.
    IsAFolder,
    /// The folder is not empty.
    NotEmpty,
    /// A link is broken, circular, or not followed.
    Link,
    /// The name or the path is too long for the drive.
    NameTooLong,
    /// The drive does not allow the name.
    NameRefused,
    /// The drive can't hold a file of that size.
    TooLarge,
    /// Two places that have to be on one drive are not.
    OtherDrive,
    /// The drive does not support it, or not for such a file.
    Unsupported,
    /// Another program has it open.
    InUse,
    /// The system's limit of open files is reached.
    TooManyOpen,
    /// The computer is out of memory.
    NoMemory,
    /// The drive can't read or write a place: it is failing, or its cable or connection is.
    Failing,
    /// The drive or the network connection to it was removed.
    DriveGone,
    /// It timed out.
    TooSlow,
    /// The file ended too early.
    CutShort,
    /// It is not valid text.
    NotText,
    /// The drive can't hold a database that several programs have open.
    NoDatabase,
    /// An error from another part of this program, with its own message.
    Said(PortError),
    /// Another error, with the system's message.
    Other(String),
}

macro_rules! codes {
    ($($Fault:ident = $code:literal),+ $(,)?) => {
        impl SystemFault {
            /// The faults with a code.
            pub const LISTED: &'static [Self] = &[$(Self::$Fault),+];

            /// The stable code; `None` for a fault that only its words describe.
            pub const fn code(&self) -> Option<&'static str> {
                match self {
                    $(Self::$Fault => Some($code),)+
                    Self::Said(_) | Self::Other(_) => None,
                }
            }
        }
    };
}

codes! {
    NoRoom = "no-room",
    Quota = "quota",
    ReadOnly = "read-only",
    NoAccess = "no-access",
    AlreadyThere = "already-there",
    NotThere = "not-there",
    NotAFolder = "not-a-folder",
    IsAFolder = "is-a-folder",
    NotEmpty = "not-empty",
    Link = "link",
    NameTooLong = "name-too-long",
    NameRefused = "name-refused",
    TooLarge = "too-large",
    OtherDrive = "other-drive",
    Unsupported = "unsupported",
    InUse = "in-use",
    TooManyOpen = "too-many-open",
    NoMemory = "no-memory",
    Failing = "failing",
    DriveGone = "drive-gone",
    TooSlow = "too-slow",
    CutShort = "cut-short",
    NotText = "not-text",
    NoDatabase = "no-database",
}

impl SystemFault {
    /// The meaning of an error.
    pub fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(said) = error.get_ref() {
            // The kind is more informative than most libraries' messages; a `PortError` is a sentence already.
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

    /// The remedy, as a sentence.
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

    /// The fault and the remedy, as sentences: "The disk is full. Make room, then try again."
    pub fn sentence(&self) -> String {
        let clause = self.to_string();
        let mut letters = clause.chars();
        let begin: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        self.closed(&format!("{begin}{}", letters.as_str()))
    }

    /// What failed for which file, why, and the remedy: "Could not make “/media/stick/Box”: the disk is full. Make
    /// room, then try again."
    pub fn could_not(&self, what: &str, path: &Path) -> String {
        self.closed(&format!("Could not {what} “{}”: {self}", path.display()))
    }

    fn closed(&self, words: &str) -> String {
        let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{words}{stop} {}", self.help()).trim_end().to_owned()
    }

    /// The same as a [`PortError`]: a temporary fault can be retried, the rest needs the user. An error from another
    /// part of this program keeps its kind.
    pub fn port_error(&self, what: &str, path: &Path) -> PortError {
        self.with_kind(self.could_not(what, path))
    }

    /// The same after a clause that says what failed: "journal.db could not be used".
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

    /// The fault of the drive that a result code of `SQLite` means, if it does, <https://sqlite.org/rescode.html>.
    pub const fn of_database(code: i32) -> Option<Self> {
        Some(match code {
            // IOERR_SHMSIZE: the shared memory file could not be extended.
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

    /// Whether there is no room left, which affects all following files.
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

/// The system's message without its number.
fn plain(words: &str) -> String {
    let end = words.find(" (os error ").unwrap_or(words.len());
    words[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
