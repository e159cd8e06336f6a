//! The event and the record of one attempt to file one file.

use std::path::PathBuf;

use super::delivery::Delivery;
use crate::intake::absolute;
use crate::model::{EventKind, FolderPaths, MetadataHash, StoragePath, UploadEvent, nameable_source};
use crate::ports::{Item, Outcome, Reading, RecordWrite};

impl Delivery<'_> {
    /// Where the source file of an item is on this computer.
    pub(super) fn place_of(&self, item: &Item) -> PathBuf {
        if let Some(place) = &item.file.moved_to {
            return place.clone();
        }
        let source = self.drop.new.sources.get(item.file.source as usize).map_or(std::path::Path::new(""), |p| p);
        absolute(source, &item.file.folder, &item.file.name)
    }

    /// The event of the item's current attempt.
    pub(super) fn event(&self, item: &Item, read: Reading, kind: EventKind, reason: Option<String>) -> UploadEvent {
        let file = &item.file;
        UploadEvent {
            id: file.event,
            matter: self.drop.new.matter.clone(),
            kind,
            timestamp: self.vault.clock.now(),
            file_name: file.name.clone(),
            folder_path: file.folder.clone(),
            source: nameable_source(file.source),
            file_hash: read.hash,
            metadata_hash: MetadataHash::of(file.name.text(), read.last_modified, read.hash),
            size: read.size,
            last_modified: read.last_modified,
            team: self.person.team.clone(),
            user: self.person.user.clone(),
            batch: self.drop.new.id,
            device: self.person.device.clone(),
            app_version: self.vault.app_version.clone(),
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
