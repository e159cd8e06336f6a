//! Ending attempts: which of a batch's final events are new, end an attempt, or are already stored.

use std::collections::{BTreeMap, HashMap};

use vault_core::model::{EventId, EventKind, MatterId, UploadEvent};
use vault_core::ports::Outcome;
use vault_core::rules::{self, EventState};

use super::events::{self, Ending};
use crate::db::{Result, Write};

/// How a batch's events are written. All are distinct.
#[derive(Default)]
pub(super) struct Endings<'a> {
    /// Attempts that began and succeeded.
    succeeded: Vec<&'a UploadEvent>,
    /// Everything else that has to be written.
    other: Vec<&'a UploadEvent>,
}

impl<'a> Endings<'a> {
    /// Determines what has to be written.
    ///
    /// # Errors
    /// `Damaged` for an event that is stored in another form, or occurs in two forms in this batch.
    pub(super) async fn of(write: &mut Write, outcomes: &'a [Outcome]) -> Result<Self> {
        let mut by_matter: BTreeMap<&MatterId, Vec<&UploadEvent>> = BTreeMap::new();
        for event in each_once(outcomes)? {
            by_matter.entry(&event.matter).or_default().push(event);
        }
        let mut endings = Self::default();
        let mut doubtful = Vec::new();
        for (matter, events) in by_matter {
            for (event, ending) in events.iter().zip(events::endings(write, matter, &events).await?) {
                match ending {
                    Ending::Begun if event.kind == EventKind::Success => endings.succeeded.push(event),
                    Ending::Begun | Ending::New => endings.other.push(event),
                    Ending::Doubtful => doubtful.push(*event),
                }
            }
        }
        if !doubtful.is_empty() {
            let ids: Vec<EventId> = doubtful.iter().map(|event| event.id).collect();
            let standing = events::standing(write, &ids).await?;
            endings.other.extend(rules::to_write(&doubtful, &standing)?);
        }
        Ok(endings)
    }

    /// Writes them.
    pub(super) async fn store(self, write: &mut Write) -> Result<()> {
        events::succeed(write, &self.succeeded).await?;
        events::store(write, &self.other).await
    }
}

/// The events of a batch; duplicates are dropped.
fn each_once(outcomes: &[Outcome]) -> Result<Vec<&UploadEvent>> {
    let mut seen: HashMap<EventId, &UploadEvent> = HashMap::with_capacity(outcomes.len());
    let mut events = Vec::with_capacity(outcomes.len());
    for Outcome { event, .. } in outcomes {
        match seen.insert(event.id, event) {
            None => events.push(event),
            Some(before) => rules::agree(event.id, &EventState::of(before), &EventState::of(event))?,
        }
    }
    Ok(events)
}
