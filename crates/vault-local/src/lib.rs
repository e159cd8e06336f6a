//! The embedded vault: records and blobs on this computer, for a team of one.
//!
//! Everything stands in one folder:
//!
//! ```text
//! vault.db                                   clients, matters, records, events, drops   [records]
//! teams/{t}/matters/{m}/files/{hash}.{ext}   the content, under the model's own paths   [blobs]
//! tmp/                                       content on its way there
//! set-aside/                                 what stood in the place of content and was not it
//! ```
//!
//! The order of every write is: bytes, flushed, then what refers to them. So whatever stops the computer, a record
//! never lacks its content; content without a record is found again when the same file is filed.

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
