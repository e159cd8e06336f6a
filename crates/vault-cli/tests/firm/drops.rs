//! Drops that cannot continue: the messages are true for a command that has ended.

use crate::world::two;

/// A command that has ended promises nothing automatic.
fn promises_nothing(said: &str) {
    for promise in ["by itself", "by themselves", "tried again at", "will be tried", "goes on when"] {
        assert!(!said.contains(promise), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_without_a_network_is_not_reported_as_filed() {
    let (_ann, ben) = two().await;
    ben.well(&["matters"]).await;
    ben.file("Box/a.txt", "a");
    ben.file("Box/b.txt", "b");
    ben.cut();
    let ran = ben.run(&["file", "Box", "--matter", "general"]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("Nothing is filed to General yet: 2 files wait"), "{ran:?}");
    assert!(!ran.stdout.contains("Filed to") && ran.stderr.contains("strongroom resume"), "{ran:?}");
    promises_nothing(&(ran.stdout + &ran.stderr));
    let status = ben.well(&["status"]).await;
    promises_nothing(&(status.stdout + &status.stderr));
    ben.repair();
    let ran = ben.well(&["resume"]).await;
    assert!(ran.stdout.contains("Filed to General: 2 stored"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_whose_matter_was_closed_meanwhile_gives_that_reason_and_no_older_one() {
    let (ann, ben) = two().await;
    ann.well(&["matters", "add", "--number", "2026-1", "--title", "Lease"]).await;
    ben.well(&["matters"]).await;
    ben.file("Box/a.txt", "a");
    ben.cut();
    assert_eq!(ben.run(&["file", "Box", "--matter", "2026-1"]).await.code, 1);
    ann.well(&["matters", "close", "2026-1"]).await;
    ben.repair();
    // Both right away and after a try.
    for tried in [false, true] {
        if tried {
            assert_eq!(ben.run(&["resume"]).await.code, 1);
        }
        let status = ben.document(&["status"]).await;
        let paused = status["unfinished"][0]["paused"].as_str().expect("a reason").to_owned();
        assert!(paused.contains("is closed") && !paused.contains("reached"), "{paused}");
        assert!(ben.well(&["status"]).await.stdout.contains("is closed"));
    }
    ann.well(&["matters", "reopen", "2026-1"]).await;
    ben.well(&["resume"]).await;
}
