//! Why a keychain request failed, distinguished by the remedy.

use vault_core::ports::{Attention, PortError};

/// Why nothing was stored or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// There is no keychain, or none that Strongroom supports.
    #[error("This computer has no keychain that Strongroom can use. You will have to sign in again after each start.")]
    Absent,
    /// It is locked, or the user refused access.
    #[error("The keychain of this computer did not let Strongroom in. Unlock it, then try again.")]
    Refused,
    /// It did not answer.
    #[error("The keychain of this computer does not answer. Unlock it if it asks for a password, then try again.")]
    Silent,
    /// It cannot store this secret.
    #[error("The keychain of this computer does not take this. You will have to sign in again after each start.")]
    Unfit,
}

impl Failure {
    /// The meaning of an error from an existing keychain. The error's text may contain the secret and is not passed on.
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
