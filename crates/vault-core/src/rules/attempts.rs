//! How an event may change: it begins and ends once.

use std::collections::HashMap;
use std::hash::BuildHasher;

use crate::model::{DropId, EventId, EventKind, FileHash, MatterId, MetadataHash, UploadEvent};
use crate::ports::{Outcome, PortError};

/// The immutable fields of an event, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventState {
    /// How it ended, if it did.
    pub kind: EventKind,
    /// The matter filed to.
    pub matter: MatterId,
    /// The drop it was part of.
    pub batch: DropId,
    /// Hash of the content.
    pub file_hash: FileHash,
    /// Identity of the record it belongs to.
    pub metadata_hash: MetadataHash,
}

impl EventState {
    /// An event that is about to be written.
    pub fn of(event: &UploadEvent) -> Self {
        Self {
            kind: event.kind,
            matter: event.matter.clone(),
            batch: event.batch,
            file_hash: event.file_hash,
            metadata_hash: event.metadata_hash,
        }
    }
}

/// Those of these events that have to be written, given their stored states.
///
/// # Errors
/// `Damaged` for an event whose stored state cannot precede the new one.
pub fn to_write<'a, S: BuildHasher>(
    events: &[&'a UploadEvent],
    standing: &HashMap<EventId, EventState, S>,
) -> Result<Vec<&'a UploadEvent>, PortError> {
    let mut changed = Vec::new();
    for event in events {
        let new = EventState::of(event);
        match standing.get(&event.id) {
            Some(old) if *old == new => {}
            Some(old) if !may_become(old, &new) => return Err(disagrees(event.id, old, &new)),
            _ => changed.push(*event),
        }
    }
    Ok(changed)
}

/// Checks that two states of one event are equal.
///
/// # Errors
/// `Damaged` if they differ.
pub fn agree(id: EventId, one: &EventState, other: &EventState) -> Result<(), PortError> {
    if one == other { Ok(()) } else { Err(disagrees(id, one, other)) }
}

/// Only an attempt that has begun can end, as a success or a failure, with the same fields.
fn may_become(old: &EventState, new: &EventState) -> bool {
    let same_attempt = EventState { kind: new.kind, ..old.clone() } == *new;
    same_attempt && old.kind == EventKind::Interrupted && may_end_as(new.kind)
}

/// Whether an attempt that has begun can end like this. One that only records existing content never begins.
pub const fn may_end_as(kind: EventKind) -> bool {
    matches!(kind, EventKind::Success | EventKind::Failed)
}

fn disagrees(id: EventId, old: &EventState, new: &EventState) -> PortError {
    PortError::damaged(format!(
        "The history has the event {id} as {} of content {}; it cannot become {} of content {}. Nothing of the batch \
         was written.",
        old.kind.as_str(),
        old.file_hash,
        new.kind.as_str(),
        new.file_hash
    ))
}

/// Checks that an outcome does not contradict itself.
///
/// # Errors
/// `Invalid`, with the contradiction.
pub fn consistent(Outcome { event, record }: &Outcome) -> Result<(), PortError> {
    let id = event.id;
    if !event.kind.is_final() {
        return Err(PortError::invalid(format!("The event {id} is not final.")));
    }
    let Some(record) = record else { return Ok(()) };
    let same = record.metadata_hash == event.metadata_hash
        && record.file_hash == event.file_hash
        && record.storage_path.hash() == event.file_hash
        && record.storage_path.team() == &event.team
        && event.kind.is_stored();
    if same { Ok(()) } else { Err(PortError::invalid(format!("The event {id} and its record contradict each other."))) }
}
