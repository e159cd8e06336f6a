//! The app is started twice.

use journeys::{Desktop, PATIENCE, TITLE, Window, app, close_by_keyboard, send, until};
use rustix::process::Signal;
use tokio::process::{Child, Command};

/// A start looks for another instance, and then hands over to it.
const CONNECTIONS_OF_A_START: usize = 2;

async fn first(desktop: &Desktop) -> Window {
    let window = Window::open(desktop).await;
    window.page().wait_says("Welcome to Strongroom").await;
    window
}

fn start(desktop: &Desktop) -> Child {
    Command::from(desktop.command(app())).kill_on_drop(true).spawn().unwrap()
}

#[tokio::test]
async fn a_second_start_brings_the_first_window_forward() {
    let desktop = Desktop::start(1280, 900);
    let window = first(&desktop).await;
    let shown = desktop.find_window(TITLE).unwrap();
    desktop.xdotool(["windowminimize", "--sync", &shown]);
    assert_eq!(desktop.find_window(TITLE), None);

    let mut second = start(&desktop);
    let ended = tokio::time::timeout(PATIENCE, second.wait()).await.expect("the second one ends on its own").unwrap();
    assert!(ended.success(), "{ended}");
    let forward = until("the first window", || async { desktop.find_window(TITLE) }).await;
    assert_eq!(forward, shown);
    window.close(&desktop).await;
}

#[tokio::test]
async fn a_start_during_shutdown_opens_a_window() {
    let desktop = Desktop::start(1280, 900);
    let window = first(&desktop).await;
    let process = window.process();
    close_by_keyboard(&desktop).await;
    // It takes as long to end as the test needs.
    send(process, Signal::STOP);
    let before = desktop.connections();
    let _second = start(&desktop);
    until("the second one is heard", || async {
        let asks = desktop.connections() >= before + CONNECTIONS_OF_A_START;
        (asks || desktop.find_window(TITLE).is_some()).then_some(())
    })
    .await;
    send(process, Signal::CONT);
    until("a window", || async { desktop.find_window(TITLE) }).await;
}

#[tokio::test]
async fn a_start_during_a_kill_opens_a_window() {
    let desktop = Desktop::start(1280, 900);
    let window = first(&desktop).await;
    let process = window.process();
    send(process, Signal::STOP);
    let before = desktop.connections();
    let mut second = start(&desktop);
    until("the second one is heard", || async {
        (desktop.connections() >= before + CONNECTIONS_OF_A_START).then_some(())
    })
    .await;
    send(process, Signal::KILL);
    until("the first window is gone", || async { (desktop.find_window(TITLE).is_none()).then_some(()) }).await;
    until("a window", || async { desktop.find_window(TITLE) }).await;
    assert!(second.try_wait().unwrap().is_none(), "the window belongs to the second one");
}
