//! The scripts with which an administrator makes a firm: the users they admit work in it, under its rules.

use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::Arc;

use tokio::process::Command;
use uuid::Uuid;
use vault_core::model::MatterId;
use vault_core::ports::{Change, Records as _, SystemClock};
use vault_firebase::{Connection, FirebaseRecords, Flow, MemorySecrets, Partition, Role, Session};

use crate::browser::choose;
use crate::world::{TestUser, connection, device, sign_in};

/// Runs a script of `firebase/` against the emulators of [`connection`].
async fn script(name: &str, args: &[&str]) -> Output {
    let connection = connection();
    let emulators = connection.emulators.expect("emulators");
    let mut command = Command::new("node");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../firebase").join(name)).args(args);
    command.env("FIREBASE_AUTH_EMULATOR_HOST", emulators.auth.to_string());
    command.env("FIRESTORE_EMULATOR_HOST", emulators.firestore.to_string());
    command.env("GCLOUD_PROJECT", &connection.project);
    command.stdin(Stdio::null()).kill_on_drop(true).output().await.expect("node")
}

/// Makes a firm with these extra options; returns the script's message if it refused.
async fn make_firm(args: &[&str]) -> Result<(), String> {
    let project = connection().project;
    let output = script("make-firm.js", &[&["--project", &project, "--name", "Oak & Elm"], args].concat()).await;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).expect("text")) }
}

/// A unique e-mail address.
fn address(name: &str) -> String {
    format!("{name}.{}@firm.example", Uuid::now_v7())
}

/// A user at a provider that verifies the address.
fn with_address(email: &str) -> TestUser {
    known(email, true)
}

fn known(email: &str, verified: bool) -> TestUser {
    let vouched = serde_json::json!({ "sub": email, "email": email, "email_verified": verified, "name": "Somebody" });
    TestUser { user: String::new(), proof: vault_firebase::Proof { id_token: vouched.to_string(), nonce: None } }
}

/// The user's identity, by signing in.
async fn signed_in(user: &TestUser) -> Arc<Session> {
    Arc::new(sign_in(user, &Arc::new(MemorySecrets::default())).await)
}

/// The matters that a user sees in a partition.
async fn matters(connection: &Connection, session: &Arc<Session>) -> Vec<MatterId> {
    let records = FirebaseRecords::open(connection, session.clone()).await.expect("records");
    let page = records.changes(None, 1000).await.expect("changes");
    let matters = page.changes.into_iter().filter_map(|change| match change {
        Change::Matter(matter) => Some(matter.id),
        _ => None,
    });
    matters.collect()
}

#[tokio::test]
async fn a_user_who_is_admitted_can_work_in_the_firm() {
    let [ann, ben, cleo] = ["ann", "ben", "cleo"].map(address);
    let named = format!("Ann <{ann}>");
    make_firm(&["--make-accounts", "--admin", &named, "--member", &ben]).await.expect("made");
    let hers = signed_in(&with_address(&ann)).await;
    let his = signed_in(&with_address(&ben)).await;
    let (admin, member) = (hers.account().await, his.account().await);
    assert_eq!((admin.role, member.role), (Role::Admin, Role::Member));
    assert_eq!(admin.person.team, member.person.team);
    assert_ne!(admin.person.team.as_str(), admin.person.user.as_str(), "a firm is not a team of one");
    assert_eq!(matters(&connection(), &his).await, [MatterId::general()]);

    // Another member: the firm stays the same.
    make_firm(&["--make-accounts", "--admin", &ann, "--member", &cleo]).await.expect("made");
    let theirs = signed_in(&with_address(&cleo)).await;
    assert_eq!(theirs.account().await.person.team, admin.person.team);
    for session in [&hers, &his, &theirs] {
        assert_eq!(matters(&connection(), session).await, [MatterId::general()]);
    }
}

#[tokio::test]
async fn training_has_the_same_users_and_its_own_documents() {
    let ann = address("ann");
    make_firm(&["--make-accounts", "--training", "--admin", &ann]).await.expect("made");
    let session = signed_in(&with_address(&ann)).await;
    let training = Connection { partition: Partition::Training, ..connection() };
    assert_eq!(matters(&training, &session).await, [MatterId::general()]);
}

#[tokio::test]
async fn unknown_users_and_members_of_another_firm_are_not_admitted() {
    let stranger = address("eve");
    let refused = make_firm(&["--admin", &stranger]).await.expect_err("refused");
    assert!(refused.contains(&stranger) && refused.contains("sign in to Strongroom once"), "{refused}");
    // Once they have, they are admitted.
    signed_in(&with_address(&stranger)).await;
    make_firm(&["--admin", &stranger]).await.expect("made");
    let person = signed_in(&with_address(&stranger)).await.account().await.person;
    assert_ne!(person.team.as_str(), person.user.as_str());

    let other = address("ann");
    let refused = make_firm(&["--make-accounts", "--admin", &other, "--member", &stranger]).await.expect_err("refused");
    assert!(refused.contains(&stranger) && refused.contains("another firm"), "{refused}");
    assert_eq!(make_firm(&[]).await.expect_err("refused").lines().count(), 1);
}

#[tokio::test]
async fn an_unverified_address_is_trusted_only_on_request() {
    let ann = address("ann");
    signed_in(&known(&ann, false)).await;
    for more in [&[][..], &["--trust", "oidc.entra"]] {
        let refused = make_firm(&[&["--admin", &ann], more].concat()).await.expect_err("refused");
        assert!(refused.contains(&ann) && refused.contains("google.com"), "{refused}");
    }
    make_firm(&["--admin", &ann, "--trust", "google.com"]).await.expect("made");
    // The rules admit her.
    let session = signed_in(&known(&ann, false)).await;
    assert_eq!(matters(&connection(), &session).await, [MatterId::general()]);
}

#[tokio::test]
async fn ann_signs_in_to_the_sample_firm() {
    let made = script("sample-firm.js", &[]).await;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let team = String::from_utf8(made.stdout).expect("text");
    for (name, role) in [("Ann Archer", Role::Admin), ("Ben Baker", Role::Member)] {
        let flow = Flow::begin(&connection().provider).await.expect("begun");
        let address = flow.address().clone();
        let (proof, _) = tokio::join!(flow.finish(std::future::pending()), choose(&address, name));
        let secrets = Arc::new(MemorySecrets::default());
        let proof = proof.expect("proof");
        let session = Session::sign_in(&connection(), &proof, device(), secrets, Arc::new(SystemClock)).await;
        let session = Arc::new(session.expect("signed in"));
        let account = session.account().await;
        assert_eq!((account.person.team.as_str(), account.role), (team.trim(), role));
        let mut matters = matters(&connection(), &session).await;
        matters.sort();
        assert_eq!(matters.iter().map(MatterId::as_str).collect::<Vec<_>>(), ["abc-contract", "abc-lease", "general"]);
    }
}
