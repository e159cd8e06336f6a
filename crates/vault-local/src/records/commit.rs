//! Beginning and ending attempts to file: the writes of normal operation.

use std::collections::HashSet;

use vault_core::model::{EventId, EventKind, UploadEvent};
use vault_core::ports::{Outcome, PortError};
use vault_core::rules;

use super::ending::Endings;
use super::{BATCH_LIMIT, LocalRecords, events, matters, merging};
use crate::db::Result;

/// Writes the beginnings of attempts; known ones stay unchanged.
pub(super) async fn begin(vault: &LocalRecords, attempts: &[UploadEvent]) -> Result<()> {
    within_limit(attempts.len())?;
    for event in attempts {
        of_this_team(vault, event)?;
        if event.kind != EventKind::Interrupted {
            return Err(PortError::invalid(format!("The event {} is not one that begins.", event.id)));
        }
    }
    let mut write = vault.db.write().await?;
    matters::require(&mut write, attempts.iter().map(|event| (&event.matter, true))).await?;
    let mut known = events::known(&mut write, &ids(attempts.iter())).await?;
    let new: Vec<&UploadEvent> = attempts.iter().filter(|event| known.insert(event.id)).collect();
    events::store(&mut write, &new).await?;
    write.commit().await
}

/// Writes final events and their records, all or none.
pub(super) async fn commit(vault: &LocalRecords, outcomes: &[Outcome]) -> Result<()> {
    within_limit(outcomes.len())?;
    for outcome in outcomes {
        of_this_team(vault, &outcome.event)?;
        rules::consistent(outcome)?;
    }
    let mut write = vault.db.write().await?;
    matters::require(&mut write, outcomes.iter().map(|o| (&o.event.matter, o.record.is_some()))).await?;
    let endings = Endings::of(&mut write, outcomes).await?;
    merging::merge(&mut write, outcomes).await?;
    endings.store(&mut write).await?;
    write.commit().await
}

fn ids<'a>(events: impl Iterator<Item = &'a UploadEvent>) -> Vec<EventId> {
    let distinct: HashSet<EventId> = events.map(|event| event.id).collect();
    distinct.into_iter().collect()
}

fn within_limit(events: usize) -> Result<()> {
    if events <= BATCH_LIMIT {
        return Ok(());
    }
    Err(PortError::invalid(format!("{events} events are too many for one batch: at most {BATCH_LIMIT}.")))
}

fn of_this_team(vault: &LocalRecords, event: &UploadEvent) -> Result<()> {
    if event.team == vault.person.team {
        return Ok(());
    }
    Err(PortError::invalid(format!("The event {} belongs to another team ({}).", event.id, event.team)))
}
