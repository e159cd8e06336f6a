//! Files in this computer's queue that are not in the vault. They are still where they were dropped from: the queue has
//! their paths and what was read of them, but no bytes. Listing them needs no access to the vault.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::enqueue::{folders, items};
use super::queued::place_in;
use super::{DropPhase, Item, ItemState, JournaledDrop, NewItem, PAGE, QueuedDrop};
use crate::intake::{Compared, IntakeProgress, compare, is_folder, scan_and_hash};
use crate::model::{DropFolder, EventKind, PathText, nameable_source};
use crate::ports::PortError;
use crate::preflight::{Preflight, StoredContent};
use crate::restore::Received;
use crate::vault::{Vault, VaultError};

/// The state of a file where it was dropped from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtSource {
    /// It has the content that was dropped; it was just read again.
    Unchanged,
    /// It has other content, or cannot be read any more.
    Changed,
    /// Nothing is there.
    Missing,
    /// It could not be read when it was dropped, so it can't be compared.
    NeverRead,
    /// A folder that could not be read when it was dropped; its content is unknown.
    FolderNeverRead,
}

/// A file that is not in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfiledFile {
    /// The file as it is in the queue.
    pub file: NewItem,
    /// Its path on this computer.
    pub place: PathBuf,
    /// Its state there.
    pub now: AtSource,
}

/// A drop with those of its files that are not in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfiled {
    /// The drop.
    pub drop: JournaledDrop,
    /// Its files that are not in the vault, in the order of the drop.
    pub files: Vec<UnfiledFile>,
    /// The folders that contain these files; all folders of the drop if none of it is in the vault.
    pub folders: Vec<DropFolder>,
}

impl Vault {
    /// The drops in this computer's queue with files that are not in the vault, in the order they were accepted.
    /// Dismissed files don't count. Sends no request.
    ///
    /// # Errors
    /// [`PortError`] if the queue cannot be read.
    pub async fn unfiled_drops(&self) -> Result<Vec<JournaledDrop>, PortError> {
        let mut drops = self.journal.unfinished().await?;
        drops.retain(|drop| !drop.is_cancelling());
        drops.extend(self.journal.needing_attention().await?);
        drops.sort_by_key(|drop| drop.new.started);
        Ok(drops)
    }

    /// The files of a drop that are not in the vault, each compared with what was dropped. If the drop's folders were
    /// not read yet, they are read. Sends no request.
    ///
    /// # Errors
    /// [`VaultError::Stopped`], and [`PortError`] if the queue cannot be read.
    pub async fn unfiled(&self, drop: JournaledDrop, progress: Arc<IntakeProgress>) -> Result<Unfiled, VaultError> {
        if drop.phase == DropPhase::Preparing {
            return self.unread(drop, progress).await;
        }
        let queued = self.queued(drop.new.id).await?;
        let items = not_ended(&queued).await?;
        let placed: Vec<(PathBuf, Item)> = items.into_iter().map(|item| (queued.place_of(&item), item)).collect();
        let mut folders = self.journal.folders(drop.new.id).await?;
        if drop.counts.stored + drop.counts.skipped > 0 {
            let with_files = above(placed.iter().map(|(_, item)| &item.file));
            folders.retain(|folder| with_files.contains(&(folder.source, folder.path.clone())));
        }
        let comparing = tokio::task::spawn_blocking(move || {
            placed.into_iter().map(|(place, item)| look(place, item.file, &progress)).collect::<Option<Vec<_>>>()
        });
        let looked = comparing.await.map_err(|error| PortError::later(format!("Looking there failed: {error}.")))?;
        Ok(Unfiled { drop, files: looked.ok_or(VaultError::Stopped)?, folders })
    }

    /// The content of a drop that was not read yet.
    async fn unread(&self, drop: JournaledDrop, progress: Arc<IntakeProgress>) -> Result<Unfiled, VaultError> {
        let found =
            scan_and_hash(drop.new.sources.clone(), self.left_out_rules(), Arc::clone(&self.fingerprints), progress)
                .await?;
        let folders = folders(&found);
        let read = Preflight::plan(drop.new.matter.clone(), found, &StoredContent::default());
        let files = items(&*self.clock, &read).map(|file| {
            let place = place_in(&drop, &file);
            let now = match &file.read {
                Some(_) => AtSource::Unchanged,
                None if is_folder(&place) => AtSource::FolderNeverRead,
                None if place.symlink_metadata().is_err() => AtSource::Missing,
                None => AtSource::NeverRead,
            };
            UnfiledFile { file, place, now }
        });
        Ok(Unfiled { files: files.collect(), drop, folders })
    }

    /// What the drop would hold if these files had been filed, so that they can be restored the same way.
    pub(crate) async fn received_unfiled(
        &self,
        drop: &JournaledDrop,
        files: Vec<NewItem>,
        folders: Vec<DropFolder>,
    ) -> Result<Received, PortError> {
        let queued = self.queued(drop.new.id).await?;
        let event = |file: NewItem| {
            let read = file.read?;
            Some(queued.event(&Item { seq: 0, file }, read, EventKind::Success, None))
        };
        let events = files.into_iter().filter_map(event).collect();
        let sources = drop.new.sources.iter().map(|source| PathText::from_os(source.as_os_str()).to_string()).collect();
        Ok(Received { device: Some(queued.person.device.clone()), sources, events, folders, drop: drop.new.id })
    }
}

/// Files that are not done, in the order of the drop.
async fn not_ended(queued: &QueuedDrop<'_>) -> Result<Vec<Item>, PortError> {
    let (journal, id) = (queued.context.journal, queued.id());
    let mut items = journal.attention_items(id).await?;
    let mut from = 0;
    loop {
        let page = journal.open_items(id, from, PAGE).await?;
        let Some(last) = page.last() else { break };
        from = last.seq + 1;
        items.extend(page);
    }
    items.retain(|item| !item.file.state.is_final());
    items.sort_by_key(|item| item.seq);
    Ok(items)
}

/// Compares a file where it was dropped from; `None` if it was stopped.
fn look(place: PathBuf, file: NewItem, progress: &IntakeProgress) -> Option<UnfiledFile> {
    let now = match (compare(&place, file.read.as_ref(), progress), file.read.is_some()) {
        (Compared::Stopped, _) => return None,
        (Compared::Missing, _) => AtSource::Missing,
        (Compared::Same, true) => AtSource::Unchanged,
        (Compared::Same, false) => AtSource::NeverRead,
        (Compared::Different, false) if is_folder(&place) => AtSource::FolderNeverRead,
        (Compared::Different, _) => AtSource::Changed,
    };
    Some(UnfiledFile { file, place, now })
}

/// The folders that contain these files, and those above them, each with its source.
fn above<'a>(files: impl Iterator<Item = &'a NewItem>) -> HashSet<(Option<u32>, PathText)> {
    let mut folders = HashSet::new();
    for file in files {
        let source = nameable_source(file.source);
        if folders.contains(&(source, file.folder.clone())) {
            continue;
        }
        let mut path = PathText::plain("");
        for segment in file.folder.segments() {
            path = path.join(&segment);
            folders.insert((source, path.clone()));
        }
    }
    folders
}

impl UnfiledFile {
    /// Why it needs attention; `None` if it only waits for its turn.
    pub fn problem(&self) -> Option<String> {
        match &self.file.state {
            ItemState::NeedsAttention(problem) => Some(problem.to_string()),
            _ => None,
        }
    }
}
