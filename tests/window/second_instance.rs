//! The app is started twice.

use journeys::{Desktop, PATIENCE, Window, app};

#[tokio::test]
async fn a_second_start_brings_the_first_window_forward() {
    let desktop = Desktop::start(1280, 900);
    let window = Window::open(&desktop).await;
    window.page().wait_says("Welcome to Strongroom").await;
    let first = desktop.find_window("^Strongroom$").unwrap();
    desktop.xdotool(["windowminimize", "--sync", &first]);
    assert_eq!(desktop.find_window("^Strongroom$"), None);

    let mut second = tokio::process::Command::from(desktop.command(app())).kill_on_drop(true).spawn().unwrap();
    let ended = tokio::time::timeout(PATIENCE, second.wait()).await.expect("the second one ends by itself").unwrap();
    assert!(ended.success(), "{ended}");
    let forward = journeys::until("the first window", || async { desktop.find_window("^Strongroom$") }).await;
    assert_eq!(forward, first);
    window.close().await;
}
