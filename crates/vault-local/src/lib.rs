//! The embedded vault: records and blobs on this computer, for a team of one.
//!
//! Everything is in one folder:
//!
//! ```text
//! vault.db                                   clients, matters, records, events, drops   [records]
//! teams/{t}/matters/{m}/files/{hash}.{ext}   the content, under the model's own paths   [blobs]
//! tmp/                                       content being stored
//! set-aside/                                 files that were at a content's path and are not that content
//! ```
//!
//! The order of every write is: content, flushed, then the documents that refer to it. So however the computer stops, a
//! record never lacks its content; content without a record is found again when the same file is filed.

mod blobs;
mod db;
mod folder;
mod identity;
mod lock;
mod records;
mod vault;

pub use blobs::LocalBlobs;
pub use identity::LocalIdentity;
pub use lock::FilingGuard;
pub use records::LocalRecords;
pub use vault::LocalVault;
