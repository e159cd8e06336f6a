//! Signing in, staying signed in, and the reasons of a refusal.

use std::sync::Arc;

use vault_core::ports::{Identity as _, SystemClock};
use vault_firebase::{AuthFailure, Connection, MemorySecrets, Proof, Role, Session};
use vault_testing::conformance::identity;

use crate::world::{Administrator, connection, device, sign_in};

mod of_identity {
    use super::{Administrator, Arc, MemorySecrets, SystemClock, connection, device, identity, sign_in};
    use vault_firebase::Session;

    async fn open() -> identity::Subject {
        let administrator = Administrator::new();
        let ann = administrator.new_user("Ann").await;
        administrator.team(&[&ann]).await;
        let secrets = Arc::new(MemorySecrets::default());
        let one = sign_in(&ann, &secrets).await;
        let again = Session::restore(&connection(), device(), secrets, Arc::new(SystemClock)).await;
        let again = again.expect("restored").expect("kept");
        identity::Subject { identity: Arc::new(one), again: Arc::new(again), keep: Box::new(()) }
    }

    vault_testing::identity_conformance!(open);
}

async fn restore(secrets: &Arc<MemorySecrets>) -> Option<Session> {
    Session::restore(&connection(), device(), secrets.clone(), Arc::new(SystemClock)).await.expect("secrets")
}

#[tokio::test]
async fn claims_decide_the_team_and_a_user_without_claims_is_alone() {
    let administrator = Administrator::new();
    let (ann, bob) = (administrator.new_user("Ann").await, administrator.new_user("Bob").await);
    let secrets = Arc::new(MemorySecrets::default());
    let alone = sign_in(&ann, &secrets).await.account().await;
    assert_eq!((alone.person.team.as_str(), alone.role), (alone.person.user.as_str(), Role::Admin));
    assert_eq!(alone.person.display_name, "Ann");
    let team = administrator.team(&[&ann, &bob]).await;
    let account = sign_in(&bob, &secrets).await.account().await;
    assert_eq!((account.person.team, account.role), (team, Role::Member));
}

#[tokio::test]
async fn a_session_outlives_the_program_until_sign_out() {
    let ann = Administrator::new().new_user("Ann").await;
    let secrets = Arc::new(MemorySecrets::default());
    let first = sign_in(&ann, &secrets).await;
    assert!(!first.is_remembered().await, "memory is not a keychain");
    let second = restore(&secrets).await.expect("kept");
    assert_eq!(second.account().await, first.account().await);
    assert!(second.token(false).await.expect("token").is_some());
    second.sign_out().await.expect("signed out");
    assert_eq!(second.id_token(false).await, Err(AuthFailure::SessionEnded));
    assert!(restore(&secrets).await.is_none());
}

/// The reason why this proof is refused.
async fn refusal(connection: &Connection, proof: &Proof) -> AuthFailure {
    let secrets = Arc::new(MemorySecrets::default());
    let answer = Session::sign_in(connection, proof, device(), secrets, Arc::new(SystemClock)).await;
    answer.err().expect("refused")
}

#[tokio::test]
async fn a_false_proof_is_refused() {
    let proof = Proof { id_token: "nonsense".to_owned(), nonce: None };
    assert!(matches!(refusal(&connection(), &proof).await, AuthFailure::Refused { .. }));
}

#[tokio::test]
async fn an_unreachable_server_means_offline() {
    let mut nowhere = connection();
    // Nothing listens on the discard port.
    nowhere.emulators.as_mut().expect("emulators").auth.set_port(9);
    let proof = Proof { id_token: "{}".to_owned(), nonce: None };
    assert_eq!(refusal(&nowhere, &proof).await, AuthFailure::Offline);
}
