//! Changes made without a network.

use serde_json::Value;

use crate::world::{Computer, two};

async fn changes(computer: &Computer) -> Vec<Value> {
    computer.document(&["changes"]).await["changes"].as_array().expect("a list").clone()
}

/// Ben's change of a matter that Ann changed meanwhile, refused.
async fn conflict(ann: &Computer, ben: &Computer, number: &str) -> Value {
    ann.well(&["matters", "add", "--number", number, "--title", "Lease"]).await;
    ben.well(&["matters"]).await;
    ben.cut();
    ben.well(&["matters", "edit", number, "--title", "Lease of the warehouse"]).await;
    ann.well(&["matters", "edit", number, "--title", "Lease (terminated)"]).await;
    ben.repair();
    // Whatever the command is about, the edit is sent and refused, and the command continues.
    let ran = ben.well(&["clients"]).await;
    assert!(ran.stderr.contains("strongroom changes"), "{ran:?}");
    let waits = changes(ben).await;
    assert_eq!(waits.len(), 1, "{waits:#?}");
    waits[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_changes_are_listed_and_sent_with_the_next_command() {
    let (ann, ben) = two().await;
    ben.well(&["matters", "add", "--number", "2026-7", "--title", "Lease"]).await;
    ben.cut();
    let edited = ben.well(&["matters", "edit", "2026-7", "--title", "Lease of the warehouse"]).await;
    assert!(edited.stderr.contains("waits on this computer"), "{edited:?}");
    ben.well(&["clients", "add", "Oak"]).await;
    let said = ben.well(&["status"]).await.stdout;
    assert!(said.contains("2 changes wait to be sent") && !said.contains("Nothing is waiting"), "{said}");
    let status = ben.document(&["status"]).await;
    assert_eq!(status["changes"][0]["state"], "waiting", "{status:#}");
    assert_eq!(status["changes"][0]["differences"], serde_json::json!(["title"]), "{status:#}");
    assert_eq!(status["changes"][1]["new"], true, "{status:#}");

    ben.repair();
    let said = ben.well(&["search", "nothing"]).await.stderr;
    assert!(said.contains("Sent 2 changes"), "{said}");
    assert!(ann.titles().await.contains(&"Lease of the warehouse".to_owned()));
    assert!(ben.well(&["status"]).await.stdout.contains("Nothing is waiting"));
    assert!(changes(&ben).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_of_a_refused_change_are_shown_and_mine_can_stay() {
    let (ann, ben) = two().await;
    let change = conflict(&ann, &ben, "2026-8").await;
    assert_eq!(change["state"], "refused", "{change:#}");
    assert!(change["reason"].as_str().expect("a reason").contains("somebody else changed"), "{change:#}");
    assert_eq!(
        (&change["mine"]["title"], &change["theirs"]["title"]),
        (&Value::from("Lease of the warehouse"), &Value::from("Lease (terminated)"))
    );
    let listed = ben.well(&["changes"]).await.stdout;
    for part in ["1 change waits for you to choose", "Lease of the warehouse", "Lease (terminated)", "keep-mine"] {
        assert!(listed.contains(part), "{listed}");
    }
    assert!(ben.well(&["status"]).await.stdout.contains("1 change waits for you to choose"));
    // It blocks no other document, and its message gives the remedy where it blocks its own.
    let edit = ["matters", "edit", "2026-8", "--title", "Another"];
    ben.refused(&edit, 2, "conflict", "strongroom changes").await;

    let kept = ben.document(&["changes", "keep-mine", "2026-8"]).await;
    assert_eq!(kept["change"]["state"], "sent", "{kept:#}");
    assert!(ann.titles().await.contains(&"Lease of the warehouse".to_owned()));
    assert!(changes(&ben).await.is_empty());
    ben.well(&edit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_version_can_stay_and_an_unsent_change_can_be_discarded() {
    let (ann, ben) = two().await;
    let change = conflict(&ann, &ben, "2026-9").await;
    let id = change["id"].as_str().expect("an id");
    ben.refused(&["changes", "take-theirs", "dead"], 2, "not-found", "strongroom changes").await;
    let taken = ben.document(&["changes", "take-theirs", &id[id.len() - 8..]]).await;
    assert_eq!(taken["change"]["state"], "discarded", "{taken:#}");
    assert!(ben.titles().await.contains(&"Lease (terminated)".to_owned()));

    ben.cut();
    ben.well(&["matters", "edit", "2026-9", "--title", "A mistake"]).await;
    ben.refused(&["changes", "keep-mine", "2026-9"], 2, "invalid", "is sent by the next command").await;
    ben.refused(&["changes", "take-theirs", "2026-9"], 2, "invalid", "strongroom changes discard").await;
    ben.well(&["changes", "discard", "2026-9"]).await;
    ben.repair();
    assert!(ben.titles().await.contains(&"Lease (terminated)".to_owned()));
    assert!(changes(&ben).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_taken_meanwhile_is_corrected_where_the_choice_is_made() {
    let (ann, ben) = two().await;
    ben.well(&["matters"]).await;
    ben.cut();
    let mine = ben.well(&["matters", "add", "--number", "2026-1", "--title", "Ben's"]).await.stdout;
    ann.well(&["matters", "add", "--number", "2026-1", "--title", "Ann's"]).await;
    ben.repair();
    ben.well(&["matters"]).await;
    assert!(changes(&ben).await[0]["reason"].as_str().expect("a reason").contains("2026-1"));
    ben.refused(&["changes", "keep-mine", mine.trim()], 2, "conflict", "has the number 2026-1").await;
    let kept = ben.document(&["changes", "keep-mine", mine.trim(), "--number", "2026-2"]).await;
    assert_eq!(kept["change"]["state"], "sent", "{kept:#}");
    assert!(ann.titles().await.contains(&"Ben's".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_matter_is_not_forgotten_while_files_wait_for_it() {
    let (_ann, ben) = two().await;
    ben.well(&["matters"]).await;
    ben.cut();
    ben.well(&["matters", "add", "--number", "2026-3", "--title", "New"]).await;
    ben.file("Box/a.txt", "a");
    assert_eq!(ben.run(&["file", "Box", "--matter", "2026-3"]).await.code, 1);
    ben.refused(&["changes", "discard", "2026-3"], 2, "invalid", "Files wait").await;
    ben.repair();
    ben.well(&["resume"]).await;
    assert!(changes(&ben).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_matters_that_got_one_number_offline_are_both_named() {
    let (ann, ben) = two().await;
    ben.well(&["matters"]).await;
    ben.cut();
    let mine = ben.well(&["matters", "add", "--number", "2026-4", "--title", "Ben's"]).await.stdout;
    let theirs = ann.well(&["matters", "add", "--number", "2026-4", "--title", "Ann's"]).await.stdout;
    ben.repair();
    ben.well(&["matters"]).await;
    ben.file("Box/a.txt", "a");
    let said = ben.refused(&["file", "Box", "--matter", "2026-4"], 2, "ambiguous", mine.trim()).await;
    assert!(said.contains(theirs.trim()), "{said}");
}
