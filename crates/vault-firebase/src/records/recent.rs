//! The newest versions of events and records, as this program wrote or read them, so that they need not be read (again)
//! to be returned as changes.
//!
//! Nothing here is trusted blindly. Before these versions are returned, Firestore counts the events beyond a reader's
//! position: all of them, and those that have only begun. If both numbers match what is known here, these *are* the
//! existing events, each in the version known here:
//!
//! - events are never deleted, so known events exist, and equal numbers mean the same ones;
//! - an event changes once, when it ends; one that ended without this program's knowledge is missing among those that
//!   have only begun.
//!
//! No record changes without an event that ends in the same commit, so the records are known, too. Anything unknown
//! makes the numbers differ, and documents are read as usual: a lost response, another program, a colleague, or
//! forgotten entries. Entries may be forgotten at any time.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::time::timeout;
use vault_core::model::EventKind;
use vault_core::ports::Change;

use super::cursor::{Place, Position};

/// A version of an event or of a record.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// Its position in the order of changes.
    pub(super) place: Place,
    /// Whether it is an event that has begun and not ended.
    pub(super) begun: bool,
    /// The change to return; `None` if the version was only read, because it was returned then.
    pub(super) change: Option<Arc<Change>>,
}

impl Form {
    /// A version written by this program.
    pub(super) fn written(place: Place, change: Change) -> Self {
        let begun = matches!(&change, Change::Event(event) if event.kind == EventKind::Interrupted);
        Self { place, begun, change: Some(Arc::new(change)) }
    }

    /// A version that this program read and returned.
    pub(super) fn read(place: Place, begun: bool) -> Self {
        Self { place, begun, change: None }
    }
}

/// Versions by document name.
#[derive(Debug, Default)]
struct Forms {
    events: HashMap<String, Form>,
    records: HashMap<String, Form>,
}

/// More than are written between two reads; some tens of megabytes.
const MOST: usize = 30_000;

/// How long a count waits for running commits: longer than a successful commit takes.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
pub(super) struct Recent {
    forms: Mutex<Forms>,
    /// Shared by writers, exclusive for counting: a write whose result is not recorded here yet would be counted as
    /// another program's.
    writing: RwLock<()>,
}

/// Known events and records beyond a reader's positions, in order.
pub(super) struct Beyond {
    pub(super) events: Vec<Form>,
    pub(super) records: Vec<Form>,
}

impl Recent {
    /// To be held from before a write until its result is recorded here.
    pub(super) async fn writing(&self) -> RwLockReadGuard<'_, ()> {
        self.writing.read().await
    }

    /// To be held while events are counted. `None` if a write takes too long: counting only saves reads.
    pub(super) async fn counting(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        timeout(PATIENCE, self.writing.write()).await.ok()
    }

    /// Records related versions of events and records. A later version of a document replaces an earlier one.
    pub(super) fn keep(&self, events: Vec<Form>, records: Vec<Form>) {
        let mut forms = self.forms.lock();
        if forms.events.len() + forms.records.len() + events.len() + records.len() > MOST {
            *forms = Forms::default();
        }
        keep(&mut forms.events, events);
        keep(&mut forms.records, records);
    }

    /// What is known beyond these positions; `None` if the change of any unreturned version is missing.
    pub(super) fn beyond(&self, events: &Position, records: &Position) -> Option<Beyond> {
        let forms = self.forms.lock();
        let beyond = Beyond { events: beyond(&forms.events, events)?, records: beyond(&forms.records, records)? };
        (!beyond.events.is_empty()).then_some(beyond)
    }

    /// Forgets everything before these positions: it is not needed again.
    pub(super) fn forget_until(&self, events: &Position, records: &Position) {
        let mut forms = self.forms.lock();
        forms.events.retain(|_, form| events.is_before(&form.place));
        forms.records.retain(|_, form| records.is_before(&form.place));
    }
}

fn keep(known: &mut HashMap<String, Form>, forms: Vec<Form>) {
    for form in forms {
        match known.get_mut(&form.place.name) {
            Some(before) if before.place >= form.place => {}
            Some(before) => *before = form,
            None => drop(known.insert(form.place.name.clone(), form)),
        }
    }
}

fn beyond(known: &HashMap<String, Form>, position: &Position) -> Option<Vec<Form>> {
    let mut beyond: Vec<Form> = known.values().filter(|form| position.is_before(&form.place)).cloned().collect();
    if beyond.iter().any(|form| form.change.is_none() && !position.has_told(&form.place)) {
        return None;
    }
    beyond.sort_unstable_by(|one, other| one.place.cmp(&other.place));
    Some(beyond)
}

#[cfg(test)]
mod tests {
    use prost_types::Timestamp as Moment;
    use vault_core::model::UserId;

    use super::*;

    fn place(seconds: i64, name: &str) -> Place {
        Place::new(Moment { seconds, nanos: 0 }, name)
    }

    fn written(seconds: i64, name: &str) -> Form {
        let change = Change::Person { user: UserId::new("u").expect("id"), display_name: name.to_owned() };
        Form::written(place(seconds, name), change)
    }

    fn names(forms: &[Form]) -> Vec<&str> {
        forms.iter().map(|form| form.place.name.as_str()).collect()
    }

    #[test]
    fn the_latest_form_of_each_document_is_known_in_order() {
        let (recent, start) = (Recent::default(), Position::default());
        assert!(recent.beyond(&start, &start).is_none());
        recent.keep(vec![written(5, "b"), written(3, "a"), written(4, "c")], vec![written(9, "r")]);
        recent.keep(vec![written(7, "a"), written(2, "b")], Vec::new());
        let beyond = recent.beyond(&start, &start).expect("known");
        assert_eq!((names(&beyond.events), names(&beyond.records)), (vec!["c", "b", "a"], vec!["r"]));
        let after = Position { after: Some(place(5, "b")), ..Position::default() };
        assert_eq!(names(&recent.beyond(&after, &start).expect("known").events), ["a"]);
        recent.forget_until(&after, &after);
        assert_eq!(names(&recent.beyond(&start, &start).expect("known").events), ["a"]);
    }

    #[test]
    fn forms_that_were_only_read_are_not_passed_on() {
        let (recent, start) = (Recent::default(), Position::default());
        recent.keep(vec![written(5, "b"), Form::read(place(6, "a"), false)], Vec::new());
        assert!(recent.beyond(&start, &start).is_none());
        let mut later = Position::default();
        later.take(&[place(6, "a")], Moment::default(), 1);
        assert_eq!(names(&recent.beyond(&later, &start).expect("known").events), ["b", "a"]);
    }

    #[test]
    fn an_overfull_memory_is_cleared_as_a_whole() {
        let (recent, start) = (Recent::default(), Position::default());
        recent.keep((0..30_000).map(|n| written(n, &n.to_string())).collect(), Vec::new());
        assert_eq!(recent.beyond(&start, &start).expect("known").events.len(), 30_000);
        recent.keep(vec![written(30_001, "x")], Vec::new());
        assert_eq!(names(&recent.beyond(&start, &start).expect("known").events), ["x"]);
    }
}
