//! A drop that files nothing says so, whatever left everything out; Strongroom's own files are always left out.

use std::fs;

use crate::common::folder::write;
use crate::common::{Place, assert_adds_up, list, number, paths, text};

/// Both commands report that nothing is filed: with exit code 1, also with `--quiet`, and in the JSON document.
fn nothing_filed(place: &Place, sources: &[&str], names: &[&str]) {
    for command in ["preflight", "file"] {
        let args = |more: &[&'static str]| [&[command], sources, &["--matter", "general"], more].concat();
        let ran = place.run(args(&["--quiet"]));
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.stderr.contains("Nothing is filed: all that was found is left out."), "{ran:?}");
        for name in names {
            assert!(ran.stderr.contains(&format!("“{name}” is left out: ")), "{ran:?}");
        }
        let (code, document) = place.json(args(&[]));
        assert_eq!(code, 1, "{document:#}");
        assert_adds_up(&document);
        assert_eq!(number(&document, "leftOut"), number(&document, "found"));
    }
}

#[cfg(unix)]
#[test]
fn sources_that_are_all_left_out_are_not_a_success() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 0);
    write(place.path("Thumbs.db"), "pictures", 0);
    std::os::unix::fs::symlink("Box", place.path("to Box")).unwrap();
    std::os::unix::fs::symlink("nowhere", place.path("to nothing")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(place.path("socket")).unwrap();
    nothing_filed(&place, &["to Box"], &["to Box"]);
    nothing_filed(&place, &["to nothing", "socket", "Thumbs.db"], &["to nothing", "socket", "Thumbs.db"]);
    assert_eq!(number(&place.document(["verify"]), "contents"), 0);
}

#[cfg(unix)]
#[test]
fn a_link_given_as_a_source_says_which_folder_to_name_instead() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 0);
    std::os::unix::fs::symlink("Box", place.path("link")).unwrap();
    let (_, document) = place.json(["file", "link", "--matter", "general"]);
    let reason = text(&list(&document, "leftOutFiles")[0], "reason").to_owned();
    let target = place.path("Box").canonicalize().unwrap();
    let expected = format!("A link to “{}”. Links are not followed: name that folder itself.", target.display());
    assert_eq!(reason, expected);
}

#[test]
fn a_folder_with_everything_left_out_is_not_a_success_but_an_empty_one_is() {
    let place = Place::new();
    write(place.path("Box/Thumbs.db"), "pictures", 0);
    nothing_filed(&place, &["Box"], &[]);
    fs::create_dir(place.path("Empty")).unwrap();
    assert_eq!(number(&place.file("Empty"), "found"), 0);
}

#[cfg(unix)]
#[test]
fn a_source_left_out_beside_others_is_named() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 0);
    std::os::unix::fs::symlink("Box", place.path("link")).unwrap();
    for command in ["preflight", "file"] {
        let ran = place.run([command, "Box", "link", "--matter", "general", "--quiet"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.stderr.contains("“link” is left out: A link to "), "{ran:?}");
        assert!(!ran.stderr.contains("Nothing is filed"), "{ran:?}");
    }
}

#[test]
fn leftovers_of_a_killed_restore_or_copy_are_never_filed_whatever_the_list_says() {
    let place = Place::new();
    place.well(["left-out"]);
    fs::write(place.home().join("left-out.txt"), "*.bak\n").unwrap();
    write(place.path("Box/a.pdf"), "a", 0);
    write(place.path("Box/.strongroom-restore/lock"), "", 0);
    write(place.path("Box/.strongroom-restore/17"), "half a file", 0);
    write(place.path("Box/.strongroom-0199c0de-0000-7000-8000-000000000000"), "half a copy", 0);
    write(place.path("Box/.strongroom-notes.txt"), "a document of the client", 0);
    let filed = place.file("Box");
    let left_out = paths(&filed, "leftOutFiles");
    assert_eq!(left_out, ["Box/.strongroom-0199c0de-0000-7000-8000-000000000000", "Box/.strongroom-restore"]);
    assert_eq!(number(&filed, "stored"), 2, "{filed:#}");
    assert!(list(&filed, "leftOutFiles").iter().all(|entry| text(entry, "reason").starts_with("Strongroom's own: ")));
    // Named directly, too.
    let (code, document) = place.json(["file", "Box/.strongroom-restore", "--matter", "general"]);
    assert_eq!((code, number(&document, "stored")), (1, 0), "{document:#}");
}
