//! What the page is told when something was not done.

use std::io;
use std::path::Path;

use serde::Serialize;
use specta::Type;
use vault_core::model::{InvalidHash, InvalidId};
use vault_core::ports::{Attention, PortError};
use vault_core::{SystemFault, VaultError};
use vault_firm::{FirmError, InvalidConnection, SignInFailure};
use vault_home::HomeError;
use vault_jobs::JobError;

use super::ReasonView;
use crate::reason::WindowReason;

/// Why a request was not answered.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refusal {
    /// What kind of refusal it is, where the page does something else for it.
    pub(crate) code: RefusalCode,
    /// What happened, to what, and what to do: a sentence for the person.
    pub(crate) message: String,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

/// The refusals the page tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RefusalCode {
    /// What was asked cannot be done as it was asked: a number that is taken, a matter that is closed.
    Invalid,
    /// Somebody else changed it since it was shown.
    Conflict,
    /// It is not there (any more).
    NotFound,
    /// The vault cannot be reached, or is full or busy: the same request may do later.
    TryLater,
    /// Somebody has to sign in first.
    SignIn,
    /// The vault's own data is damaged.
    Damaged,
    /// The person changed their mind, or the program is ending.
    Stopped,
}

impl Refusal {
    /// A refusal of this kind, with a sentence for the person.
    pub(crate) fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, reasons: ReasonView::all_in(&message), message }
    }

    /// It is not there (any more).
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(RefusalCode::NotFound, message)
    }

    /// It cannot be done as it was asked.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(RefusalCode::Invalid, message)
    }

    /// The same request may do later.
    pub(crate) fn later(message: impl Into<String>) -> Self {
        Self::new(RefusalCode::TryLater, message)
    }
}

impl From<PortError> for Refusal {
    fn from(error: PortError) -> Self {
        match error {
            PortError::TryLater { message } => Self::new(RefusalCode::TryLater, message),
            PortError::NeedsPerson { kind, message } => {
                let code = match kind {
                    Attention::SignIn => RefusalCode::SignIn,
                    Attention::NoRoom => RefusalCode::TryLater,
                    Attention::NoAccess | Attention::Invalid => RefusalCode::Invalid,
                    Attention::NotFound => RefusalCode::NotFound,
                    Attention::Conflict => RefusalCode::Conflict,
                    Attention::Damaged => RefusalCode::Damaged,
                };
                Self::new(code, message)
            }
        }
    }
}

impl From<VaultError> for Refusal {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Stopped => Self::new(RefusalCode::Stopped, WindowReason::Stopped),
            VaultError::Port(error) => error.into(),
        }
    }
}

impl From<FirmError> for Refusal {
    fn from(error: FirmError) -> Self {
        let message = error.to_string();
        match error {
            FirmError::Vault(error) => error.into(),
            FirmError::SignIn(failure) => failure.into(),
            FirmError::Unknown => Self::not_found(message),
            FirmError::NobodySignedIn(_) => Self::new(RefusalCode::SignIn, message),
            FirmError::NoneChosen(_)
            | FirmError::Connection(_)
            | FirmError::Kept { .. }
            | FirmError::StillWaiting(_) => Self::invalid(message),
            FirmError::Folder { source, .. } => Self::new(code_of(&source), message),
        }
    }
}

impl From<SignInFailure> for Refusal {
    fn from(failure: SignInFailure) -> Self {
        let code = if failure.is_cancelled() { RefusalCode::Stopped } else { RefusalCode::TryLater };
        Self::new(code, failure.to_string())
    }
}

impl From<InvalidConnection> for Refusal {
    fn from(error: InvalidConnection) -> Self {
        Self::invalid(error.to_string())
    }
}

impl From<HomeError> for Refusal {
    fn from(error: HomeError) -> Self {
        let code = match error {
            HomeError::Vault(error) => return error.into(),
            HomeError::Folder { ref source, .. } => code_of(source),
            HomeError::Source { .. } => RefusalCode::TryLater,
            HomeError::SourceMissing(_) | HomeError::VaultMissing(_) => RefusalCode::NotFound,
            HomeError::NoFolder
            | HomeError::NotAHome { .. }
            | HomeError::ReadOnly(_)
            | HomeError::LeftOutUnread { .. }
            | HomeError::LeftOutNoText { .. }
            | HomeError::LeftOutLine { .. }
            | HomeError::LeftOutRefused(_)
            | HomeError::SourceIsVault { .. } => RefusalCode::Invalid,
        };
        Self::new(code, error.to_string())
    }
}

/// What kind of refusal it is that the system, or what checks a folder, reported.
fn code_of(error: &io::Error) -> RefusalCode {
    Refusal::from(SystemFault::of(error).port_error("use", Path::new(""))).code
}

impl From<JobError> for Refusal {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Vault(error) => error.into(),
            JobError::NotFound(_) => Self::new(RefusalCode::NotFound, error.to_string()),
            JobError::NotNow(_) => Self::new(RefusalCode::Invalid, error.to_string()),
            JobError::Ending => Self::new(RefusalCode::Stopped, error.to_string()),
        }
    }
}

impl From<InvalidId> for Refusal {
    fn from(error: InvalidId) -> Self {
        Self::not_found(format!("{error}."))
    }
}

impl From<InvalidHash> for Refusal {
    fn from(error: InvalidHash) -> Self {
        Self::not_found(format!("{error}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_kind_decides_the_reaction_of_the_page() {
        let code = |error: PortError| Refusal::from(error).code;
        assert_eq!(code(PortError::later("busy")), RefusalCode::TryLater);
        assert_eq!(code(PortError::damaged("newer")), RefusalCode::Damaged);
        let conflict = PortError::NeedsPerson { kind: Attention::Conflict, message: "Somebody changed it.".into() };
        let refused = Refusal::from(conflict);
        assert_eq!((refused.message.as_str(), refused.reasons), ("Somebody changed it.", Vec::new()));
    }

    #[test]
    fn the_page_is_told_why_by_code() {
        let code = |refused: Refusal| refused.reasons.into_iter().map(|reason| reason.code).collect::<Vec<_>>();
        assert_eq!(code(PortError::later(vault_core::reason::Reason::VaultUnreachable).into()), ["vault-unreachable"]);
        assert_eq!(code(VaultError::Stopped.into()), ["stopped"]);
        assert_eq!(code(HomeError::SourceMissing("/a".into()).into()), ["nothing-at"]);
    }

    #[test]
    fn an_invalid_id_is_not_found() {
        let refused: Refusal = "../etc".parse::<vault_core::model::MatterId>().unwrap_err().into();
        assert_eq!(refused.code, RefusalCode::NotFound);
    }
}
