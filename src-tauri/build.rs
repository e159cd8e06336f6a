//! Tells Tauri which commands the window may call: a command that is not listed here, or is listed and not granted
//! in `capabilities/`, is refused.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["about"]);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the desktop shell could not be prepared: {error:#}");
    }
}
