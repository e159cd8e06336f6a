//! The history: drops, and the events of each.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::Vault;
use vault_core::model::{DropCounts, DropSummary, EventKind, UploadEvent};
use vault_core::ports::{DropEntry, PortError, SourcePaths};

use super::{Names, ReasonView, device_name, last_segment};

/// One page of drops, newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DropsPageView {
    /// The drops.
    pub(crate) drops: Vec<DropView>,
    /// What to ask for the next page with, if there is one.
    pub(crate) next: Option<String>,
}

/// A drop in the history.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DropView {
    /// Identity (the batch id).
    pub(crate) id: String,
    /// The matter it was filed to.
    pub(crate) matter: String,
    /// What whoever filed it is called.
    pub(crate) person: String,
    /// The computer it was filed from.
    pub(crate) device: String,
    /// The names of the dropped folders and files.
    pub(crate) names: Vec<String>,
    /// The places they stood at, for a person to read.
    pub(crate) places: Vec<String>,
    /// When it was handed over.
    pub(crate) started: i64,
    /// When the last file was done; none while it is under way or after an interruption.
    pub(crate) finished: Option<i64>,
    /// Files whose content was stored.
    pub(crate) stored: u64,
    /// Files whose content was in the vault already.
    pub(crate) already: u64,
    /// Files that failed.
    pub(crate) failed: u64,
    /// Files whose transfer was interrupted and not yet made good.
    pub(crate) interrupted: u64,
    /// Entries left out.
    pub(crate) left_out: u64,
    /// Length of its files.
    pub(crate) bytes: u64,
    /// Length of the content that was stored.
    pub(crate) bytes_stored: u64,
    /// Whether it is in the queue of this computer, so that its problems can be tried again.
    pub(crate) here: bool,
    /// Files that need a person; only for a drop of this computer.
    pub(crate) attention: u64,
}

/// The four kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EventKindView {
    /// `upload_success`
    Stored,
    /// `upload_skipped_metadata_recorded`
    Already,
    /// `upload_failed`
    Failed,
    /// `upload_interrupted`
    Interrupted,
}

/// One page of the events of a drop, oldest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventsPageView {
    /// The events.
    pub(crate) events: Vec<EventView>,
    /// What to ask for the next page with, if there is one.
    pub(crate) next: Option<String>,
}

/// What happened to one file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventView {
    /// Identity.
    pub(crate) id: String,
    /// What happened.
    pub(crate) kind: EventKindView,
    /// When, by the vault's clock.
    pub(crate) at: i64,
    /// The drop it belongs to.
    pub(crate) drop: String,
    /// The matter it was filed to.
    pub(crate) matter: String,
    /// The name of the file.
    pub(crate) name: String,
    /// The exact folder it stood in, dropped folder included; empty for none.
    pub(crate) folder: String,
    /// The dropped folder or file that it came from, for a person to read; none if an older version filed it.
    pub(crate) source: Option<String>,
    /// Length in bytes.
    pub(crate) size: u64,
    /// When the file was last modified.
    pub(crate) modified: i64,
    /// Hash of its content; empty if it could not be read.
    pub(crate) content: String,
    /// What whoever filed it is called.
    pub(crate) person: String,
    /// The computer it was filed from.
    pub(crate) device: String,
    /// The version of the program that filed it.
    pub(crate) app_version: String,
    /// For a failure: why.
    pub(crate) reason: Option<String>,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

impl DropView {
    /// A drop, with what the queue of this computer knows of it.
    pub(crate) async fn of(entry: DropEntry, vault: &Vault, names: &mut Names<'_>) -> Result<Self, PortError> {
        let DropEntry { summary, interrupted } = entry;
        let DropSummary { id, matter, user, device, sources, started, finished, counts } = summary;
        let queued = vault.queued_drop(id).await?;
        let DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored } = counts;
        Ok(Self {
            id: id.to_string(),
            matter: matter.to_string(),
            person: names.person(&user).await?,
            device: device_name(&device),
            names: sources.iter().map(|place| last_segment(place)).collect(),
            places: sources,
            started: started.0,
            finished: finished.map(|at| at.0),
            stored,
            already: skipped,
            failed,
            interrupted,
            left_out,
            bytes,
            bytes_stored,
            here: queued.is_some(),
            attention: queued.map_or(0, |queued| queued.attention),
        })
    }
}

impl EventView {
    /// An event, with where it came from and the name of who filed.
    pub(crate) async fn of(
        event: UploadEvent,
        sources: &SourcePaths,
        names: &mut Names<'_>,
    ) -> Result<Self, PortError> {
        let from = sources.of(&event).map(str::to_owned);
        let UploadEvent {
            id,
            matter,
            kind,
            timestamp,
            file_name,
            folder_path,
            source: _,
            file_hash,
            metadata_hash: _,
            size,
            last_modified,
            team: _,
            user,
            batch,
            device,
            app_version,
            reason,
        } = event;
        Ok(Self {
            id: id.to_string(),
            kind: kind.into(),
            at: timestamp.0,
            drop: batch.to_string(),
            matter: matter.to_string(),
            name: file_name.text().to_owned(),
            folder: folder_path.text().to_owned(),
            source: from,
            size,
            modified: last_modified.0,
            content: file_hash.to_string(),
            person: names.person(&user).await?,
            device: device_name(&device),
            app_version,
            reasons: ReasonView::all_in_some(reason.as_ref()),
            reason,
        })
    }

    /// Several events, in their order.
    pub(crate) async fn all(
        events: Vec<UploadEvent>,
        sources: &SourcePaths,
        names: &mut Names<'_>,
    ) -> Result<Vec<Self>, PortError> {
        let mut views = Vec::with_capacity(events.len());
        for event in events {
            views.push(Self::of(event, sources, names).await?);
        }
        Ok(views)
    }
}

impl From<EventKind> for EventKindView {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::Success => Self::Stored,
            EventKind::AlreadyStored => Self::Already,
            EventKind::Failed => Self::Failed,
            EventKind::Interrupted => Self::Interrupted,
        }
    }
}

impl From<EventKindView> for EventKind {
    fn from(kind: EventKindView) -> Self {
        match kind {
            EventKindView::Stored => Self::Success,
            EventKindView::Already => Self::AlreadyStored,
            EventKindView::Failed => Self::Failed,
            EventKindView::Interrupted => Self::Interrupted,
        }
    }
}
