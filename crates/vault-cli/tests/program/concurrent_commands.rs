//! A drop is paused, cancelled, or loses files while another program reads or files it: both report the result.

use std::fs::{self, File};
use std::process::Child;
use std::time::{Duration, Instant};

use crate::common::running::{has_content, many_files, wait_until};
use crate::common::{Place, Ran, assert_adds_up, list, number, text};
use serde_json::Value;

/// So many that a second program has started, and its request has arrived, before they are all filed, and before the
/// last has started: that takes five pages of the queue, and three are processed at a time.
const FILES: usize = 9000;

/// More than it takes to notice, on a busy computer, and far less than filing or reading would still take.
const SOON: Duration = Duration::from_secs(30);

/// Files a folder that takes long to read, and no room.
fn reading(place: &Place) -> Child {
    fs::create_dir(place.path("Box")).expect("a folder");
    File::create(place.path("Box/disk.img")).and_then(|file| file.set_len(200 << 30)).expect("a sparse file");
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the drop is accepted", || {
        place.home().join("left-out.txt").exists() && !list(&place.document(["status"]), "unfinished").is_empty()
    });
    filing
}

/// Files a folder of many files, and waits until the first are stored.
fn filing(place: &Place) -> Child {
    many_files(&place.path("Box"), FILES);
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    filing
}

fn soon(place: &Place, args: &[&str]) -> Value {
    let since = Instant::now();
    let document = place.document(args);
    assert!(since.elapsed() < SOON, "it waited for the other program");
    document
}

/// The counts of a drop.
fn counts_of(document: &Value) -> [u64; 4] {
    ["stored", "skipped", "waiting", "cancelled"].map(|field| number(document, field))
}

#[test]
fn a_drop_that_is_being_read_is_cancelled_at_once() {
    let place = Place::new();
    let filing = reading(&place);
    let cancelled = soon(&place, &["cancel", "--batch", "latest"]);
    assert_eq!(text(&cancelled, "state"), "cancelled", "{cancelled:#}");
    let (code, ended) = Ran::by(filing).document();
    assert_eq!((code, text(&ended, "state"), &ended["batchId"]), (1, "cancelled", &cancelled["batchId"]));
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
    assert!(list(&place.document(["history"]), "drops").is_empty(), "nothing was ever begun");
}

#[test]
fn a_drop_that_is_being_read_is_paused_at_once() {
    let place = Place::new();
    let filing = reading(&place);
    let paused = soon(&place, &["pause", "--batch", "latest"]);
    assert_eq!((text(&paused, "state"), text(&paused, "paused")), ("reading", "A user paused it."), "{paused:#}");
    let (code, ended) = Ran::by(filing).document();
    assert_eq!((code, text(&ended, "state"), &ended["paused"]), (1, "reading", &paused["paused"]), "{ended:#}");
    // Only a request makes it continue.
    fs::write(place.path("note.txt"), "a note").expect("a file");
    assert_eq!(number(&place.file("note.txt"), "stored"), 1);
    fs::write(place.path("Box/disk.img"), "short").expect("a file");
    let resumed = place.document(["resume"]);
    let drop = &list(&resumed, "drops")[0];
    assert_eq!((text(drop, "state"), number(drop, "stored")), ("finished", 1), "{resumed:#}");
}

#[test]
fn a_drop_that_is_being_filed_is_cancelled_at_once() {
    let place = Place::new();
    let filing = filing(&place);
    let cancelled = soon(&place, &["cancel", "--batch", "latest"]);
    assert_eq!(text(&cancelled, "state"), "cancelled", "{cancelled:#}");
    let (code, ended) = Ran::by(filing).document();
    assert_eq!((code, text(&ended, "state")), (1, "cancelled"), "{ended:#}");
    assert_adds_up(&ended);
    assert_eq!(counts_of(&ended), counts_of(&cancelled));
    assert!(number(&cancelled, "cancelled") > 0 && number(&cancelled, "waiting") == 0);
    let history = place.document(["history"]);
    let listed = &list(&history, "drops")[0];
    assert_eq!((&listed["stored"], listed["finished"].is_null()), (&cancelled["stored"], false), "{history:#}");
    place.document(["verify"]);
}

#[test]
fn a_drop_that_is_being_filed_is_paused_with_the_counts_it_has_then() {
    let place = Place::new();
    let filing = filing(&place);
    let paused = soon(&place, &["pause", "--batch", "latest"]);
    assert_eq!((text(&paused, "state"), text(&paused, "paused")), ("filing", "A user paused it."), "{paused:#}");
    let (code, ended) = Ran::by(filing).document();
    assert_eq!((code, &ended["paused"]), (1, &paused["paused"]), "{ended:#}");
    assert_adds_up(&ended);
    assert_eq!(counts_of(&ended), counts_of(&paused), "the report matches the result");
    let status = place.document(["status"]);
    assert_eq!(counts_of(&list(&status, "unfinished")[0]), counts_of(&paused));
    let cancelled = place.document(["cancel", "--batch", "latest"]);
    assert_eq!(counts_of(&cancelled), [number(&paused, "stored"), 0, 0, number(&paused, "waiting")]);
}

#[test]
fn files_are_cancelled_in_a_drop_that_continues() {
    let place = Place::new();
    let filing = filing(&place);
    let out = place.run(["cancel", "--batch", "latest", "Box/089/8999.txt"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert!(!out.stderr.contains("Stopped"), "it continues: {out:?}");
    let (code, ended) = Ran::by(filing).document();
    assert_eq!((code, text(&ended, "state"), number(&ended, "cancelled")), (0, "finished", 1), "{ended:#}");
}
