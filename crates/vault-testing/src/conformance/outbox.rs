//! The contract of [`Outbox`].

use std::sync::Arc;

use uuid::Uuid;
use vault_core::model::{
    Address, ClientFields, ClientId, ClientStatus, EditId, MatterFields, MatterId, MatterStatus, Priority, Timestamp,
    UserId,
};
use vault_core::ports::{Attention, Edited, Outbox, WaitingEdit};

use super::{Keep, refused};

/// An implementation under test, empty.
pub struct Subject {
    /// The implementation.
    pub outbox: Arc<dyn Outbox>,
    /// The same, opened once more.
    pub again: Arc<dyn Outbox>,
    /// Keeps the folder of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! outbox_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, outbox:
            edits_are_listed_oldest_first_and_exactly,
            a_second_edit_is_merged_into_the_first,
            a_refused_edit_stays_until_the_user_chooses,
            a_sent_edit_is_removed_and_a_later_one_is_kept,
            operations_on_an_unknown_edit_do_nothing,
        );
    };
}

fn edit(what: Edited, based_on: Option<i64>, made: i64) -> WaitingEdit {
    let (id, based_on) = (EditId::new(Uuid::now_v7()), based_on.map(Timestamp));
    WaitingEdit { id, what, removed: false, based_on, made: Timestamp(made), refused: None }
}

fn client(id: &str, name: &str) -> Edited {
    let fields = ClientFields { name: name.to_owned(), ..ClientFields::default() };
    Edited::Client { id: ClientId::new(id).expect("id"), fields }
}

fn matter(id: &str, title: &str) -> Edited {
    let fields = MatterFields { title: title.to_owned(), ..MatterFields::default() };
    Edited::Matter { id: MatterId::new(id).expect("id"), fields }
}

impl Subject {
    async fn keep(&self, edit: &WaitingEdit) -> WaitingEdit {
        self.outbox.keep(edit).await.expect("keep")
    }

    async fn waiting(&self) -> Vec<WaitingEdit> {
        self.again.waiting().await.expect("waiting")
    }
}

/// A client and a matter with the same id are two documents.
pub async fn edits_are_listed_oldest_first_and_exactly(subject: &Subject) {
    let address = Address {
        street: "1 “Main” St\n#2".to_owned(),
        city: "Zürich".to_owned(),
        state: "\\".to_owned(),
        zip: "0".to_owned(),
    };
    let client_fields = ClientFields {
        name: "ABC Corp — “Überland”".to_owned(),
        email: "a@b.example".to_owned(),
        phone: "+1".to_owned(),
        address,
        status: ClientStatus::Inactive,
    };
    let matter_fields = MatterFields {
        title: "Lease".to_owned(),
        description: "Two\nlines".to_owned(),
        client: Some(ClientId::new("c1").expect("id")),
        number: "2024-001".to_owned(),
        status: MatterStatus::OnHold,
        priority: Priority::High,
        assigned_to: ["u1", "u2"].map(|id| UserId::new(id).expect("id")).to_vec(),
        opened: Some(Timestamp(-5)),
        due: None,
    };
    let same = "same-id";
    let first = Edited::Client { id: ClientId::new(same).expect("id"), fields: client_fields };
    let second = Edited::Matter { id: MatterId::new(same).expect("id"), fields: matter_fields };
    // The clock of this computer may be set back: a later edit stays later.
    let edits = [
        edit(first, None, 3000),
        WaitingEdit { removed: true, ..edit(second, Some(-7), 2000) },
        edit(matter("m2", "Other"), Some(i64::MAX), 1000),
    ];
    for edit in &edits {
        assert_eq!(subject.keep(edit).await, *edit);
    }
    assert_eq!(subject.waiting().await, edits);
}

/// It keeps its position, its identity, and the state it started from.
pub async fn a_second_edit_is_merged_into_the_first(subject: &Subject) {
    let (first, other) = (edit(matter("m1", "First"), Some(5), 1000), edit(client("c1", "ABC"), None, 2000));
    subject.keep(&first).await;
    subject.keep(&other).await;
    let second = WaitingEdit { removed: true, ..edit(matter("m1", "Second"), Some(9), 3000) };
    let merged = WaitingEdit { what: second.what.clone(), removed: true, made: second.made, ..first };
    assert_eq!(subject.keep(&second).await, merged);
    assert_eq!(subject.waiting().await, [merged.clone(), other.clone()]);
    let third = edit(matter("m1", "Third"), None, 4000);
    let merged = WaitingEdit { what: third.what.clone(), removed: false, made: third.made, ..merged };
    assert_eq!(subject.keep(&third).await, merged);
    assert_eq!(subject.waiting().await, [merged, other]);
}

/// Until then nothing is added to it.
pub async fn a_refused_edit_stays_until_the_user_chooses(subject: &Subject) {
    let (first, other) = (edit(matter("m1", "First"), Some(5), 1000), edit(client("m1", "ABC"), None, 2000));
    subject.keep(&first).await;
    subject.keep(&other).await;
    subject.outbox.refuse(first.id, "Somebody else changed it.").await.expect("refuse");
    let kept_edit = WaitingEdit { refused: Some("Somebody else changed it.".to_owned()), ..first.clone() };
    let later = edit(matter("m1", "Second"), Some(5), 3000);
    refused(subject.outbox.keep(&later).await, Attention::Invalid);
    assert_eq!(subject.waiting().await, [kept_edit, other.clone()]);
    subject.outbox.take_up(first.id, Some(Timestamp(8))).await.expect("take up");
    let taken_up = WaitingEdit { based_on: Some(Timestamp(8)), ..first };
    assert_eq!(subject.waiting().await, [taken_up.clone(), other.clone()]);
    let merged = WaitingEdit { what: later.what.clone(), made: later.made, ..taken_up };
    assert_eq!(subject.keep(&later).await, merged);
    subject.outbox.refuse(merged.id, "No.").await.expect("refuse");
    subject.outbox.confirm_sent(merged.id).await.expect("confirmed");
    assert_eq!(subject.waiting().await, [other]);
}

/// The user edits again while an edit is being sent.
pub async fn a_sent_edit_is_removed_and_a_later_one_is_kept(subject: &Subject) {
    let first = edit(client("c1", "First"), None, 1000);
    subject.keep(&first).await;
    let later = edit(client("c1", "Second"), None, 2000);
    subject.keep(&later).await;
    subject.outbox.sent(&first, Timestamp(1500)).await.expect("sent");
    let rest = WaitingEdit { id: first.id, based_on: Some(Timestamp(1500)), ..later };
    assert_eq!(subject.waiting().await, std::slice::from_ref(&rest));
    subject.outbox.sent(&rest, Timestamp(2500)).await.expect("sent");
    assert_eq!(subject.waiting().await, []);
    subject.outbox.sent(&rest, Timestamp(2500)).await.expect("sent twice");
    let new = edit(client("c1", "Third"), Some(2500), 3000);
    subject.keep(&new).await;
    subject.outbox.sent(&rest, Timestamp(2500)).await.expect("of another edit");
    assert_eq!(subject.waiting().await, [new]);
}

/// Two programs may confirm or refuse the same edit.
pub async fn operations_on_an_unknown_edit_do_nothing(subject: &Subject) {
    assert_eq!(subject.waiting().await, []);
    let nobody = EditId::new(Uuid::now_v7());
    assert_eq!(subject.outbox.confirm_sent(nobody).await, Ok(()));
    assert_eq!(subject.outbox.refuse(nobody, "No.").await, Ok(()));
    assert_eq!(subject.outbox.take_up(nobody, None).await, Ok(()));
    assert_eq!(subject.waiting().await, []);
}
