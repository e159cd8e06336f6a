//! What filing a drop would do, and what it has done.

use vault_core::preflight::PreflightCounts;

/// The numbers of a pre-flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The files, each counted once.
    pub counts: PreflightCounts,
    /// Folders, the dropped ones among them.
    pub folders: u64,
    /// Names shared by several of the dropped folders and files: see [`Jobs::same_names`](crate::Jobs::same_names).
    pub same_names: u64,
    /// The vault could not be reached, so this is based on the local copy.
    pub offline_estimate: bool,
}

/// The results of the files of a drop so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FilingResult {
    /// Files whose content was stored.
    pub stored: u64,
    /// Files whose content was already in the vault.
    pub already: u64,
    /// Files that failed, including those that need attention.
    pub failed: u64,
    /// Files that the user removed.
    pub cancelled: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Length of the content that was stored, in bytes.
    pub bytes: u64,
}
