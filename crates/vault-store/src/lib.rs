//! The two databases of one computer, both `SQLite`:
//!
//! * [`JournalDb`], `journal.db`: which drops were accepted and how far each file is. Never lost: every write is durable
//!   when it returns, a damaged or newer file is refused and left as it is, and a copy is made before its tables change.
//! * [`CacheDb`], `cache.db`: a copy of the team's documents for browsing and searching, and what the files of this
//!   computer hashed to. It can be rebuilt, so a file that cannot be used is set aside and a new one begun.
//!
//! Whoever writes here hands over many rows at once; `ManyRows` says why. SQL stands in the module of its table, the
//! tables themselves in `migrations/`, whose files are never edited once they are released.

mod cache;
mod db;
mod error;
mod journal;

pub use cache::CacheDb;
pub use journal::JournalDb;
