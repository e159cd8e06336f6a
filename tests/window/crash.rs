//! A power cut while a drop is filed.

use journeys::{Desktop, Window, look, write};

use crate::steps::{client_and_matter, drag_onto};

/// Enough files that filing takes seconds, and the power cut comes in the middle.
const FILES: i64 = 20_000;

#[tokio::test]
async fn filing_continues_after_the_app_was_killed() {
    let desktop = Desktop::start(1280, 900);
    let folder = desktop.home().join("Box");
    for number in 0..FILES {
        let name = format!("{:03}/{number}.txt", number / 100);
        write(&folder.join(name), format!("file {number}").as_bytes(), 1_700_000_000_000 + number);
    }
    let window = Window::open(&desktop).await;
    let page = window.page();
    client_and_matter(&page).await;
    drag_onto(&desktop, &window, &folder, "main").await;
    page.press("File 20,000 files").await;
    page.wait_says("Filing to 2024-001").await;
    window.kill(&desktop).await;

    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Filed to 2024-001").await;
    page.press("2024-001").await;
    page.press("History").await;
    page.wait_says("20,000 stored").await;
    look(&desktop, "after-the-crash").await;
    window.close(&desktop).await;
}
