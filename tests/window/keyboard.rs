//! The main journey without a pointer.

use journeys::{Desktop, Window, answer_folder_dialog, key, look};

use crate::clients;

#[tokio::test]
async fn a_folder_is_filed_and_found_by_keyboard_alone() {
    let desktop = Desktop::start(1280, 900);
    let second = clients::second_box(&desktop.home());
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Welcome to Strongroom").await;
    let control = |letter: &str| format!("{0}{letter}{0}", key::CONTROL);

    page.type_keys(&control("n")).await;
    page.wait_for("dialog[open] input").await;
    // A number is proposed, and the title has to be entered.
    page.type_keys(&format!("By keyboard{}", key::ENTER)).await;
    page.wait_says("Nothing has been filed here yet").await;

    page.type_keys(&control("o")).await;
    answer_folder_dialog(&desktop, "Choose folders", &second).await;
    page.wait_named("File 6 files").await;
    look(&desktop, "keyboard-preflight").await;
    page.type_keys(key::ENTER).await;
    page.wait_says("Filed to ").await;

    page.type_keys(&control("k")).await;
    page.wait_for("[role=combobox]").await;
    page.type_keys("exhibit 2").await;
    page.wait_says("Exhibit 2.txt").await;
    page.type_keys(key::ENTER).await;
    page.wait_says("the second exhibit").await;
    look(&desktop, "keyboard-document").await;
    page.type_keys(key::ESCAPE).await;
    page.wait_unsaid("the second exhibit").await;
    window.close(&desktop).await;
}
