//! After a stop of any kind: what the vault has of each attempt decides how it continues.

use std::collections::{HashMap, HashSet};

use crate::model::EventKind;
use crate::ports::PortError;
use crate::queue::{Item, ItemEvent, ItemState, ItemUpdate, QueuedDrop};

/// Marks as done what the vault has recorded, gives every interrupted attempt a new event (the old one stays
/// interrupted, as it was), and returns the items that are still to be done. A waiting attempt was not interrupted and
/// keeps its event. What was begun stays begun in the queue: its content may be stored already, however often the
/// program stops before it has asked.
pub(crate) async fn reconcile(queued: &QueuedDrop<'_>, items: Vec<Item>) -> Result<Vec<Item>, PortError> {
    if items.is_empty() {
        return Ok(items);
    }
    let ids: Vec<_> = items.iter().map(|item| item.file.event).collect();
    let (records, journal) = (queued.context.records, queued.context.journal);
    let kinds = records.event_kinds(queued.matter(), &ids).await?;
    let mut done: Vec<(u64, EventKind)> = Vec::new();
    let mut steps: HashMap<u64, ItemUpdate> = HashMap::new();
    for (item, kind) in items.iter().zip(kinds) {
        match kind {
            Some(kind) if kind.is_stored() => done.push((item.seq, kind)),
            Some(EventKind::Interrupted) if matches!(item.file.state, ItemState::Waiting { .. }) => {}
            Some(_) => {
                let event = Some(queued.fresh_event());
                steps.insert(item.seq, ItemUpdate { event, ..restarted(item) });
            }
            None => {
                let restarted = restarted(item);
                if restarted.state != item.file.state {
                    steps.insert(item.seq, restarted);
                }
            }
        }
    }
    if !done.is_empty() {
        journal.done(queued.id(), &done).await?;
    }
    if !steps.is_empty() {
        let written: Vec<ItemUpdate> = steps.values().cloned().collect();
        journal.advance(queued.id(), &written).await?;
    }
    let done: HashSet<u64> = done.into_iter().map(|(seq, _)| seq).collect();
    let mut rest = items;
    rest.retain(|item| !done.contains(&item.seq));
    for item in &mut rest {
        if let Some(step) = steps.remove(&item.seq) {
            item.file.state = step.state;
            item.file.event = step.event.unwrap_or(item.file.event);
        }
    }
    Ok(rest)
}

fn restarted(item: &Item) -> ItemUpdate {
    let begun = matches!(item.file.state, ItemState::Uploading { .. });
    let as_it_is = ItemUpdate { seq: item.seq, state: item.file.state.clone(), read: None, event: None };
    if begun { as_it_is } else { item.after(ItemEvent::Restarted) }
}
