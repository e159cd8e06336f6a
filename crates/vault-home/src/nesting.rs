//! A home inside the home of another vault: one backup, one move or one wiping of the outer one would take both.

use std::path::{Path, PathBuf};

/// The home of another vault that `folder` lies in, by its name or by where links lead; `folder` need not be there.
pub(crate) fn home_around(folder: &Path) -> Option<PathBuf> {
    let resolved = folder.ancestors().find_map(|above| {
        let rest = folder.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    });
    let above = |path: &Path| path.ancestors().skip(1).find(|above| is_home(above)).map(Path::to_owned);
    above(folder).or_else(|| above(&resolved?))
}

/// Whether a vault is kept in a folder. A single file may be called like one of its own by chance.
fn is_home(folder: &Path) -> bool {
    let is_file = |name: &str| folder.join(name).is_file();
    is_file("vault/vault.db") || is_file("left-out.txt") && (is_file("journal.db") || folder.join("firms").is_dir())
}
