//! What [`Identity`] promises.

use std::sync::Arc;

use vault_core::ports::Identity;

use super::Keep;

/// An implementation to try.
pub struct Subject {
    /// It.
    pub identity: Arc<dyn Identity>,
    /// The same person's, opened once more.
    pub again: Arc<dyn Identity>,
    /// What it lives in.
    pub keep: Keep,
}

/// Makes the suite's checks tests of one implementation; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! identity_conformance {
    ($open:path) => {
        $crate::conformance_tests!($open, identity: a_user_stays_the_same, a_token_is_never_empty);
    };
}

/// Who is at work does not change by asking, or by starting again.
pub async fn a_user_stays_the_same(subject: &Subject) {
    let person = subject.identity.person().await.expect("person");
    assert!(!person.display_name.is_empty());
    assert_eq!(subject.identity.person().await, Ok(person.clone()));
    assert_eq!(subject.again.person().await, Ok(person));
}

/// There is a token, or there is none; it is not written by `Debug`.
pub async fn a_token_is_never_empty(subject: &Subject) {
    for renew in [false, true] {
        if let Some(token) = subject.identity.token(renew).await.expect("token") {
            assert!(!token.0.is_empty());
            assert!(!format!("{token:?}").contains(&token.0));
        }
    }
}
