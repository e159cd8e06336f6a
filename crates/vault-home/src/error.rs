//! Errors of a vault, or of a dropped folder.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::SystemFault;
use vault_core::intake::InvalidPattern;
use vault_core::ports::PortError;
use vault_core::text_file::NotText;

/// Errors of a vault or of a dropped folder, with messages for the user.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The system has no place for user data.
    #[error("No folder for the vault is known. Name one with --home or STRONGROOM_HOME.")]
    NoFolder,
    /// The path cannot be the folder of a vault.
    #[error("“{path}” cannot be the folder of the vault: {why}. Name another one with --home or STRONGROOM_HOME.")]
    NotAHome {
        /// The path.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A vault exists, but its folder is not writable.
    #[error(
        "The vault in “{0}” cannot be opened where it is: its folder can only be read. Copy the whole folder to a drive you can \
         write to, and name the copy with --home or STRONGROOM_HOME."
    )]
    ReadOnly(PathBuf),
    /// The folder, or the exclusion list in it, cannot be made or written.
    #[error("{}", SystemFault::of(source).could_not(what, path))]
    Folder {
        /// `find`, `make` or `write`.
        what: &'static str,
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The exclusion list cannot be read.
    #[error("The left-out list cannot be read. {}", SystemFault::of(source).could_not("read", path))]
    LeftOutUnread {
        /// The list.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The exclusion list is not text.
    #[error("The left-out list {path} cannot be read: {line}, or remove the file to start with a fresh list.")]
    LeftOutNoText {
        /// The list.
        path: PathBuf,
        /// The line at fault.
        line: NotText,
    },
    /// A line of the exclusion list is not a valid pattern.
    #[error(
        "{path}, line {}: “{}” is not a pattern: {}. Correct the line, or remove the file to start with a fresh list.",
        invalid.line, invalid.text, invalid.reason
    )]
    LeftOutLine {
        /// The list.
        path: PathBuf,
        /// The line at fault.
        invalid: InvalidPattern,
    },
    /// A new text for the exclusion list was refused; the list is unchanged.
    #[error("Line {}: “{}” is not a pattern: {}.", _0.line, _0.text, _0.reason)]
    LeftOutRefused(InvalidPattern),
    /// A dropped path does not exist.
    #[error("There is nothing at “{0}”.")]
    SourceMissing(PathBuf),
    /// A dropped path cannot be examined.
    #[error("{}", cannot_look(path, source))]
    Source {
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A dropped folder contains the vault, or lies in it: it would be written while it is read.
    #[error("“{path}” holds the vault itself ({home}), or is part of it. Name the folders beside it.")]
    SourceIsVault {
        /// The path.
        path: PathBuf,
        /// The folder of the vault.
        home: PathBuf,
    },
    /// The queue and the lists of a vault exist, but the vault does not.
    #[error(
        "The folder “{0}” with the filed documents is missing. Nothing was changed. Connect its drive, or put the folder \
         back from a backup."
    )]
    VaultMissing(PathBuf),
    /// The vault cannot be opened.
    #[error(transparent)]
    Vault(#[from] PortError),
}

fn cannot_look(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("You may not look at “{}”. Ask for the right to read it.", path.display())
        }
        _ => SystemFault::of(error).could_not("look at", path),
    }
}
