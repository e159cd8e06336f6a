//! A user who is removed from the firm, and drops of colleagues.

use std::fs;
use std::time::SystemTime;

use serde_json::Value;

use crate::world::{Computer, only_members, two};

/// Removes Ben from the firm while files of his wait, and lets his computer learn of it; from then on it has no
/// network.
async fn removed_while_files_wait() -> (Computer, Computer) {
    let (ann, ben) = two().await;
    ben.file("Box/settlement.txt", "in confidence");
    ben.well(&["file", "Box", "--matter", "general"]).await;
    ben.cut();
    ben.file("More/draft.txt", "mine");
    ben.file("More/Letters/to-the-court.txt", "mine, too");
    fs::create_dir(ben.folder.path().join("More/Empty")).expect("a folder");
    assert_eq!(ben.run(&["file", "More", "--matter", "general"]).await.code, 1);
    ben.repair();
    let ann_is = ann.document(&["status"]).await;
    let name = |field: &str| ann_is[field].as_str().expect("a text").to_owned();
    only_members(&name("team"), &[&name("user")]).await;
    ben.refused(&["search", "settlement"], 3, "no-access", "`strongroom unfiled` lists your files").await;
    ben.cut();
    (ann, ben)
}

fn files_of(document: &Value) -> Vec<(String, String, String)> {
    let text = |file: &Value, field: &str| file[field].as_str().expect("a text").to_owned();
    let drops = document["drops"].as_array().expect("a list").iter();
    let files = drops.flat_map(|drop| drop["files"].as_array().expect("a list"));
    files.map(|file| (text(file, "path"), text(file, "source"), text(file, "now"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_user_sees_unfiled_files_and_can_copy_them_without_a_network() {
    let (_ann, ben) = removed_while_files_wait().await;
    let at = |path: &str| ben.folder.path().join(path);
    let expected = |states: [&str; 2]| {
        let mut files: Vec<_> = ["More/draft.txt", "More/Letters/to-the-court.txt"]
            .into_iter()
            .zip(states)
            .map(|(path, now)| (path.to_owned(), at(path).to_str().expect("UTF-8").to_owned(), now.to_owned()))
            .collect();
        files.sort();
        files
    };
    let listed = async || {
        let mut files = files_of(&ben.document(&["unfiled"]).await);
        files.sort();
        files
    };
    assert_eq!(listed().await, expected(["unchanged", "unchanged"]));
    let said = ben.well(&["unfiled"]).await.stdout;
    assert!(said.starts_with("2 files are not in the vault (13 bytes)."), "{said}");
    assert!(said.contains("More/draft.txt: there, unchanged.") && !said.contains("settlement"), "{said}");

    let when = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let received = fs::metadata(at("More/draft.txt")).and_then(|file| file.modified()).expect("a time");
    let copied = ben.document(&["unfiled", "--batch", "latest", "--copy-to", "saved"]).await;
    assert_eq!((&copied["copied"]["restored"], &copied["copied"]["folders"]), (&2.into(), &3.into()), "{copied:#}");
    let content = |path: &str| fs::read_to_string(at(path)).unwrap_or_default();
    assert_eq!(
        (content("saved/More/draft.txt"), content("saved/More/Letters/to-the-court.txt")),
        ("mine".into(), "mine, too".into())
    );
    assert!(at("saved/More/Empty").is_dir() && !at("saved/.strongroom-restore").exists());
    let copy = fs::metadata(at("saved/More/draft.txt")).and_then(|file| file.modified()).expect("a time");
    assert!(copy.duration_since(received).unwrap_or_else(|earlier| earlier.duration()).as_millis() < 2);

    // A time that was changed since makes no difference; other content is never copied, and nothing is overwritten.
    fs::File::options().append(true).open(at("More/draft.txt")).and_then(|file| file.set_modified(when)).expect("set");
    assert_eq!(listed().await, expected(["unchanged", "unchanged"]));
    let again = ben.document(&["unfiled", "--copy-to", "saved"]).await;
    assert_eq!((&again["copied"]["restored"], &again["copied"]["alreadyThere"]), (&0.into(), &2.into()), "{again:#}");
    ben.file("More/draft.txt", "MINE");
    fs::remove_file(at("More/Letters/to-the-court.txt")).expect("removed");
    assert_eq!(listed().await, expected(["changed", "missing"]));
    let (code, other) = ben.json(&["unfiled", "--copy-to", "other"]).await;
    assert_eq!((code, &other["copied"]["restored"]), (1, &0.into()), "{other:#}");
    assert_eq!(other["copied"]["problemFiles"].as_array().map(Vec::len), Some(2), "{other:#}");
    assert!(!at("other/More/draft.txt").exists() && content("saved/More/draft.txt") == "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_user_can_sign_out_after_a_warning_and_leaves_nothing() {
    let (_ann, ben) = removed_while_files_wait().await;
    let kept = || {
        let firms = fs::read_dir(ben.folder.path().join("home/firms")).expect("firms").filter_map(Result::ok);
        let within =
            firms.filter(|firm| firm.path().is_dir()).flat_map(|firm| fs::read_dir(firm.path()).expect("a firm"));
        within.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir())).count()
    };
    let said = ben.refused(&["logout", "--forget"], 2, "invalid", "2 files").await;
    assert!(
        said.contains("`strongroom unfiled`") && said.contains("--copy-to") && said.contains("--discard"),
        "{said}"
    );
    assert_eq!(kept(), 1, "nothing has changed");
    assert_eq!(files_of(&ben.document(&["unfiled"]).await).len(), 2);
    assert_eq!(ben.run(&["logout", "--discard"]).await.code, 2);

    let gone = ben.well(&["logout", "--forget", "--discard"]).await;
    assert!(gone.stderr.contains("not in the vault of Archer & Baker: 2 files"), "{gone:?}");
    assert!(gone.stdout.contains("Signed out of Archer & Baker."), "{gone:?}");
    assert_eq!(kept(), 0);
    assert!(!ben.folder.path().join("home/session.sealed").exists());
    assert!(ben.folder.path().join("More/draft.txt").is_file(), "the dropped file stays where it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_files_and_changes_are_counted_without_a_network() {
    let (_ann, ben) = two().await;
    ben.well(&["matters"]).await;
    let nothing = ben.document(&["unfiled"]).await;
    assert_eq!(nothing["drops"].as_array().map(Vec::len), Some(0), "{nothing:#}");
    ben.refused(&["unfiled", "--copy-to", "saved"], 2, "not-found", "nothing to copy").await;
    ben.cut();
    ben.file("Box/a.txt", "a");
    assert_eq!(ben.run(&["file", "Box", "--matter", "general"]).await.code, 1);
    ben.well(&["matters", "add", "--number", "2026-1", "--title", "Lease"]).await;
    let said = ben.refused(&["logout", "--forget"], 2, "invalid", "1 file, 1 change").await;
    assert!(said.contains("`strongroom changes`"), "{said}");
    let gone = ben.document(&["logout", "--forget", "--discard"]).await;
    assert_eq!(
        (&gone["forgotten"], &gone["discarded"]["files"], &gone["discarded"]["changes"]),
        (&true.into(), &1.into(), &1.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_user_keeps_no_local_copy_and_can_cancel_waiting_drops() {
    let (ann, ben) = two().await;
    ben.file("Box/settlement.txt", "in confidence");
    ben.well(&["file", "Box", "--matter", "general"]).await;
    let found = ben.document(&["search", "settlement"]).await;
    assert_eq!(found["documents"].as_array().map(Vec::len), Some(1), "{found:#}");
    // A change waits that was never sent to the firm.
    ben.file("More/draft.txt", "mine");
    ben.cut();
    ben.run(&["file", "More", "--matter", "general"]).await;
    ben.repair();

    let ann_is = ann.document(&["status"]).await;
    let name = |field: &str| ann_is[field].as_str().expect("a text").to_owned();
    only_members(&name("team"), &[&name("user")]).await;
    ben.refused(&["search", "settlement"], 3, "no-access", "").await;
    // The data on the computer is not shown any more, even without a network.
    ben.cut();
    let found = ben.document(&["search", "settlement"]).await;
    assert_eq!(found["documents"].as_array().map(Vec::len), Some(0), "{found:#}");
    let said = ben.well(&["history"]).await;
    assert!(!said.stdout.contains("Box"), "{said:?}");
    ben.repair();

    let cancelled = ben.well(&["cancel", "--batch", "latest"]).await;
    assert!(cancelled.stdout.starts_with("Cancelled"), "{cancelled:?}");
    let waits = ben.json(&["status"]).await;
    assert_eq!(waits.1["error"]["code"], "no-access", "{waits:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn latest_means_the_users_own_drop_and_a_colleagues_drop_is_named_as_theirs() {
    let (ann, ben) = two().await;
    ann.file("Hers/a.txt", "a");
    ben.file("His/b.txt", "b");
    ann.well(&["file", "Hers", "--matter", "general"]).await;
    let his = ben.document(&["file", "His", "--matter", "general"]).await;
    ann.well(&["restore", "back", "--batch", "latest"]).await;
    assert!(ann.folder.path().join("back/Hers/a.txt").is_file());
    assert!(!ann.folder.path().join("back/His").exists(), "a colleague's drop is not one's own latest");
    let id = his["batchId"].as_str().expect("an id");
    let restored = ann.well(&["restore", "theirs", "--batch", id]).await;
    assert!(restored.stderr.contains("filed this on"), "{restored:?}");
    assert!(ann.folder.path().join("theirs/His/b.txt").is_file());
}
