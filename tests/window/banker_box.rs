//! A client's folder on a USB stick, from the drop onto a matter to the restore.

use std::fs;
use std::path::PathBuf;

use journeys::{Desktop, Window, differences, key, look};

use crate::clients;
use crate::steps::{client_and_matter, drag_onto, restore_matter};

#[tokio::test]
async fn a_box_is_dragged_onto_a_matter_filed_and_restored() {
    let desktop = Desktop::start(1280, 900);
    let binder = clients::binder(&desktop.home());
    let second = clients::second_box(&desktop.home());
    let window = Window::open(&desktop).await;
    let page = window.page();
    page.wait_says("Welcome to Strongroom").await;
    look(&desktop, "first-start").await;
    client_and_matter(&page).await;
    page.wait_says("Nothing has been filed here yet").await;
    look(&desktop, "empty-matter").await;

    // The first box, onto the page of the matter.
    drag_onto(&desktop, &window, &binder, "main").await;
    page.wait_named("File 46 files").await;
    let text = page.text().await;
    for expected in ["47 files in", "Nothing has been stored yet", "duplicate content within this drop", "Thumbs.db"] {
        assert!(text.contains(expected), "no “{expected}” in:\n{text}");
    }
    look(&desktop, "preflight").await;
    page.press("1 left out").await;
    page.wait_says("Thumbs.db").await;
    look(&desktop, "preflight-list").await;
    page.press("Back").await;
    page.press("File 46 files").await;
    page.wait_says("Filed to 2024-001").await;
    page.wait_says("44 stored").await;
    page.wait_says("Client binder & Büro").await;
    look(&desktop, "filed").await;
    page.press("Clear").await;

    // The second overlaps, onto the matter in the list; one of its files vanishes before it is filed.
    drag_onto(&desktop, &window, &second, "[data-matter]:not([data-matter=general])").await;
    page.wait_named("File 6 files").await;
    page.wait_says("already in the vault").await;
    look(&desktop, "second-preflight").await;
    let exhibit = second.join("New/Exhibit 2.txt");
    let content = fs::read(&exhibit).unwrap();
    let modified = exhibit.metadata().unwrap().modified().unwrap();
    fs::remove_file(&exhibit).unwrap();
    page.press("File 6 files").await;
    page.wait_says("1 needs attention").await;
    page.press("1 needs attention").await;
    page.wait_says("Exhibit 2.txt").await;
    page.wait_says("No longer there.").await;
    look(&desktop, "problem").await;
    fs::write(&exhibit, content).unwrap();
    fs::File::options().write(true).open(&exhibit).unwrap().set_modified(modified).unwrap();
    page.press("Try again: Exhibit 2.txt").await;
    page.wait_says("Nothing needs attention any more").await;
    page.type_keys(key::ESCAPE).await;
    page.wait_gone("dialog[open]").await;

    // The history shows both.
    page.press("History").await;
    page.wait_says("Second box").await;
    page.wait_says("44 stored").await;
    page.wait_says("4 already in the vault").await;
    look(&desktop, "history").await;

    // A document is found by parts of its name, and shows where it came from.
    page.type_keys(&format!("{}k{}", key::CONTROL, key::CONTROL)).await;
    page.wait_for("[role=combobox]").await;
    page.type_keys("agree sig").await;
    page.wait_says("Agreement (signed).txt").await;
    look(&desktop, "search").await;
    page.type_keys(key::ENTER).await;
    page.wait_says("WHERE IT CAME FROM").await;
    page.wait_says("MASTER SERVICES AGREEMENT").await;
    page.wait_says("Client binder & Büro/Copies/old").await;
    look(&desktop, "document").await;

    // Everything is restored as it was received.
    let back = restore_matter(&desktop, &page, 52).await;
    look(&desktop, "restored").await;
    for folder in [binder, second] {
        let name = folder.file_name().unwrap();
        assert_eq!(differences(&back.join(name), &folder), [""; 0].map(PathBuf::from), "{}", folder.display());
    }
    window.close(&desktop).await;
}
