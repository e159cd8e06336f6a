//! Journeys through the real window.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a journey that cannot go on has failed")]

use journeys::{Desktop, Window, look};

#[tokio::test]
async fn the_window_opens() {
    let desktop = Desktop::start(1280, 900);
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_for("main").await;
    look(&desktop, "first-start");
    window.close().await;
}
