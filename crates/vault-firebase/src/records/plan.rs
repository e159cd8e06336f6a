//! From outcomes to writes: a pure function of the outcomes and the state of their documents.

use std::collections::{BTreeMap, HashMap};

use vault_core::model::{
    EventId, FolderLimits, FolderPaths, MatterId, MetadataRecord, TeamId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Outcome, PortError, RecordWrite};
use vault_core::rules::{self, EventState};

use super::open_matters::Visibilities;
use super::seen::{RecordKey, SeenEvent};
use super::wire::{END_FIELDS, Names, Visibility, event_fields, record_fields, written};
use super::writes::{change, create};
use crate::firestore::wire::Write;
use crate::firestore::{Fields, text};

/// The state of a batch's documents, as far as known. Absent documents are assumed not to exist.
#[derive(Default)]
pub(super) struct View {
    pub(super) events: HashMap<EventId, SeenEvent>,
    pub(super) records: HashMap<RecordKey, MetadataRecord>,
    /// Existing records accept no more folders.
    pub(super) keeps_folders: bool,
}

/// The document after a write, except for the times that the server sets, and who may see it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum About {
    Event(Box<UploadEvent>, Visibility),
    Record(Box<MetadataRecord>, Visibility),
}

/// Writes that belong together: those of one record and of its events.
pub(super) type Together = Vec<(About, Write)>;

/// Limits of a record's `folderPaths`, as in the rules: every local copy stores each folder, and a document holds 1
/// MiB. The events still record what does not fit.
const FOLDERS: FolderLimits = FolderLimits { bytes: 200_000, paths: 1000, folders: 10_000 };

/// The server's times of an event.
pub(super) const EVENT_TIMES: [&str; 2] = ["timestamp", "updatedAt"];

/// The writes that record these outcomes; none for what is already stored.
///
/// # Errors
/// As [`rules`] refuse them; `Invalid` for a stored file without a record, and for a matter that is not known.
pub(super) fn plan(
    names: &Names,
    team: &TeamId,
    outcomes: &[Outcome],
    view: &View,
    visibilities: &Visibilities,
) -> Result<Vec<Together>, PortError> {
    let mut groups: BTreeMap<RecordKey, Together> = BTreeMap::new();
    for (key, merged) in among_themselves(outcomes) {
        let visibility = visibilities.of(&key.0)?;
        let write = match view.records.get(&key) {
            None => {
                let record = merged.record(&key.0);
                let folders = record.folder_paths.to_wire();
                let fields = record_fields(merged.write, &folders, merged.uploaded_by, team, visibility);
                Some((record, create(names.record(&key.0, key.1), fields, &["updatedAt"])))
            }
            Some(_) if view.keeps_folders => None,
            Some(stored) => extended(stored, &merged.folders).map(|folder_paths| {
                let fields = Fields::from([("folderPaths".to_owned(), text(folder_paths.to_wire()))]);
                let (name, as_of) = (names.record(&key.0, key.1), stored.revision.map(written).unwrap_or_default());
                let record = MetadataRecord { folder_paths, ..stored.clone() };
                (record, change(name, fields, &["folderPaths"], as_of, &["updatedAt"]))
            }),
        };
        let group = groups.entry(key).or_default();
        group.extend(write.map(|(record, write)| (About::Record(Box::new(record), visibility), write)));
    }
    for event in ends(outcomes, view)? {
        let key = (event.matter.clone(), event.metadata_hash);
        if event.kind.is_stored() && !groups.contains_key(&key) && !view.records.contains_key(&key) {
            let id = event.id;
            return Err(PortError::invalid(format!("The event {id} says stored, but there is no record of it.")));
        }
        let visibility = visibilities.of(&event.matter)?;
        let fields = event_fields(event, visibility);
        let name = names.event(&event.matter, event.id);
        let write = match view.events.get(&event.id) {
            None => create(name, fields, &EVENT_TIMES),
            Some(begun) => {
                let end = fields.into_iter().filter(|(field, _)| END_FIELDS.contains(&field.as_str())).collect();
                change(name, end, &END_FIELDS, begun.as_of, &EVENT_TIMES)
            }
        };
        groups.entry(key).or_default().push((About::Event(Box::new(event.clone()), visibility), write));
    }
    Ok(groups.into_values().filter(|group| !group.is_empty()).collect())
}

/// The events to be written, each once.
fn ends<'a>(outcomes: &'a [Outcome], view: &View) -> Result<Vec<&'a UploadEvent>, PortError> {
    let mut seen: HashMap<EventId, &UploadEvent> = HashMap::with_capacity(outcomes.len());
    let mut events = Vec::with_capacity(outcomes.len());
    for Outcome { event, .. } in outcomes {
        match seen.insert(event.id, event) {
            None => events.push(event),
            Some(before) => rules::agree(event.id, &EventState::of(before), &EventState::of(event))?,
        }
    }
    let standing: HashMap<EventId, EventState> =
        view.events.iter().map(|(id, event)| (*id, event.standing.clone())).collect();
    rules::to_write(&events, &standing)
}

struct Merged<'a> {
    write: &'a RecordWrite,
    uploaded_by: &'a UserId,
    folders: FolderPaths,
}

impl Merged<'_> {
    /// The resulting record.
    fn record(&self, matter: &MatterId) -> MetadataRecord {
        let RecordWrite { metadata_hash, original_name, last_modified, file_hash, size, folder_paths: _, storage_path } =
            self.write.clone();
        MetadataRecord {
            metadata_hash,
            matter: matter.clone(),
            original_name,
            last_modified,
            file_hash,
            size,
            folder_paths: self.folders.within(FOLDERS),
            storage_path,
            uploaded_by: self.uploaded_by.clone(),
            updated_at: Timestamp(0),
            revision: None,
        }
    }
}

fn among_themselves(outcomes: &[Outcome]) -> BTreeMap<RecordKey, Merged<'_>> {
    let mut merged: BTreeMap<RecordKey, Merged<'_>> = BTreeMap::new();
    for Outcome { event, record } in outcomes {
        let Some(write) = record else { continue };
        merged
            .entry((event.matter.clone(), write.metadata_hash))
            .and_modify(|record| record.folders.merge_all(&write.folder_paths))
            .or_insert_with(|| Merged { write, uploaded_by: &event.user, folders: write.folder_paths.clone() });
    }
    merged
}

/// The folders a record would have; `None` if it has them already, or no room for more.
fn extended(stored: &MetadataRecord, more: &FolderPaths) -> Option<FolderPaths> {
    let mut all = stored.folder_paths.clone();
    all.merge_all(more);
    (all != stored.folder_paths && all.fits(FOLDERS)).then_some(all)
}

/// What one commit may hold (<https://firebase.google.com/docs/firestore/quotas>): 500 writes, and 10 MiB with room
/// for what surrounds them.
const MOST_WRITES: usize = 500;
const MOST_BYTES: usize = 9 << 20;

/// As few commits as possible, each within the limits; related writes stay together. There is more than one only if
/// names and folders are unusually long.
pub(super) fn commits(groups: Vec<Together>) -> Vec<Together> {
    let mut commits = Vec::new();
    let (mut current, mut bytes) = (Together::new(), 0);
    for group in groups {
        let size: usize = group.iter().map(|(_, write)| size_of(write)).sum();
        if !current.is_empty() && (current.len() + group.len() > MOST_WRITES || bytes + size > MOST_BYTES) {
            commits.push(std::mem::take(&mut current));
            bytes = 0;
        }
        current.extend(group);
        bytes += size;
    }
    if !current.is_empty() {
        commits.push(current);
    }
    commits
}

/// Bytes of a write on the wire, including its envelope.
fn size_of(write: &Write) -> usize {
    use prost::Message as _;
    write.encoded_len() + 8
}

#[cfg(test)]
mod tests;
