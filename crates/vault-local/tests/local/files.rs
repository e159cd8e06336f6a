//! Files to store, and nobody who watches.

use std::path::Path;

use vault_core::intake::Source;
use vault_core::model::{BlobRef, FileHash, LastModified, MatterId, StoragePath, TeamId};
use vault_core::ports::{Put, PutWatch, Reading, UploadSession};

/// Stops nothing, and keeps nothing of what it is told.
pub(crate) struct Unwatched;

impl PutWatch for Unwatched {
    fn stored(&self, _bytes: u64) {}

    fn file_stored(&self, _index: usize) {}

    fn stop(&self) -> bool {
        false
    }

    fn session(&self, _index: usize, _session: &UploadSession) {}
}

/// Writes a file with this content, to be stored for the matter `general`.
pub(crate) fn written(path: &Path, content: &[u8], team: &TeamId) -> Put {
    std::fs::write(path, content).expect("write");
    let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("time");
    let size = content.len() as u64;
    let expected = Reading { size, last_modified: LastModified::from_system(modified), hash: FileHash::of(content) };
    let blob = BlobRef { path: StoragePath::new(team, &MatterId::general(), expected.hash, "a.pdf"), size };
    Put { blob, source: Source { path: path.to_owned(), expected }, resume: None, begun: false }
}
