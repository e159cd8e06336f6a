//! Restoring as a whole.

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
use crate::system_fault::SystemFault;
use crate::vault::{Vault, VaultError};

/// A file that could not have the name it was received under, or a dropped folder with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Where it stood when it was received.
    pub from: PathText,
    /// Where it stands now, in the destination.
    pub to: PathText,
    /// Where it was dropped from, as a readable path, if it got another name because something else was dropped under it.
    pub source: Option<String>,
}

/// A file whose time the drive at the destination does not have. It got the nearest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTime {
    /// Where it stood when it was received.
    pub path: PathText,
    /// When it was last modified.
    pub received: LastModified,
    /// What stands at the destination instead.
    pub restored: LastModified,
}

/// A file that was not given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreProblem {
    /// Where it stood when it was received.
    pub path: PathText,
    /// Why, as a sentence for a person.
    pub reason: String,
}

/// What a restore did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files written.
    pub restored: u64,
    /// Files that were there already, byte for byte.
    pub already_there: u64,
    /// Documents that what was asked for is made of. Each has a file in every place it was received in, so these are
    /// fewer than the files.
    pub documents: u64,
    /// Folders, empty ones among them.
    pub folders: u64,
    /// Length of both in bytes.
    pub bytes: u64,
    /// Files under another name.
    pub renamed: Vec<Renamed>,
    /// Files with another time: more than two seconds from their own.
    pub other_times: Vec<OtherTime>,
    /// Files written that should say that they came from outside, and don't, because the drive keeps no such mark.
    pub unmarked: u64,
    /// Files not given back.
    pub problems: Vec<RestoreProblem>,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
}

impl Vault {
    /// Writes what `scope` names into `destination`: names byte for byte, folders, times to the millisecond, every
    /// location of a duplicate. Nothing that is there is written over; a file that is there already, byte for byte, is
    /// left and counted, so that a restore can be repeated after it was interrupted.
    ///
    /// Every file that is written is marked as one that came from outside, where the system has such a mark.
    ///
    /// # Errors
    /// [`VaultError`] if the vault cannot be read, or not any more, or the destination cannot be written at all, or is
    /// full: then what was restored until then stays, and the rest can be restored later. What concerns one file stands in
    /// [`Restored::problems`].
    pub async fn restore(
        &self,
        scope: &RestoreScope,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        self.restore_from(Origin::Outside, scope, destination, progress).await
    }

    /// The same of originals that a person may vouch for.
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

/// Writes what was planned, with content from `blobs`.
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
            let destination = destination.display();
            let message = format!("“{destination}” is part of the vault itself. Choose another folder.");
            return Err(PortError::invalid(message));
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
    Ok(writing.await.expect("restoring does not panic")?)
}

/// Nothing is to be given back, which a person did not expect.
fn nothing_of(scope: &RestoreScope) -> PortError {
    PortError::not_found(match scope {
        RestoreScope::Drop(_) => "Nothing of this drop is in the vault, so there is nothing to restore.".to_owned(),
        RestoreScope::Matter(_) => "Nothing of this matter is in the vault, so there is nothing to restore.".to_owned(),
        RestoreScope::Folder(_, folder) => format!(
            "Nothing was received in a folder “{folder}” of this matter. A folder is named by its whole path, from the \
             folder that was dropped on."
        ),
        RestoreScope::Documents(..) => "None of these documents is in the matter. List its folder again.".to_owned(),
    })
}

fn cannot_write(destination: &Path, error: &io::Error) -> PortError {
    if let Some(said) = error.get_ref().and_then(|said| said.downcast_ref::<PortError>()) {
        return said.clone();
    }
    let fault = SystemFault::of(error);
    match error.kind() {
        io::ErrorKind::WouldBlock => PortError::later(format!(
            "Another restore is writing to “{}” now. Wait for it to finish, or choose another folder.",
            destination.display()
        )),
        _ if fault.is_no_room() => PortError::NeedsPerson {
            kind: Attention::NoRoom,
            message: format!(
                "There is no room left at “{}”: {fault}. Make room and restore again: what is there already is left as it is.",
                destination.display()
            ),
        },
        // A destination is chosen by the user, who can choose another: waiting would not help.
        _ => PortError::invalid(fault.could_not("restore to", destination)),
    }
}
