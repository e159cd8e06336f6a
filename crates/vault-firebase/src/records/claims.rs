//! Where new content is to be stored. The first user who files it records the path, and colleagues who file the same
//! content at the same time store it there, too: so the vault has it once, whatever its name and matter.

use std::collections::HashMap;

use vault_core::model::{FileHash, StoragePath};

use super::contention::Contention;
use super::open_matters::require;
use super::wire::{Visibility, claim_fields, read_claim};
use super::writes::create;
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Read, is_conflict, is_denied, port_error};

/// Claims of one commit.
const CLAIMS: usize = 500;

/// Claims these paths, as [`claim`](vault_core::ports::Records::claim) says. Content behind a wall is never claimed:
/// its hash would reveal its existence to users outside.
pub(super) async fn claim(records: &FirebaseRecords, proposed: &[StoragePath]) -> Answer<Vec<StoragePath>> {
    let (mut places, mut is_open) = (HashMap::new(), Vec::with_capacity(proposed.len()));
    for path in proposed {
        let open = require(records, path.matter(), true).await? == Visibility::Team;
        if open {
            places.entry(path.hash()).or_insert_with(|| path.clone());
        }
        is_open.push(open);
    }
    let mut wanted: Vec<StoragePath> = places.values().cloned().collect();
    wanted.sort_unstable();
    for some in wanted.chunks(CLAIMS) {
        places.extend(claim_some(records, some.to_vec()).await?);
    }
    let agreed = |(path, open): (&StoragePath, bool)| match places.get(&path.hash()) {
        Some(place) if open => place.clone(),
        _ => path.clone(),
    };
    Ok(proposed.iter().zip(is_open).map(agreed).collect())
}

/// The path claimed for a content.
pub(super) async fn of(records: &FirebaseRecords, content: FileHash) -> Answer<Option<StoragePath>> {
    let name = records.names.content(content);
    match records.firestore.get(vec![name.clone()], &Read::Now, &[]).await {
        Ok(found) => Ok(found.get(&name).and_then(|document| read_claim(Doc::of(document)).ok())),
        // A firm whose rules have no claims yet.
        Err(refused) if is_denied(&refused) => Ok(None),
        Err(status) => Err(port_error(&status)),
    }
}

/// Claims paths, and returns those that others had claimed before.
async fn claim_some(records: &FirebaseRecords, mut wanted: Vec<StoragePath>) -> Answer<HashMap<FileHash, StoragePath>> {
    let mut claimed = HashMap::new();
    let mut contention = Contention::new();
    while !wanted.is_empty() {
        let name = |path: &StoragePath| records.names.content(path.hash());
        let write = |path: &StoragePath| create(name(path), claim_fields(path, &records.person.user), &["updatedAt"]);
        match records.firestore.commit(wanted.iter().map(write).collect(), Vec::new()).await {
            Ok(_) => break,
            // For the rules, creating an existing claim is an edit, which they refuse before its precondition fails.
            Err(status) if is_conflict(&status) || is_denied(&status) => {
                let names = wanted.iter().map(name).collect();
                let found = match records.firestore.get(names, &Read::Now, &[]).await {
                    Ok(found) => found,
                    // A firm whose rules have no claims yet.
                    Err(refused) if is_denied(&refused) => break,
                    Err(status) => return Err(port_error(&status)),
                };
                let before = wanted.len();
                wanted.retain(|path| match found.get(&name(path)) {
                    Some(document) => {
                        // A claim that is not ours changes nothing.
                        let place = read_claim(Doc::of(document)).ok();
                        let ours = place.filter(|place| place.team() == path.team() && place.hash() == path.hash());
                        claimed.extend(ours.map(|place| (path.hash(), place)));
                        false
                    }
                    None => true,
                });
                let refused_for_itself = is_denied(&status) && wanted.len() == before;
                if refused_for_itself || !contention.again().await {
                    break;
                }
            }
            Err(status) => return Err(port_error(&status)),
        }
    }
    Ok(claimed)
}
