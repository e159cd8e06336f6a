//! One rule for all names: which names matters and clients may have, how they are found, and how long texts may be.

use crate::common::{Place, Ran, list, text};
use serde_json::Value;

/// The number of a matter as a Mac writes it: a letter and a mark.
const DECOMPOSED: &str = "A\u{308}-7";

fn add(place: &Place, number: &str, title: &str) -> Ran {
    place.run(["matters", "add", "--number", number, "--title", title])
}

fn refused(place: &Place, args: &[&str]) -> (String, String) {
    let (exit, document) = place.json(args);
    assert_eq!(exit, 2, "{args:?}: {document:#}");
    (text(&document["error"], "code").to_owned(), text(&document["error"], "message").to_owned())
}

fn titles(document: &Value) -> Vec<&str> {
    list(document, "matters").iter().map(|matter| text(matter, "title")).collect()
}

#[test]
fn a_matter_is_found_in_every_spelling_of_its_number() {
    let place = Place::new();
    crate::common::folder::write(place.path("box/a.txt"), "a", 1_700_000_000_000);
    let id = place.well(["matters", "add", "--number", " Ä-7 ", "--title", "One"]).trim().to_owned();
    for spelling in ["Ä-7", DECOMPOSED, "ä-7", " Ä-7 ", "Ä-7\u{200b}"] {
        let (code, message) = refused(&place, &["matters", "add", "--number", spelling, "--title", "Again"]);
        assert!(code == "invalid" && message.contains("already"), "{spelling:?}: {message}");
        place.well(["preflight", "box", "--matter", spelling]);
        place.well(["history", "--matter", spelling]);
        place.well(["matters", "hold", spelling]);
        place.well(["matters", "remove", spelling]);
        place.well(["matters", "bring-back", spelling]);
    }
    assert_eq!(text(&place.document(["matters", "edit", DECOMPOSED, "--due", "2030-01-01"])["matter"], "id"), id);
    place.well(["clients", "add", "Straße  & Söhne "]);
    place.well(["matters", "edit", "ä-7", "--client", "STRASSE & SO\u{308}HNE"]);
    assert_eq!(titles(&place.document(["matters", "list", "--client", "straße & söhne"])), ["One"]);
    place.well(["clients", "add", "Gone"]);
    place.well(["clients", "remove", "gone "]);
    place.well(["clients", "bring-back", " GONE"]);
}

#[test]
fn general_is_found_in_every_spelling_too() {
    let place = Place::new();
    crate::common::folder::write(place.path("box/a.txt"), "a", 1_700_000_000_000);
    for spelling in ["General", "GENERAL", " general "] {
        place.well(["file", "box", "--matter", spelling]);
        place.well(["history", "--matter", spelling]);
    }
}

#[test]
fn a_restored_client_with_a_name_in_use_is_reported() {
    let place = Place::new();
    place.well(["clients", "add", "Oak"]);
    place.well(["clients", "remove", "Oak"]);
    let other = place.well(["clients", "add", "oak "]).trim().to_owned();
    let ran = place.run(["clients", "bring-back", "Oak"]);
    assert!(ran.code == 0 && ran.stderr.contains(&other), "{ran:?}");
}

#[test]
fn a_second_client_of_one_name_is_reported_and_the_name_is_then_ambiguous() {
    let place = Place::new();
    let first = place.well(["clients", "add", "ABC Corp"]).trim().to_owned();
    let (code, message) = refused(&place, &["clients", "add", "abc  corp "]);
    assert!(code == "invalid" && message.contains(&first) && message.contains("--same-name"), "{message}");
    let second = place.well(["clients", "add", "abc  corp ", "--same-name"]).trim().to_owned();
    for args in [
        &["matters", "add", "--title", "Lease", "--client", "ABC CORP"][..],
        &["matters", "list", "--client", "ABC CORP"],
        &["clients", "close", "abc corp"],
    ] {
        let (code, message) = refused(&place, args);
        assert!(code == "ambiguous" && message.contains(&first) && message.contains(&second), "{message}");
    }
    place.well(["matters", "add", "--title", "Lease", "--client", &second]);
    place.well(["clients", "add", "XYZ"]);
    assert_eq!(refused(&place, &["clients", "edit", "XYZ", "--name", "Abc Corp"]).0, "invalid");
    place.well(["clients", "edit", "XYZ", "--name", "Abc Corp", "--same-name"]);
    place.well(["clients", "edit", &first, "--name", "ABC CORP"]);
}

#[test]
fn a_reserved_or_blank_number_is_refused() {
    let place = Place::new();
    for number in ["general", " General", "none", " ", "\t", "\u{a0}", "\u{200b}", "...", "—", "-7", "a\nb"] {
        let (exit, document) = place.json(["matters", "add", &format!("--number={number}"), "--title", "T"]);
        let message = text(&document["error"], "message");
        assert_eq!((exit, text(&document["error"], "code")), (2, "invalid"), "{number:?}: {message}");
        assert!(message.contains("number"), "{message}");
    }
    for number in ["2024-001", "№ 5", "合同", "none of it"] {
        assert_eq!(add(&place, number, "T").code, 0, "{number}");
    }
    assert_eq!(titles(&place.document(["matters"])).len(), 5);
}

#[test]
fn every_text_has_a_limit_and_the_message_says_which() {
    let place = Place::new();
    let long = |length: usize| "ä".repeat(length);
    let (matter, client) = (["matters", "add", "--title", "T"], ["clients", "add", "C"]);
    for (command, option, most) in [
        (&matter[..], "--title", 500),
        (&matter, "--description", 20_000),
        (&matter, "--number", 100),
        (&client, "--email", 320),
        (&client, "--phone", 100),
        (&client, "--street", 500),
        (&client, "--city", 200),
        (&client, "--state", 200),
        (&client, "--zip", 40),
    ] {
        let command = if option == "--title" { &command[..2] } else { command };
        let run = |text: &str| place.run([command, &[option, text, "--json"]].concat()).document();
        let (exit, document) = run(&long(most + 1));
        let message = text(&document["error"], "message");
        assert!(exit == 2 && message.contains(&most.to_string()), "{option}: {message}");
        if command[0] == "matters" {
            assert_eq!(run(&long(most)).0, 0, "{option}");
        }
    }
    assert_eq!(refused(&place, &["clients", "add", &long(501)]).0, "invalid");
    place.well(["clients", "add", &long(500)]);
}

#[test]
fn a_date_reads_back_as_itself_or_is_refused() {
    let place = Place::new();
    for day in ["9999-12-31", "9999-12-30", "0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29"] {
        place.well(["matters", "add", "--number", day, "--title", "T", "--opened", day, "--due", day]);
        // From a mirror that is rebuilt from the vault.
        for file in ["cache.db", "cache.db-wal", "cache.db-shm"] {
            let _ = std::fs::remove_file(place.home().join(file));
        }
        let document = place.document(["matters"]);
        let matter =
            list(&document, "matters").iter().find(|matter| matter["number"] == day).expect("the matter").clone();
        for field in ["opened", "due"] {
            assert_eq!(text(&matter, field), format!("{day}T00:00:00.000Z"));
        }
    }
    assert!(place.well(["matters"]).contains("9999-12-31"));
    for day in ["0000-12-31", "10000-01-01", "-000001-01-01", "2023-02-29"] {
        let ran = place.run(["matters", "add", "--title", "T", &format!("--due={day}")]);
        assert!(ran.code == 2 && ran.stderr.contains("date"), "{day}: {ran:?}");
    }
}
