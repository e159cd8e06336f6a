//! User-facing errors for failed calls, by gRPC code (<https://cloud.google.com/apis/design/errors>).

use tonic::{Code, Status};
use vault_core::ports::{Attention, PortError};
use vault_core::reason::Reason;

/// Whether another writer was faster: a document exists, does not exist, or has changed.
pub(crate) fn is_conflict(status: &Status) -> bool {
    matches!(status.code(), Code::AlreadyExists | Code::FailedPrecondition | Code::NotFound) || is_contended(status)
}

/// Whether the server aborted this call because of concurrent access to the same documents: it is repeated. (Calls that
/// we cancel ourselves state why.)
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

/// The error message: what happened, not what follows. Only the caller knows whether there will be a retry: a window
/// retries, a finished command does not. Servers' texts are for developers and may name documents, so only their codes
/// are shown.
pub(crate) fn port_error(status: &Status) -> PortError {
    // If the user's session is over, that is the more useful error.
    if let Some(reason) = std::error::Error::source(status).and_then(|source| source.downcast_ref::<PortError>()) {
        return reason.clone();
    }
    let needs = |kind, why: Reason| PortError::NeedsPerson { kind, message: why.into() };
    match status.code() {
        Code::Unauthenticated => needs(Attention::SignIn, Reason::SignInNeeded),
        Code::PermissionDenied => {
            // Refused writes are explained elsewhere; a refused read concerns the vault itself.
            needs(Attention::NoAccess, Reason::NoAccessToVault)
        }
        Code::ResourceExhausted => PortError::later(Reason::VaultBusy),
        Code::InvalidArgument | Code::OutOfRange | Code::Unimplemented | Code::NotFound => {
            PortError::invalid(Reason::VaultRefusesRequest { status: format!("{:?}", status.code()) })
        }
        // If a precondition is not ours, an index is missing.
        Code::FailedPrecondition => PortError::invalid(Reason::IndexLacking),
        Code::DataLoss => PortError::damaged(Reason::VaultLostData),
        _ => PortError::later(Reason::VaultUnreachable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transient_failures_are_distinguished_from_those_that_need_the_user() {
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
