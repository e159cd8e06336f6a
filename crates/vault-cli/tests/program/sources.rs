//! Sources of drops: kept apart, shown, and restored as they were.

use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::process::Command;

use crate::common::{Place, list, number, text};
use serde_json::Value;

/// Two custodians, each with a folder `Documents` and a file `x.pdf`.
fn two_custodians() -> Place {
    let place = Place::new();
    for (path, content) in [
        ("a/Documents/same.txt", "same"),
        ("a/Documents/Letters/a.txt", "a"),
        ("b/Documents/same.txt", "same"),
        ("b/Documents/b.txt", "b"),
        ("a/x.pdf", "x"),
        ("b/x.pdf", "x"),
    ] {
        let file = place.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    }
    fs::create_dir(place.path("b/Documents/empty")).unwrap();
    place
}

/// Every file below a folder with its content, and every folder.
fn all(folder: &Path) -> Vec<(String, Option<String>)> {
    let (mut all, mut todo) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = todo.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            let content = path.is_file().then(|| fs::read_to_string(&path).unwrap());
            if path.is_dir() {
                todo.push(path.clone());
            }
            all.push((path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"), content));
        }
    }
    all.sort();
    all
}

fn renamed(restored: &Value) -> Vec<(String, String, String)> {
    let entry = |entry: &Value| (text(entry, "from").into(), text(entry, "to").into(), text(entry, "source").into());
    list(restored, "renamed").iter().map(entry).collect()
}

const DROPPED: [&str; 4] = ["a/Documents", "b/Documents", "a/x.pdf", "b/x.pdf"];

#[test]
fn two_custodians_of_one_name_stay_apart() {
    let place = two_custodians();
    let source = |path: &str| place.path("").canonicalize().unwrap().join(path).to_str().unwrap().to_owned();
    let file = |command: &str| place.document([&[command][..], &DROPPED, &["-m", "general"]].concat());
    let planned = file("preflight");
    let same = list(&planned, "sameNames");
    assert_eq!(same.iter().map(|one| text(one, "name")).collect::<Vec<_>>(), ["Documents", "x.pdf"]);
    let field_of = |at: usize, field: &str| list(&same[0], "sources").get(at).map(|one| text(one, field).to_owned());
    assert_eq!(
        (field_of(1, "source"), field_of(1, "restoredAs")),
        (Some(source("b/Documents")), Some("Documents (2)".into()))
    );
    let said = place.well([&["preflight"][..], &DROPPED, &["-m", "general"]].concat());
    assert!(
        said.contains(
            "2 folders are called “Documents”. They are kept apart, and are restored as “Documents” and “Documents (2)”."
        ),
        "{said}"
    );
    assert_eq!(file("file")["sameNames"], planned["sameNames"]);

    for scope in [&["--batch", "latest"][..], &["--matter", "general"]] {
        let back = place.path(scope[0].trim_matches('-'));
        let restore = || place.document([&["restore"], scope, &[back.to_str().unwrap()]].concat());
        let restored = restore();
        assert_eq!(all(&back.join("Documents")), all(&place.path("a/Documents")));
        assert_eq!(all(&back.join("Documents (2)")), all(&place.path("b/Documents")));
        assert_eq!(fs::read_dir(&back).unwrap().count(), 4, "x.pdf twice, though it is equal");
        assert_eq!(fs::read_to_string(back.join("x (2).pdf")).unwrap(), "x");
        let expected = [("Documents", "Documents (2)", "b/Documents"), ("x.pdf", "x (2).pdf", "b/x.pdf")];
        assert_eq!(renamed(&restored), expected.map(|(from, to, at)| (from.into(), to.into(), source(at))));
        let again = restore();
        assert_eq!((number(&again, "restored"), number(&again, "alreadyThere")), (0, number(&restored, "restored")));
        assert_eq!(renamed(&again), renamed(&restored));
    }
    // Dropped again, the same place is the same tree.
    place.document(["file", "b/Documents", "-m", "general"]);
    let back = place.path("matter");
    let again = place.document(["restore", "-m", "general", back.to_str().unwrap()]);
    assert_eq!((number(&again, "restored"), renamed(&again).len()), (0, 2));
}

#[test]
fn the_history_names_the_source() {
    let place = two_custodians();
    place.document([&["file"][..], &DROPPED, &["-m", "general"]].concat());
    let root = place.path("").canonicalize().unwrap();
    let shown = place.document(["history", "--batch", "latest"]);
    for event in list(&shown, "events") {
        let source = Path::new(text(event, "source"));
        let folder = text(event, "folderPath");
        let file = source.parent().unwrap().join(folder).join(text(event, "fileName"));
        assert!(file.starts_with(&root) && file.is_file(), "{event}");
    }
    let found = place.document(["search", "same"]);
    let document = &list(&found, "documents")[0];
    let sources = |document: &Value| -> Vec<String> {
        list(document, "locations").iter().map(|location| text(location, "source").to_owned()).collect()
    };
    let both = ["a/Documents", "b/Documents"].map(|path| root.join(path).to_str().unwrap().to_owned());
    assert_eq!(sources(document), both);
    let shown = place.document(["show", text(document, "metadataHash")]);
    assert_eq!(sources(&list(&shown, "records")[0]), both);
    let events: Vec<&str> = list(&shown, "events").iter().map(|event| text(event, "source")).collect();
    assert_eq!(events, both);
    let said = place.well(["show", text(document, "metadataHash")]);
    assert!(said.contains(&format!("from {}", both[1])), "{said}");
}

#[test]
fn empty_folders_come_back_by_batch_by_matter_and_by_folder() {
    let place = Place::new();
    fs::create_dir_all(place.path("Box/Letters/2023")).unwrap();
    place.document(["file", "Box", "-m", "general"]);
    let scopes: [&[&str]; 4] = [
        &["--batch", "latest"],
        &["--matter", "general"],
        &["--matter", "general", "--folder", "Box"],
        &["--matter", "general", "--folder", "./Box//Letters/"],
    ];
    for (n, scope) in scopes.iter().enumerate() {
        let back = place.path(format!("back {n}"));
        let restored = place.document([&["restore"][..], scope, &[back.to_str().unwrap()]].concat());
        assert!(number(&restored, "folders") >= 2);
        assert!(back.join("Box/Letters/2023").is_dir(), "{scope:?}");
    }
}

#[test]
fn a_restore_of_a_folder_never_received_is_refused() {
    let place = two_custodians();
    place.document(["file", "a/Documents", "-m", "general"]);
    let back = place.path("back");
    for folder in ["Letters", "documents", "Documents/Letter", "../Documents", "Documents (2)"] {
        fs::create_dir_all(back.join(folder)).unwrap();
        let (code, refused) = place.json(["restore", "-m", "general", "--folder", folder, back.to_str().unwrap()]);
        assert_eq!((code, text(&refused["error"], "code")), (2, "not-found"), "{folder}");
        assert!(text(&refused["error"], "message").contains(&format!("“{folder}”")), "{refused}");
    }
    for folder in ["./Documents/Letters", "Documents//Letters", "/Documents/Letters/"] {
        let restored = place.document(["restore", "-m", "general", "--folder", folder, back.to_str().unwrap()]);
        assert_eq!(number(&restored, "restored") + number(&restored, "alreadyThere"), 1, "{folder}");
    }
    place.well(["matters", "add", "--number", "1", "--title", "Empty"]);
    let (code, refused) = place.json(["restore", "-m", "1", back.to_str().unwrap()]);
    assert_eq!((code, text(&refused["error"], "code")), (2, "not-found"));
}

/// A home of a version that did not record the source of each file: two drops, one of them of two folders
/// `Documents`.
#[cfg(unix)]
#[test]
fn a_home_of_an_older_version_opens_and_can_be_used() {
    let place = Place::new();
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/homes/without-sources.tar.gz");
    fs::create_dir(place.home()).unwrap();
    let unpacked = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(place.home()).status().unwrap();
    assert!(unpacked.success());
    let drops = place.document(["history"]);
    let sources: Vec<&Value> = list(&drops, "drops").iter().map(|drop| &drop["sources"]).collect();
    assert_eq!(sources[1].as_array().unwrap().len(), 2);
    let shown = place.document(["history", "--batch", text(&list(&drops, "drops")[1], "batchId")]);
    assert!(list(&shown, "events").iter().all(|event| event["source"].is_null()));
    let back = place.path("back");
    let restored = place.document(["restore", "-m", "general", back.to_str().unwrap()]);
    let paths: Vec<String> = all(&back).into_iter().map(|(path, _)| path).collect();
    let one_tree = [
        "Box",
        "Box/c.txt",
        "Documents",
        "Documents/Letters",
        "Documents/Letters/a.txt",
        "Documents/b.txt",
        "Documents/empty",
        "Documents/same.txt",
    ];
    assert_eq!((paths, list(&restored, "renamed").len()), (one_tree.map(str::to_owned).to_vec(), 0));
    fs::create_dir_all(place.path("new/Documents")).unwrap();
    fs::write(place.path("new/Documents/n.txt"), "new").unwrap();
    place.document(["file", "new/Documents", "-m", "general"]);
    let restored = place.document(["restore", "-m", "general", back.to_str().unwrap()]);
    assert_eq!((number(&restored, "restored"), number(&restored, "alreadyThere")), (1, 4));
    assert_eq!(fs::read_to_string(back.join("Documents (2)/n.txt")).unwrap(), "new");
    assert_eq!(place.json(["verify"]).0, 0);
}
