//! Single files of a drop: located, tried again, cancelled; and a drop that is paused.

use std::fs;

use crate::common::folder::{seen, write};
use crate::common::running::{has_content, interrupt, many_files, wait_until};
use crate::common::{Place, Ran, list, number, paths, text};
use rustix::process::Signal;

/// The number of files; the last of them is planned long before its turn comes.
const FILES: usize = 4500;

/// A drop whose last two files moved away after they were read: `044/4498.txt` and `044/4499.txt`.
fn two_moved_away() -> Place {
    let place = Place::new();
    many_files(&place.path("Box"), FILES);
    fs::create_dir(place.path("Moved")).expect("a folder");
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    for name in ["4498.txt", "4499.txt"] {
        fs::rename(place.path("Box/044").join(name), place.path("Moved").join(name)).expect("a file");
    }
    let (code, filed) = Ran::by(filing).document();
    assert_eq!((code, paths(&filed, "problemFiles")), (1, vec!["Box/044/4498.txt", "Box/044/4499.txt"]));
    place
}

#[test]
fn missing_files_are_filed_from_their_new_place() {
    let place = two_moved_away();
    write(place.path("Other/4499.txt"), "another text of another length", 1);
    let (code, other) = place.json(["locate", "--batch", "latest", "Other/4499.txt", "Box/044/4499.txt"]);
    assert_eq!((code, number(&other, "found"), number(&other, "failed")), (1, 0, 2));
    assert_eq!(list(&other, "different")[0], "Box/044/4499.txt");
    let said = place.run(["locate", "--batch", "latest", "Other"]);
    assert!(said.stderr.contains("Box/044/4499.txt: the file found has other content."), "{said:?}");
    assert!(said.stderr.contains("Not found: 1 file."), "{said:?}");
    let several = place.run(["locate", "--batch", "latest", "Moved/4498.txt"]);
    assert_eq!(several.code, 2, "{several:?}");

    let found = place.document(["locate", "--batch", "latest", "Moved"]);
    assert_eq!((number(&found, "found"), number(&found, "missing"), number(&found, "failed")), (2, 0, 0));
    assert_eq!(number(&found, "stored") + number(&found, "skipped"), FILES as u64);
    assert!(list(&place.document(["status"]), "attention").is_empty());
    // They are restored with the properties they had when dropped.
    place.document(["restore", "--batch", "latest", "out"]);
    let (back, moved) = (seen(&place.path("out/Box/044")), seen(&place.path("Moved")));
    assert_eq!(moved.len(), 2);
    for (name, file) in moved {
        assert_eq!(back.get(&name), Some(&file), "{name:?}");
    }
    place.document(["verify"]);
}

#[test]
fn one_file_is_tried_again_and_the_other_is_cancelled() {
    let place = two_moved_away();
    fs::rename(place.path("Moved/4498.txt"), place.path("Box/044/4498.txt")).expect("a file");
    let (code, unknown) = place.json(["retry", "--batch", "latest", "Box/000/0.txt"]);
    assert_eq!((code, text(&unknown["error"], "code")), (2, "not-found"));
    let (code, one) = place.json(["retry", "--batch", "latest", "Box/044/4498.txt"]);
    assert_eq!((code, paths(&one, "problemFiles")), (1, vec!["Box/044/4499.txt"]));
    let out = place.document(["cancel", "--batch", "latest", "Box/044/4499.txt"]);
    assert_eq!((number(&out, "failed"), number(&out, "cancelled"), text(&out, "state")), (0, 1, "finished"));
    assert!(list(&place.document(["status"]), "attention").is_empty());
}

#[test]
fn a_paused_drop_waits_for_the_user_and_its_queued_files_can_be_cancelled() {
    let place = Place::new();
    many_files(&place.path("Box"), FILES);
    write(place.path("note.txt"), "a note", 0);
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    interrupt(&filing, Signal::TERM);
    let (_, stopped) = Ran::by(filing).document();
    let waiting = number(&stopped, "waiting");
    let paused = place.document(["pause", "--batch", "latest"]);
    assert_eq!((number(&paused, "waiting"), text(&paused, "paused")), (waiting, "A user paused it."));
    let next = place.document(["file", "note.txt", "--matter", "general"]);
    assert_eq!(number(&next, "stored"), 1);
    let status = place.document(["status"]);
    assert_eq!(number(&list(&status, "unfinished")[0], "waiting"), waiting, "nothing continued it automatically");

    let batch = text(&paused, "batchId");
    let (code, refused) = place.json(["retry", "--batch", batch]);
    assert_eq!(code, 2, "nothing of it is tried again until it resumes: {refused:#}");
    let out = place.document(["cancel", "--batch", batch, "Box/044/4499.txt"]);
    assert_eq!((number(&out, "waiting"), number(&out, "cancelled"), text(&out, "state")), (waiting - 1, 1, "filing"));
    let resumed = place.document(["resume", "--batch", batch]);
    let drop = &list(&resumed, "drops")[0];
    assert_eq!((text(drop, "state"), number(drop, "waiting"), number(drop, "cancelled")), ("finished", 0, 1));
    assert_eq!(number(drop, "stored") + number(drop, "skipped"), FILES as u64 - 1);
    let (code, _) = place.json(["pause", "--batch", batch]);
    assert_eq!(code, 2, "it is finished");
}
