//! The contract of [`Identity`].

use std::sync::Arc;

use vault_core::ports::Identity;

use super::Keep;

/// An implementation under test.
pub struct Subject {
    /// The implementation.
    pub identity: Arc<dyn Identity>,
    /// The same user's identity, opened once more.
    pub again: Arc<dyn Identity>,
    /// Keeps the folder or server of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! identity_conformance {
    ($open:path) => {
        $crate::conformance_tests!($open, identity: a_user_stays_the_same, a_token_is_never_empty);
    };
}

/// The user does not change between requests or starts.
pub async fn a_user_stays_the_same(subject: &Subject) {
    let person = subject.identity.person().await.expect("person");
    assert!(!person.display_name.is_empty());
    assert_eq!(subject.identity.person().await, Ok(person.clone()));
    assert_eq!(subject.again.person().await, Ok(person));
}

/// There is a token, or there is none; `Debug` does not print it.
pub async fn a_token_is_never_empty(subject: &Subject) {
    for renew in [false, true] {
        if let Some(token) = subject.identity.token(renew).await.expect("token") {
            assert!(!token.0.is_empty());
            assert!(!format!("{token:?}").contains(&token.0));
        }
    }
}
