//! Refuses a new home inside the home of another vault: backing up, moving or wiping the outer one would include the
//! inner one. An existing home is opened wherever it lies: the outer one may have been made around it by mistake.

use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

/// The path of a folder with links and `..` resolved as the system would; `folder` is absolute and need not exist.
/// Parts that do not exist contain no links, so `..` removes the name before it.
pub(crate) fn resolved(folder: &Path) -> PathBuf {
    let mut path = PathBuf::new();
    for component in folder.components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => {
                path.push(name);
                if let Ok(real) = path.canonicalize() {
                    path = real;
                }
            }
            start => path.push(start.as_os_str()),
        }
    }
    path
}

/// The home of another vault that contains `folder`, links resolved, unless `folder` itself already holds a vault.
pub(crate) fn home_around(folder: &Path) -> Option<PathBuf> {
    let real = resolved(folder);
    if was_begun(&real) {
        return None;
    }
    let around = real.ancestors().skip(1).find(|above| is_home(above))?;
    // Prefer the name that the user knows it by.
    let is_named = |above: &&Path| above.canonicalize().is_ok_and(|above| above == around);
    Some(folder.ancestors().skip(1).find(is_named).unwrap_or(around).to_owned())
}

/// Whether a vault was ever opened in a folder, or a firm connected, even if the first start was killed or a part was
/// lost. A single file may have the name of a home's file by chance.
fn was_begun(folder: &Path) -> bool {
    let is_there = |name: &str| folder.join(name).symlink_metadata().is_ok();
    is_there("vault/vault.db")
        || is_there("left-out.txt") && (is_there("journal.db") || has_firm(folder, |_| true))
        || is_home(folder)
}

/// Whether a folder holds a vault of this user or of the administrator. What another account put into a world-writable
/// folder (`/tmp`) must not keep this user from making a home below it.
fn is_home(folder: &Path) -> bool {
    let is_ours = |name: &str| file(&folder.join(name)).is_some_and(|about| belongs_to_user_or_keeper(&about));
    let has_vault = || folder.join("vault/vault.db").is_file() || folder.join("firms").is_dir();
    // If only firms' vaults were ever opened, the queues are in their folders.
    let has_only_firms = || folder.join("left-out.txt").is_file() && has_firm(folder, belongs_to_user_or_keeper);
    is_ours("journal.db") && has_vault() || has_only_firms()
}

/// Whether a home contains the connection to a firm.
fn has_firm(home: &Path, is_ours: impl Fn(&Metadata) -> bool) -> bool {
    let Ok(firms) = fs::read_dir(home.join("firms")) else { return false };
    firms.flatten().any(|firm| file(&firm.path().join("connection.json")).is_some_and(|about| is_ours(&about)))
}

/// A file's metadata; `None` for a link, which others may have made to a file of this user.
fn file(path: &Path) -> Option<Metadata> {
    path.symlink_metadata().ok().filter(Metadata::is_file)
}

/// Whether a file belongs to the current user or to `root`; on Windows, always.
fn belongs_to_user_or_keeper(about: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        about.uid() == 0 || about.uid() == rustix::process::geteuid().as_raw()
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        true
    }
}
