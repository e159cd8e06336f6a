//! Refusals of the firm's vault, with their reasons.

use crate::world::two;

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_has_its_own_message() {
    let (ann, ben) = two().await;
    let general = ["matters", "edit", "general", "--title", "Ours"];
    let said = ben.refused(&general, 2, "invalid", "Only an administrator of the firm").await;
    assert!(!said.contains("access"), "{said}");
    ann.well(&general).await;
    ann.well(&["matters", "add", "--number", "2026-1", "--title", "Lease"]).await;
    ann.well(&["matters", "close", "2026-1"]).await;
    // The limits of a title are checked before anything is sent.
    let long = "x".repeat(501);
    ben.refused(&["matters", "edit", "2026-1", "--title", &long], 2, "invalid", "title").await;
    ben.file("Box/a.txt", "a");
    ben.refused(&["file", "Box", "--matter", "2026-1"], 2, "invalid", "is closed").await;
}
