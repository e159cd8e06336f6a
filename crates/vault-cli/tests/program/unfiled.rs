//! Files that are not in the vault: listed with where they are, and copied from there.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use crate::common::folder::{seen, write};
use crate::common::{Place, list, number, paths, text};
use serde_json::Value;
use vault_core::model::MatterId;
use vault_home::Home;

/// How each of the files stands, by its path in the drop.
fn states(unfiled: &Value) -> BTreeMap<&str, &str> {
    let drops = list(unfiled, "drops").iter().flat_map(|drop| list(drop, "files"));
    drops.map(|file| (text(file, "path"), text(file, "now"))).collect()
}

#[test]
fn what_could_never_be_read_is_listed_and_copied_once_it_can_be() {
    let Some(place) = Place::of_an_ordinary_user() else { return };
    write(place.path("Box/a.pdf"), "a", 1);
    write(place.path("Box/secret.pdf"), "secret", 2);
    write(place.path("Box/Locked/b.pdf"), "b", 3);
    let open_to_all = |path: &str, mode| fs::set_permissions(place.path(path), Permissions::from_mode(mode)).unwrap();
    for (path, mode) in [("Box/secret.pdf", 0), ("Box/Locked", 0), ("Box", 0o755), ("Box/a.pdf", 0o644)] {
        open_to_all(path, mode);
    }
    assert_eq!(place.json(["file", "Box", "--matter", "general"]).0, 1);
    let unfiled = place.document(["unfiled"]);
    let expected = BTreeMap::from([("Box/Locked", "folder-never-read"), ("Box/secret.pdf", "never-read")]);
    assert_eq!(states(&unfiled), expected);
    let files = list(&list(&unfiled, "drops")[0], "files");
    assert!(files.iter().all(|file| text(file, "reason").starts_with("Permission denied.")), "{unfiled:#}");
    let said = place.well(["unfiled"]);
    assert!(said.contains("Box/Locked: a folder that could not be read. Not filed: Permission denied."), "{said}");
    open_to_all("Box/secret.pdf", 0o644);
    let (code, copied) = place.json(["unfiled", "--copy-to", "out"]);
    let copied = &copied["copied"];
    assert_eq!((code, number(copied, "restored"), paths(copied, "problemFiles")), (1, 1, vec!["Box/Locked"]));
    assert_eq!(fs::read_to_string(place.path("out/Box/secret.pdf")).unwrap(), "secret");
    assert!(!place.path("out/Box/a.pdf").exists(), "it is in the vault");
    open_to_all("Box/Locked", 0o755);
    place.document(["retry", "--batch", "latest"]);
    assert!(place.well(["unfiled"]).contains("Nothing waits on this computer"));
    let (code, none) = place.json(["unfiled", "--batch", "latest"]);
    assert_eq!((code, text(&none["error"], "code")), (2, "not-found"));
}

#[test]
fn a_drop_that_was_never_read_is_listed_and_copied_as_it_is_now() {
    let place = Place::new();
    place.well(["status"]);
    for (path, content) in [("Box/a.txt", "a"), ("Box/Letters/b.txt", "b"), ("Box/Letters/c.txt", "b")] {
        write(place.path(path), content, 7);
    }
    fs::create_dir(place.path("Box/Empty")).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let opened = Home::find(Some(&place.home())).unwrap().open().await.unwrap();
        opened.vault.catch_up().await.unwrap();
        opened.vault.accept(&MatterId::general(), vec![place.path("Box")]).await.unwrap();
    });
    drop(runtime);
    let unfiled = place.document(["unfiled"]);
    let unchanged = ["Box/Letters/b.txt", "Box/Letters/c.txt", "Box/a.txt"].map(|path| (path, "unchanged"));
    assert_eq!((states(&unfiled), text(&list(&unfiled, "drops")[0], "state")), (unchanged.into(), "reading"));
    let copied = place.document(["unfiled", "--copy-to", "out"]);
    assert_eq!(number(&copied["copied"], "restored"), 3);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
    // Into the vault itself nothing is written.
    let (code, refused) = place.json(["unfiled", "--copy-to", "home/out"]);
    assert_eq!((code, text(&refused["error"], "code")), (2, "invalid"));
}
