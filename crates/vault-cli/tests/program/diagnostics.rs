//! What is logged, and what `diagnostics` prints: enough to find a fault, and nothing that a client would mind.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::common::{Place, Ran, fields, list, number, text};

/// Texts of a user that must not be logged. Each is one word, so that no part of it escapes.
const PLANTED: [&str; 9] = [
    "Quagmirelli",
    "Whistlethorpe",
    "Zanzibarium",
    "Perplexofolder",
    "Obnoxiadoc",
    "Crumpetfield",
    "planted.person@quibblesworth.example",
    "eyJhbGciOiJSUzI1NiJ9.eyJlbWFpbCI6InBsYW50ZWQifQ.c2lnbmF0dXJl",
    "upload_id=AbCdEf0123456789",
];

/// A command with the most detailed log.
fn traced(place: &Place, args: &[&str]) -> Ran {
    Ran::by(place.command(args).env("STRONGROOM_LOG", "trace").spawn().expect("the program runs"))
}

/// All that is in the log.
fn log(place: &Place) -> String {
    let files = fs::read_dir(place.home().join("logs")).expect("a log").map(|entry| entry.expect("an entry").path());
    files.map(|file| fs::read_to_string(file).expect("text")).collect()
}

/// Runs every command that takes or shows a name.
fn work(place: &Place) {
    let [client, title, number, folder, name, search, email, token, upload] = PLANTED;
    let files = place.path(folder).join(token);
    fs::create_dir_all(&files).expect("a folder");
    fs::write(files.join(format!("{name}.pdf")), format!("{email} {token}")).expect("a file");
    fs::write(files.join(format!("{email}.txt")), upload).expect("a file");
    fs::write(files.join("Thumbs.db"), "left out").expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(place.path(name), files.join(format!("{name}.lnk"))).expect("a link to nowhere");
    fs::create_dir_all(place.path(upload)).expect("a folder");
    let back = place.path(format!("Back {search}"));
    let back = back.to_str().expect("text");
    for args in [
        &["clients", "add", "--name", client, "--email", email][..],
        &["matters", "add", "--number", number, "--title", title, "--client", client],
        &["preflight", folder, "--matter", number],
        &["file", folder, "--matter", number],
        &["file", folder, "--matter", number],
        &["file", folder, "--matter", "there-is-no-such-matter"],
        &["file", name, "--matter", number],
        &["search", search, name],
        &["show", name],
        &["history", "--matter", number],
        &["restore", "--matter", number, back],
        &["restore", "--matter", number, "--folder", name, back],
        &["verify"],
        &["matters", "close", number],
        &["file", folder, "--matter", number],
        &["unfiled"],
        &["status"],
        &["use", name],
    ] {
        traced(place, args);
    }
}

#[test]
fn no_name_no_address_and_no_token_is_logged_or_printed() {
    let place = Place::new();
    work(&place);
    let document = Ran::by(
        place.command(["diagnostics", "--json"]).env("STRONGROOM_LOG", "trace").spawn().expect("the program runs"),
    );
    let (printed, logged) = (traced(&place, &["diagnostics"]), log(&place));
    // Otherwise there would be nothing to find.
    for event in ["a drop is accepted", "a batch is planned", "a batch is recorded", "filing ends", "a restore ends"] {
        assert!(logged.contains(event), "{event} is not logged:\n{logged}");
    }
    assert!(logged.contains(" TRACE ") || logged.contains("TRACE vault_"), "at the most detailed level:\n{logged}");
    for (what, all) in [("log", &logged), ("text", &printed.stdout), ("document", &document.stdout)] {
        for planted in PLANTED {
            assert!(!all.to_lowercase().contains(&planted.to_lowercase()), "{planted} is in the {what}:\n{all}");
        }
        // The paths of this test contain no planted word, and must not be there either.
        let folder = place.path("");
        assert!(!all.contains(folder.to_str().expect("text")), "a path is in the {what}:\n{all}");
        // Nor half a token or an address of any other kind.
        for part in ["eyJhbG", "@", "http", "Bearer"] {
            assert!(!all.contains(part), "{part} is in the {what}:\n{all}");
        }
    }
}

#[test]
fn diagnostics_say_what_there_is() {
    let place = Place::new();
    fs::create_dir_all(place.path("Box")).expect("a folder");
    fs::write(place.path("Box/letter.txt"), "Dear").expect("a file");
    place.well(["clients", "add", "--name", "Baker"]);
    place.file("Box");
    let found = place.document(["diagnostics"]);
    assert_eq!(fields(&found), ["counts", "failure", "log", "schemas", "system", "vault", "version"]);
    assert_eq!((text(&found, "version"), text(&found, "vault")), (env!("CARGO_PKG_VERSION"), "local"));
    assert_eq!(found["failure"], Value::Null);
    let counts = &found["counts"];
    let counted = ["clients", "matters", "records", "waitingEdits", "setAside"].map(|field| number(counts, field));
    assert_eq!(counted, [1, 1, 1, 0, 0]);
    assert!(counts["queue"].as_object().is_some_and(|queue| queue.values().all(|count| count.as_u64() == Some(0))));
    assert_eq!(fields(&found["schemas"]), ["cache", "journal", "vault"]);
    let lines = list(&found, "log");
    assert!(
        lines.iter().any(|line| line.as_str().is_some_and(|line| line.contains("a drop is accepted"))),
        "{found:#}"
    );
    assert!(lines.len() <= 200);
    let printed = place.well(["diagnostics"]);
    assert!(printed.contains("Counts: 1 clients, 1 matters, 1 records"), "{printed}");
    assert!(printed.contains("a drop is accepted"), "{printed}");
}

#[test]
fn a_vault_that_cannot_be_opened_is_diagnosed_all_the_same() {
    let place = Place::new();
    place.well(["status"]);
    fs::write(place.home().join("journal.db"), "no database at all ".repeat(400)).expect("written");
    // Otherwise the database would be made whole from its log.
    for beside in ["journal.db-wal", "journal.db-shm"] {
        let _ = fs::remove_file(place.home().join(beside));
    }
    let (code, found) = place.json(["diagnostics"]);
    assert_eq!((code, text(&found, "vault"), text(&found, "failure")), (0, "none", "damaged"));
    assert_eq!(found["counts"], Value::Null);
    assert!(number(&found["schemas"], "vault") > 0 && found["schemas"].get("journal").is_none(), "{found:#}");
    assert!(!list(&found, "log").is_empty());
}

#[test]
fn a_log_changes_nothing_that_is_printed_and_can_be_turned_off() {
    let place = Place::new();
    place.well(["clients", "add", "--name", "Baker"]);
    let off = |command: &mut Command| command.env("STRONGROOM_LOG", "off").spawn().expect("the program runs");
    let before = log(&place);
    let quiet = Ran::by(off(&mut place.command(["clients", "list"])));
    assert_eq!(log(&place), before, "nothing is logged");
    let loud = traced(&place, &["clients", "list"]);
    assert_ne!(log(&place), before);
    assert_eq!((quiet.code, &quiet.stdout, &quiet.stderr), (loud.code, &loud.stdout, &loud.stderr));
    // A level that nobody knows is the usual one.
    Ran::by(place.command(["clients", "list"]).env("STRONGROOM_LOG", "loudest").spawn().expect("the program runs"));
    assert!(log(&place).ends_with("a command ends exit=0 failure=\"none\"\n"), "{}", log(&place));
}

#[test]
fn a_log_that_cannot_be_written_stops_no_command() {
    let place = Place::new();
    place.well(["status"]);
    fs::remove_dir_all(place.home().join("logs")).expect("removed");
    fs::write(place.home().join("logs"), "in its place").expect("written");
    let ran = place.run(["clients", "add", "--name", "Baker"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "Added Baker.\n"), "{ran:?}");
    assert_eq!(list(&place.document(["diagnostics"]), "log").len(), 0);
}
