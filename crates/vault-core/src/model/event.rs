//! Upload events: one per source file per attempt, the audit trail. They are never edited or deleted; the one
//! transition is from interrupted to success or failure, once.

use super::{
    DeviceId, DropId, DropKey, EventId, FileHash, LastModified, MatterId, MetadataHash, PathText, TeamId, Timestamp,
    UserId,
};

/// How an attempt to file one source file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// `upload_interrupted`: it began, or is about to; if nothing followed, filing stopped before it was recorded.
    Interrupted,
    /// `upload_success`: the content was stored by this attempt.
    Success,
    /// `upload_failed`: it failed, with a reason.
    Failed,
    /// `upload_skipped_metadata_recorded`: the content was stored already; its name and location were recorded.
    AlreadyStored,
}

impl EventKind {
    /// All four, in the model's order.
    pub const ALL: [Self; 4] = [Self::Interrupted, Self::Success, Self::Failed, Self::AlreadyStored];

    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interrupted => "upload_interrupted",
            Self::Success => "upload_success",
            Self::Failed => "upload_failed",
            Self::AlreadyStored => "upload_skipped_metadata_recorded",
        }
    }

    /// Parses the wire form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether the event can no longer change.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Interrupted)
    }

    /// Whether the event means that the file is in the vault.
    pub const fn is_stored(self) -> bool {
        matches!(self, Self::Success | Self::AlreadyStored)
    }
}

/// One attempt to file one source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadEvent {
    /// Identity, made on the computer that files.
    pub id: EventId,
    /// The matter filed to.
    pub matter: MatterId,
    /// How it ended.
    pub kind: EventKind,
    /// When, by the server's clock.
    pub timestamp: Timestamp,
    /// Name of the source file, exactly.
    pub file_name: PathText,
    /// The folder it was in, exactly, dropped folder included; empty for a file dropped individually.
    pub folder_path: PathText,
    /// Index in its drop's [`sources`](super::DropSummary::sources); `None` if it was filed by a version that did not
    /// record it, or if it is beyond [`MOST_SOURCES`](super::MOST_SOURCES).
    pub source: Option<u32>,
    /// Hash of the content.
    pub file_hash: FileHash,
    /// Identity of the record it belongs to.
    pub metadata_hash: MetadataHash,
    /// Length of the content in bytes.
    pub size: u64,
    /// When the source was last modified.
    pub last_modified: LastModified,
    /// The team whose vault it is.
    pub team: TeamId,
    /// The user who filed it.
    pub user: UserId,
    /// The drop it was part of.
    pub batch: DropId,
    /// The computer it came from.
    pub device: DeviceId,
    /// The version of Strongroom that filed it.
    pub app_version: String,
    /// Why it failed; only with [`EventKind::Failed`].
    pub reason: Option<String>,
}

impl UploadEvent {
    /// The key of its drop.
    pub fn drop_key(&self) -> DropKey {
        DropKey { matter: self.matter.clone(), user: self.user.clone(), id: self.batch }
    }
}
