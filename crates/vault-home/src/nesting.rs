//! A new home inside the home of another vault: one backup, one move or one wiping of the outer one would take both. A home
//! that is there already is opened wherever it lies: the outer one may have been made around it by mistake.

use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

/// The path of a folder without links and without `..`, as the system would follow them; `folder` is absolute, and need not
/// be there. What is not there yet has no links in it, so `..` takes away the name before it.
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

/// The home of another vault that `folder` lies in, wherever links lead, if no vault is kept in `folder` itself yet.
pub(crate) fn home_around(folder: &Path) -> Option<PathBuf> {
    let real = resolved(folder);
    if was_begun(&real) {
        return None;
    }
    let around = real.ancestors().skip(1).find(|above| is_home(above))?;
    // By the name that the user knows it by, where there is one.
    let is_named = |above: &&Path| above.canonicalize().is_ok_and(|above| above == around);
    Some(folder.ancestors().skip(1).find(is_named).unwrap_or(around).to_owned())
}

/// Whether a vault was ever opened in a folder, or a firm connected: also one whose first start was killed, or a part of
/// which was lost. A single file may be called like one of a home by chance.
fn was_begun(folder: &Path) -> bool {
    let is_there = |name: &str| folder.join(name).symlink_metadata().is_ok();
    is_there("vault/vault.db")
        || is_there("left-out.txt") && (is_there("journal.db") || has_firm(folder, |_| true))
        || is_home(folder)
}

/// Whether a vault of this user, or of whoever keeps the computer, is kept in a folder. What another account put into a folder
/// that all may write to (`/tmp`) must not keep this user from making a home below it.
fn is_home(folder: &Path) -> bool {
    let is_ours = |name: &str| file(&folder.join(name)).is_some_and(|about| belongs_to_user_or_keeper(&about));
    let has_vault = || folder.join("vault/vault.db").is_file() || folder.join("firms").is_dir();
    // Where only the vaults of firms were ever opened, the queues are in their folders.
    let has_only_firms = || folder.join("left-out.txt").is_file() && has_firm(folder, belongs_to_user_or_keeper);
    is_ours("journal.db") && has_vault() || has_only_firms()
}

/// Whether the connection to a firm is kept in a home.
fn has_firm(home: &Path, is_ours: impl Fn(&Metadata) -> bool) -> bool {
    let Ok(firms) = fs::read_dir(home.join("firms")) else { return false };
    firms.flatten().any(|firm| file(&firm.path().join("connection.json")).is_some_and(|about| is_ours(&about)))
}

/// What the system says of a file; nothing of a link, which others may have made to a file of this user.
fn file(path: &Path) -> Option<Metadata> {
    path.symlink_metadata().ok().filter(Metadata::is_file)
}

/// Whether a file belongs to the user who runs the program, or to `root`. Where that cannot be told, it may.
fn belongs_to_user_or_keeper(about: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // What this program makes belongs to its user.
        let user = || tempfile::tempfile().and_then(|made| made.metadata()).ok().map(|made| made.uid());
        about.uid() == 0 || user().is_none_or(|user| about.uid() == user)
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        true
    }
}
