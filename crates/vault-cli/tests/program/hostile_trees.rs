//! Folders with everything that goes wrong with files: every entry ends in exactly one named state, and filed
//! files are restored unchanged.

#![allow(clippy::similar_names, reason = "files, filed and failed are the subject")]

use std::collections::BTreeSet;
use std::fs;

use crate::common::{Place, assert_adds_up, list, number, text};
use serde_json::Value;
use vault_testing::tree::{Kind, Manifest, Wishes, grow, snapshot, unlock};

#[test]
fn every_entry_of_a_nasty_tree_is_accounted_for_and_comes_back() {
    for seed in 0..3 {
        let Some(place) = Place::of_an_ordinary_user() else { return };
        let folder = place.path("Box");
        fs::create_dir(&folder).expect("a folder");
        let tree = grow(&folder, seed, Wishes::default());
        place.hand_over(&folder);

        let (code, planned) = place.json(["preflight", "Box", "--matter", "general"]);
        assert_eq!(code, 1, "a locked entry is a problem");
        assert_adds_up(&planned);
        let (code, filed) = place.json(["file", "Box", "--matter", "general"]);
        assert_eq!(code, 1, "{filed:#}");
        assert_adds_up(&filed);
        for field in ["found", "new", "alreadyStored", "repeated", "leftOut", "problems", "leftOutFiles"] {
            assert_eq!(filed[field], planned[field], "{field}");
        }

        let left_out = exact_paths(&filed, "leftOutFiles");
        let problems = exact_paths(&filed, "problemFiles");
        let expected = what_comes_back(&tree, &left_out, &problems);
        let files = expected.count(|kind| matches!(kind, Kind::File(_))) as u64;
        assert_eq!(number(&filed, "stored") + number(&filed, "skipped"), files);
        assert!(left_out.len() >= 6 && problems.len() >= 2, "{filed:#}");

        let restored = place.document(["restore", "--batch", "latest", "out"]);
        assert_eq!((number(&restored, "restored"), list(&restored, "renamed").len()), (files, 0));
        let back = to_the_millisecond(snapshot(&place.path("out/Box")));
        assert_eq!(expected.difference(&back), "", "seed {seed}");
        assert_eq!(number(&place.document(["verify"]), "contents"), number(&filed, "stored"));

        let (_, again) = place.json(["file", "Box", "--matter", "general"]);
        assert_eq!((number(&again, "new"), number(&again, "alreadyStored")), (0, files));
        unlock(&folder, &tree);
    }
}

/// The paths of a list, below the dropped folder, byte for byte.
fn exact_paths(document: &Value, field: &str) -> BTreeSet<Vec<u8>> {
    let exact = |entry: &Value| match entry.get("pathBytes") {
        Some(digits) => hex(digits.as_str().expect("digits")),
        None => text(entry, "path").as_bytes().to_vec(),
    };
    let paths = list(document, field).iter().map(exact);
    paths.map(|path| path.strip_prefix(b"Box/").expect("a path in the dropped folder").to_vec()).collect()
}

fn hex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits");
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// The tree without left-out and unreadable entries, and everything below them.
fn what_comes_back(tree: &Manifest, left_out: &BTreeSet<Vec<u8>>, problems: &BTreeSet<Vec<u8>>) -> Manifest {
    let mut expected = tree.clone();
    expected.entries.retain(|path, entry| {
        let is_or_is_below = |other: &Vec<u8>| {
            path.strip_prefix(other.as_slice()).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        let stays_out = left_out.iter().chain(problems).any(is_or_is_below);
        assert!(stays_out || entry.readable, "{} was not reported", path.escape_ascii());
        let document = matches!(entry.kind, Kind::File(_) | Kind::Folder);
        assert!(stays_out || document, "{} was not left out", path.escape_ascii());
        // A folder that cannot be listed is a problem, and exists.
        !stays_out || (entry.kind == Kind::Folder && problems.contains(path))
    });
    to_the_millisecond(expected)
}

fn to_the_millisecond(mut tree: Manifest) -> Manifest {
    for entry in tree.entries.values_mut() {
        entry.modified = entry.modified.div_euclid(1_000_000);
        // The size of a folder depends on the file system.
        entry.readable = true;
    }
    tree
}
