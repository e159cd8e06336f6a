//! Runs a whole restore.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::destination::Destination;
use super::mark::{Marks, Origin};
use super::perform::{Ended, How, perform};
use super::scope::{Located, RestoreScope};
use crate::durable::Policy;
use crate::intake::OwnFolders;
use crate::model::{LastModified, PathText};
use crate::ports::{Attention, Blobs, PortError};
use crate::progress::Progress;
use crate::reason::Reason;
use crate::system_fault::SystemFault;
use crate::vault::{Vault, VaultError};

/// A file that could not keep the name it was received under, or a dropped folder with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Its path when it was received.
    pub from: PathText,
    /// Its path in the destination.
    pub to: PathText,
    /// Where it was dropped from, as a readable path, if it was renamed because something else had its name.
    pub source: Option<String>,
}

/// A file whose time the destination's drive can't store. It got the nearest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTime {
    /// Its path when it was received.
    pub path: PathText,
    /// Its modification time when it was received.
    pub received: LastModified,
    /// Its modification time at the destination.
    pub restored: LastModified,
}

/// A file that was not restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreProblem {
    /// Its path when it was received.
    pub path: PathText,
    /// Why: a sentence to show to the user.
    pub reason: String,
}

/// The result of a restore.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files written.
    pub restored: u64,
    /// Files that were there already, with the same bytes.
    pub already_there: u64,
    /// Number of documents in the requested scope. A document has a file in every place it was received in, so there
    /// can be more files.
    pub documents: u64,
    /// Number of folders, including empty ones.
    pub folders: u64,
    /// Total length of written and existing files in bytes.
    pub bytes: u64,
    /// Files that were renamed.
    pub renamed: Vec<Renamed>,
    /// Files whose time differs by more than two seconds from the original.
    pub other_times: Vec<OtherTime>,
    /// Written files without the mark for files from outside, because the drive can't store it.
    pub unmarked: u64,
    /// Files that were not restored.
    pub problems: Vec<RestoreProblem>,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
}

impl Vault {
    /// Restores `scope` into `destination`: byte-exact names, folders, times to the millisecond, and every location of
    /// a duplicate. Nothing is overwritten; a file that is there already with the same bytes is kept and counted, so
    /// that an interrupted restore can be repeated.
    ///
    /// Every file written is marked as coming from outside, where the system has such a mark.
    ///
    /// # Errors
    /// [`VaultError`] if the vault can't be read (any more), or the destination is full or not writable: what was
    /// restored so far stays, and the rest can be restored later. A problem of a single file is listed in
    /// [`Restored::problems`].
    pub async fn restore(
        &self,
        scope: &RestoreScope,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        self.restore_from(Origin::Outside, scope, destination, progress).await
    }

    /// Like [`restore`](Self::restore), for originals that the user may trust.
    ///
    /// # Errors
    /// As [`restore`](Self::restore).
    pub async fn restore_from(
        &self,
        origin: Origin,
        scope: &RestoreScope,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        let located = self.located(scope).await?;
        if located.is_empty() {
            return Err(nothing_of(scope).into());
        }
        write_located(self, Arc::clone(&self.blobs), origin, located, destination, progress).await
    }
}

/// Writes a plan with content from `blobs`.
///
/// # Errors
/// As [`Vault::restore`].
pub(super) async fn write_located(
    vault: &Vault,
    blobs: Arc<dyn Blobs>,
    origin: Origin,
    located: Located,
    destination: &Path,
    progress: Arc<Progress>,
) -> Result<Restored, VaultError> {
    let how = How { mark: Marks::here().of(origin, vault.clock.now()), policy: Policy::here() };
    let own = vault.protected_paths.clone();
    let (runtime, destination) = (Handle::current(), destination.to_owned());
    let writing = tokio::task::spawn_blocking(move || {
        if OwnFolders::of(&own).would_hold(&destination) {
            let path = destination.display().to_string();
            return Err(PortError::invalid(Reason::DestinationIsVault { path }));
        }
        let restored = Destination::open(&destination).map_err(Ended::Io).and_then(|(opened, lock)| {
            let restored = perform(located, &*blobs, (&opened, how), &progress, &runtime);
            let finished = opened.finish(lock);
            restored.and_then(|restored| Ok(finished.map(|()| restored)?))
        });
        restored.map_err(|ended| match ended {
            Ended::Vault(error) => error,
            Ended::Io(error) => cannot_write(&destination, &error),
        })
    });
    tracing::info!("a restore begins");
    let written = writing.await.expect("restoring does not panic");
    match &written {
        Ok(done) => tracing::info!(
            restored = done.restored,
            already_there = done.already_there,
            problems = done.problems.len(),
            stopped = done.stopped,
            "a restore ends"
        ),
        Err(error) => tracing::warn!(class = error.class(), "a restore is broken off"),
    }
    Ok(written?)
}

/// The error for a scope that contains nothing to restore.
fn nothing_of(scope: &RestoreScope) -> PortError {
    PortError::not_found(match scope {
        RestoreScope::Drop(_) => Reason::NothingOfDrop.to_string(),
        RestoreScope::Matter(_) => Reason::NothingOfMatter.to_string(),
        RestoreScope::Folder(_, folder) => format!(
            "Nothing was received in a folder “{folder}” of this matter. A folder is named by its whole path, from the \
             folder that was dropped on."
        ),
        RestoreScope::Documents(..) => Reason::NoneInMatter.to_string(),
    })
}

fn cannot_write(destination: &Path, error: &io::Error) -> PortError {
    if let Some(said) = error.get_ref().and_then(|said| said.downcast_ref::<PortError>()) {
        return said.clone();
    }
    let fault = SystemFault::of(error);
    match error.kind() {
        io::ErrorKind::WouldBlock => {
            PortError::later(Reason::DestinationBusy { path: destination.display().to_string() })
        }
        _ if fault.is_no_room() => PortError::NeedsPerson {
            kind: Attention::NoRoom,
            message: format!(
                "There is no room left at “{}”: {fault}. Make room and restore again: what is there already is left as it is.",
                destination.display()
            ),
        },
        // The user can choose another destination; waiting would not help.
        _ => PortError::invalid(fault.could_not("restore to", destination)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nothing_can_be_written_has_a_code() {
        let of = |kind: io::ErrorKind| cannot_write(Path::new("/media/stick"), &kind.into()).to_string();
        for (kind, code) in [
            (io::ErrorKind::StorageFull, "destination-full"),
            (io::ErrorKind::QuotaExceeded, "destination-quota"),
            (io::ErrorKind::WouldBlock, "destination-busy"),
            (io::ErrorKind::PermissionDenied, "could-not"),
        ] {
            assert_eq!(Reason::of_sentence(&of(kind)).map(|reason| reason.code()), Some(code), "{}", of(kind));
        }
    }
}
