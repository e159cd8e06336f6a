//! What the files of this computer hashed to last time.

use vault_core::model::FileHash;
use vault_core::ports::{FileStamp, Fingerprint};

use crate::db::{Columns, Connections, ManyRows, hex_list};
use crate::error::{Result, StoreError};

static FINGERPRINTS: ManyRows = ManyRows::new("INSERT OR REPLACE INTO fingerprints (path_key, stamp, hash)", 3, "");

/// How many are asked for at once.
const CHUNK: usize = 4096;

/// A stamp as it is stored: five numbers, the lowest byte first.
fn packed(stamp: &FileStamp) -> [u8; 56] {
    let FileStamp { size, modified, changed, device, inode } = stamp;
    let mut bytes = [0; 56];
    bytes[..8].copy_from_slice(&size.to_le_bytes());
    bytes[8..24].copy_from_slice(&modified.to_le_bytes());
    bytes[24..40].copy_from_slice(&changed.to_le_bytes());
    bytes[40..48].copy_from_slice(&device.to_le_bytes());
    bytes[48..].copy_from_slice(&inode.to_le_bytes());
    bytes
}

pub(super) async fn recall(db: &Connections, files: &[([u8; 16], FileStamp)]) -> Result<Vec<Option<FileHash>>> {
    let mut hashes = vec![None; files.len()];
    for (files, hashes) in files.chunks(CHUNK).zip(hashes.chunks_mut(CHUNK)) {
        let rows = sqlx::query(
            "SELECT w.key, f.stamp, f.hash FROM json_each(?1) w CROSS JOIN fingerprints f \
             ON f.path_key = unhex(w.value)",
        )
        .bind(hex_list(files.iter().map(|(path_key, _)| &path_key[..])))
        .fetch_all(&db.reading)
        .await?;
        for row in &rows {
            let mut columns = Columns::of(row);
            let at = usize::try_from(columns.next::<i64>()?).unwrap_or(usize::MAX);
            let stamp: &[u8] = columns.next()?;
            let ((_, asked), hash) =
                files.get(at).zip(hashes.get_mut(at)).ok_or(StoreError::Unreadable("an answer"))?;
            if packed(asked) == *stamp {
                *hash = Some(columns.file_hash()?);
            }
        }
    }
    Ok(hashes)
}

pub(super) async fn remember(db: &Connections, read: &[Fingerprint]) -> Result<()> {
    if read.is_empty() {
        return Ok(());
    }
    // In the order of the keys, so that rows that lie together are written together.
    let mut sorted: Vec<&Fingerprint> = read.iter().collect();
    sorted.sort_by_key(|fingerprint| fingerprint.path_key);
    let mut transaction = db.write().await?;
    FINGERPRINTS
        .write(&mut transaction, &sorted, |values, fingerprint| {
            values.add(&fingerprint.path_key[..]).add(&packed(&fingerprint.stamp)[..]);
            values.add(&fingerprint.hash.as_bytes()[..]);
        })
        .await?;
    Ok(transaction.commit().await?)
}
