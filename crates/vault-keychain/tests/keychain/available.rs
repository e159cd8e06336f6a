//! A keychain that is available.

use vault_core::ports::Secrets as _;
use vault_keychain::{Keychain, KeychainWithFallback};

use crate::environment::{in_a_session, part, run};

const NAME: &str = "acme-law/refresh-token";

#[test]
fn a_secret_outlives_the_program() {
    match part() {
        None => in_a_session("available::a_secret_outlives_the_program", 3),
        Some(0) => run(async {
            let keychain = Keychain::new();
            assert_eq!(keychain.get(NAME).await, Ok(None));
            keychain.set(NAME, "first").await.expect("kept");
            keychain.set(NAME, "sécond “x”").await.expect("replaced");
            keychain.set("acme-law/person", "Ann").await.expect("kept");
        }),
        Some(1) => run(async {
            let keychain = Keychain::new();
            assert_eq!(keychain.get(NAME).await.expect("read").as_deref(), Some("sécond “x”"));
            keychain.remove(NAME).await.expect("removed");
            keychain.remove(NAME).await.expect("removed, though there is none");
        }),
        Some(_) => run(async {
            let keychain = Keychain::new();
            assert_eq!(keychain.get(NAME).await, Ok(None));
            assert_eq!(keychain.get("acme-law/person").await.expect("read").as_deref(), Some("Ann"));
        }),
    }
}

#[test]
fn memory_is_not_used_where_there_is_a_keychain() {
    match part() {
        None => in_a_session("available::memory_is_not_used_where_there_is_a_keychain", 2),
        Some(0) => run(async {
            let secrets = KeychainWithFallback::default();
            secrets.set(NAME, "token").await.expect("kept");
            assert!(secrets.is_lasting());
            assert_eq!(secrets.get(NAME).await.expect("read").as_deref(), Some("token"));
        }),
        Some(_) => run(async {
            let secrets = KeychainWithFallback::default();
            assert_eq!(secrets.get(NAME).await.expect("read").as_deref(), Some("token"));
            secrets.remove(NAME).await.expect("removed");
            assert_eq!(Keychain::new().get(NAME).await, Ok(None));
        }),
    }
}

#[test]
fn simultaneous_requests_are_answered_in_turn() {
    match part() {
        None => in_a_session("available::simultaneous_requests_are_answered_in_turn", 1),
        Some(_) => run(async {
            let keychain = std::sync::Arc::new(Keychain::new());
            let mut asking = tokio::task::JoinSet::new();
            for n in 0..8 {
                let keychain = keychain.clone();
                asking.spawn(async move {
                    keychain.set(&format!("n{n}"), &n.to_string()).await.expect("kept");
                    keychain.get(&format!("n{n}")).await.expect("read") == Some(n.to_string())
                });
            }
            assert!(asking.join_all().await.into_iter().all(|own| own));
        }),
    }
}
