//! What an answer of Cloud Storage means for a person
//! (<https://firebase.google.com/docs/storage/web/handle-errors>).

use reqwest::StatusCode;
use vault_core::ports::{Attention, PortError};

/// No answer at all.
pub(super) fn offline() -> PortError {
    PortError::later("The firm's storage cannot be reached. Strongroom goes on by itself when it can.")
}

/// An answer other than success.
pub(super) fn of_status(status: StatusCode) -> PortError {
    let needs = |kind, message: &str| PortError::NeedsPerson { kind, message: message.to_owned() };
    match status.as_u16() {
        401 => needs(Attention::SignIn, "Sign in to continue; what waits on this computer is kept."),
        402 => needs(Attention::NoRoom, "The firm's storage is full. Ask your firm's administrator."),
        403 => needs(Attention::NoAccess, "You have no access to this matter, or no longer. Ask your administrator."),
        408 | 429 | 500.. => PortError::later("The firm's storage is busy. Strongroom tries again by itself."),
        413 => needs(Attention::Invalid, "The firm's storage does not take a file of this size in one piece."),
        code => PortError::invalid(format!(
            "The firm's storage does not take this request (HTTP {code}). Ask your administrator whether the \
             connection is still right."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_heals_itself_is_told_from_what_needs_a_person() {
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
