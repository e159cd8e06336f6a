//! The event and the record of one attempt to file one file.

use crate::model::{EventKind, FolderPaths, MetadataHash, StoragePath, UploadEvent, nameable_source};
use crate::ports::{Outcome, RecordWrite};
use crate::queue::{Item, QueuedDrop, Reading};

impl QueuedDrop<'_> {
    /// The event of the item's current attempt.
    pub(crate) fn event(&self, item: &Item, read: Reading, kind: EventKind, reason: Option<String>) -> UploadEvent {
        let file = &item.file;
        UploadEvent {
            id: file.event,
            matter: self.matter().clone(),
            kind,
            timestamp: self.context.clock.now(),
            file_name: file.name.clone(),
            folder_path: file.folder.clone(),
            source: nameable_source(file.source),
            file_hash: read.hash,
            metadata_hash: MetadataHash::of(file.name.text(), read.last_modified, read.hash),
            size: read.size,
            last_modified: read.last_modified,
            team: self.person.team.clone(),
            user: self.person.user.clone(),
            batch: self.id(),
            device: self.person.device.clone(),
            app_version: self.context.app_version.to_owned(),
            reason,
        }
    }

    /// The outcome for an item whose content is verified to be at `path`.
    pub(super) fn stored(&self, item: &Item, read: Reading, kind: EventKind, path: &StoragePath) -> Outcome {
        let event = self.event(item, read, kind, None);
        let record = RecordWrite {
            metadata_hash: event.metadata_hash,
            original_name: item.file.name.text().to_owned(),
            last_modified: read.last_modified,
            file_hash: read.hash,
            size: read.size,
            folder_paths: FolderPaths::one(item.file.folder.text()),
            storage_path: path.clone(),
        };
        Outcome { event, record: Some(record) }
    }
}
