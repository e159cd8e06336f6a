//! The newest forms of events and records, as this program wrote or read them, so that it need not read them (again) to
//! tell of them.
//!
//! Nothing here is taken on trust. Whoever wants to tell of these forms first has Firestore count the events there are
//! beyond a reader's position: all of them, and those that have only begun. If both are as many as are known here, then
//! these *are* the events there are, each in the form that is known here:
//!
//! - an event is never deleted, so what is known here is there, and as many are the same ones;
//! - an event changes once, when it ends; one that ended without this program having heard of it is missing among those
//!   that have only begun.
//!
//! And no record changes without an event that ends in the same commit, so then the records are known, too. Whatever is
//! not known here makes the numbers differ, and things are read as ever: an answer that was lost, another program, a
//! colleague, or that this has been forgotten. It may forget anything at any time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::time::timeout;
use vault_core::model::EventKind;
use vault_core::ports::Change;

use super::cursor::{Place, Position};

/// The form of an event or of a record.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// Where it stands in the order of changes.
    pub(super) place: Place,
    /// Whether it is an event that has begun, and not ended.
    pub(super) begun: bool,
    /// What is to be told of it; nothing of a form that was only read, because whoever read it has told it.
    pub(super) change: Option<Arc<Change>>,
}

impl Form {
    /// What this program wrote.
    pub(super) fn written(place: Place, change: Change) -> Self {
        let begun = matches!(&change, Change::Event(event) if event.kind == EventKind::Interrupted);
        Self { place, begun, change: Some(Arc::new(change)) }
    }

    /// What this program read and told.
    pub(super) fn read(place: Place, begun: bool) -> Self {
        Self { place, begun, change: None }
    }
}

/// Forms by the names of their documents.
#[derive(Debug, Default)]
struct Forms {
    events: HashMap<String, Form>,
    records: HashMap<String, Form>,
}

/// More than are written between two visits of a reader; some tens of megabytes.
const MOST: usize = 30_000;

/// How long a count waits for commits that are under way: longer than one takes that arrives at all.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
pub(super) struct Recent {
    forms: Mutex<Forms>,
    /// Held together by all who write, by one alone who counts: what was written and is not known here yet would be
    /// counted as somebody else's.
    writing: RwLock<()>,
}

/// What is known of both kinds beyond a reader's positions, in order.
pub(super) struct Beyond {
    pub(super) events: Vec<Form>,
    pub(super) records: Vec<Form>,
}

impl Recent {
    /// To be held from before something is written until it is kept here.
    pub(super) async fn writing(&self) -> RwLockReadGuard<'_, ()> {
        self.writing.read().await
    }

    /// To be held while events are counted. Nothing, if somebody has been writing for too long: it only saves reads.
    pub(super) async fn counting(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        timeout(PATIENCE, self.writing.write()).await.ok()
    }

    /// Keeps forms of events and of records, which belong together. A later form of a document takes the place of an
    /// earlier one.
    pub(super) fn keep(&self, events: Vec<Form>, records: Vec<Form>) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        if forms.events.len() + forms.records.len() + events.len() + records.len() > MOST {
            *forms = Forms::default();
        }
        keep(&mut forms.events, events);
        keep(&mut forms.records, records);
    }

    /// What is known beyond these positions; nothing if not everything of it that was not told yet could be.
    pub(super) fn beyond(&self, events: &Position, records: &Position) -> Option<Beyond> {
        let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let beyond = Beyond { events: beyond(&forms.events, events)?, records: beyond(&forms.records, records)? };
        (!beyond.events.is_empty()).then_some(beyond)
    }

    /// Forgets what lies behind these positions: nobody asks for it again.
    pub(super) fn forget_until(&self, events: &Position, records: &Position) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
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
    fn what_was_only_read_can_be_told_to_nobody_else() {
        let (recent, start) = (Recent::default(), Position::default());
        recent.keep(vec![written(5, "b"), Form::read(place(6, "a"), false)], Vec::new());
        assert!(recent.beyond(&start, &start).is_none());
        let mut told = Position::default();
        told.take(&[place(6, "a")], Moment::default(), 1);
        assert_eq!(names(&recent.beyond(&told, &start).expect("known").events), ["b", "a"]);
    }

    #[test]
    fn too_much_is_forgotten_as_a_whole() {
        let (recent, start) = (Recent::default(), Position::default());
        recent.keep((0..30_000).map(|n| written(n, &n.to_string())).collect(), Vec::new());
        assert_eq!(recent.beyond(&start, &start).expect("known").events.len(), 30_000);
        recent.keep(vec![written(30_001, "x")], Vec::new());
        assert_eq!(names(&recent.beyond(&start, &start).expect("known").events), ["x"]);
    }
}
