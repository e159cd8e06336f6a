//! Files that cannot be filed: named, explained, tried again; the others are not blocked.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use crate::common::folder::{seen, write};
use crate::common::{Place, assert_adds_up, list, number, paths, text};

/// A folder with one unreadable file, and one unreadable folder.
fn locked_box() -> Option<Place> {
    let place = Place::of_an_ordinary_user()?;
    write(place.path("Box/a.pdf"), "a", 1);
    write(place.path("Box/secret.pdf"), "secret", 2);
    write(place.path("Box/Locked/b.pdf"), "b", 3);
    for (path, mode) in [("Box/secret.pdf", 0), ("Box/Locked", 0), ("Box", 0o755), ("Box/a.pdf", 0o644)] {
        fs::set_permissions(place.path(path), Permissions::from_mode(mode)).expect("permissions");
    }
    Some(place)
}

fn unlock(place: &Place) {
    for (path, mode) in [("Box/secret.pdf", 0o644), ("Box/Locked", 0o755)] {
        fs::set_permissions(place.path(path), Permissions::from_mode(mode)).expect("permissions");
    }
}

#[test]
fn unreadable_files_are_listed_and_block_nothing() {
    let Some(place) = locked_box() else { return };
    let (code, planned) = place.json(["preflight", "Box", "--matter", "general"]);
    assert_eq!(code, 1);
    assert_adds_up(&planned);
    let mut listed = paths(&planned, "problemFiles");
    listed.sort_unstable();
    assert_eq!(listed, ["Box/Locked", "Box/secret.pdf"]);

    let (code, filed) = place.json(["file", "Box", "--matter", "general"]);
    assert_eq!(code, 1);
    assert_adds_up(&filed);
    assert_eq!((number(&filed, "stored"), number(&filed, "failed")), (1, 2));
    assert!(text(&list(&filed, "problemFiles")[0], "reason").starts_with("Permission denied."));
    let status = place.document(["status"]);
    assert_eq!(number(&list(&status, "attention")[0], "failed"), 2);
    let history = place.document(["history", "--batch", "latest"]);
    assert_eq!(history["problemFiles"], filed["problemFiles"]);

    let again = place.run(["retry", "--batch", "latest"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.stderr.contains("Box/secret.pdf: Permission denied."), "{again:?}");
    unlock(&place);
}

#[test]
fn a_fixed_problem_is_tried_again() {
    let Some(place) = locked_box() else { return };
    fs::set_permissions(place.path("Box/Locked"), Permissions::from_mode(0o755)).expect("permissions");
    let (code, filed) = place.json(["file", "Box", "--matter", "general"]);
    assert_eq!((code, number(&filed, "stored")), (1, 2));
    unlock(&place);
    let retried = place.document(["retry", "--batch", "latest"]);
    assert_eq!((number(&retried, "stored"), number(&retried, "failed")), (3, 0));
    assert_eq!(retried["batchId"], filed["batchId"]);
    assert!(list(&place.document(["status"]), "attention").is_empty());
    place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
}

#[test]
fn a_folder_that_may_be_read_now_is_read_with_the_rest() {
    let Some(place) = locked_box() else { return };
    let (code, filed) = place.json(["file", "Box", "--matter", "general"]);
    assert_eq!((code, number(&filed, "stored"), number(&filed, "failed")), (1, 1, 2));
    unlock(&place);
    let retried = place.document(["retry", "--batch", "latest"]);
    assert_eq!((number(&retried, "stored"), number(&retried, "failed")), (3, 0));
    assert!(list(&place.document(["status"]), "attention").is_empty());
    place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
}

#[test]
fn a_problem_that_stays_can_be_skipped() {
    let Some(place) = locked_box() else { return };
    place.json(["file", "Box", "--matter", "general"]);
    let (code, unknown) = place.json(["skip", "--batch", "latest", "Box/a.pdf"]);
    assert_eq!((code, text(&unknown["error"], "code")), (2, "not-found"));
    let one = place.document(["skip", "--batch", "latest", "Box/secret.pdf"]);
    assert_eq!(paths(&one, "problemFiles"), ["Box/Locked"]);
    assert_eq!((number(&one, "failed"), number(&one, "leftOut")), (1, 1));
    assert!(text(&list(&one, "leftOutFiles")[0], "reason").contains("Permission denied."));
    let rest = place.document(["skip", "--batch", "latest"]);
    assert_eq!((number(&rest, "failed"), number(&rest, "leftOut"), number(&rest, "stored")), (0, 2, 1));
    assert!(list(&place.document(["status"]), "attention").is_empty());
    unlock(&place);
    let again = place.document(["skip", "--batch", text(&rest, "batchId")]);
    assert_eq!(list(&again, "leftOutFiles"), list(&rest, "leftOutFiles"), "nothing is left to skip");
}

#[test]
fn a_vanished_file_is_named_and_missing_content_is_found() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 1);
    place.file("Box");
    let verified = place.document(["verify"]);
    assert_eq!(number(&verified, "contents"), 1);
    let hash = text(&list(&place.document(["search", "a"]), "documents")[0], "storagePath").to_owned();
    let blob = place.home().join("vault").join(&hash);
    fs::set_permissions(&blob, Permissions::from_mode(0o644)).expect("permissions");
    fs::write(&blob, "b").expect("damage");
    let (code, damaged) = place.json(["verify"]);
    assert_eq!((code, text(&list(&damaged, "damaged")[0], "storagePath")), (1, hash.as_str()));
    assert_eq!(list(&damaged, "damaged")[0]["documents"][0], "a.pdf");
    let (code, restored) = place.json(["restore", "--batch", "latest", "out"]);
    assert_eq!((code, paths(&restored, "problemFiles")), (1, vec!["Box/a.pdf"]));

    fs::remove_file(&blob).expect("loss");
    let (code, missing) = place.json(["verify"]);
    assert_eq!((code, list(&missing, "missing").len()), (1, 1));
    let healed = place.file("Box");
    assert_eq!(number(&healed, "new"), 1, "content that is not there is not already stored");
    place.document(["verify"]);
}
