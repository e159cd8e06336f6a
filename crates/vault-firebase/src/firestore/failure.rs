//! What a failed call means for a person, by its gRPC code (<https://cloud.google.com/apis/design/errors>).

use tonic::{Code, Status};
use vault_core::ports::{Attention, PortError};

/// Whether somebody was faster: a document is there, is not there, or is not as it was.
pub(crate) fn is_conflict(status: &Status) -> bool {
    matches!(status.code(), Code::AlreadyExists | Code::FailedPrecondition | Code::NotFound) || is_contended(status)
}

/// Whether somebody else was at the same documents, and the server gave this call up for them: it is made again. (What
/// we cancel ourselves says why.)
pub(crate) fn is_contended(status: &Status) -> bool {
    match status.code() {
        Code::Aborted => true,
        Code::Cancelled => std::error::Error::source(status).is_none(),
        _ => false,
    }
}

/// Whether the rules refuse it.
pub(crate) fn is_denied(status: &Status) -> bool {
    status.code() == Code::PermissionDenied
}

/// What to tell: what happened, and not what becomes of it. Whether anybody tries again by themselves, only whoever asked
/// knows: a window does, a command that has ended does not. Servers' own texts are for developers and may name documents, so only their codes are told.
pub(crate) fn port_error(status: &Status) -> PortError {
    // Where the person's session is over, that says more than what a call came to without it.
    if let Some(reason) = std::error::Error::source(status).and_then(|source| source.downcast_ref::<PortError>()) {
        return reason.clone();
    }
    let needs = |kind, message: &str| PortError::NeedsPerson { kind, message: message.to_owned() };
    match status.code() {
        Code::Unauthenticated => needs(Attention::SignIn, "Sign in to continue; what waits on this computer is kept."),
        Code::PermissionDenied => {
            // A write is looked into; what cannot even be read is the vault itself.
            needs(
                Attention::NoAccess,
                "You have no access to this firm's vault, or no longer. Ask your firm's administrator whether you are a \
                 member.",
            )
        }
        Code::ResourceExhausted => PortError::later("The firm's vault is busy."),
        Code::InvalidArgument | Code::OutOfRange | Code::Unimplemented | Code::NotFound => PortError::invalid(format!(
            "The firm's vault does not take this request ({:?}). Update Strongroom, or ask your administrator whether \
             the connection is still right.",
            status.code()
        )),
        // Where a precondition is not ours, it is an index.
        Code::FailedPrecondition => PortError::invalid(
            "The firm's project lacks an index. Ask your administrator to deploy the project's settings again.",
        ),
        Code::DataLoss => PortError::damaged("The firm's vault reports lost data. Ask your firm's administrator."),
        _ => PortError::later("The firm's vault cannot be reached."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_heals_itself_is_told_from_what_needs_a_person() {
        for code in [Code::Unavailable, Code::DeadlineExceeded, Code::Internal, Code::Unknown, Code::ResourceExhausted]
        {
            assert!(matches!(port_error(&Status::new(code, "")), PortError::TryLater { .. }), "{code:?}");
        }
        for (code, expected) in [
            (Code::Unauthenticated, Attention::SignIn),
            (Code::PermissionDenied, Attention::NoAccess),
            (Code::DataLoss, Attention::Damaged),
            (Code::InvalidArgument, Attention::Invalid),
        ] {
            let error = port_error(&Status::new(code, "teams/t1/matters/secret"));
            assert!(matches!(&error, PortError::NeedsPerson { kind, .. } if *kind == expected), "{code:?}");
            assert!(!error.to_string().contains("secret") && error.to_string().ends_with('.'));
        }
    }
}
