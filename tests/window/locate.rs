//! Files that were moved between drop and filing: found at their new place, identified by their content.

use std::fs;
use std::path::PathBuf;

use journeys::{Desktop, Window, answer_folder_dialog, differences, look};

use crate::clients;
use crate::steps::{client_and_matter, drag_onto, restore_matter};

#[tokio::test]
async fn moved_files_are_located_in_their_new_place() {
    let desktop = Desktop::start(1280, 900);
    let folder = clients::second_box(&desktop.home());
    let as_dropped = clients::second_box(&desktop.home().join("as dropped"));
    let window = Window::open(&desktop).await;
    let page = window.page();
    client_and_matter(&page).await;
    drag_onto(&desktop, &window, &folder, "main").await;
    page.wait_named("File 6 files").await;
    // The folder is tidied up before the files are filed, and one of them is replaced by another.
    let (moved, wrong) = (desktop.home().join("Tidied up"), desktop.home().join("Not here"));
    fs::rename(folder.join("New"), &moved).unwrap();
    fs::create_dir(&wrong).unwrap();
    fs::write(wrong.join("Exhibit 1.txt"), "another exhibit!!").unwrap();
    page.press("File 6 files").await;
    page.wait_says("2 need attention").await;
    page.press("2 need attention").await;
    page.wait_says("No longer there.").await;
    look(&desktop, "locate-problems").await;

    page.press("Locate a folder…").await;
    answer_folder_dialog(&desktop, "Choose the folder", &wrong).await;
    page.wait_says("the file there is a different one").await;
    look(&desktop, "locate-different").await;
    page.press("Locate a folder…").await;
    answer_folder_dialog(&desktop, "Choose the folder", &moved).await;
    page.wait_says("Nothing needs attention any more").await;
    page.press("Close").await;
    page.wait_gone("dialog[open]").await;
    page.wait_says("6 stored").await;
    look(&desktop, "located").await;

    // They are in the vault as they were dropped, not as they were found.
    let back = restore_matter(&desktop, &page, 6).await;
    assert_eq!(differences(&back.join("Second box"), &as_dropped), [""; 0].map(PathBuf::from));
    window.close(&desktop).await;
}
