//! After any operations the outbox holds what a plain list would, and a reopened file holds the same.

use proptest::prelude::*;
use tokio::runtime::Runtime;
use vault_core::model::{EditId, MatterFields, Timestamp};
use vault_core::ports::{Edited, Outbox as _, WaitingEdit};
use vault_store::JournalDb;

#[derive(Debug, Clone)]
enum Done {
    Keep {
        matter: u8,
        title: u8,
        removed: bool,
    },
    Refuse(u8),
    TakeUp(u8),
    /// The edit as it was this many keeps ago.
    Sent(u8),
    Settle(u8),
}

fn any_done() -> impl Strategy<Value = Done> {
    prop_oneof![
        4 => (0..4_u8, 0..3_u8, any::<bool>())
            .prop_map(|(matter, title, removed)| Done::Keep { matter, title, removed }),
        1 => (0..4_u8).prop_map(Done::Refuse),
        1 => (0..4_u8).prop_map(Done::TakeUp),
        1 => (0..4_u8).prop_map(Done::Sent),
        1 => (0..4_u8).prop_map(Done::Settle),
    ]
}

/// The expected outbox, and each edit as it was when it was last read to be sent.
#[derive(Default)]
struct Model {
    edits: Vec<WaitingEdit>,
    read: Vec<WaitingEdit>,
}

fn is_of(edit: &WaitingEdit, matter: u8) -> bool {
    matches!(&edit.what, Edited::Matter { id, .. } if id.as_str() == format!("m{matter}"))
}

impl Model {
    fn at(&self, matter: u8) -> Option<usize> {
        self.edits.iter().position(|edit| is_of(edit, matter))
    }

    fn id(&self, matter: u8) -> Option<EditId> {
        self.at(matter).map(|at| self.edits[at].id)
    }
}

fn edit(step: u64, matter: u8, title: u8, removed: bool) -> WaitingEdit {
    let fields = MatterFields { title: format!("Title {title}"), ..MatterFields::default() };
    let at = Timestamp(i64::try_from(step).expect("few"));
    WaitingEdit {
        id: EditId::from_bytes(*crate::common::event_id(step).as_bytes()),
        what: Edited::Matter { id: crate::common::matter_id(&format!("m{matter}")), fields },
        removed,
        based_on: Some(at),
        made: at,
        refused: None,
    }
}

async fn perform(db: &JournalDb, model: &mut Model, step: u64, done: &Done) {
    let at = Timestamp(1000 + i64::try_from(step).expect("few"));
    match *done {
        Done::Keep { matter, title, removed } => {
            let edit = edit(step, matter, title, removed);
            let kept = db.keep(&edit).await;
            match model.at(matter) {
                Some(index) if model.edits[index].refused.is_some() => assert!(kept.is_err()),
                Some(index) => {
                    let earlier = &mut model.edits[index];
                    (earlier.what, earlier.removed, earlier.made) = (edit.what, removed, edit.made);
                    assert_eq!(kept.as_ref(), Ok(&*earlier));
                }
                None => {
                    assert_eq!(kept, Ok(edit.clone()));
                    model.edits.push(edit);
                }
            }
            // From time to time the waiting edits are read to be sent.
            if step.is_multiple_of(3) {
                model.read.clone_from(&model.edits);
            }
        }
        Done::Refuse(matter) => {
            let Some(index) = model.at(matter) else { return };
            db.refuse(model.edits[index].id, "No.").await.expect("refuse");
            model.edits[index].refused = Some("No.".to_owned());
        }
        Done::TakeUp(matter) => {
            let Some(index) = model.at(matter) else { return };
            db.take_up(model.edits[index].id, Some(at)).await.expect("take up");
            (model.edits[index].refused, model.edits[index].based_on) = (None, Some(at));
        }
        Done::Sent(matter) => {
            let Some(sent) = model.read.iter().find(|edit| is_of(edit, matter)).cloned() else { return };
            db.sent(&sent, at).await.expect("sent");
            let Some(index) = model.at(matter).filter(|index| model.edits[*index].id == sent.id) else { return };
            let now = &mut model.edits[index];
            if (&now.what, now.removed) == (&sent.what, sent.removed) {
                model.edits.remove(index);
            } else {
                (now.based_on, now.refused) = (Some(at), None);
            }
        }
        Done::Settle(matter) => {
            let Some(id) = model.id(matter) else { return };
            db.confirm_sent(id).await.expect("confirm_sent");
            model.edits.retain(|edit| edit.id != id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_outbox_lists_the_latest_edit_of_each_document(all in proptest::collection::vec(any_done(), 1..40)) {
        Runtime::new().expect("runtime").block_on(async {
            let (home, db) = crate::common::journal().await;
            let mut model = Model::default();
            for (step, done) in (1..).zip(&all) {
                perform(&db, &mut model, step, done).await;
                assert_eq!(db.waiting().await.as_deref(), Ok(&model.edits[..]), "after {done:?}");
            }
            db.close_file().await.expect("close");
            let again = JournalDb::open(&home.path().join("journal.db")).await.expect("the same file");
            assert_eq!(again.waiting().await.as_deref(), Ok(&model.edits[..]));
        });
    }
}
