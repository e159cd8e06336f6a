//! Tells Tauri which commands the window may call: a command that is not listed here, or is listed and not granted
//! in `capabilities/`, is refused.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "snapshot",
        "watch",
        "welcomed",
        "create_client",
        "edit_client",
        "set_client_removed",
        "create_matter",
        "edit_matter",
        "set_matter_status",
        "set_matter_removed",
        "folders",
        "list_files",
        "file_rows",
        "drops",
        "drop_events",
        "drop_left_out",
        "document",
        "preview_bytes",
        "preview_text",
        "open_document",
        "copy_text",
        "print_page",
        "search",
        "choose_files",
        "choose_folder",
        "take",
        "discard",
        "file_drop",
        "preflight_rows",
        "pause",
        "resume",
        "cancel",
        "clear",
        "problems",
        "retry",
        "skip",
        "restore",
        "verify",
        "report",
        "reveal",
        "save_settings",
        "save_left_out",
        "reset_left_out",
        "choose_data_folder",
        "reveal_data_folder",
        "close_window",
    ]);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the desktop shell could not be prepared: {error:#}");
    }
}
