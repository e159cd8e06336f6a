//! Events, records and drops to write.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;
use vault_core::model::{
    DropCounts, DropId, DropKey, DropSummary, EventId, EventKind, FileHash, FolderPaths, LastModified, MatterFields,
    MatterId, MetadataHash, PathText, StoragePath, Timestamp, UploadEvent,
};
use vault_core::ports::{Outcome, Person, RecordWrite, Records};

/// A drop of one user to one matter, from which files are made: each new, unless it is made from the same seed.
#[derive(Debug)]
pub struct Case {
    /// Who files.
    pub person: Person,
    /// To which matter.
    pub matter: MatterId,
    /// In which drop.
    pub drop: DropId,
    seeds: AtomicU64,
}

impl Case {
    /// A new drop to a matter.
    pub fn new(person: &Person, matter: &MatterId) -> Self {
        let drop = DropId::new(Uuid::now_v7());
        Self { person: person.clone(), matter: matter.clone(), drop, seeds: AtomicU64::new(0) }
    }

    /// Another drop of the same user to the same matter.
    pub fn another(&self) -> Self {
        Self::new(&self.person, &self.matter)
    }

    /// The same, once the drop is announced to the vault, as it is before anything is filed in it.
    ///
    /// # Panics
    /// When the vault refuses it.
    pub async fn announced(self, records: &dyn Records) -> Self {
        let counts = DropCounts::default();
        records.put_drop(&DropSummary { finished: None, counts, ..self.summary(0) }, &[]).await.expect("a drop");
        self
    }

    /// Which drop it is.
    pub fn key(&self) -> DropKey {
        DropKey { matter: self.matter.clone(), user: self.person.user.clone(), id: self.drop }
    }

    /// A file that no other call returns, filed from `folder`.
    pub fn file(&self, kind: EventKind, folder: &str) -> Outcome {
        let seed = self.seeds.fetch_add(1, Ordering::Relaxed);
        self.file_of(&format!("{} {seed}", self.drop), kind, folder)
    }

    /// A new attempt to file the file of this `seed`.
    pub fn file_of(&self, seed: &str, kind: EventKind, folder: &str) -> Outcome {
        let name = format!("Letter {seed}.PDF");
        self.file_called(PathText::plain(name), seed.as_bytes(), LastModified(1_700_000_000_123), kind, folder)
    }

    /// A new attempt to file this content under this name.
    pub fn file_called(
        &self,
        name: PathText,
        content: &[u8],
        last_modified: LastModified,
        kind: EventKind,
        folder: &str,
    ) -> Outcome {
        let file_hash = FileHash::of(content);
        let metadata_hash = MetadataHash::of(name.text(), last_modified, file_hash);
        let size = content.len() as u64;
        let record = kind.is_stored().then(|| RecordWrite {
            metadata_hash,
            original_name: name.text().to_owned(),
            last_modified,
            file_hash,
            size,
            folder_paths: FolderPaths::one(folder),
            storage_path: StoragePath::new(&self.person.team, &self.matter, file_hash, name.text()),
        });
        let event = UploadEvent {
            id: EventId::new(Uuid::now_v7()),
            matter: self.matter.clone(),
            kind,
            timestamp: Timestamp(0),
            file_name: name,
            folder_path: PathText::plain(folder),
            source: Some(0),
            file_hash,
            metadata_hash,
            size,
            last_modified,
            team: self.person.team.clone(),
            user: self.person.user.clone(),
            batch: self.drop,
            device: self.person.device.clone(),
            app_version: "0.0.1".to_owned(),
            reason: (kind == EventKind::Failed).then(|| "No longer there.".to_owned()),
        };
        Outcome { event, record }
    }

    /// The drop's summary.
    pub fn summary(&self, stored: u64) -> DropSummary {
        DropSummary {
            id: self.drop,
            matter: self.matter.clone(),
            user: self.person.user.clone(),
            device: self.person.device.clone(),
            sources: vec!["/media/usb/Box".to_owned(), "/home/p/Letter|1.pdf".to_owned()],
            started: Timestamp(1_700_000_000_000),
            finished: Some(Timestamp(1_700_000_001_000)),
            counts: DropCounts { stored, skipped: 2, failed: 3, left_out: 4, bytes: 5, bytes_stored: 6 },
        }
    }
}

/// The event of a started attempt.
pub(super) fn begun(outcome: &Outcome) -> UploadEvent {
    UploadEvent { kind: EventKind::Interrupted, reason: None, ..outcome.event.clone() }
}

/// The event as it should be read back, except its time.
pub(super) fn timeless(event: &UploadEvent) -> UploadEvent {
    UploadEvent { timestamp: Timestamp(0), ..event.clone() }
}

/// The summary as it should be read back, except its times, which are the vault's.
pub(super) fn timeless_drop(drop: &DropSummary) -> DropSummary {
    DropSummary { started: Timestamp(0), finished: drop.finished.map(|_| Timestamp(0)), ..drop.clone() }
}

/// Fields of a matter with this number.
pub(super) fn matter_fields(number: &str) -> MatterFields {
    MatterFields { title: format!("Matter {number}"), number: number.to_owned(), ..MatterFields::default() }
}
