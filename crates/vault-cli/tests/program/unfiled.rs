//! Files that are not in the vault: listed with their location, and copied from there.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use crate::common::folder::{seen, write};
use crate::common::{Place, list, number, paths, text};
use serde_json::Value;
use vault_core::model::MatterId;
use vault_home::Home;

/// The state of each file, by its path in the drop.
fn states(unfiled: &Value) -> BTreeMap<&str, &str> {
    let drops = list(unfiled, "drops").iter().flat_map(|drop| list(drop, "files"));
    drops.map(|file| (text(file, "path"), text(file, "now"))).collect()
}

#[test]
fn an_unreadable_source_is_listed_and_copied_once_it_can_be_read() {
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

/// Accepts a drop like a program that ends before it reads anything.
fn accepted(place: &Place) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let opened = Home::find(Some(&place.home())).unwrap().open().await.unwrap();
        opened.vault.sync_mirror().await.unwrap();
        opened.vault.accept(&MatterId::general(), vec![place.path("Box")]).await.unwrap();
    });
}

/// A user who signed out, or whose session has ended, still has their files.
#[test]
#[cfg(target_os = "linux")]
fn files_waiting_for_a_firm_are_listed_and_copied_without_sign_in() {
    use std::path::Path;

    use crate::common::Ran;
    let place = Place::new();
    place.well(["status"]);
    write(place.path("Box/a.txt"), "a", 7);
    accepted(&place);
    // A queue of a firm is a queue like that of this computer.
    let connection = r#"{"name": "Acme", "projectId": "acme-law", "apiKey": "k", "bucket": "acme", "clientId": "c"}"#;
    let firm = place.home().join("firms/acme-law");
    for queue in ["first", "second"] {
        fs::create_dir_all(firm.join(queue)).unwrap();
    }
    for folder in [place.home().join("firms"), firm.clone(), firm.join("first"), firm.join("second")] {
        fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    }
    fs::write(firm.join("connection.json"), connection).unwrap();
    let copy_queue = |from: &Path, to: &str| {
        for file in ["journal.db", "journal.db-wal"].map(|file| (from.join(file), firm.join(to).join(file))) {
            let _ = fs::copy(file.0, file.1);
        }
    };
    copy_queue(&place.home(), "first");
    place.well(["use", "acme-law"]);
    let nobody = |args: &[&str]| {
        let mut command = place.command(args);
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere").env_remove("STRONGROOM_PASSPHRASE");
        Ran::by(command.spawn().unwrap())
    };
    assert_eq!(nobody(&["status"]).code, 3);
    let listed = nobody(&["unfiled"]);
    assert!(listed.code == 0 && listed.stdout.contains("Box/a.txt: there, unchanged."), "{listed:?}");
    assert!(listed.stderr.contains("The files that wait here are shown anyway."), "{listed:?}");
    let copied = nobody(&["unfiled", "--copy-to", "out", "--batch", "latest"]);
    assert_eq!(copied.code, 0, "{copied:?}");
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
    // The files of one user are not put among those of another.
    copy_queue(&place.home(), "second");
    let several = nobody(&["unfiled", "--copy-to", "out", "--json"]);
    assert!(several.code == 2 && several.stdout.contains("\"ambiguous\""), "{several:?}");
    fs::remove_dir_all(firm.join("first")).unwrap();
    fs::remove_dir_all(firm.join("second")).unwrap();
    assert_eq!(nobody(&["unfiled"]).code, 3, "there is nothing to be shown");
}

#[test]
fn a_drop_that_was_never_read_continues_when_requested_again() {
    let place = Place::new();
    place.well(["status"]);
    write(place.path("Box/a.txt"), "a", 7);
    write(place.path("Other/b.txt"), "b", 7);
    accepted(&place);
    accepted(&place);
    let waiting = place.document(["status"]);
    let ids: Vec<&str> = list(&waiting, "unfinished").iter().map(|drop| text(drop, "batchId")).collect();
    // A drop from another source is another drop; it also continues what was there before.
    let other = place.document(["file", "Other", "--matter", "general"]);
    assert!(!ids.contains(&text(&other, "batchId")), "{other:#}");
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
    accepted(&place);
    write(place.path("Box/c.txt"), "c", 7);
    let waiting = place.document(["status"]);
    let filed = place.document(["file", "Box", "--matter", "general"]);
    assert_eq!(text(&filed, "batchId"), text(&list(&waiting, "unfinished")[0], "batchId"));
    assert_eq!((number(&filed, "stored"), number(&filed, "skipped")), (1, 1), "{filed:#}");
    assert_eq!(list(&place.document(["history"]), "drops").len(), 4);
    let again = place.document(["file", "Box", "--matter", "general"]);
    assert_ne!(text(&again, "batchId"), text(&filed, "batchId"), "the filed drop is another one");
}

#[test]
fn a_drop_that_was_never_read_is_listed_and_copied_as_it_is_now() {
    let place = Place::new();
    place.well(["status"]);
    for (path, content) in [("Box/a.txt", "a"), ("Box/Letters/b.txt", "b"), ("Box/Letters/c.txt", "b")] {
        write(place.path(path), content, 7);
    }
    fs::create_dir(place.path("Box/Empty")).unwrap();
    accepted(&place);
    let unfiled = place.document(["unfiled"]);
    let unchanged = ["Box/Letters/b.txt", "Box/Letters/c.txt", "Box/a.txt"].map(|path| (path, "unchanged"));
    assert_eq!((states(&unfiled), text(&list(&unfiled, "drops")[0], "state")), (unchanged.into(), "reading"));
    let copied = place.document(["unfiled", "--copy-to", "out"]);
    assert_eq!(number(&copied["copied"], "restored"), 3);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
    // Nothing is written into the vault itself.
    let (code, refused) = place.json(["unfiled", "--copy-to", "home/out"]);
    assert_eq!((code, text(&refused["error"], "code")), (2, "invalid"));
}
