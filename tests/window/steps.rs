//! Steps shared by several journeys.

use std::fs;
use std::path::{Path, PathBuf};

use journeys::{Desktop, Drag, Page, Window, answer_folder_dialog};

/// Creates a client and a matter of it, and shows the matter.
pub(crate) async fn client_and_matter(page: &Page) {
    page.wait_says("Welcome to Strongroom").await;
    page.press("New client").await;
    page.fill("Name", "ABC Corporation").await;
    page.press("Create client").await;
    page.wait_says("ABC CORPORATION").await;
    page.press("New matter").await;
    page.fill("Number", "2024-001").await;
    page.fill("Title", "Contract Review").await;
    page.choose("Client", "ABC Corporation").await;
    page.press("Create matter").await;
    page.wait_for("main h1").await;
    page.wait_says("Contract Review").await;
}

/// Drags the file or folder at `path` onto the middle of an element.
pub(crate) async fn drag_onto(desktop: &Desktop, window: &Window, path: &Path, css: &str) {
    let place = window.on_screen(desktop, window.page().middle(css).await);
    let drag = Drag::begin(desktop, [path]).await;
    drag.over(place).await;
    window.page().wait_says("File to").await;
    journeys::look(desktop, "drag").await;
    drag.release();
}

/// Restores the shown matter with this many files to a new folder, and returns the folder.
pub(crate) async fn restore_matter(desktop: &Desktop, page: &Page, files: usize) -> PathBuf {
    page.press("Files").await;
    page.press("Restore…").await;
    page.press("Restore matter…").await;
    let back = desktop.home().join("given back");
    fs::create_dir(&back).unwrap();
    answer_folder_dialog(desktop, "Restore", &back).await;
    page.wait_says(&format!("{files} restored")).await;
    back
}
