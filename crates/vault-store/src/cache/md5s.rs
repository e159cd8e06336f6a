//! The MD5s of contents, computed from local files, for comparison with a storage's MD5.

use vault_core::model::{ContentMd5, FileHash};

use crate::db::{Connections, ManyRows, hex_list, sized};
use crate::error::{Result, StoreError};

static MD5S: ManyRows = ManyRows::new("INSERT OR REPLACE INTO md5s (content, md5)", 2, "");

/// How many are queried at once.
const CHUNK: usize = 4096;

/// Half of a SHA-256: finding another content with the same prefix is infeasible.
fn key(content: &FileHash) -> [u8; 16] {
    content.as_bytes().first_chunk().copied().unwrap_or_default()
}

pub(super) async fn of(db: &Connections, contents: &[FileHash]) -> Result<Vec<Option<ContentMd5>>> {
    let mut md5s = vec![None; contents.len()];
    for (contents, md5s) in contents.chunks(CHUNK).zip(md5s.chunks_mut(CHUNK)) {
        let keys: Vec<[u8; 16]> = contents.iter().map(key).collect();
        let known: String = sqlx::query_scalar(
            "SELECT json_group_array(json_array(w.key, hex(m.md5))) FROM json_each(?1) w \
             CROSS JOIN md5s m ON m.content = unhex(w.value)",
        )
        .bind(hex_list(keys.iter().map(|key| &key[..])))
        .fetch_one(&db.reading)
        .await?;
        let unreadable = StoreError::Unreadable("a list of checksums");
        let Ok(known) = serde_json::from_str::<Vec<(usize, String)>>(&known) else { return Err(unreadable) };
        for (at, digits) in known {
            if let (Some(md5), Ok(bytes)) = (md5s.get_mut(at), hex::decode(digits)) {
                *md5 = Some(ContentMd5(sized(&bytes)?));
            }
        }
    }
    Ok(md5s)
}

pub(super) async fn remember(db: &Connections, computed: &[(FileHash, ContentMd5)]) -> Result<()> {
    if computed.is_empty() {
        return Ok(());
    }
    // In key order, so that adjacent rows are written together.
    let mut rows: Vec<([u8; 16], [u8; 16])> = computed.iter().map(|(content, md5)| (key(content), md5.0)).collect();
    rows.sort_unstable();
    let mut write = db.write().await?;
    MD5S.write(&mut write, &rows, |values, (content, md5)| _ = values.add(&content[..]).add(&md5[..])).await?;
    write.commit().await
}
