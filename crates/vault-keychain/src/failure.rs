//! Why a keychain did not do what it was asked, told apart by what helps.

use vault_core::ports::{Attention, PortError};

/// Why nothing was kept, or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// There is none, or none that Strongroom can speak with.
    #[error("This computer has no keychain that Strongroom can use. You will have to sign in again after each start.")]
    Absent,
    /// It is locked, or somebody said no.
    #[error("The keychain of this computer did not let Strongroom in. Unlock it, then try again.")]
    Refused,
    /// It did not answer.
    #[error("The keychain of this computer does not answer. Unlock it if it asks for a password, then try again.")]
    Silent,
    /// It cannot keep this.
    #[error("The keychain of this computer does not take this. You will have to sign in again after each start.")]
    Unfit,
}

impl Failure {
    /// What an error means of a keychain that is there. What it says besides may hold the secret, and is not passed on.
    pub(crate) fn of(error: &keyring::Error) -> Self {
        match error {
            keyring::Error::TooLong(..) | keyring::Error::Invalid(..) | keyring::Error::BadEncoding(_) => Self::Unfit,
            _ => Self::Refused,
        }
    }
}

impl From<Failure> for PortError {
    fn from(failure: Failure) -> Self {
        let message = failure.to_string();
        match failure {
            Failure::Silent => Self::TryLater { message },
            Failure::Absent | Failure::Refused => Self::NeedsPerson { kind: Attention::NoAccess, message },
            Failure::Unfit => Self::NeedsPerson { kind: Attention::Invalid, message },
        }
    }
}
