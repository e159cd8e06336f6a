//! The last known hashes of local files.

use vault_core::model::FileHash;
use vault_core::ports::{FileStamp, Fingerprint};

use crate::db::{Connections, ManyRows, hex_list, sized};
use crate::error::{Result, StoreError};

static FINGERPRINTS: ManyRows = ManyRows::new("INSERT OR REPLACE INTO fingerprints (path_key, stamp, hash)", 3, "");

/// How many are queried at once.
const CHUNK: usize = 4096;

/// A file's metadata as 16 bytes of a SHA-256: it is only compared for equality.
fn stamp_key(stamp: &FileStamp) -> [u8; 16] {
    let FileStamp { size, modified, changed, device, inode } = stamp;
    let mut bytes = [0; 56];
    bytes[..8].copy_from_slice(&size.to_le_bytes());
    bytes[8..24].copy_from_slice(&modified.to_le_bytes());
    bytes[24..40].copy_from_slice(&changed.to_le_bytes());
    bytes[40..48].copy_from_slice(&device.to_le_bytes());
    bytes[48..].copy_from_slice(&inode.to_le_bytes());
    FileHash::of(&bytes).as_bytes().first_chunk().copied().unwrap_or_default()
}

pub(super) async fn recall(db: &Connections, files: &[([u8; 16], FileStamp)]) -> Result<Vec<Option<FileHash>>> {
    let mut hashes = vec![None; files.len()];
    for (files, hashes) in files.chunks(CHUNK).zip(hashes.chunks_mut(CHUNK)) {
        let asked: Vec<[[u8; 16]; 2]> = files.iter().map(|(path_key, stamp)| [*path_key, stamp_key(stamp)]).collect();
        let known: String = sqlx::query_scalar(
            "SELECT json_group_array(json_array(w.key, hex(f.hash))) FROM json_each(?1) w CROSS JOIN fingerprints f \
             ON f.path_key = unhex(substr(w.value, 1, 32)) AND f.stamp = unhex(substr(w.value, 33))",
        )
        .bind(hex_list(asked.iter().map(|pair| pair.as_flattened())))
        .fetch_one(&db.reading)
        .await?;
        let unreadable = StoreError::Unreadable("a list of fingerprints");
        let Ok(known) = serde_json::from_str::<Vec<(usize, String)>>(&known) else { return Err(unreadable) };
        for (at, digits) in known {
            if let (Some(hash), Ok(bytes)) = (hashes.get_mut(at), hex::decode(digits)) {
                *hash = Some(FileHash::from_bytes(sized(&bytes)?));
            }
        }
    }
    Ok(hashes)
}

pub(super) async fn remember(db: &Connections, read: &[Fingerprint]) -> Result<()> {
    if read.is_empty() {
        return Ok(());
    }
    // In key order, so that adjacent rows are written together.
    let mut sorted: Vec<&Fingerprint> = read.iter().collect();
    sorted.sort_by_key(|fingerprint| fingerprint.path_key);
    let mut write = db.write().await?;
    FINGERPRINTS
        .write(&mut write, &sorted, |values, fingerprint| {
            values.add(&fingerprint.path_key[..]).add(&stamp_key(&fingerprint.stamp)[..]);
            values.add(&fingerprint.hash.as_bytes()[..]);
        })
        .await?;
    write.commit().await
}
