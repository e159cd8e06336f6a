//! Documents as this computer last saw them, so that they need not be read before a write. They may be outdated: every
//! write states what it is based on, and is refused if that has changed.

use std::collections::HashMap;
use std::hash::Hash;

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

#[derive(Default)]
pub(super) struct Seen {
    events: Mutex<HashMap<EventId, SeenEvent>>,
    records: Mutex<HashMap<RecordKey, MetadataRecord>>,
}

impl Seen {
    pub(super) fn event(&self, id: EventId) -> Option<SeenEvent> {
        get(&self.events, &id)
    }

    pub(super) fn record(&self, key: &RecordKey) -> Option<MetadataRecord> {
        get(&self.records, key)
    }

    pub(super) fn keep_event(&self, id: EventId, event: SeenEvent) {
        keep(&self.events, id, event);
    }

    pub(super) fn keep_record(&self, record: MetadataRecord) {
        keep(&self.records, (record.matter.clone(), record.metadata_hash), record);
    }

    /// A final event is not written again.
    pub(super) fn forget_event(&self, id: EventId) {
        self.events.lock().remove(&id);
    }
}

fn get<K: Eq + Hash, V: Clone>(map: &Mutex<HashMap<K, V>>, key: &K) -> Option<V> {
    map.lock().get(key).cloned()
}

fn keep<K: Eq + Hash, V>(map: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut map = map.lock();
    if map.len() >= MOST {
        map.clear();
    }
    map.insert(key, value);
}
