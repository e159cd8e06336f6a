//! Documents as this computer last saw them, so that they need not be read before a write. They may be outdated: every
//! write states what it is based on, and is refused if that has changed.

use hashlink::LruCache;
use parking_lot::Mutex;
use prost_types::Timestamp as Moment;
use vault_core::model::{EventId, MatterId, MetadataHash, MetadataRecord};
use vault_core::rules::EventState;

/// The state of an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenEvent {
    pub(super) standing: EventState,
    pub(super) as_of: Moment,
}

pub(super) type RecordKey = (MatterId, MetadataHash);

/// More than are in progress at any time; some tens of megabytes.
const MOST: usize = 30_000;

/// What was used least recently is forgotten first: it is the least likely to be in progress.
pub(super) struct Seen {
    events: Mutex<LruCache<EventId, SeenEvent>>,
    records: Mutex<LruCache<RecordKey, MetadataRecord>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { events: Mutex::new(LruCache::new(MOST)), records: Mutex::new(LruCache::new(MOST)) }
    }
}

impl Seen {
    pub(super) fn event(&self, id: EventId) -> Option<SeenEvent> {
        self.events.lock().get(&id).cloned()
    }

    pub(super) fn record(&self, key: &RecordKey) -> Option<MetadataRecord> {
        self.records.lock().get(key).cloned()
    }

    pub(super) fn keep_event(&self, id: EventId, event: SeenEvent) {
        self.events.lock().insert(id, event);
    }

    pub(super) fn keep_record(&self, record: MetadataRecord) {
        self.records.lock().insert((record.matter.clone(), record.metadata_hash), record);
    }

    /// A final event is not written again.
    pub(super) fn forget_event(&self, id: EventId) {
        self.events.lock().remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vault_core::model::{DropId, EventKind, FileHash};

    use super::*;

    #[test]
    fn what_was_used_least_recently_is_forgotten_first() {
        let event = || SeenEvent {
            standing: EventState {
                kind: EventKind::Interrupted,
                matter: MatterId::general(),
                batch: DropId::new(Uuid::nil()),
                file_hash: FileHash::of(b""),
                metadata_hash: MetadataHash::from_bytes([0; 32]),
            },
            as_of: Moment::default(),
        };
        let ids: Vec<EventId> = (0..=MOST).map(|at| EventId::new(Uuid::from_u128(at as u128))).collect();
        let seen = Seen::default();
        for id in &ids[..MOST] {
            seen.keep_event(*id, event());
        }
        assert!(seen.event(ids[0]).is_some());
        seen.keep_event(ids[MOST], event());
        let known = [0, 1, 2, MOST].map(|at| seen.event(ids[at]).is_some());
        assert_eq!(known, [true, false, true, true]);
    }
}
