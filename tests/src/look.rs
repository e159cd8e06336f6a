//! Pictures of the screen, for people to look at.

use std::fs;
use std::path::PathBuf;

use crate::Desktop;

/// Keeps a picture of the whole screen in `target/journeys/`, under this name.
///
/// # Panics
/// When it cannot be taken.
pub fn look(desktop: &Desktop, name: &str) {
    let folder = folder();
    fs::create_dir_all(&folder).expect("a folder for pictures");
    let file = folder.join(format!("{name}.png"));
    let taken = desktop.command("import").args(["-window", "root"]).arg(&file).status();
    assert!(taken.is_ok_and(|status| status.success()), "import, of ImageMagick");
}

fn folder() -> PathBuf {
    std::env::var_os("STRONGROOM_PICTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/journeys"), PathBuf::from)
}
