//! Tells Tauri which commands there are: one that is not listed, or is listed and not granted in `capabilities/`, is
//! refused to the window.

include!("src/commands/list.rs");

macro_rules! names {
    ($(commands::$module:ident::$command:ident),*) => { &[$(stringify!($command)),*] };
}

fn main() {
    println!("cargo::rerun-if-changed=src-tauri/src/commands/list.rs");
    let commands = tauri_build::AppManifest::new().commands(every_command!(names));
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .capabilities_path_pattern("src-tauri/capabilities/**/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the desktop shell could not be prepared: {error:#}");
    }
}
