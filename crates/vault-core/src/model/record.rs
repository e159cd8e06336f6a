//! Metadata records: one per distinct (name, modified time, content) in a matter.

use super::{FileHash, FolderPaths, LastModified, MatterId, MetadataHash, StoragePath, Timestamp, UserId};

/// The metadata record of one document. It exists only while its content is verifiably stored.
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
    /// Where the content is stored; possibly under another matter of the team.
    pub storage_path: StoragePath,
    /// The user who filed it first.
    pub uploaded_by: UserId,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// The vault's revision of this version of the record, where it has one.
    pub revision: Option<Revision>,
}

/// Identifies one version of a record. With a revision, a change can be based on the version it was computed from,
/// without reading the record first. A later version has a greater revision; the value has no other meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub i64);
