//! User-facing errors for responses of Cloud Storage (<https://firebase.google.com/docs/storage/web/handle-errors>).

use reqwest::StatusCode;
use vault_core::intake::Problem;
use vault_core::model::BlobRef;
use vault_core::ports::{Attention, PortError, PutFailure};
use vault_core::reason::Reason;

/// No response at all.
pub(super) fn offline() -> PortError {
    PortError::later(Reason::StorageUnreachable)
}

/// An object that is longer than recorded.
pub(super) fn too_long() -> PortError {
    PortError::damaged(Reason::StoredTooLong)
}

/// An upload that restarts again and again.
pub(super) fn never_ends() -> PortError {
    PortError::later(Reason::StorageLostUpload)
}

/// A file that makes no progress although the storage answers.
pub(super) fn stuck() -> PortError {
    PortError::later(Reason::StorageNotNow)
}

/// The plan's download quota is used up.
pub(super) fn used_up() -> PortError {
    PortError::NeedsPerson { kind: Attention::NoRoom, message: Reason::StoragePlanUsedUp.into() }
}

/// The project enforces App Check, which no program on a user's own computer can satisfy.
pub(super) fn app_check_enforced() -> PortError {
    PortError::NeedsPerson { kind: Attention::NoAccess, message: Reason::AppCheck.into() }
}

/// The object may not be written although it would be visible if it existed: the user has access, but the rules refuse
/// this content.
pub(super) fn not_taken() -> PortError {
    PortError::invalid(Reason::StorageRefusesFile)
}

/// An unsuccessful response.
pub(super) fn of_status(status: StatusCode) -> PortError {
    let needs = |kind, why: Reason| PortError::NeedsPerson { kind, message: why.into() };
    match status.as_u16() {
        401 => needs(Attention::SignIn, Reason::SignInNeeded),
        402 => needs(Attention::NoRoom, Reason::StorageFull),
        403 => needs(Attention::NoAccess, Reason::NoAccessToMatter),
        408 | 429 | 500.. => PortError::later(Reason::StorageBusy),
        413 => needs(Attention::Invalid, Reason::StorageTooLarge),
        code => PortError::invalid(Reason::StorageRefusesRequest { status: code.into() }),
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
