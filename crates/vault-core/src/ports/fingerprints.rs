//! Hashes of files on this computer from earlier reads, so that the same folder need not be read twice.

use async_trait::async_trait;

use super::PortError;
use crate::model::FileHash;

/// Everything a file system reports about a file's content without reading it. As long as all of it is the same, so is
/// the content: writing changes `changed`, which no program can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileStamp {
    /// Length in bytes.
    pub size: u64,
    /// Modified time in nanoseconds since 1970.
    pub modified: i128,
    /// Time of the last change of content or attributes (`ctime`) in nanoseconds since 1970.
    pub changed: i128,
    /// File system.
    pub device: u64,
    /// File on it.
    pub inode: u64,
}

/// A file's hash, and the stamp it had when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 (truncated to 16 bytes) of the absolute path.
    pub path_key: [u8; 16],
    /// The stamp at that time.
    pub stamp: FileStamp,
    /// Hash of the content.
    pub hash: FileHash,
}

/// A cache: losing it costs time, never a file. Only stamps whose `changed` can be trusted are stored.
#[async_trait]
pub trait Fingerprints: Send + Sync {
    /// For each path key and stamp, in order, the hash if the file was read with exactly that stamp.
    async fn recall(&self, files: &[([u8; 16], FileStamp)]) -> Result<Vec<Option<FileHash>>, PortError>;

    /// Stores fingerprints, replacing earlier ones of the same paths.
    async fn remember(&self, read: &[Fingerprint]) -> Result<(), PortError>;
}
