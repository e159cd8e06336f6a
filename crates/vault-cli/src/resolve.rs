//! Resolves what the user types to records.

use std::collections::HashSet;

use vault_core::Vault;
use vault_core::model::{Client, DropId, DropSummary, EditId, MatterId, UserId};
use vault_core::ports::{Document, JournaledDrop, MatterSummary, StatusFilter};
use vault_core::rules::name_key;

use crate::errors::{Code, Failure};
use crate::format::printable;
use crate::names::title_of;

/// The number of hash digits, or characters of a batch id, required to look one up.
const ENOUGH: usize = 4;

/// How many items a message about an ambiguous name lists.
const NAMED: usize = 5;

/// The page size of drops.
const PAGE: usize = 500;

/// The matter with this id or number.
pub(crate) async fn matter(vault: &Vault, text: &str) -> Result<MatterSummary, Failure> {
    let general = MatterId::general();
    let called = if name_key(text) == general.as_str() { general.as_str() } else { text };
    one_matter(text, vault.mirror.matters_called(called).await?)?
        .ok_or_else(|| Failure::not_found(format!("There is no matter “{text}”. `strongroom matters` lists them.")))
}

/// The removed matter with this id or number.
pub(crate) async fn removed_matter(vault: &Vault, text: &str) -> Result<MatterSummary, Failure> {
    let mut removed = vault.mirror.matters(StatusFilter::Removed).await?;
    if let Some(at) = removed.iter().position(|found| found.matter.id.as_str() == text) {
        return Ok(removed.swap_remove(at));
    }
    let key = name_key(text);
    removed.retain(|found| !key.is_empty() && name_key(&found.matter.fields.number) == key);
    one_matter(text, removed)?.ok_or_else(|| {
        Failure::not_found(format!(
            "There is no removed matter “{text}”. `strongroom matters list --removed` lists them."
        ))
    })
}

fn one_matter(text: &str, mut called: Vec<MatterSummary>) -> Result<Option<MatterSummary>, Failure> {
    if called.len() < 2 {
        return Ok(called.pop());
    }
    let named = |found: &MatterSummary| format!("{} ({})", found.matter.id, printable(&title_of(&found.matter)));
    Err(several(text, called.iter().map(named)).and("Give the id of the one you mean."))
}

/// The client with this id or name.
pub(crate) async fn client(vault: &Vault, text: &str) -> Result<Client, Failure> {
    one_client(text, vault.mirror.clients_called(text).await?)?.ok_or_else(|| {
        Failure::not_found(format!(
            "There is no client “{text}”. `strongroom clients` lists them, `strongroom clients add \"{text}\"` adds \
             this one."
        ))
    })
}

/// The removed client with this id or name.
pub(crate) async fn removed_client(vault: &Vault, text: &str) -> Result<Client, Failure> {
    let mut removed = vault.mirror.clients(true).await?;
    if let Some(at) = removed.iter().position(|client| client.id.as_str() == text) {
        return Ok(removed.swap_remove(at));
    }
    let key = name_key(text);
    removed.retain(|client| !key.is_empty() && name_key(&client.fields.name) == key);
    one_client(text, removed)?.ok_or_else(|| {
        Failure::not_found(format!(
            "There is no removed client “{text}”. `strongroom clients list --removed` lists them."
        ))
    })
}

fn one_client(text: &str, mut called: Vec<Client>) -> Result<Option<Client>, Failure> {
    if called.len() < 2 {
        return Ok(called.pop());
    }
    let named = |client: &Client| format!("{} ({})", client.id, printable(&client.fields.name));
    Err(several(text, called.iter().map(named)).and("Give the id of the one you mean."))
}

/// The drop with this id, or its beginning or end, or for `latest` the last one of this user; it may be in the history,
/// the queue or neither.
pub(crate) async fn batch(vault: &Vault, text: &str) -> Result<DropId, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let whose = if text == "latest" { Some(vault.person().await?.user) } else { None };
    let ids = all_batches(vault, whose.as_ref()).await?;
    choose(text, &ids)
}

/// The requested drop in the queue of this computer; `latest` is the one of `candidates` that was recorded last.
pub(crate) async fn queued(vault: &Vault, text: &str, candidates: &[JournaledDrop]) -> Result<JournaledDrop, Failure> {
    if text == "latest" {
        let order = all_batches(vault, None).await?;
        let place = |drop: &&JournaledDrop| order.iter().position(|id| *id == drop.new.id).unwrap_or(usize::MAX);
        if let Some(drop) = candidates.iter().min_by_key(place) {
            return Ok(drop.clone());
        }
    }
    let id = batch(vault, text).await?;
    vault.queued_drop(id).await?.ok_or_else(|| {
        Failure::not_found(format!(
            "There is no drop {id} in the queue of this computer. `strongroom status` lists it."
        ))
    })
}

/// The summary of a drop in the history.
pub(crate) async fn summary(vault: &Vault, id: DropId) -> Result<Option<DropSummary>, Failure> {
    Ok(vault.mirror.drop_entry(id).await?.map(|drop| drop.summary))
}

/// The document whose file hash or metadata hash begins with these digits.
pub(crate) async fn document(vault: &Vault, text: &str) -> Result<Document, Failure> {
    let digits = text.to_ascii_lowercase();
    let valid = (ENOUGH..=64).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !valid {
        return Err(Failure::invalid(format!(
            "“{text}” is not a document: give a file hash or metadata hash, or its first digits, at least {ENOUGH}. \
             `strongroom search` shows them."
        )));
    }
    let found = vault.mirror.contents_by_prefix(&digits, NAMED + 1).await?;
    let missing = || Failure::not_found(format!("There is no document with a hash that begins with {digits}."));
    match found[..] {
        [hash] => vault.mirror.document(hash).await?.ok_or_else(missing),
        [] => Err(missing()),
        _ => Err(several(text, found.iter().map(ToString::to_string))),
    }
}

/// Every drop of the history and of the queue, in the order in which they were recorded, the last one first. Drops that
/// are only in the queue come first, as they are recorded next. Ids give no order: a clock may have been wrong when one
/// was made. With `whose`, only those of this user; those in the queue are theirs.
async fn all_batches(vault: &Vault, whose: Option<&UserId>) -> Result<Vec<DropId>, Failure> {
    let mut recorded = Vec::new();
    let mut before = None;
    loop {
        let page = vault.mirror.drops(None, before, PAGE).await?;
        let wanted = page.drops.iter().filter(|drop| whose.is_none_or(|user| drop.summary.user == *user));
        recorded.extend(wanted.map(|drop| drop.summary.id));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    let known: HashSet<DropId> = recorded.iter().copied().collect();
    let unfinished = vault.unfinished_drops().await?.into_iter().rev();
    let queued = unfinished.chain(vault.drops_needing_attention().await?).map(|drop| drop.new.id);
    Ok(queued.filter(|id| !known.contains(id)).chain(recorded).collect())
}

/// The requested change: the one `named` so, or with this beginning or end of its id.
pub(crate) fn change(text: &str, named: &[EditId], all: &[EditId]) -> Result<EditId, Failure> {
    let part = text.to_ascii_lowercase();
    let by_id = |id: &&EditId| {
        let id = id.to_string();
        part.len() >= ENOUGH && (id.starts_with(&part) || id.ends_with(&part))
    };
    let meant: Vec<&EditId> =
        if named.is_empty() { all.iter().filter(by_id).collect() } else { named.iter().collect() };
    match meant[..] {
        [id] => Ok(*id),
        [] => Err(Failure::not_found(format!("There is no change “{text}”. `strongroom changes` lists them."))),
        _ => Err(several(text, meant.iter().map(ToString::to_string))),
    }
}

/// The requested one of these drops, newest first.
fn choose(text: &str, ids: &[DropId]) -> Result<DropId, Failure> {
    if text == "latest" {
        let latest = ids.first().copied();
        return latest.ok_or_else(|| {
            Failure::not_found("You have not filed anything yet. `strongroom history` lists your colleagues' drops.")
        });
    }
    let part = text.to_ascii_lowercase();
    if part.len() < ENOUGH || !part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
        return Err(Failure::invalid(format!(
            "“{text}” is not a batch: give its id, the beginning or the end of it, at least {ENOUGH} characters, or \
             “latest”. `strongroom history` lists them."
        )));
    }
    let is_meant = |id: &&DropId| {
        let id = id.to_string();
        id.starts_with(&part) || id.ends_with(&part)
    };
    let meant: Vec<&DropId> = ids.iter().filter(is_meant).collect();
    match meant[..] {
        [id] => Ok(*id),
        [] => Err(Failure::not_found(format!("There is no batch “{text}”. `strongroom history` lists them."))),
        _ => Err(several(text, meant.iter().map(ToString::to_string))),
    }
}

fn several(text: &str, ids: impl IntoIterator<Item = String>) -> Failure {
    let ids: Vec<String> = ids.into_iter().take(NAMED + 1).collect();
    let (named, more) = ids.split_at(NAMED.min(ids.len()));
    let more = if more.is_empty() { "" } else { " and more" };
    Failure::new(Code::Ambiguous, format!("“{text}” may be any of these: {}{more}.", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Vec<DropId> {
        ["0199c000-0000-7000-8000-00000000beef", "0199b000-0000-7000-8000-00000000cafe"]
            .map(|id| id.parse().expect("id"))
            .to_vec()
    }

    #[test]
    fn a_batch_is_found_by_its_prefix_its_suffix_or_as_the_latest() {
        let ids = ids();
        for (text, at) in [("latest", 0), ("0199C", 0), ("0199b0", 1), ("cafe", 1), ("BEEF", 0)] {
            assert_eq!(choose(text, &ids), Ok(ids[at]), "{text}");
        }
    }

    #[test]
    fn an_ambiguous_id_is_refused() {
        let code = |text| choose(text, &ids()).map_err(|failure| failure.code);
        assert_eq!(code("0199"), Err(Code::Ambiguous));
        assert_eq!(code("dead"), Err(Code::NotFound));
        assert_eq!(code("019"), Err(Code::Invalid));
        assert_eq!(code("last one"), Err(Code::Invalid));
        assert_eq!(choose("latest", &[]).map_err(|failure| failure.code), Err(Code::NotFound));
    }
}
