//! Metadata records: one per distinct (name, modified time, content) in a matter.

use super::{FileHash, FolderPaths, LastModified, MatterId, MetadataHash, StoragePath, Timestamp, UserId};

/// What the vault knows of one document. A record exists only while its content is verifiably stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataRecord {
    /// Identity within the matter: the hash of name, time and content.
    pub metadata_hash: MetadataHash,
    /// The matter it was filed to.
    pub matter: MatterId,
    /// The name it was filed under, in readable form.
    pub original_name: String,
    /// When the source was last modified.
    pub last_modified: LastModified,
    /// Hash of the content.
    pub file_hash: FileHash,
    /// Length of the content in bytes.
    pub size: u64,
    /// The folders it was filed from, merged.
    pub folder_paths: FolderPaths,
    /// Where the content lies; possibly under another matter of the team.
    pub storage_path: StoragePath,
    /// Who filed it first.
    pub uploaded_by: UserId,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// The vault's own mark of this form of the record, where it gives one.
    pub revision: Option<Revision>,
}

/// Marks one form of a record. A vault that gives marks can be told what a change is based on without being asked for
/// the record first. A later form has a greater one; nothing else about it means anything to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub i64);
