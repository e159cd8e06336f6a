//! Which content of the vault was verified here.

use vault_core::model::{BlobRef, FileHash};

use crate::db::{Connections, ManyRows, hex_list};
use crate::error::{Result, StoreError};

static VERIFICATIONS: ManyRows = ManyRows::new("INSERT OR IGNORE INTO verifications (key)", 1, "");

/// How many are queried at once.
const CHUNK: usize = 4096;

/// A path and a size: they are only compared for equality.
fn key(blob: &BlobRef) -> [u8; 16] {
    let whole = FileHash::of(format!("{}\0{}", blob.path, blob.size).as_bytes());
    whole.as_bytes().first_chunk().copied().unwrap_or_default()
}

pub(super) async fn recall(db: &Connections, blobs: &[BlobRef]) -> Result<Vec<bool>> {
    let mut verified = vec![false; blobs.len()];
    for (blobs, verified) in blobs.chunks(CHUNK).zip(verified.chunks_mut(CHUNK)) {
        let keys: Vec<[u8; 16]> = blobs.iter().map(key).collect();
        let known: String = sqlx::query_scalar(
            "SELECT json_group_array(w.key) FROM json_each(?1) w CROSS JOIN verifications v ON v.key = unhex(w.value)",
        )
        .bind(hex_list(keys.iter().map(|key| &key[..])))
        .fetch_one(&db.reading)
        .await?;
        let unreadable = StoreError::Unreadable("a list of verifications");
        let Ok(known) = serde_json::from_str::<Vec<usize>>(&known) else { return Err(unreadable) };
        for at in known {
            if let Some(verified) = verified.get_mut(at) {
                *verified = true;
            }
        }
    }
    Ok(verified)
}

pub(super) async fn remember(db: &Connections, blobs: &[BlobRef]) -> Result<()> {
    if blobs.is_empty() {
        return Ok(());
    }
    // In key order, so that adjacent rows are written together.
    let mut keys: Vec<[u8; 16]> = blobs.iter().map(key).collect();
    keys.sort_unstable();
    let mut write = db.write().await?;
    VERIFICATIONS.write(&mut write, &keys, |values, key| _ = values.add(&key[..])).await?;
    write.commit().await
}
