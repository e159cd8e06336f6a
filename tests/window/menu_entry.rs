//! The app is started as people start it: from its entry in the menu. For this it has to be installed.

use journeys::{Desktop, look, until};

#[tokio::test]
async fn the_menu_entry_opens_the_window() {
    let desktop = Desktop::start(1280, 900);
    let mut launched = desktop.command("gtk-launch").arg("Strongroom").spawn().unwrap();
    assert!(launched.wait().unwrap().success(), "there is no menu entry: is the package installed?");
    let window = until("the window", || async { desktop.find_window("^Strongroom$") }).await;
    look(&desktop, "from-the-menu").await;
    desktop.xdotool(["windowactivate", "--sync", &window]);
    desktop.xdotool(["key", "alt+F4"]);
    until("the window closes", || async { desktop.find_window("^Strongroom$").is_none().then_some(()) }).await;
}
