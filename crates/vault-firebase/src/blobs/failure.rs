//! User-facing errors for responses of Cloud Storage (<https://firebase.google.com/docs/storage/web/handle-errors>).

use reqwest::StatusCode;
use vault_core::intake::Problem;
use vault_core::model::BlobRef;
use vault_core::ports::{Attention, PortError, PutFailure};

/// No response at all.
pub(super) fn offline() -> PortError {
    PortError::later("The firm's storage cannot be reached.")
}

/// An object that is longer than recorded.
pub(super) fn too_long() -> PortError {
    PortError::damaged(
        "Verification failed: what is stored is longer than what was filed. Nothing was given back in its place.",
    )
}

/// An upload that restarts again and again.
pub(super) fn never_ends() -> PortError {
    PortError::later("The firm's storage lost an upload several times.")
}

/// A file that makes no progress although the storage answers.
pub(super) fn stuck() -> PortError {
    PortError::later("The firm's storage does not take this file just now.")
}

/// The plan's download quota is used up.
pub(super) fn used_up() -> PortError {
    PortError::NeedsPerson {
        kind: Attention::NoRoom,
        message:
            "The firm's storage hands nothing out at the moment, because its plan is used up — ask your administrator."
                .to_owned(),
    }
}

/// The project enforces App Check, which no program on a user's own computer can satisfy.
pub(super) fn app_check_enforced() -> PortError {
    let message = "The firm's project demands App Check of its storage, which Strongroom cannot do. Ask your \
                   administrator to turn that off.";
    PortError::NeedsPerson { kind: Attention::NoAccess, message: message.to_owned() }
}

/// The object may not be written although it would be visible if it existed: the user has access, but the rules refuse
/// this content.
pub(super) fn not_taken() -> PortError {
    PortError::invalid(
        "The firm's storage takes no file like this for this matter. It may have been closed: ask your administrator.",
    )
}

/// An unsuccessful response.
pub(super) fn of_status(status: StatusCode) -> PortError {
    let needs = |kind, message: &str| PortError::NeedsPerson { kind, message: message.to_owned() };
    match status.as_u16() {
        401 => needs(Attention::SignIn, "Sign in to continue; what waits on this computer is kept."),
        402 => needs(
            Attention::NoRoom,
            "The firm's storage is full — ask your administrator. What waits on this computer is kept.",
        ),
        403 => needs(Attention::NoAccess, "You no longer have access to this matter. Ask your administrator."),
        408 | 429 | 500.. => PortError::later("The firm's storage is busy."),
        413 => needs(Attention::Invalid, "The firm's storage does not take a file of this size."),
        code => PortError::invalid(format!(
            "The firm's storage does not take this request (HTTP {code}). Ask your administrator whether the \
             connection is still right."
        )),
    }
}

/// Another object of `found` bytes is stored at this path of the firm's bucket.
pub(super) fn occupied(bucket: &str, blob: &BlobRef, found: u64) -> PutFailure {
    let found = if found == blob.size { "other content".to_owned() } else { format!("an object of {found} bytes") };
    PutFailure::Source(Problem::Refused(format!(
        "where the firm's storage keeps its content ({} bytes) stands {found}: {} in the bucket {bucket}. An administrator \
         has to remove that object; then try again.",
        blob.size, blob.path
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transient_failures_are_distinguished_from_those_that_need_the_user() {
        for code in [408, 429, 500, 502, 503, 504] {
            let status = StatusCode::from_u16(code).expect("status");
            assert!(matches!(of_status(status), PortError::TryLater { .. }), "{code}");
        }
        let expected = [(401, Attention::SignIn), (402, Attention::NoRoom), (403, Attention::NoAccess)];
        for (code, expected) in expected {
            let error = of_status(StatusCode::from_u16(code).expect("status"));
            assert!(matches!(error, PortError::NeedsPerson { kind, .. } if kind == expected), "{code}");
        }
    }
}
