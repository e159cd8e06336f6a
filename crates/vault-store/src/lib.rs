//! The two databases of one computer, both `SQLite`:
//!
//! * [`JournalDb`], `journal.db`: which drops were accepted, and the state of each file. Never lost: every write is
//!   durable when it returns, a damaged or newer file is refused and left as it is, and a backup is made before its
//!   migration.
//! * [`CacheDb`], `cache.db`: a copy of the team's documents for browsing and searching, and the hashes of local files.
//!   It can be rebuilt, so an unusable file is set aside and a new one created.
//!
//! Callers write many rows at once; `ManyRows` explains why. SQL is in the module of its table, the tables themselves
//! in `migrations/`, whose files are never edited after a release.

mod cache;
mod db;
mod error;
mod journal;

pub use cache::CacheDb;
pub use db::schema_version;
pub use journal::JournalDb;
