//! Errors of a firm's vault.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::SystemFault;
use vault_core::ports::PortError;
use vault_firebase::InvalidConnection;

use crate::sign_in::SignInFailure;

/// Errors of a firm's vault, with messages for the user.
#[derive(Debug, thiserror::Error)]
pub enum FirmError {
    /// There is no such firm on this computer.
    #[error("This computer is not connected to such a firm (any more).")]
    Unknown,
    /// A file or folder of a firm cannot be read or written.
    #[error("{}", SystemFault::of(source).could_not(what, path))]
    Folder {
        /// `read`, `write`, `make` or `remove`.
        what: &'static str,
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file that names the active firm names none that this computer is connected to.
    #[error(
        "This computer does not know any more which firm's vault was open: “{}” names none that it is connected to. Nothing is \
         lost. Choose the firm again, or the vault of this computer.",
        .0.display()
    )]
    NoneChosen(PathBuf),
    /// Invalid connection.
    #[error(transparent)]
    Connection(#[from] InvalidConnection),
    /// The stored connection of a firm is no longer valid.
    #[error(
        "This computer cannot read how it reaches the firm: “{}”: {why} Connect again with the connection file of your \
         administrator, and sign in. Nothing else is lost.",
        path.display()
    )]
    Kept {
        /// The file.
        path: PathBuf,
        /// Why it is invalid.
        why: InvalidConnection,
    },
    /// No user is signed in.
    #[error("Sign in to open the vault of {0}.")]
    NobodySignedIn(String),
    /// Drops and changes are still waiting on this computer; forgetting the firm would lose them.
    #[error(
        "There are drops or changes on this computer that the firm's vault has not got ({0}). Let them be filed and sent, or \
         give them up, before the firm's copy is removed."
    )]
    StillWaiting(usize),
    /// Sign-in failed.
    #[error(transparent)]
    SignIn(#[from] SignInFailure),
    /// The vault cannot be opened.
    #[error(transparent)]
    Vault(#[from] PortError),
}

pub(crate) fn cannot(what: &'static str, path: &Path, source: io::Error) -> FirmError {
    FirmError::Folder { what, path: path.to_owned(), source }
}
