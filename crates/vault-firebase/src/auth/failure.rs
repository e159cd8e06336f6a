//! Why no user is signed in: the errors of Identity Toolkit and Secure Token, distinguished by what the user has to do
//! (<https://cloud.google.com/identity-platform/docs/error-codes>).

use std::time::Duration;

use serde::Deserialize;
use vault_core::ports::{Attention, PortError};
use vault_core::reason::Reason;

/// Why there is no session, or no session any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthFailure {
    /// The account is disabled.
    #[error("{}", Reason::UserDisabled)]
    UserDisabled,
    /// The session was revoked or has expired, or the account is gone.
    #[error("{}", Reason::SessionEnded)]
    SessionEnded,
    /// The servers cannot be reached.
    #[error("{}", Reason::SignInUnreachable)]
    Offline,
    /// The servers are busy.
    #[error("{}", Reason::SignInBusy)]
    TryLater {
        /// The delay that the server asks for.
        after: Option<Duration>,
    },
    /// The project does not accept this sign-in.
    #[error("Signing in was refused: {why} Ask your firm's administrator. (code {code})")]
    Refused {
        /// A sentence for the user.
        why: &'static str,
        /// The server's error code.
        code: String,
    },
}

impl AuthFailure {
    /// The kind of failure, for the log.
    pub(super) const fn class(&self) -> &'static str {
        match self {
            Self::UserDisabled => "user-disabled",
            Self::SessionEnded => "session-ended",
            Self::Offline => "offline",
            Self::TryLater { .. } => "try-later",
            Self::Refused { .. } => "refused",
        }
    }
}

impl From<AuthFailure> for PortError {
    fn from(failure: AuthFailure) -> Self {
        let message = failure.to_string();
        match failure {
            AuthFailure::Offline | AuthFailure::TryLater { .. } => Self::TryLater { message },
            AuthFailure::UserDisabled => Self::NeedsPerson { kind: Attention::NoAccess, message },
            AuthFailure::SessionEnded | AuthFailure::Refused { .. } => {
                Self::NeedsPerson { kind: Attention::SignIn, message }
            }
        }
    }
}

#[derive(Deserialize)]
struct Body {
    error: Error,
}

#[derive(Deserialize)]
struct Error {
    message: String,
}

/// The meaning of an unsuccessful response.
pub(super) fn of_answer(status: u16, retry_after: Option<Duration>, body: &[u8]) -> AuthFailure {
    if status == 429 || status == 408 || status >= 500 {
        return AuthFailure::TryLater { after: retry_after };
    }
    let message = serde_json::from_slice::<Body>(body).map(|body| body.error.message).unwrap_or_default();
    // The text after the code is for developers, and may contain names.
    let code: String = message.split([' ', ':']).next().unwrap_or_default().chars().take(80).collect();
    match code.as_str() {
        "USER_DISABLED" => AuthFailure::UserDisabled,
        "TOKEN_EXPIRED"
        | "INVALID_REFRESH_TOKEN"
        | "USER_NOT_FOUND"
        | "INVALID_ID_TOKEN"
        | "CREDENTIAL_TOO_OLD_LOGIN_AGAIN" => AuthFailure::SessionEnded,
        "TOO_MANY_ATTEMPTS_TRY_LATER" | "QUOTA_EXCEEDED" => AuthFailure::TryLater { after: retry_after },
        _ => AuthFailure::Refused {
            why: refusal(&code),
            code: if code.is_empty() { format!("HTTP {status}") } else { code },
        },
    }
}

fn refusal(code: &str) -> &'static str {
    match code {
        "OPERATION_NOT_ALLOWED" => "the firm's project does not allow this way of signing in.",
        "INVALID_IDP_RESPONSE" | "INVALID_CREDENTIAL_OR_PROVIDER_ID" | "MISSING_OR_INVALID_NONCE" => {
            "the firm's project does not accept what the sign-in page said."
        }
        "EMAIL_EXISTS" | "FEDERATED_USER_ID_ALREADY_LINKED" => "there is another account with the same e-mail address.",
        "BLOCKING_FUNCTION_ERROR_RESPONSE" => "the firm does not admit this account.",
        "PROJECT_NUMBER_MISMATCH" | "API" | "CONFIGURATION_NOT_FOUND" => {
            "the connection file does not fit the firm's project."
        }
        _ => "the firm's project did not accept the account.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, message: &str) -> AuthFailure {
        let body = serde_json::json!({ "error": { "code": status, "message": message } });
        of_answer(status, Some(Duration::from_secs(7)), body.to_string().as_bytes())
    }

    #[test]
    fn answers_are_classified_by_their_remedy() {
        assert_eq!(answer(400, "USER_DISABLED : ann@firm.example"), AuthFailure::UserDisabled);
        for ended in ["TOKEN_EXPIRED", "INVALID_REFRESH_TOKEN", "USER_NOT_FOUND"] {
            assert_eq!(answer(400, ended), AuthFailure::SessionEnded);
        }
        for busy in [429, 500, 503] {
            assert_eq!(answer(busy, "x"), AuthFailure::TryLater { after: Some(Duration::from_secs(7)) });
        }
        let refused = answer(400, "INVALID_IDP_RESPONSE : the token of ann@firm.example is bad");
        assert!(refused.to_string().contains("INVALID_IDP_RESPONSE") && !refused.to_string().contains("ann@"));
        assert!(matches!(of_answer(404, None, b"<html>"), AuthFailure::Refused { code, .. } if code == "HTTP 404"));
    }

    #[test]
    fn only_transient_failures_are_retried() {
        assert!(matches!(PortError::from(AuthFailure::Offline), PortError::TryLater { .. }));
        for (failure, kind) in
            [(AuthFailure::SessionEnded, Attention::SignIn), (AuthFailure::UserDisabled, Attention::NoAccess)]
        {
            assert!(matches!(PortError::from(failure), PortError::NeedsPerson { kind: found, .. } if found == kind));
        }
    }
}
