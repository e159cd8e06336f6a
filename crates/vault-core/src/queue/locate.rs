//! Files that are no longer where they were dropped from: the user names a new place, and what is there is compared
//! with what was dropped. If the content is the same, the place is stored, and the file is filed from there, under the
//! name, folder and time it was dropped with. Other content is never filed in its stead.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{DropPhase, Item, ItemState, NewItem, QueuedDrop};
use crate::intake::{Compared, IntakeProgress, Problem, compare, is_folder};
use crate::model::PathText;
use crate::ports::PortError;
use crate::reason::Reason;
use crate::vault::VaultError;

/// The result of looking for missing files in another place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located {
    /// The numbers of the items that were found: [`Vault::retry`](crate::Vault::retry) files them from there.
    pub found: Vec<u64>,
    /// The paths in the drop of items in whose place a file with other content was found; they are unchanged.
    pub different: Vec<PathText>,
    /// How many were not found.
    pub missing: u64,
}

impl QueuedDrop<'_> {
    /// Looks for files that need attention in another place. A file `at` is compared with one of `seqs`; a folder `at`
    /// is searched for `seqs` and all missing files. That folder may be the dropped folder, a folder below it, or one
    /// above it.
    pub(crate) async fn locate(
        &self,
        seqs: &[u64],
        at: &Path,
        progress: Arc<IntakeProgress>,
    ) -> Result<Located, VaultError> {
        if !matches!(self.drop.phase, DropPhase::Filing | DropPhase::Finished) {
            return Err(PortError::invalid("Only files of a drop that is being filed, or was, can be located.").into());
        }
        let mut items = self.context.journal.attention_items(self.id()).await?;
        let place = at.to_owned();
        let in_folder = tokio::task::spawn_blocking(move || is_folder(&place)).await.unwrap_or(false);
        items.retain(|item| seqs.contains(&item.seq) || (in_folder && is_missing(item)));
        if items.is_empty() {
            return Err(PortError::invalid(Reason::NoneMissing).into());
        }
        if !in_folder && items.len() > 1 {
            return Err(PortError::invalid(Reason::OneForSeveral).into());
        }
        let at = at.to_owned();
        let looking = tokio::task::spawn_blocking(move || look(&items, &at, in_folder, &progress));
        let looked = looking.await.map_err(|error| PortError::later(format!("Looking there failed: {error}.")))?;
        let Some((located, places)) = looked else { return Err(VaultError::Stopped) };
        self.context.journal.relocate(self.id(), &places).await?;
        Ok(located)
    }
}

fn is_missing(item: &Item) -> bool {
    matches!(item.file.state, ItemState::NeedsAttention(Problem::Vanished | Problem::Different | Problem::OtherKind))
}

/// Looks for these items; `None` if it was stopped.
fn look(
    items: &[Item],
    at: &Path,
    in_folder: bool,
    progress: &IntakeProgress,
) -> Option<(Located, Vec<(u64, PathBuf)>)> {
    let (mut located, mut places) = (Located::default(), Vec::new());
    for item in items {
        let (found, seen) = if in_folder { below(item, at, progress) } else { just(item, at, progress) }?;
        match found {
            Some(place) => {
                located.found.push(item.seq);
                places.push((item.seq, place));
            }
            None if seen => located.different.push(item.file.folder.join(&item.file.name)),
            None => located.missing += 1,
        }
    }
    Some((located, places))
}

/// Where the file is, and whether something else was seen in its place.
type Seen = (Option<PathBuf>, bool);

/// Checks whether this is the file. If it was never read, only its name can be compared.
fn just(item: &Item, at: &Path, progress: &IntakeProgress) -> Option<Seen> {
    let other_name = item.file.read.is_none() && at.file_name() != Some(&item.file.name.to_os());
    match compare(at, item.file.read.as_ref(), progress) {
        Compared::Stopped => None,
        Compared::Same if !other_name => Some((Some(at.to_owned()), true)),
        Compared::Missing => Some((None, false)),
        Compared::Same | Compared::Different => Some((None, true)),
    }
}

/// Looks for the file below a folder, by as much of its path in the drop as exists there.
fn below(item: &Item, at: &Path, progress: &IntakeProgress) -> Option<Seen> {
    let path = item.file.folder.join(&item.file.name);
    let segments: Vec<_> = path.segments().map(|segment| segment.to_os()).collect();
    let mut candidates: Vec<PathBuf> = (0..segments.len())
        .map(|from| segments[from..].iter().fold(at.to_owned(), |place, segment| place.join(segment)))
        .collect();
    if at.file_name() == Some(&item.file.name.to_os()) {
        candidates.push(at.to_owned());
    }
    let mut seen = false;
    for place in candidates {
        // An entry that could never be read may have been a folder.
        if item.file.read.is_none() && is_folder(&place) {
            return Some((Some(place), true));
        }
        match compare(&place, item.file.read.as_ref(), progress) {
            Compared::Stopped => return None,
            Compared::Same => return Some((Some(place), true)),
            Compared::Different => seen = true,
            Compared::Missing => {}
        }
    }
    Some((None, seen))
}

/// A folder that was found in another place: its path in the drop, and where it is now.
pub(super) type Moved = (PathText, PathBuf);

/// The same file with its new place, if it is in one of these folders.
pub(super) fn moved_with(folders: &[Moved], file: NewItem) -> NewItem {
    let inside: Vec<PathText> = file.folder.segments().collect();
    let moved_to = folders.iter().find_map(|(path, place)| {
        let above: Vec<PathText> = path.segments().collect();
        let rest = inside.strip_prefix(&above[..])?;
        let folder = rest.iter().fold(place.clone(), |place, segment| place.join(segment.to_os()));
        Some(folder.join(file.name.to_os()))
    });
    NewItem { moved_to: moved_to.or_else(|| file.moved_to.clone()), ..file }
}
