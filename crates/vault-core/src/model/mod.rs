//! What a vault holds: the team's documents, as the data model names them. Pure values, no I/O.
//!
//! Field names follow the wire form (see `docs/data-model.md`). Every type documents what it guarantees, so that no
//! later code has to check again whether a hash has 64 digits or an id could escape a path.

mod blob;
mod client;
mod device;
mod drops;
mod event;
mod folder_paths;
mod hash;
mod ids;
mod matter;
mod path_text;
mod record;
mod time;

pub use blob::{BlobRef, InvalidStoragePath, StoragePath, extension_of};
pub use client::{Address, Client, ClientFields, ClientStatus};
pub use drops::{DropCounts, DropFolder, DropKey, DropSummary, MOST_SOURCES, nameable_source, untold_folders};
pub use event::{EventKind, UploadEvent};
pub use folder_paths::{FolderLimits, FolderPaths, Merge, decode_path, encode_path};
pub use hash::{ContentHasher, ContentMd5, FileHash, InvalidHash, MetadataHash};
pub use ids::{ClientId, DeviceId, DropId, EditId, EventId, InvalidId, MatterId, TeamId, UserId};
pub use matter::{Matter, MatterFields, MatterStatus, Priority};
pub use path_text::{DEEPEST_FOLDER, LONGEST_FOLDER_PATH, PathText};
pub use record::{MetadataRecord, Revision};
pub use time::{LastModified, Timestamp};
