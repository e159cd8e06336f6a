//! A user who is removed from the firm, and drops of colleagues.

use crate::world::{only_members, two};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_removed_keeps_no_copy_and_can_give_up_what_waits() {
    let (ann, ben) = two().await;
    ben.file("Box/settlement.txt", "in confidence");
    ben.well(&["file", "Box", "--matter", "general"]).await;
    let found = ben.document(&["search", "settlement"]).await;
    assert_eq!(found["documents"].as_array().map(Vec::len), Some(1), "{found:#}");
    // Something waits that never went to the firm.
    ben.file("More/draft.txt", "mine");
    ben.cut();
    ben.run(&["file", "More", "--matter", "general"]).await;
    ben.mend();

    let ann_is = ann.document(&["status"]).await;
    let name = |field: &str| ann_is[field].as_str().expect("a text").to_owned();
    only_members(&name("team"), &[&name("user")]).await;
    ben.refused(&["search", "settlement"], 3, "no-access", "").await;
    // What is on the computer says nothing any more, with no network to ask.
    ben.cut();
    let found = ben.document(&["search", "settlement"]).await;
    assert_eq!(found["documents"].as_array().map(Vec::len), Some(0), "{found:#}");
    let said = ben.well(&["history"]).await;
    assert!(!said.stdout.contains("Box"), "{said:?}");
    ben.mend();

    let given_up = ben.well(&["cancel", "--batch", "latest"]).await;
    assert!(given_up.stdout.starts_with("Given up"), "{given_up:?}");
    let waits = ben.json(&["status"]).await;
    assert_eq!(waits.1["error"]["code"], "no-access", "{waits:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_is_ones_own_and_a_colleagues_is_said_to_be_theirs() {
    let (ann, ben) = two().await;
    ann.file("Hers/a.txt", "a");
    ben.file("His/b.txt", "b");
    ann.well(&["file", "Hers", "--matter", "general"]).await;
    let his = ben.document(&["file", "His", "--matter", "general"]).await;
    ann.well(&["restore", "back", "--batch", "latest"]).await;
    assert!(ann.folder.path().join("back/Hers/a.txt").is_file());
    assert!(!ann.folder.path().join("back/His").exists(), "a colleague's drop is not one's own latest");
    let id = his["batchId"].as_str().expect("an id");
    let told = ann.well(&["restore", "theirs", "--batch", id]).await;
    assert!(told.stderr.contains("filed this on"), "{told:?}");
    assert!(ann.folder.path().join("theirs/His/b.txt").is_file());
}
