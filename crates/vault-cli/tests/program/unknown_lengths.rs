//! Files of unknown length, as on mounts of cloud drives: `/proc` and `/sys` have such files.

use std::fs;

use crate::common::{Place, assert_adds_up, list, number, paths, text};

#[test]
fn a_file_of_reported_length_0_with_content_is_filed_and_restored_as_read() {
    let place = Place::new();
    let content = fs::read("/proc/version").unwrap();
    assert!(!content.is_empty() && fs::metadata("/proc/version").unwrap().len() == 0);
    let planned = place.document(["preflight", "/proc/version", "--matter", "general"]);
    assert_eq!(number(&planned, "bytesToStore"), content.len() as u64, "{planned:#}");
    let filed = place.document(["file", "/proc/version", "--matter", "general"]);
    assert_eq!((number(&filed, "stored"), number(&filed, "bytesStored")), (1, content.len() as u64), "{filed:#}");
    place.well(["restore", "--batch", "latest", "back"]);
    assert!(fs::read(place.path("back/version")).unwrap() == content);
    assert_eq!(number(&place.document(["verify"]), "bytes"), content.len() as u64);
    let again = place.document(["file", "/proc/version", "--matter", "general"]);
    assert_eq!((number(&again, "stored"), number(&again, "skipped")), (0, 1), "{again:#}");
}

#[test]
fn a_file_shorter_than_its_reported_length_is_never_stored_as_complete() {
    let place = Place::new();
    for command in ["preflight", "file"] {
        let (code, document) = place.json([command, "/sys/class/net/lo/mtu", "--matter", "general"]);
        assert_eq!((code, paths(&document, "problemFiles")), (1, vec!["mtu"]), "{document:#}");
        assert_adds_up(&document);
        let reason = text(&list(&document, "problemFiles")[0], "reason");
        assert!(reason.starts_with("The drive says that it has 4096 bytes, but gives only "), "{reason}");
        assert!(!reason.contains("Close the program"), "{reason}");
    }
}

#[test]
fn a_file_that_reads_differently_each_time_is_named_with_that_reason() {
    let place = Place::new();
    let (code, document) = place.json(["file", "/proc/sys/kernel/random/uuid", "--matter", "general"]);
    assert_eq!((code, number(&document, "stored"), paths(&document, "problemFiles")), (1, 0, vec!["uuid"]));
    let reason = text(&list(&document, "problemFiles")[0], "reason");
    assert!(reason.contains("gives more, and something else each time it is read. Copy it"), "{reason}");
}
