//! Clients and matters.

use vault_core::model::{
    Address, ClientFields, ClientId, EventKind, MatterFields, MatterId, MatterStatus, Priority, Timestamp,
};
use vault_core::ports::{Attention, Change};

use super::Subject;
use crate::conformance::fixture::matter_fields;
use crate::conformance::{Case, refused};

fn client(name: &str) -> ClientFields {
    ClientFields { name: name.to_owned(), ..ClientFields::default() }
}

fn client_id(id: &str) -> ClientId {
    ClientId::new(id).expect("id")
}

pub(super) fn matter_id(id: &str) -> MatterId {
    MatterId::new(id).expect("id")
}

/// The matter for documents of no client exists from the start.
pub async fn a_new_team_has_a_general_matter(subject: &Subject) {
    let all = subject.everything().await;
    let Some(Change::Matter(general)) = all.get("matter general") else { panic!("{:?}", all.keys()) };
    assert_eq!((general.fields.status, general.removed), (MatterStatus::Active, None));
    assert!(general.fields.client.is_none() && !general.fields.title.is_empty());
    let person =
        Change::Person { user: subject.person.user.clone(), display_name: subject.person.display_name.clone() };
    assert_eq!(all.get(&super::key(&person)), Some(&person));
}

/// Everything that is written comes back.
pub async fn a_client_and_its_matter_are_kept(subject: &Subject) {
    let address = Address { city: "Chicago".to_owned(), ..Address::default() };
    let fields =
        ClientFields { email: "abc@example.com".to_owned(), address, ..client("ABC Corp — “Überland”") };
    let written = subject.records.put_client(&client_id("c1"), fields.clone(), false, None).await.expect("client");
    assert_eq!((&written.fields, written.removed), (&fields, None));
    let fields = MatterFields {
        description: "Two\nlines".to_owned(),
        client: Some(written.id.clone()),
        status: MatterStatus::OnHold,
        priority: Priority::High,
        assigned_to: vec![subject.person.user.clone()],
        opened: Some(Timestamp(-5)),
        due: Some(Timestamp(1_800_000_000_000)),
        ..matter_fields("2024-001")
    };
    let matter = subject.records.put_matter(&matter_id("m1"), fields.clone(), false, None).await.expect("matter");
    assert_eq!(matter.fields, fields);
    let all = subject.everything().await;
    assert_eq!(all.get("client c1"), Some(&Change::Client(written)));
    assert_eq!(all.get("matter m1"), Some(&Change::Matter(matter)));
}

/// An edit of a document that changed in the meantime is refused as a conflict.
pub async fn an_edit_from_an_old_state_is_a_conflict(subject: &Subject) {
    let records = &subject.records;
    let (c, m) = (client_id("c1"), matter_id("m1"));
    let client_1 = records.put_client(&c, client("One"), false, None).await.expect("new");
    let client_2 = records.put_client(&c, client("Two"), false, Some(client_1.updated_at)).await.expect("edit");
    assert!(client_2.updated_at > client_1.updated_at);
    for old in [None, Some(client_1.updated_at)] {
        refused(records.put_client(&c, client("Three"), false, old).await, Attention::Conflict);
    }
    let matter_1 = records.put_matter(&m, matter_fields("1"), false, None).await.expect("new");
    let matter_2 =
        subject.again.put_matter(&m, matter_fields("2"), false, Some(matter_1.updated_at)).await.expect("edit");
    assert!(matter_2.updated_at > matter_1.updated_at);
    for old in [None, Some(matter_1.updated_at)] {
        refused(records.put_matter(&m, matter_fields("3"), false, old).await, Attention::Conflict);
    }
    assert_eq!(subject.everything().await.get("matter m1"), Some(&Change::Matter(matter_2)));
}

/// A write whose reply was lost can be sent again.
pub async fn a_repeated_edit_changes_nothing(subject: &Subject) {
    let (c, m) = (client_id("c1"), matter_id("m1"));
    let one = subject.records.put_client(&c, client("One"), false, None).await;
    assert_eq!(subject.records.put_client(&c, client("One"), false, None).await, one);
    let one = subject.records.put_matter(&m, matter_fields("1"), false, None).await;
    assert_eq!(subject.records.put_matter(&m, matter_fields("1"), false, None).await, one);
}

/// `general` always exists: only its description can change.
pub async fn general_is_guarded(subject: &Subject) {
    let Some(Change::Matter(general)) = subject.everything().await.remove("matter general") else { panic!() };
    let id = MatterId::general();
    let based_on = Some(general.updated_at);
    let fields = &general.fields;
    let put = async |fields, removed| subject.records.put_matter(&id, fields, removed, based_on).await;
    refused(put(fields.clone(), true).await, Attention::Invalid);
    refused(put(MatterFields { status: MatterStatus::Closed, ..fields.clone() }, false).await, Attention::Invalid);
    refused(put(MatterFields { status: MatterStatus::OnHold, ..fields.clone() }, false).await, Attention::Invalid);
    refused(put(MatterFields { number: "1".to_owned(), ..fields.clone() }, false).await, Attention::Invalid);
    refused(put(MatterFields { title: " ".to_owned(), ..fields.clone() }, false).await, Attention::Invalid);
    let described = MatterFields { title: "The firm".to_owned(), description: "Ours".to_owned(), ..fields.clone() };
    assert_eq!(put(described.clone(), false).await.expect("described").fields, described);
}

/// Numbers are compared by their key; a removed matter frees its number.
pub async fn a_number_belongs_to_one_matter(subject: &Subject) {
    let put = async |id, number, removed, based_on| {
        subject.records.put_matter(&matter_id(id), matter_fields(number), removed, based_on).await
    };
    let one = put("m1", "2024-A", false, None).await.expect("one");
    refused(put("m2", "2024-a", false, None).await, Attention::Invalid);
    for spelling in [" 2024-a", "2024-A\u{200b}", "2024-A "] {
        refused(put("m9", spelling, false, None).await, Attention::Invalid);
    }
    let umlaut = put("m7", "\u{c4}-7", false, None).await.expect("composed");
    refused(put("m9", "A\u{308}-7", false, None).await, Attention::Invalid);
    put("m7", "A\u{308}-7", false, Some(umlaut.updated_at)).await.expect("its own, spelled in another way");
    for nothing in ["general", " ", "\u{200b}", "none", "-", "--due"] {
        refused(put("m8", nothing, false, None).await, Attention::Invalid);
    }
    put("m3", "", false, None).await.expect("without a number");
    put("m4", "", false, None).await.expect("another without a number");
    put("m1", "2024-A", true, Some(one.updated_at)).await.expect("removed");
    put("m2", "2024-a", false, None).await.expect("free now");
    let Some(Change::Matter(one)) = subject.everything().await.remove("matter m1") else { panic!() };
    refused(put("m1", "2024-A", false, Some(one.updated_at)).await, Attention::Invalid);
}

/// A matter without a title could not be found again, nor could one of a client that does not exist.
pub async fn a_matter_needs_a_title_and_a_known_client(subject: &Subject) {
    let records = &subject.records;
    let untitled = MatterFields { title: " \t".to_owned(), ..matter_fields("1") };
    refused(records.put_matter(&matter_id("m1"), untitled, false, None).await, Attention::Invalid);
    let of_nobody = MatterFields { client: Some(client_id("nobody")), ..matter_fields("1") };
    refused(records.put_matter(&matter_id("m1"), of_nobody, false, None).await, Attention::Invalid);
    refused(records.put_client(&client_id("c1"), client(""), false, None).await, Attention::Invalid);
    assert_eq!(subject.everything().await.len(), 2, "the user and general");
}

/// A client can be removed once its matters are.
pub async fn a_client_with_matters_cannot_be_removed(subject: &Subject) {
    let records = &subject.records;
    let (c, m) = (client_id("c1"), matter_id("m1"));
    let one = records.put_client(&c, client("One"), false, None).await.expect("client");
    let fields = MatterFields { client: Some(c.clone()), ..matter_fields("7") };
    let matter = records.put_matter(&m, fields.clone(), false, None).await.expect("matter");
    refused(records.put_client(&c, client("One"), true, Some(one.updated_at)).await, Attention::Invalid);
    records.put_matter(&m, fields, true, Some(matter.updated_at)).await.expect("removed");
    let gone = records.put_client(&c, client("One"), true, Some(one.updated_at)).await.expect("removed");
    assert_eq!(gone.removed, Some(gone.updated_at));
    let back = records.put_client(&c, client("One"), false, Some(gone.updated_at)).await.expect("back");
    assert_eq!(back.removed, None);
}

/// Nothing is filed to a matter that does not exist.
pub async fn a_removed_matter_accepts_nothing_and_can_be_brought_back(subject: &Subject) {
    let records = &subject.records;
    let id = matter_id("m1");
    let case = Case::new(&subject.person, &id);
    let file = case.file(EventKind::Success, "Box");
    refused(records.commit(std::slice::from_ref(&file)).await, Attention::Invalid);
    let matter = records.put_matter(&id, matter_fields("1"), false, None).await.expect("matter");
    let _announced = case.announced(&**records).await;
    let gone = records.put_matter(&id, matter_fields("1"), true, Some(matter.updated_at)).await.expect("removed");
    refused(records.commit(std::slice::from_ref(&file)).await, Attention::Invalid);
    assert_eq!(subject.all_records().await, []);
    records.put_matter(&id, matter_fields("1"), false, Some(gone.updated_at)).await.expect("back");
    records.commit(&[file]).await.expect("filed");
    assert_eq!(subject.all_records().await.len(), 1);
}
