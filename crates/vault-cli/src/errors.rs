//! The errors of commands, for users, for scripts and for the shell.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use vault_core::ports::{Attention, PortError};
use vault_core::{SystemFault, VaultError};
use vault_firm::{FirmError, InvalidConnection, SignInFailure};
use vault_home::HomeError;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: success.
    Well,
    /// 1: some files failed, or wait; they are listed.
    SomeFailed,
    /// 2: the command cannot be carried out as given.
    Usage,
    /// 3: the vault cannot be opened.
    CannotOpen,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The kinds of failure that a script may want to distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// Invalid arguments.
    Usage,
    /// Nothing has this id, number, name, hash or path.
    NotFound,
    /// Several items have it.
    Ambiguous,
    /// The request cannot be carried out as given.
    Invalid,
    /// A colleague changed the same thing.
    Conflict,
    /// Stopped by Ctrl-C before there was anything to report.
    Interrupted,
    /// May succeed later without any action.
    TryLater,
    /// The disk is full.
    NoRoom,
    /// The vault may not be read or written.
    NoAccess,
    /// Signing in is needed.
    SignIn,
    /// The vault's data is damaged, or was written by a newer version.
    Damaged,
    /// The left-out list cannot be read.
    LeftOutList,
}

impl Code {
    /// The stable name in JSON.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::NotFound => "not-found",
            Self::Ambiguous => "ambiguous",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Interrupted => "interrupted",
            Self::TryLater => "try-later",
            Self::NoRoom => "no-room",
            Self::NoAccess => "no-access",
            Self::SignIn => "sign-in",
            Self::Damaged => "damaged",
            Self::LeftOutList => "left-out-list",
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Interrupted | Self::TryLater => Exit::SomeFailed,
            Self::Usage | Self::NotFound | Self::Ambiguous | Self::Invalid | Self::Conflict => Exit::Usage,
            Self::NoRoom | Self::NoAccess | Self::SignIn | Self::Damaged | Self::LeftOutList => Exit::CannotOpen,
        }
    }
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The kind of failure.
    pub(crate) code: Code,
    /// What happened, to what, and what to do: sentences for the user.
    pub(crate) message: String,
    exit: Exit,
}

impl Failure {
    /// A failure with the exit code of its kind.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), exit: code.exit() }
    }

    /// Nothing has this name.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// The request cannot be carried out as given.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::Invalid, message)
    }

    /// The same failure, if it means that the vault cannot be opened.
    pub(crate) fn opening(self) -> Self {
        Self { exit: Exit::CannotOpen, ..self }
    }

    /// The same failure with a further sentence.
    pub(crate) fn and(self, sentence: &str) -> Self {
        Self { message: format!("{} {sentence}", self.message), ..self }
    }

    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }
}

impl From<PortError> for Failure {
    fn from(error: PortError) -> Self {
        match error {
            PortError::TryLater { message } => Self::new(Code::TryLater, message),
            PortError::NeedsPerson { kind, message } => {
                let code = match kind {
                    Attention::SignIn => Code::SignIn,
                    Attention::NoAccess => Code::NoAccess,
                    Attention::Invalid => Code::Invalid,
                    Attention::NotFound => Code::NotFound,
                    Attention::Conflict => Code::Conflict,
                    Attention::NoRoom => Code::NoRoom,
                    Attention::Damaged => Code::Damaged,
                };
                Self::new(code, message)
            }
        }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Stopped => Self::new(Code::Interrupted, "Stopped before it was done."),
            VaultError::Port(error) => error.into(),
        }
    }
}

impl From<HomeError> for Failure {
    fn from(error: HomeError) -> Self {
        let message = error.to_string();
        match error {
            HomeError::NoFolder => Self::new(Code::NotFound, message).opening(),
            HomeError::Folder { source, .. } => Self::new(code_of(&source), message).opening(),
            HomeError::NotAHome { .. } => Self::invalid(message).opening(),
            HomeError::ReadOnly(_) => Self::new(Code::NoAccess, message).opening(),
            HomeError::VaultMissing(_) => Self::not_found(message).opening(),
            HomeError::LeftOutUnread { .. }
            | HomeError::LeftOutNoText { .. }
            | HomeError::LeftOutLine { .. }
            | HomeError::LeftOutRefused(_) => Self::new(Code::LeftOutList, message),
            HomeError::SourceMissing(_) => Self::not_found(message),
            HomeError::Source { .. } | HomeError::SourceIsVault { .. } => Self::invalid(message),
            HomeError::Vault(error) => error.into(),
        }
    }
}

impl From<FirmError> for Failure {
    fn from(error: FirmError) -> Self {
        let message = error.to_string();
        match error {
            FirmError::Unknown => Self::not_found(message),
            FirmError::Folder { source, .. } => Self::new(code_of(&source), message).opening(),
            FirmError::Connection(error) => error.into(),
            FirmError::Kept { .. } => Self::new(Code::Damaged, format!("{message} `strongroom login FILE`")),
            FirmError::NoneChosen(_) => {
                let way = "`strongroom firms` lists them; `strongroom use FIRM`, or `strongroom use local`";
                Self::new(Code::Damaged, format!("{message} {way}"))
            }
            FirmError::NobodySignedIn(_) => Self::new(Code::SignIn, format!("{message} `strongroom login`")),
            FirmError::StillWaiting(_) => Self::invalid(message),
            FirmError::SignIn(failure) => failure.into(),
            FirmError::Vault(error) => error.into(),
        }
    }
}

impl From<InvalidConnection> for Failure {
    fn from(error: InvalidConnection) -> Self {
        Self::invalid(error.to_string())
    }
}

impl From<SignInFailure> for Failure {
    fn from(failure: SignInFailure) -> Self {
        let code = if failure.is_cancelled() { Code::Interrupted } else { Code::SignIn };
        Self::new(code, failure.to_string())
    }
}

/// The kind of failure that the system reported for a folder.
fn code_of(error: &io::Error) -> Code {
    Failure::from(SystemFault::of(error).port_error("use", Path::new(""))).code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_kind_decides_the_exit_code() {
        let exit = |error: PortError| Failure::from(error).exit();
        assert_eq!(exit(PortError::later("busy")), Exit::SomeFailed);
        assert_eq!(exit(PortError::invalid("closed")), Exit::Usage);
        assert_eq!(exit(PortError::damaged("newer")), Exit::CannotOpen);
        assert_eq!(Failure::from(PortError::later("locked")).opening().exit(), Exit::CannotOpen);
    }
}
