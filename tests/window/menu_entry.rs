//! The app is started as users start it: from its menu entry. For this it has to be installed.

use journeys::{Desktop, TITLE, Window, close_by_keyboard, look, until};

#[tokio::test]
async fn the_menu_entry_opens_the_window() {
    let desktop = Desktop::start(1280, 900);
    let mut launched = desktop.command("gtk-launch").arg("Strongroom").spawn().unwrap();
    assert!(launched.wait().unwrap().success(), "there is no menu entry: is the package installed?");
    until("the window", || async { desktop.find_window(TITLE) }).await;
    look(&desktop, "from-the-menu").await;
    close_by_keyboard(&desktop).await;
}

#[tokio::test]
async fn a_connection_link_reaches_the_open_window() {
    let desktop = Desktop::start(1280, 900);
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Welcome to Strongroom").await;
    let link = "strongroom://connect?name=Oak%20%26%20Elm&projectId=oak-and-elm&apiKey=k&bucket=oak-and-elm&clientId=c";
    // As the desktop does it when a user clicks a link.
    let launched = desktop.command("gtk-launch").args(["Strongroom", link]).status().unwrap();
    assert!(launched.success(), "there is no menu entry: is the package installed?");
    page.wait_says("Connect to Oak & Elm?").await;
    page.wait_says("oak-and-elm").await;
    look(&desktop, "from-a-link").await;
    page.press("Cancel").await;
    page.wait_gone("dialog[open]").await;
    window.close(&desktop).await;
}
