//! Refusals, with their messages and exit codes.

use std::fs;

#[cfg(unix)]
use crate::common::Ran;
use crate::common::folder::{binder, write};
use crate::common::{Place, fields, list, number, text};

/// Runs with `--json` and returns exit code, error code and message.
fn refused(place: &Place, args: &[&str]) -> (i32, String, String) {
    let (exit, document) = place.json(args);
    assert_eq!(fields(&document), ["error"], "{document:#}");
    let error = &document["error"];
    assert_eq!(fields(error), ["code", "message"]);
    let human = place.run(args);
    assert_eq!((human.code, human.stdout.as_str()), (exit, ""), "the same for users: {human:?}");
    (exit, text(error, "code").to_owned(), text(error, "message").to_owned())
}

#[test]
fn a_usage_error_exits_with_2() {
    let place = Place::new();
    binder(&place.path(""));
    for (args, code) in [
        (&["file", "Client binder"][..], "usage"),
        (&["nonsense"], "usage"),
        (&["restore", "out"], "usage"),
        (&["restore", "--batch", "latest", "--matter", "general", "out"], "usage"),
        (&["restore", "--batch", "latest", "--folder", "x", "out"], "usage"),
        (&["history", "--limit", "0"], "usage"),
        (&["matters", "--status", "closed", "close", "x"], "usage"),
        (&["matters", "add", "--title", "t", "--due", "soon"], "usage"),
        (&["file", "Client binder", "--matter", "2024-9"], "not-found"),
        (&["preflight", "no such folder", "--matter", "general"], "not-found"),
        (&["restore", "--batch", "latest", "out"], "not-found"),
        (&["restore", "--matter", "2024-9", "out"], "not-found"),
        (&["history", "--matter", "2024-9"], "not-found"),
        (&["cancel", "--batch", "latest"], "not-found"),
        (&["retry", "--batch", "latest"], "not-found"),
        (&["matters", "close", "general"], "invalid"),
        (&["matters", "remove", "general"], "invalid"),
        (&["matters", "add", "--title", ""], "invalid"),
        (&["clients", "add", " "], "invalid"),
        (&["file", ".", "--matter", "general"], "invalid"),
    ] {
        let (exit, found, message) = refused(&place, args);
        assert_eq!((exit, found.as_str()), (2, code), "{args:?}: {message}");
    }
    assert!(list(&place.document(["history"]), "drops").is_empty());
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
}

#[test]
fn each_message_names_the_remedy() {
    let place = Place::new();
    let args = ["matters", "add", "--title", "Lease", "--client", "ABC Corp"];
    let (_, code, message) = refused(&place, &args);
    assert_eq!(code, "not-found");
    assert!(message.contains("strongroom clients add \"ABC Corp\""), "{message}");
    let (_, _, message) = refused(&place, &["preflight", "nowhere", "--matter", "general"]);
    assert_eq!(message, "There is nothing at “nowhere”.");
}

#[test]
fn nothing_is_filed_to_a_closed_or_removed_matter() {
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    let id = place.matter("2024-001");
    place.well(["matters", "close", "2024-001"]);
    for command in ["file", "preflight"] {
        let (exit, code, message) = refused(&place, &[command, "a.txt", "--matter", "2024-001"]);
        assert_eq!((exit, code.as_str()), (2, "invalid"), "{message}");
        assert!(message.contains("closed"), "{message}");
    }
    place.well(["matters", "reopen", "2024-001"]);
    place.well(["matters", "remove", "2024-001"]);
    let (exit, code, _) = refused(&place, &["file", "a.txt", "--matter", "2024-001"]);
    assert_eq!((exit, code.as_str()), (2, "not-found"));
    let (exit, _, message) = refused(&place, &["file", "a.txt", "--matter", &id]);
    assert_eq!(exit, 2);
    assert!(message.contains("removed"), "{message}");
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
    place.well(["matters", "bring-back", "2024-001"]);
    let filed = place.document(["file", "a.txt", "--matter", "2024-001"]);
    assert_eq!(number(&filed, "stored"), 1);
}

#[test]
fn a_vault_that_cannot_be_opened_exits_with_3() {
    let place = Place::new();
    place.well(["status"]);
    let journal = place.home().join("journal.db");
    let before = fs::read(&journal).expect("a journal");
    for file in ["journal.db-wal", "journal.db-shm"] {
        let _ = fs::remove_file(place.home().join(file));
    }
    fs::write(&journal, [b"this is no database".repeat(300)].concat()).expect("damage");
    let (exit, code, message) = refused(&place, &["status"]);
    assert_eq!((exit, code.as_str()), (3, "damaged"), "{message}");
    assert_ne!(fs::read(&journal).expect("a journal"), before, "it is left as it is");
    assert!(fs::read(&journal).expect("a journal").starts_with(b"this is no database"));
}

#[tokio::test]
async fn a_vault_of_a_newer_version_exits_with_3_and_is_left_unchanged() {
    use sqlx::Connection as _;
    for database in ["journal.db", "vault/vault.db"] {
        let place = Place::new();
        place.well(["status"]);
        let file = place.home().join(database);
        let path = format!("sqlite://{}", file.display());
        let mut newer = sqlx::SqliteConnection::connect(&path).await.expect("a database");
        sqlx::query("PRAGMA user_version = 9999").execute(&mut newer).await.expect("a newer version");
        newer.close().await.expect("a file without a log");
        let before = fs::read(&file).expect("a database");
        let (exit, code, message) = refused(&place, &["status"]);
        assert_eq!((exit, code.as_str()), (3, "damaged"), "{database}: {message}");
        assert!(message.contains("newer"), "{message}");
        assert!(fs::read(&file).expect("a database") == before, "{database} is not touched");
    }
}

#[test]
fn a_left_out_list_that_cannot_be_read_exits_with_3_and_names_the_line() {
    let place = Place::new();
    binder(&place.path(""));
    place.well(["status"]);
    let list = place.home().join("left-out.txt");
    fs::write(&list, "# mine\nThumbs.db\n*\n").expect("a list");
    for command in ["preflight", "file"] {
        let (exit, code, message) = refused(&place, &[command, "Client binder", "--matter", "general"]);
        assert_eq!((exit, code.as_str()), (3, "left-out-list"));
        assert!(message.contains(&format!("{}, line 3", list.display())), "{message}");
    }
    assert_eq!(refused(&place, &["left-out"]).0, 3);
    // A command that reads no files needs no list.
    place.well(["status"]);
}

#[cfg(unix)]
#[test]
fn a_home_that_cannot_be_written_exits_with_3() {
    let Some(place) = Place::of_an_ordinary_user() else { return };
    let mut command = place.command(["status", "--json", "--home", "/proc/strongroom"]);
    let (exit, document) = Ran::by(command.spawn().expect("the program runs")).document();
    assert_eq!(exit, 3, "{document:#}");
    assert_eq!(fields(&document), ["error"]);
}

#[test]
fn a_home_that_is_a_file_exits_with_3() {
    let place = Place::new();
    write(place.home(), "not a folder", 0);
    assert_eq!(refused(&place, &["status"]).0, 3);
}
