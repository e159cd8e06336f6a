//! Existing files at the destination of a restore are the user's, and stay; what could not be made is reported.

use std::fs;

use crate::common::folder::write;
use crate::common::{Place, list, number, paths, text};

const OWN: &str = ".strongroom-restore";

#[test]
fn a_foreign_file_at_the_work_place_of_a_restore_is_named_and_left() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    place.file("Box");
    for (at, kept) in [("one", "mine.txt"), ("two", "trial/mine.txt"), ("three", "17"), ("four", "lock/mine.txt")] {
        let file = place.path(at).join(OWN).join(kept);
        write(&file, "keep", 0);
        let (code, said) = place.json(["restore", "--batch", "latest", at]);
        assert_eq!(code, 2, "{said:#}");
        let message = text(&said["error"], "message");
        assert!(message.contains(OWN) && message.contains("restore to another folder"), "{message}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "keep");
        assert!(!place.path(at).join("Box").exists());
    }
    write(place.path("five").join(OWN), "a file", 0);
    let (code, said) = place.json(["restore", "--batch", "latest", "five"]);
    assert_eq!(code, 2, "{said:#}");
    assert!(text(&said["error"], "message").contains(OWN), "{said:#}");
}

#[test]
fn leftovers_of_a_killed_restore_are_removed() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    place.file("Box");
    let own = place.path("back").join(OWN);
    for (name, content) in [("lock", ""), ("0", "half a fi"), ("trial/x", "")] {
        write(own.join(name), content, 0);
    }
    let restored = place.document(["restore", "--batch", "latest", "back"]);
    assert_eq!(number(&restored, "restored"), 1);
    assert!(!own.exists() && place.path("back/Box/a.txt").exists());
}

#[test]
fn an_empty_folder_with_a_file_in_its_place_is_a_problem() {
    let place = Place::new();
    fs::create_dir_all(place.path("Docs/Empty")).unwrap();
    fs::create_dir_all(place.path("Docs/sub")).unwrap();
    write(place.path("Docs/sub/a"), "1", 0);
    place.file("Docs");
    write(place.path("back/Docs/Empty"), "mine", 0);
    let (code, restored) = place.json(["restore", "--batch", "latest", "back"]);
    assert_eq!((code, number(&restored, "restored"), number(&restored, "folders")), (1, 1, 2), "{restored:#}");
    assert_eq!(paths(&restored, "problemFiles"), ["Docs/Empty"], "{restored:#}");
    assert_eq!(fs::read_to_string(place.path("back/Docs/Empty")).unwrap(), "mine");
}

#[test]
fn every_command_reports_a_missing_folder_of_the_vault() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    place.file("Box");
    let (vault, away) = (place.home().join("vault"), place.path("away"));
    fs::rename(&vault, &away).unwrap();
    for command in [&["verify"][..], &["status"], &["search", "a"], &["file", "Box", "-m", "general"]] {
        let (code, said) = place.json(command);
        assert_eq!(code, 3, "{command:?}: {said:#}");
        assert!(text(&said["error"], "message").contains("is missing"), "{said:#}");
        assert!(!vault.exists());
    }
    fs::rename(&away, &vault).unwrap();
    assert_eq!(number(&place.document(["verify"]), "contents"), 1);
}

#[test]
fn a_folder_is_found_by_the_spelling_of_another_system() {
    let place = Place::new();
    write(place.path("Box/Re\u{301}sume\u{301}s/a.txt"), "a", 0);
    place.file("Box");
    let restored = place.document(["restore", "--matter", "general", "--folder", "Box/R\u{e9}sum\u{e9}s", "back"]);
    assert_eq!(number(&restored, "restored"), 1);
    assert!(list(&restored, "problemFiles").is_empty());
}
