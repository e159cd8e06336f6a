//! The files of a drop that are named on the command line.

use vault_core::Vault;
use vault_core::model::DropId;
use vault_core::ports::Item;

use crate::errors::Failure;

/// The page size of requests.
const PAGE: usize = 2048;

/// The numbers of the named files, among these; of all of them, if none is named. `what` describes these, as in “has
/// failed”.
pub(super) fn chosen(among: &[Item], files: &[String], what: &str) -> Result<Vec<u64>, Failure> {
    if files.is_empty() {
        return Ok(among.iter().map(|item| item.seq).collect());
    }
    let mut seqs = Vec::new();
    for file in files {
        let path = file.trim_matches('/');
        let before = seqs.len();
        let meant = among.iter().filter(|item| item.file.folder.join(&item.file.name).text() == path);
        seqs.extend(meant.map(|item| item.seq));
        if seqs.len() == before {
            return Err(Failure::not_found(format!(
                "No file “{file}” of this drop {what}. `strongroom history --batch` lists failed and waiting files."
            )));
        }
    }
    Ok(seqs)
}

/// Files that have not ended: they are still to be filed, or need attention.
pub(super) async fn not_ended(vault: &Vault, drop: DropId) -> Result<Vec<Item>, Failure> {
    let mut items = vault.files_needing_attention(drop).await?;
    let mut from = 0;
    loop {
        let page = vault.open_files(drop, from, PAGE).await?;
        let Some(last) = page.last() else { return Ok(items) };
        from = last.seq + 1;
        items.extend(page);
    }
}

/// Files that are stuck: they need attention, or wait to be retried.
pub(super) async fn not_getting_on(vault: &Vault, drop: DropId) -> Result<Vec<Item>, Failure> {
    let mut items = vault.files_needing_attention(drop).await?;
    items.extend(vault.waiting_files(drop).await?);
    Ok(items)
}
