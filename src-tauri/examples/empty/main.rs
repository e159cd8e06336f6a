//! A window with nothing in it: what the smallest app on the same web view takes to open, to measure Strongroom against.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("src-tauri/examples/empty/tauri.conf.json"))
}
