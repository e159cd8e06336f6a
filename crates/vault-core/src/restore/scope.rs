//! What to give back, and where each file of it lies in the vault.

use std::collections::{HashMap, HashSet};

use super::names::Flavor;
use super::plan::{RestorePlan, plan, plan_documents};
use crate::model::{DropFolder, DropId, MatterId, MetadataHash, MetadataRecord, PathText, StoragePath, UploadEvent};
use crate::ports::PortError;
use crate::vault::Vault;

/// Events and records asked for at once.
const PAGE: usize = 4096;

/// What to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreScope {
    /// Everything one drop stored.
    Drop(DropId),
    /// Everything in a matter.
    Matter(MatterId),
    /// Everything in a matter that was received in this folder or below it; a path as it is shown.
    Folder(MatterId, String),
    /// These documents of a matter, each under its name, without folders.
    Documents(MatterId, Vec<MetadataHash>),
}

/// A plan, with where its contents lie.
pub(super) struct Located {
    pub(super) plan: RestorePlan,
    pub(super) places: HashMap<MetadataHash, StoragePath>,
    /// Documents that were asked for and that the matter does not have.
    pub(super) unknown: Vec<MetadataHash>,
}

impl Vault {
    /// Plans to restore `scope`.
    pub(super) async fn located(&self, scope: &RestoreScope) -> Result<Located, PortError> {
        let (events, folders) = match scope {
            RestoreScope::Documents(matter, ids) => return self.documents(matter, ids).await,
            RestoreScope::Drop(id) => (self.events(scope).await?, self.records.folders_of_drop(*id).await?),
            RestoreScope::Matter(_) => self.received_in(scope, "").await?,
            RestoreScope::Folder(_, path) => self.received_in(scope, path).await?,
        };
        let matter = events.first().map(|event| event.matter.clone());
        let plan = plan(&events, &folders, Flavor::here());
        drop((events, folders));
        let wanted = plan.files.values().flatten().map(|file| file.record).collect();
        let records = match matter {
            Some(matter) => self.records_in(&matter, wanted).await?,
            None => Vec::new(),
        };
        let places = records.into_iter().map(|record| (record.metadata_hash, record.storage_path)).collect();
        Ok(Located { plan, places, unknown: Vec::new() })
    }

    /// The events of a drop or a matter, in the order of filing.
    async fn events(&self, scope: &RestoreScope) -> Result<Vec<UploadEvent>, PortError> {
        let mut events: Vec<UploadEvent> = Vec::new();
        loop {
            let after = events.last().map(|event| event.id);
            let page = match scope {
                RestoreScope::Drop(id) => self.records.events_of_drop(*id, after, PAGE).await?,
                RestoreScope::Matter(matter) | RestoreScope::Folder(matter, _) | RestoreScope::Documents(matter, _) => {
                    self.records.events_of_matter(matter, after, PAGE).await?
                }
            };
            let full = page.len() == PAGE;
            events.extend(page);
            if !full {
                return Ok(events);
            }
        }
    }

    /// The events and folders of a folder of a matter.
    async fn received_in(
        &self,
        scope: &RestoreScope,
        path: &str,
    ) -> Result<(Vec<UploadEvent>, Vec<DropFolder>), PortError> {
        let mut events = self.events(scope).await?;
        let mut drops: Vec<DropId> = events.iter().map(|event| event.batch).collect();
        drops.sort_unstable();
        drops.dedup();
        let mut folders = Vec::new();
        for id in drops {
            folders.extend(self.records.folders_of_drop(id).await?);
        }
        events.retain(|event| is_within(event.folder_path.text(), path));
        folders.retain(|folder| is_within(folder.path.text(), path));
        Ok((events, folders))
    }

    /// Each of these documents once, in the order given.
    async fn documents(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Located, PortError> {
        let records = self.records_in(matter, ids.iter().copied().collect()).await?;
        let mut records: HashMap<MetadataHash, MetadataRecord> =
            records.into_iter().map(|record| (record.metadata_hash, record)).collect();
        let (mut named, mut places, mut unknown) = (Vec::new(), HashMap::new(), Vec::new());
        for id in ids {
            if let Some(record) = records.remove(id) {
                places.insert(*id, record.storage_path.clone());
                named.push((self.exact_name(&record).await?, record));
            } else if !places.contains_key(id) {
                unknown.push(*id);
            }
        }
        Ok(Located { plan: plan_documents(&named, Flavor::here()), places, unknown })
    }

    /// The name as it was received: one that is not Unicode stands only in the events.
    async fn exact_name(&self, record: &MetadataRecord) -> Result<PathText, PortError> {
        let readable = PathText::plain(&record.original_name);
        if !record.original_name.contains('%') {
            return Ok(readable);
        }
        let document = self.mirror.document(record.file_hash).await?;
        let mut events = document.into_iter().flat_map(|document| document.events);
        let event = events.find(|event| {
            event.kind.is_stored() && event.metadata_hash == record.metadata_hash && event.matter == record.matter
        });
        Ok(event.map_or(readable, |event| event.file_name))
    }

    async fn records_in(
        &self,
        matter: &MatterId,
        wanted: HashSet<MetadataHash>,
    ) -> Result<Vec<MetadataRecord>, PortError> {
        let mut wanted: Vec<MetadataHash> = wanted.into_iter().collect();
        wanted.sort_unstable();
        let mut records = Vec::with_capacity(wanted.len());
        for ids in wanted.chunks(PAGE) {
            records.extend(self.records.records_of(matter, ids).await?);
        }
        Ok(records)
    }
}

fn is_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_matches('/');
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
