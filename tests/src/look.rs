//! Pictures of the screen, for people to look at.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::Desktop;

/// What is known to the page is painted a moment later.
const PAINTED: Duration = Duration::from_millis(400);

/// Keeps a picture of the whole screen in `target/journeys/`, under this name, once the page is painted.
///
/// # Panics
/// When it cannot be taken.
pub async fn look(desktop: &Desktop, name: &str) {
    tokio::time::sleep(PAINTED).await;
    take(desktop, name);
}

/// Keeps a picture of the screen as it is now.
pub(crate) fn take(desktop: &Desktop, name: &str) {
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
