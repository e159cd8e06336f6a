//! Browsing: history, search, one document, status.

#![allow(clippy::similar_names, reason = "files, filed and failed are the subject")]

use crate::common::folder::{binder, write};
use crate::common::{Place, fields, list, number, text};
use serde_json::Value;

fn filed() -> (Place, Value) {
    let place = Place::new();
    binder(&place.path(""));
    place.matter("2024-001");
    let filed = place.document(["file", "Client binder", "--matter", "2024-001"]);
    (place, filed)
}

#[test]
fn the_history_lists_who_filed_what_from_where() {
    let (place, filed) = filed();
    write(place.path("note.txt"), "a note", 0);
    place.file("note.txt");
    let all = place.document(["history"]);
    let drops = list(&all, "drops");
    assert_eq!(drops.len(), 2);
    assert_eq!(number(&drops[0], "bytes"), 6, "the newest first");
    let expected = [
        "batchId",
        "bytes",
        "bytesStored",
        "device",
        "failed",
        "finished",
        "leftOut",
        "matterId",
        "matterNumber",
        "skipped",
        "sources",
        "started",
        "stored",
        "user",
        "userName",
    ];
    assert_eq!(fields(&drops[0]), expected);
    assert_eq!(drops[1]["batchId"], filed["batchId"]);
    assert_eq!(
        drops[1]["sources"][0],
        place.path("Client binder").canonicalize().expect("there").display().to_string()
    );
    assert!(text(&drops[1], "finished").ends_with('Z') && text(&drops[1], "finished").len() == 24);
    let one = place.document(["history", "--matter", "2024-001"]);
    assert_eq!(list(&one, "drops").as_slice(), &drops[1..]);
    assert_eq!(list(&place.document(["history", "--limit", "1"]), "drops").as_slice(), &drops[..1]);
}

#[test]
fn a_drop_is_shown_with_all_its_events() {
    let (place, filed) = filed();
    let id = text(&filed, "batchId");
    let drop = place.document(["history", "--batch", id]);
    assert_eq!(fields(&drop), ["drop", "events", "leftOutFiles", "paused", "problemFiles", "waiting", "waitingFiles"]);
    let events = list(&drop, "events");
    assert_eq!(events.len() as u64, number(&filed, "stored") + number(&filed, "skipped"));
    for event in events {
        assert_eq!(text(event, "batchId"), id);
        assert!(event["lastModified"].is_i64(), "{event:#}");
        assert_eq!(text(event, "fileHash").len(), 64);
    }
    let scan = events.iter().find(|event| event["fileName"] == "0001.tif").expect("an event for every file");
    assert_eq!((text(scan, "folderPath"), scan["lastModified"].as_i64()), ("Client binder/Scans", Some(-1)));

    let skipped = place.document(["history", "--batch", id, "--event", "skipped"]);
    assert_eq!(list(&skipped, "events").len() as u64, number(&filed, "skipped"));
    let stored = place.document(["history", "--event", "success"]);
    assert_eq!(list(&stored, "events").len() as u64, number(&filed, "stored"));
    assert!(list(&place.document(["history", "--event", "interrupted"]), "events").is_empty());
}

#[test]
fn a_drop_is_found_by_part_of_its_id_and_as_the_latest() {
    let (place, filed) = filed();
    let id = text(&filed, "batchId");
    for part in ["latest", &id[id.len() - 6..], &id[..23]] {
        let found = place.document(["history", "--batch", part]);
        assert_eq!(text(&found["drop"], "batchId"), id, "{part}");
    }
    for (part, code) in
        [("ffffffff", "not-found"), ("00000000-0000-7000-8000-000000000000", "not-found"), ("x", "invalid")]
    {
        let (exit, failed) = place.json(["history", "--batch", part]);
        assert_eq!((exit, text(&failed["error"], "code")), (2, code), "{part}");
        let (exit, _) = place.json(["restore", "--batch", part, "out"]);
        assert_eq!(exit, 2);
    }
}

#[test]
fn a_document_shows_where_it_came_from() {
    let (place, _) = filed();
    let hash = text(&list(&place.document(["search", "contract"]), "documents")[0], "fileHash").to_owned();
    let document = place.document(["show", &hash[..8]]);
    assert_eq!(fields(&document), ["events", "fileHash", "records", "size"]);
    assert_eq!((text(&document, "fileHash"), number(&document, "size")), (&hash[..], 12));
    let records = list(&document, "records");
    assert_eq!(records.len(), 2, "one for each name and time");
    let contract = records.iter().find(|record| record["originalName"] == "Contract.pdf").expect("a record");
    let folders = list(contract, "folderPaths");
    assert_eq!(folders, &["Client binder", "Client binder/Old office/Copies"]);
    assert_eq!(list(&document, "events").len(), 3, "one for each location");

    let by_record = place.document(["show", text(contract, "metadataHash")]);
    assert_eq!(by_record["fileHash"], document["fileHash"]);
    assert_eq!(place.document(["show", &hash.to_uppercase()])["fileHash"], document["fileHash"]);
    for (digits, code) in [("abc", "invalid"), ("contract", "invalid"), ("0000000000000000", "not-found")] {
        let (exit, failed) = place.json(["show", digits]);
        assert_eq!((exit, text(&failed["error"], "code")), (2, code), "{digits}");
    }
}

#[test]
fn a_search_matches_prefixes_of_words() {
    let (place, _) = filed();
    place.well(["clients", "add", "Scanlon & Sons"]);
    let found = place.document(["search", "scan"]);
    assert_eq!(fields(&found), ["clients", "documents", "folders", "matters"]);
    assert_eq!(text(&list(&found, "clients")[0], "name"), "Scanlon & Sons");
    assert_eq!(text(&list(&found, "folders")[0], "path"), "Client binder/Scans");
    let two = place.document(["search", "notiz", "märz"]);
    assert_eq!(list(&two, "documents").len(), 2);
    assert_eq!(text(&list(&place.document(["search", "2024-001"]), "matters")[0], "number"), "2024-001");
    let none = place.document(["search", "nothing like it"]);
    assert!(fields(&none).iter().all(|field| list(&none, field).is_empty()));
}

#[test]
fn the_status_of_an_idle_vault_is_shown() {
    let (place, filed) = filed();
    let status = place.document(["status"]);
    let expected =
        ["attention", "changes", "counts", "device", "home", "team", "unfinished", "unreadable", "user", "userName"];
    assert_eq!(fields(&status), expected);
    assert_eq!(text(&status, "home"), place.home().display().to_string());
    assert_eq!(status["team"], status["user"], "a team of one");
    let files = number(&status["counts"], "files");
    assert_eq!(files, number(&filed, "stored") + 1, "one record for each name, time and content");
    assert!(["unfinished", "attention", "unreadable"].iter().all(|field| list(&status, field).is_empty()));
    let resumed = place.document(["resume"]);
    assert!(list(&resumed, "drops").is_empty());
}

#[test]
fn output_for_users_is_sentences() {
    let (place, filed) = filed();
    let history = place.well(["history"]);
    assert!(history.contains("2024-001") && history.contains("Client binder"), "{history}");
    let drop = place.well(["history", "--batch", "latest"]);
    assert!(drop.contains(text(&filed, "batchId")) && drop.contains("Client binder/Scans/0001.tif"), "{drop}");
    assert!(place.well(["status"]).contains("Nothing is waiting."));
    assert!(place.well(["verify"]).contains("everything is there, as it was filed"));
    assert!(place.well(["search", "contract"]).contains("Contract (final).pdf"));
    let again = place.well(["preflight", "Client binder", "-m", "2024-001"]);
    let files = number(&filed, "found");
    assert!(again.starts_with(&format!("{files} files found: nothing new, {files} already in the vault.")), "{again}");
    assert_eq!(place.well(["file", "Client binder", "-m", "2024-001", "--quiet"]), "");
}
