//! Screenshots, for visual review.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::Desktop;

/// The page is painted a moment after its state changes.
const PAINTED: Duration = Duration::from_millis(400);

/// Saves a screenshot in `target/journeys/`, under this name, once the page is painted.
///
/// # Panics
/// When it cannot be taken.
pub async fn look(desktop: &Desktop, name: &str) {
    tokio::time::sleep(PAINTED).await;
    take(desktop, name);
}

/// Saves a screenshot at once.
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
