//! The main path: a folder is filed, and restored exactly as it was received.

#![allow(clippy::similar_names, reason = "files, filed and failed are the subject")]

use std::fs;

use crate::common::folder::{binder, seen, write};
use crate::common::{Place, assert_adds_up, fields, list, number, paths, text};

const PREFLIGHT: [&str; 11] = [
    "alreadyStored",
    "bytes",
    "bytesToStore",
    "found",
    "leftOut",
    "leftOutFiles",
    "new",
    "problemFiles",
    "problems",
    "repeated",
    "sameNames",
];

#[test]
fn a_preflight_predicts_what_filing_does() {
    let place = Place::new();
    let (_, files) = binder(&place.path(""));
    write(place.path("Client binder/Scans/Thumbs.db"), "pictures", 0);
    place.matter("2024-001");
    let planned = place.document(["preflight", "Client binder", "--matter", "2024-001"]);
    assert_adds_up(&planned);
    assert_eq!(fields(&planned), PREFLIGHT);
    assert_eq!(number(&planned, "found"), files + 1);
    assert_eq!(number(&planned, "new"), files - 2);
    assert_eq!(number(&planned, "repeated"), 2);
    assert_eq!(paths(&planned, "leftOutFiles"), ["Client binder/Scans/Thumbs.db"]);
    assert!(list(&place.document(["history"]), "drops").is_empty(), "a pre-flight stores nothing");

    let filed = place.document(["file", "Client binder", "--matter", "2024-001"]);
    assert_adds_up(&filed);
    for field in PREFLIGHT {
        assert_eq!(filed[field], planned[field], "{field}");
    }
    assert_eq!(text(&filed, "state"), "finished");
    assert_eq!(filed["bytesStored"], planned["bytesToStore"]);
    let numbers = ["stored", "skipped", "failed", "waiting"].map(|field| number(&filed, field));
    assert_eq!(numbers, [files - 2, 2, 0, 0]);
    let all = ["batchId", "bytesStored", "failed", "matterId", "matterNumber", "paused", "skipped", "state", "stored"];
    let mut expected = [&PREFLIGHT[..], &all[..], &["cancelled", "later", "waiting"]].concat();
    expected.sort_unstable();
    assert_eq!(fields(&filed), expected);
}

#[test]
fn a_matter_is_restored_as_it_was_received() {
    let place = Place::new();
    let (folder, files) = binder(&place.path(""));
    place.file("Client binder");
    let received = seen(&folder);
    for what in [["--batch", "latest"], ["--matter", "general"]] {
        let out = format!("out {}", what[0]);
        let restored = place.document(["restore", what[0], what[1], &out]);
        assert_eq!(number(&restored, "restored"), files);
        let expected_fields = [
            "alreadyThere",
            "bytes",
            "documents",
            "folders",
            "otherTimes",
            "problemFiles",
            "renamed",
            "restored",
            "stopped",
            "unmarked",
        ];
        assert_eq!(fields(&restored), expected_fields);
        assert_eq!(seen(&place.path(&out).join("Client binder")), received, "{what:?}");

        let again = place.document(["restore", what[0], what[1], "--trusted", &out]);
        assert_eq!((number(&again, "restored"), number(&again, "alreadyThere")), (0, files));
    }
}

#[test]
fn one_folder_of_a_matter_is_restored_alone() {
    let place = Place::new();
    let (folder, _) = binder(&place.path(""));
    place.file("Client binder");
    let args = ["restore", "--matter", "general", "--folder", "Client binder/Old office/", "out"];
    assert_eq!(number(&place.document(args), "restored"), 2);
    assert_eq!(seen(&place.path("out/Client binder/Old office")), seen(&folder.join("Old office")));
    assert!(!place.path("out/Client binder/Scans").exists());

    let (code, failed) = place.json(["restore", "--matter", "general", "--folder", "Box", "out"]);
    assert_eq!((code, text(&failed["error"], "code")), (2, "not-found"));
}

#[test]
fn a_restore_overwrites_nothing() {
    let place = Place::new();
    binder(&place.path(""));
    place.file("Client binder");
    write(place.path("out/Client binder/Contract.pdf"), "mine", 0);
    let restored = place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(fs::read(place.path("out/Client binder/Contract.pdf")).expect("a file"), b"mine");
    let renamed = list(&restored, "renamed");
    assert_eq!(renamed.len(), 1);
    assert_eq!(text(&renamed[0], "from"), "Client binder/Contract.pdf");
    let other = place.path("out").join(text(&renamed[0], "to"));
    assert_eq!(fs::read(other).expect("a file"), b"the contract");
}

#[test]
fn a_second_overlapping_box_moves_only_new_content() {
    let place = Place::new();
    let (_, files) = binder(&place.path(""));
    let first = place.file("Client binder");
    write(place.path("Second box/MSA.pdf"), "the contract", 1_700_000_000_000);
    write(place.path("Second box/new.txt"), "new", 1_700_000_000_000);
    let second = place.file("Second box");
    assert_adds_up(&second);
    let counts = ["found", "new", "alreadyStored", "repeated", "bytesStored"].map(|field| number(&second, field));
    assert_eq!(counts, [2, 1, 1, 0, 3]);

    let again = place.file("Client binder");
    let counts = ["new", "alreadyStored", "repeated", "stored", "skipped"].map(|field| number(&again, field));
    assert_eq!(counts, [0, files, 0, 0, files]);
    assert_ne!(again["batchId"], first["batchId"]);

    let verified = place.document(["verify"]);
    assert_eq!(
        fields(&verified),
        ["bytes", "contents", "damaged", "doubles", "missing", "orphaned", "reason", "records", "stopped"]
    );
    let expected = (files - 2 + 1, files - 1 + 2);
    assert_eq!((number(&verified, "contents"), number(&verified, "records")), expected);
}

#[test]
fn content_is_stored_once_across_matters_and_restored_for_each() {
    let place = Place::new();
    let (folder, files) = binder(&place.path(""));
    place.matter("2024-001");
    place.file("Client binder");
    let filed = place.document(["file", "Client binder", "--matter", "2024-001"]);
    assert_eq!((number(&filed, "stored"), number(&filed, "skipped")), (0, files));
    place.document(["restore", "--matter", "2024-001", "out"]);
    assert_eq!(seen(&place.path("out/Client binder")), seen(&folder));
}

#[test]
fn single_files_and_repeated_paths_are_filed_once() {
    let place = Place::new();
    write(place.path("here/a.pdf"), "a", 1);
    write(place.path("here/b.pdf"), "b", 2);
    let relative = place.document(["file", "here/a.pdf", "./here/../here/a.pdf", "here/b.pdf", "-m", "general"]);
    assert_eq!(number(&relative, "found"), 2);
    place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(seen(&place.path("out")), seen(&place.path("here")));
}

#[test]
fn an_empty_folder_is_an_empty_drop() {
    let place = Place::new();
    fs::create_dir(place.path("Empty")).expect("a folder");
    let filed = place.file("Empty");
    assert_adds_up(&filed);
    assert_eq!(number(&filed, "found"), 0);
    assert!(place.well(["preflight", "Empty", "--matter", "general"]).starts_with("No files found."));
}

// Elsewhere every name is Unicode.
#[cfg(target_os = "linux")]
#[test]
fn links_are_left_out_and_names_that_are_not_unicode_are_kept_exactly() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::new();
    let box_ = place.path("Box");
    let odd = OsStr::from_bytes(b"br\xfcgge.txt");
    write(box_.join(odd), "bridge", 5);
    std::os::unix::fs::symlink(".", box_.join("loop")).expect("a link");
    let pattern = place.home().join("left-out.txt");
    place.well(["status"]);
    fs::write(pattern, "br*\n").expect("a list");
    let (code, planned) = place.json(["preflight", "Box", "--matter", "general"]);
    assert_eq!(code, 1, "all of it is left out: {planned:#}");
    assert_adds_up(&planned);
    assert_eq!(paths(&planned, "leftOutFiles"), ["Box/br%FCgge.txt", "Box/loop"]);
    assert_eq!(text(&planned["leftOutFiles"][0], "pathBytes"), "426f782f6272fc6767652e747874");
    assert!(planned["leftOutFiles"][1].get("pathBytes").is_none());

    fs::remove_file(place.home().join("left-out.txt")).expect("the list");
    assert_eq!(number(&place.file("Box"), "stored"), 1);
    place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(fs::read(place.path("out/Box").join(odd)).expect("a file"), b"bridge");
    let history = place.document(["history", "--batch", "latest"]);
    assert_eq!(text(&history["events"][0], "fileNameBytes"), "6272fc6767652e747874");
}
