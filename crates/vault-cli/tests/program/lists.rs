//! Matters and clients: how they are added, edited and removed.

use crate::common::{Place, fields, list, text};
use serde_json::Value;

fn numbers(document: &Value) -> Vec<&str> {
    list(document, "matters").iter().map(|matter| matter["number"].as_str().unwrap_or("-")).collect()
}

fn names(document: &Value) -> Vec<&str> {
    list(document, "clients").iter().map(|client| text(client, "name")).collect()
}

#[test]
fn a_matter_is_added_with_everything_about_it() {
    let place = Place::new();
    let client = place.well(["clients", "add", "ABC Corp", "--email", "office@abc.example", "--city", "Boston"]);
    let details = ["--number", "2024-001", "--title", "Contract Review", "--client", "abc corp", "--priority", "high"];
    let dates = ["--opened", "2024-03-05", "--due", "2024-06-30", "--description", "For the board."];
    let id = place.well([&["matters", "add"], &details[..], &dates[..]].concat());
    let all = place.document(["matters"]);
    let expected = [
        "assignedTo",
        "clientId",
        "clientName",
        "description",
        "due",
        "files",
        "id",
        "lastFiled",
        "number",
        "opened",
        "priority",
        "removed",
        "status",
        "title",
        "updated",
    ];
    let matter = &list(&all, "matters")[1];
    assert_eq!(fields(matter), expected);
    for (field, value) in [
        ("id", id.trim()),
        ("clientId", client.trim()),
        ("clientName", "ABC Corp"),
        ("number", "2024-001"),
        ("priority", "high"),
        ("status", "active"),
        ("opened", "2024-03-05T00:00:00.000Z"),
        ("due", "2024-06-30T00:00:00.000Z"),
    ] {
        assert_eq!(text(matter, field), value, "{field}");
    }
    assert!(matter["removed"].is_null() && matter["lastFiled"].is_null());
}

#[test]
fn a_matter_is_edited_piece_by_piece() {
    let place = Place::new();
    place.well(["clients", "add", "ABC Corp"]);
    place.well(["matters", "add", "--number", "7", "--title", "Lease", "--client", "ABC Corp", "--due", "2024-06-30"]);
    let edited = place.document(["matters", "edit", "7", "--title", "Lease of the office", "--due", "none"]);
    let matter = &edited["matter"];
    assert_eq!((text(matter, "title"), &matter["due"]), ("Lease of the office", &Value::Null));
    assert_eq!(text(matter, "clientName"), "ABC Corp");
    let edited = place.document(["matters", "edit", "7", "--number", "2024-007", "--client", "none"]);
    assert_eq!((text(&edited["matter"], "number"), &edited["matter"]["clientId"]), ("2024-007", &Value::Null));
    place.document(["matters", "edit", "2024-007"]);
}

#[test]
fn matters_are_closed_held_reopened_removed_and_brought_back() {
    let place = Place::new();
    for number in ["1", "2", "3"] {
        place.matter(number);
    }
    let closed = place.document(["matters", "close", "1"]);
    assert_eq!(text(&closed["matter"], "status"), "closed");
    place.well(["matters", "hold", "2"]);
    let by_status = |status| place.document(["matters", "list", "--status", status]);
    assert_eq!(numbers(&by_status("closed")), ["1"]);
    assert_eq!(numbers(&by_status("on-hold")), ["2"]);
    assert_eq!(numbers(&by_status("active")), ["-", "3"]);
    assert_eq!(numbers(&by_status("all")), ["-", "1", "2", "3"]);
    place.well(["matters", "reopen", "1"]);
    assert_eq!(numbers(&by_status("active")), ["-", "1", "3"]);

    let removed = place.document(["matters", "remove", "3"]);
    assert!(removed["matter"]["removed"].is_string());
    assert_eq!(numbers(&place.document(["matters"])), ["-", "1", "2"]);
    assert_eq!(numbers(&place.document(["matters", "list", "--removed"])), ["3"]);
    place.well(["matters", "bring-back", "3"]);
    assert_eq!(numbers(&place.document(["matters", "--status", "active"])), ["-", "1", "3"]);
}

#[test]
fn a_number_belongs_to_one_matter() {
    let place = Place::new();
    place.matter("2024-001");
    let (exit, failed) = place.json(["matters", "add", "--number", "2024-001", "--title", "Another"]);
    assert_eq!(exit, 2, "{failed:#}");
    assert!(text(&failed["error"], "message").contains("2024-001"));
}

#[test]
fn matters_can_be_listed_by_client() {
    let place = Place::new();
    for client in ["ABC Corp", "Xyz Ltd"] {
        place.well(["clients", "add", client]);
        place.well(["matters", "add", "--title", "Lease", "--number", &client[..3], "--client", client]);
    }
    assert_eq!(numbers(&place.document(["matters", "list", "--client", "xyz ltd"])), ["Xyz"]);
}

#[test]
fn clients_are_added_edited_closed_and_brought_back() {
    let place = Place::new();
    let id = place.well(["clients", "add", "--name", "ABC Corp"]);
    let edited = place.document(["clients", "edit", "ABC Corp", "--name", "ABC Corporation", "--zip", "02108"]);
    let client = &edited["client"];
    assert_eq!(fields(client), ["address", "email", "id", "name", "phone", "removed", "status", "updated"]);
    assert_eq!((text(client, "id"), text(&client["address"], "zip")), (id.trim(), "02108"));
    let closed = place.document(["clients", "close", "abc corporation"]);
    assert_eq!(text(&closed["client"], "status"), "inactive");
    assert!(names(&place.document(["clients", "list", "--status", "active"])).is_empty());
    place.well(["clients", "reopen", id.trim()]);
    place.well(["clients", "remove", "ABC Corporation"]);
    assert!(names(&place.document(["clients"])).is_empty());
    assert_eq!(names(&place.document(["clients", "list", "--removed"])), ["ABC Corporation"]);
    place.well(["clients", "bring-back", "ABC Corporation"]);
    assert_eq!(names(&place.document(["clients"])), ["ABC Corporation"]);
}

#[test]
fn output_for_users_is_a_table() {
    let place = Place::new();
    place.well(["clients", "add", "ABC Corp", "--phone", "555 0100"]);
    place.well(["matters", "add", "--number", "2024-001", "--title", "契約", "--client", "ABC Corp"]);
    let matters = place.well(["matters"]);
    let lines: Vec<&str> = matters.lines().collect();
    assert!(lines[0].starts_with("NUMBER    TITLE    CLIENT"), "{matters}");
    assert!(lines[2].starts_with("2024-001  契約     ABC Corp  active"), "{matters}");
    assert!(place.well(["clients"]).contains("555 0100"));
}
