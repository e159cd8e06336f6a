//! Reading stored content for the window. What is shown or handed to another program is verified first; only how a
//! document can be looked at is told from bytes that nothing has vouched for yet.

use std::io::{self, Read as _, Write};

use tokio::runtime::Handle;
use vault_core::Vault;
use vault_core::model::BlobRef;
use vault_core::restore::{Unverified, Verified};

use crate::shell::on_a_thread;
use crate::views::{Refusal, RefusalCode};

/// Read in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// The first bytes, at most `length`; none if there is nothing to read, which is then told by whoever reads all of it.
pub(crate) async fn head(vault: &Vault, blob: &BlobRef, length: usize) -> Result<Vec<u8>, Refusal> {
    let Some(reader) = vault.blobs.get(blob).await? else { return Ok(Vec::new()) };
    on_a_thread(move || {
        let mut head = Vec::new();
        // What cannot be read now is told when the document is opened.
        let _ = reader.take(length as u64).read_to_end(&mut head);
        head
    })
    .await
}

/// All bytes, verified.
///
/// # Errors
/// [`Refusal`] if they are missing, damaged, or cannot be read.
pub(crate) async fn whole(vault: &Vault, blob: &BlobRef) -> Result<Vec<u8>, Refusal> {
    write_to(vault, blob, Vec::new()).await
}

/// Writes all bytes to `to` and gives it back once they are verified; if they are not, it is dropped.
///
/// # Errors
/// As [`whole`].
pub(crate) async fn write_to<W: Write + Send + 'static>(
    vault: &Vault,
    blob: &BlobRef,
    mut to: W,
) -> Result<W, Refusal> {
    let (blobs, blob, runtime) = (vault.blobs.clone(), blob.clone(), Handle::current());
    let written = on_a_thread(move || -> Result<W, Unverified> {
        let reader = runtime.block_on(blobs.get(&blob)).map_err(io::Error::other)?.ok_or(Unverified::Missing)?;
        let mut content = Verified::new(reader, blob);
        let mut buffer = vec![0; BUFFER];
        loop {
            match content.read(&mut buffer)? {
                0 => break,
                length => to.write_all(&buffer[..length])?,
            }
        }
        content.finish()?;
        Ok(to)
    });
    written.await?.map_err(|error| refusal(&error))
}

fn refusal(error: &Unverified) -> Refusal {
    let code = match error {
        Unverified::Damaged | Unverified::Missing => RefusalCode::Damaged,
        Unverified::Io(_) => RefusalCode::TryLater,
    };
    Refusal::new(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use vault_core::model::{FileHash, MatterId, StoragePath};

    use super::*;
    use crate::os::copies::Copies;
    use crate::testing::Place;

    async fn filed() -> (Place, BlobRef) {
        let place = Place::new().await;
        place.file(&[("note.txt", "what was filed")]).await;
        let found = place.vault.mirror.document(FileHash::of(b"what was filed")).await.unwrap().unwrap();
        let blob = BlobRef { path: found.records[0].storage_path.clone(), size: found.records[0].size };
        (place, blob)
    }

    /// Where the content stands on the disk.
    fn on_disk(place: &Place, path: &StoragePath) -> PathBuf {
        place.home.folder().join("vault").join(path.to_string())
    }

    fn files_below(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).map(|all| all.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
        entries.unwrap_or_default().iter().map(|path| if path.is_dir() { files_below(path) } else { 1 }).sum()
    }

    #[tokio::test]
    async fn what_is_read_is_what_was_filed() {
        let (place, blob) = filed().await;
        assert_eq!(whole(&place.vault, &blob).await.unwrap(), b"what was filed");
        assert_eq!(head(&place.vault, &blob, 4).await.unwrap(), b"what");
    }

    #[tokio::test]
    async fn what_is_damaged_is_not_shown_and_not_copied() {
        let (place, blob) = filed().await;
        let stored = on_disk(&place, &blob.path);
        let mut permissions = fs::metadata(&stored).unwrap().permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a file of a test")]
        permissions.set_readonly(false);
        fs::set_permissions(&stored, permissions).unwrap();
        fs::write(&stored, "what was forged").unwrap();
        assert_eq!(whole(&place.vault, &blob).await.unwrap_err().code, RefusalCode::Damaged);

        let opened = place.folder.path().join("opened");
        let copy = Copies::new(opened.clone()).begin("note.txt").unwrap().unwrap();
        assert!(write_to(&place.vault, &blob, copy).await.is_err());
        assert_eq!(files_below(&opened), 0);
    }

    #[tokio::test]
    async fn what_is_missing_is_said_to_be() {
        let (place, blob) = filed().await;
        let other = FileHash::of(b"never filed");
        let path = StoragePath::new(blob.path.team(), &MatterId::general(), other, "note.txt");
        let missing = BlobRef { path, size: 11 };
        let refused = whole(&place.vault, &missing).await.unwrap_err();
        assert!(refused.message.contains("missing"), "{}", refused.message);
        assert!(head(&place.vault, &missing, 4).await.unwrap().is_empty());
    }
}
