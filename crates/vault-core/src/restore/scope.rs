//! What to restore, and where each file's content is stored.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::names::Flavor;
use super::plan::{RestorePlan, plan, plan_documents};
use super::trees::Received;
use crate::model::{
    BlobRef, DropId, DropKey, DropSummary, FileHash, MatterId, MetadataHash, MetadataRecord, PathText, UploadEvent,
};
use crate::ports::PortError;
use crate::vault::Vault;

/// How many events or records one query asks for.
const PAGE: usize = 4096;

/// What to restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreScope {
    /// Everything one drop stored.
    Drop(DropId),
    /// Everything in a matter.
    Matter(MatterId),
    /// Everything in a matter that was received in this folder or below it; the path in readable form.
    Folder(MatterId, String),
    /// These documents of a matter, each under its name, without folders.
    Documents(MatterId, Vec<MetadataHash>),
}

/// A plan, with the places of its contents.
pub(super) struct Located {
    pub(super) plan: RestorePlan,
    /// By record. `size` is the upper limit for a content.
    pub(super) places: HashMap<MetadataHash, BlobRef>,
    /// Requested documents that the matter does not have.
    pub(super) unknown: Vec<MetadataHash>,
}

impl Located {
    /// Whether there is nothing to restore and nothing to report.
    pub(super) fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.unknown.is_empty()
    }
}

impl Vault {
    /// Plans to restore `scope`.
    pub(super) async fn located(&self, scope: &RestoreScope) -> Result<Located, PortError> {
        let (matter, received) = match scope {
            RestoreScope::Documents(matter, ids) => return self.documents(matter, ids).await,
            RestoreScope::Drop(id) => self.received_with(*id).await?,
            RestoreScope::Matter(matter) => (Some(matter.clone()), self.received_in(matter, "").await?),
            RestoreScope::Folder(matter, path) => (Some(matter.clone()), self.received_in(matter, path).await?),
        };
        let plan = plan(&received, Flavor::here());
        drop(received);
        let wanted = plan.files.values().flatten().map(|file| file.record).collect();
        let records = match matter {
            Some(matter) => self.records_in(&matter, wanted).await?,
            None => Vec::new(),
        };
        let blob = |record: MetadataRecord| BlobRef { path: record.storage_path, size: record.size };
        let places = records.into_iter().map(|record| (record.metadata_hash, blob(record))).collect();
        Ok(Located { plan, places, unknown: Vec::new() })
    }

    /// What a drop stored, and the matter it was filed to.
    async fn received_with(&self, id: DropId) -> Result<(Option<MatterId>, Vec<Received>), PortError> {
        let Some(key) = self.drop_key(id).await? else { return Ok((None, Vec::new())) };
        let events =
            all(|after| self.records.events_of_drop(&key, after, PAGE), |event: &UploadEvent| event.id).await?;
        let mut received = Received { events, ..Received::of(id) };
        received.tell(self.records.drop_summary(&key).await?);
        received.folders = self.records.folders_of_drop(&key).await?;
        Ok((Some(key.matter), vec![received]))
    }

    /// The key of the drop with this id: from the history, or from this computer's queue if it is not in the history
    /// yet.
    ///
    /// # Errors
    /// When the mirror, the queue or the identity cannot be read.
    pub async fn drop_key(&self, id: DropId) -> Result<Option<DropKey>, PortError> {
        if let Some(entry) = self.mirror.drop_entry(id).await? {
            return Ok(Some(entry.summary.key()));
        }
        let Some(queued) = self.journal.drop_by_id(id).await? else { return Ok(None) };
        let user = self.identity.person().await?.user;
        Ok(Some(DropKey { matter: queued.new.matter, user, id }))
    }

    /// What was received in a folder of a matter, by drop. A drop without any event may still have folders.
    async fn received_in(&self, matter: &MatterId, folder: &str) -> Result<Vec<Received>, PortError> {
        let folder = typed_folder(folder);
        let told = all(|after| self.records.drops_of_matter(matter, after, PAGE), |drop: &DropSummary| drop.id).await?;
        // Ordered by id first: that is the order in which drops were made.
        let mut drops: BTreeMap<(DropId, DropKey), Received> = BTreeMap::new();
        for summary in told {
            of(&mut drops, summary.key()).tell(Some(summary));
        }
        let events = |after| self.records.events_of_matter(matter, after, PAGE);
        for event in all(events, |event: &UploadEvent| event.id).await? {
            of(&mut drops, event.drop_key()).events.push(event);
        }
        for ((_, key), received) in &mut drops {
            received.tell(None);
            received.folders = self.records.folders_of_drop(key).await?;
            received.events.retain(|event| is_within(event.folder_path.text(), &folder));
            received.folders.retain(|received| is_within(received.path.text(), &folder));
        }
        Ok(drops.into_values().collect())
    }

    /// Each of these documents once, in the order given.
    async fn documents(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Located, PortError> {
        let records = self.records_in(matter, ids.iter().copied().collect()).await?;
        let mut records: HashMap<MetadataHash, MetadataRecord> =
            records.into_iter().map(|record| (record.metadata_hash, record)).collect();
        let (mut named, mut places, mut unknown) = (Vec::new(), HashMap::new(), Vec::new());
        for id in ids {
            if let Some(record) = records.remove(id) {
                let size = self.longest_said(record.file_hash).await?.max(record.size);
                places.insert(*id, BlobRef { path: record.storage_path.clone(), size });
                named.push((self.exact_name(&record).await?, record));
            } else if !places.contains_key(id) {
                unknown.push(*id);
            }
        }
        Ok(Located { plan: plan_documents(&named, Flavor::here()), places, unknown })
    }

    /// The largest size, in bytes, that records and events give for a content. A record may have a false size, but the
    /// events of the users who filed the content can't be forged.
    pub(super) async fn longest_said(&self, content: FileHash) -> Result<u64, PortError> {
        let Some(document) = self.mirror.document(content).await? else { return Ok(0) };
        let records = document.records.iter().map(|record| record.size);
        Ok(records.chain(document.events.iter().map(|event| event.size)).max().unwrap_or_default())
    }

    /// The name as it was received: only the events have one that is not Unicode.
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

impl Received {
    /// Applies the summary of the drop.
    fn tell(&mut self, summary: Option<DropSummary>) {
        if let Some(DropSummary { device, sources, .. }) = summary {
            (self.device, self.sources) = (Some(device), sources);
        }
        if self.device.is_none() {
            self.device = self.events.first().map(|event| event.device.clone());
        }
    }
}

/// The entry for a drop, added if needed.
fn of(drops: &mut BTreeMap<(DropId, DropKey), Received>, key: DropKey) -> &mut Received {
    drops.entry((key.id, key)).or_insert_with_key(|(id, _)| Received::of(*id))
}

/// Collects all pages of a query.
async fn all<T, Id, F>(page: impl Fn(Option<Id>) -> F, id: impl Fn(&T) -> Id) -> Result<Vec<T>, PortError>
where
    F: Future<Output = Result<Vec<T>, PortError>>,
{
    let mut all: Vec<T> = Vec::new();
    loop {
        let more = page(all.last().map(&id)).await?;
        let full = more.len() == PAGE;
        all.extend(more);
        if !full {
            return Ok(all);
        }
    }
}

/// A folder path that the user typed, in stored form.
fn typed_folder(typed: &str) -> String {
    let separators: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };
    let segments = typed.split(separators).filter(|segment| !segment.is_empty() && *segment != ".");
    segments.collect::<Vec<_>>().join("/").nfc().collect()
}

/// Also matches a name that is decomposed, as on a Mac (`e` and an accent).
fn is_within(path: &str, folder: &str) -> bool {
    if !path.is_ascii() && !is_nfc(path) {
        return is_within(&path.nfc().collect::<String>(), folder);
    }
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_however_it_is_typed() {
        for typed in ["Box/Letters", "./Box/Letters", "Box//Letters", "/Box/Letters/", "Box/./Letters"] {
            assert_eq!(typed_folder(typed), "Box/Letters", "{typed}");
        }
        assert_eq!(typed_folder(r"Box\Letters"), if cfg!(windows) { "Box/Letters" } else { r"Box\Letters" });
        assert_eq!((typed_folder("/"), typed_folder(".")), (String::new(), String::new()));
        assert_eq!(typed_folder("../Box"), "../Box", "it was never received, which is said");
    }

    #[test]
    fn a_folder_holds_what_is_below_it_and_nothing_that_only_begins_like_it() {
        assert!(is_within("Box/Letters/2023", "Box/Letters") && is_within("Box", "Box") && is_within("Box", ""));
        assert!(!is_within("Boxes", "Box") && !is_within("", "Box"));
        assert!(is_within("Box/e\u{301}/a", &typed_folder("Box/\u{e9}")));
        assert!(is_within("Box/\u{e9}", &typed_folder("Box/e\u{301}")));
    }
}
