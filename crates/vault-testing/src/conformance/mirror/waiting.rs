//! Changes that wait to be sent.

use uuid::Uuid;
use vault_core::model::{Client, ClientId, EditId, EventKind, Matter, MatterId, MatterStatus, Timestamp};
use vault_core::ports::{Change, Edited, StatusFilter, WaitingEdit};

use super::{Subject, changes_of, client, matter, new_case};

fn edit(what: Edited, based_on: Option<i64>, removed: bool) -> WaitingEdit {
    let (id, based_on) = (EditId::new(Uuid::now_v7()), based_on.map(Timestamp));
    WaitingEdit { id, what, removed, based_on, made: Timestamp(4000), refused: None }
}

fn of_client(client: Client, based_on: Option<i64>, removed: bool) -> WaitingEdit {
    edit(Edited::Client { id: client.id, fields: client.fields }, based_on, removed)
}

fn of_matter(matter: Matter, based_on: Option<i64>, removed: bool) -> WaitingEdit {
    edit(Edited::Matter { id: matter.id, fields: matter.fields }, based_on, removed)
}

fn matter_id(id: &str) -> MatterId {
    MatterId::new(id).expect("id")
}

fn client_id(id: &str) -> ClientId {
    ClientId::new(id).expect("id")
}

/// A matter of the client `c1`.
fn of_c1(matter: Matter) -> Matter {
    let mut matter = matter;
    matter.fields.client = Some(client_id("c1"));
    matter
}

impl Subject {
    async fn show(&self, edits: &[WaitingEdit]) {
        self.mirror.show_waiting(edits).await.expect("show");
    }

    /// Ids of matters, those that wait with a star.
    async fn matters(&self, filter: StatusFilter) -> Vec<String> {
        let listed = self.again.matters(filter).await.expect("matters");
        listed.iter().map(|found| format!("{}{}", found.matter.id, if found.waiting { "*" } else { "" })).collect()
    }

    async fn clients(&self, removed: bool) -> Vec<String> {
        let listed = self.again.clients(removed).await.expect("clients");
        listed.into_iter().map(|client| client.fields.name).collect()
    }
}

/// New, changed, removed and brought back; sorted by name or number, marked, and gone without a trace.
pub async fn a_waiting_edit_is_shown_as_if_applied(subject: &Subject) {
    subject.furnished().await;
    let gone = Matter { removed: Some(Timestamp(5)), ..matter("m3", "2022-001", "Gone") };
    subject.apply(vec![Change::Matter(gone), Change::Client(client("c2", "Zeta"))]).await;
    let before = (subject.matters(StatusFilter::Present).await, subject.again.clients(false).await);
    let mut closed = of_c1(matter("m1", "2024-001", "Contract review, signed"));
    closed.fields.status = MatterStatus::Closed;
    let edits = [
        of_matter(of_c1(matter("m4", "2023-999", "New")), None, false),
        of_matter(closed, Some(1000), false),
        of_matter(matter("m2", "2023-007", "Old dispute"), Some(1000), true),
        of_matter(matter("m3", "2022-001", "Gone"), Some(1000), false),
        of_client(client("c3", "Alpha"), None, false),
        of_client(client("c1", "ABC Corporation"), Some(1000), false),
        of_client(client("c2", "Zeta"), Some(1000), true),
    ];
    subject.show(&edits).await;
    assert_eq!(subject.matters(StatusFilter::Present).await, ["general", "m3*", "m4*", "m1*"]);
    assert_eq!(subject.matters(StatusFilter::Only(MatterStatus::Closed)).await, ["m1*"]);
    assert_eq!(subject.matters(StatusFilter::Removed).await, ["m2*"]);
    assert_eq!(subject.clients(false).await, ["ABC Corporation", "Alpha"]);
    assert_eq!(subject.clients(true).await, ["Zeta"]);
    let waiting: Vec<_> = subject.again.waiting_clients().await.expect("clients").into_iter().collect();
    assert_eq!(waiting, ["c1", "c2", "c3"].map(client_id));

    let find = async |text: &str| subject.again.find_matter(text).await.expect("find");
    let new = find("2023-999").await.expect("it is shown");
    assert_eq!((new.waiting, new.files, new.client_name.as_deref()), (true, 0, Some("ABC Corporation")));
    assert_eq!(Some(&new.matter), edits[0].matter().as_ref());
    assert_eq!(find("m4").await, Some(new));
    assert_eq!(find("2023-007").await, None, "it is removed");
    assert!(find("m2").await.is_some_and(|found| found.waiting && found.matter.removed == Some(Timestamp(4000))));
    assert!(find("general").await.is_some_and(|found| !found.waiting));
    assert_eq!(subject.again.find_client("ABC Corp").await, Ok(None));
    let found = subject.again.find_client("abc corporation").await.expect("find");
    assert_eq!((found.as_ref(), found.is_some()), (edits[5].client().as_ref(), true));

    subject.show(&[]).await;
    assert_eq!((subject.matters(StatusFilter::Present).await, subject.again.clients(false).await), before);
    assert_eq!(find("m4").await, None);
    assert_eq!(subject.again.waiting_clients().await.map(|ids| ids.len()), Ok(0));
}

/// So that both versions can be shown when they conflict.
pub async fn the_version_of_the_vault_is_kept_under_a_waiting_edit(subject: &Subject) {
    subject.furnished().await;
    let vaults = (
        subject.again.find_matter("m1").await.expect("find").map(|found| found.matter),
        subject.again.find_client("c1").await.expect("find"),
    );
    let vault_version = async || {
        let (m1, c1) = (matter_id("m1"), client_id("c1"));
        let matter = subject.again.server_matter(&m1).await.expect("matter");
        (matter, subject.again.client_beneath(&c1).await.expect("client"))
    };
    assert_eq!(vault_version().await, vaults);
    let edits = [
        of_matter(matter("m1", "1", "Mine"), Some(1000), true),
        of_client(client("c1", "Mine"), Some(1000), true),
        of_matter(matter("m9", "9", "New"), None, false),
        of_client(client("c9", "New"), None, false),
    ];
    subject.show(&edits).await;
    assert_eq!(vault_version().await, vaults);
    assert_eq!(subject.again.server_matter(&matter_id("m9")).await, Ok(None));
    assert_eq!(subject.again.client_beneath(&client_id("c9")).await, Ok(None));
    // A colleague changes the same document: the vault's version is updated, and the user's edit is still shown.
    let theirs = Matter { updated_at: Timestamp(2000), ..matter("m1", "2024-001", "Theirs") };
    subject.apply(vec![Change::Matter(theirs.clone())]).await;
    assert_eq!(vault_version().await.0, Some(theirs));
    let shown = subject.again.find_matter("m1").await.expect("find").expect("shown");
    assert_eq!((shown.matter.fields.title.as_str(), shown.waiting), ("Mine", true));
}

/// By a search, too; and documents filed to a matter stay counted.
pub async fn waiting_documents_are_found_and_counted_with_their_files(subject: &Subject) {
    subject.furnished().await;
    subject.apply(changes_of(&new_case().file_of("draft", EventKind::Success, "Correspondence"), 5000)).await;
    let edits = [
        of_matter(of_c1(matter("m1", "2024-001", "Arbitration")), Some(1000), false),
        of_matter(matter("m4", "2025-001", "Conveyance"), None, false),
        of_client(client("c1", "Xylophones Inc"), Some(1000), false),
    ];
    subject.show(&edits).await;
    let search = async |text: &str| subject.again.search(text, 10).await.expect("search");
    let hits = search("arbitr").await;
    assert_eq!(hits.matters.iter().map(|found| (found.files, found.waiting)).collect::<Vec<_>>(), [(1, true)]);
    for text in ["contract", "abc"] {
        let hits = search(text).await;
        assert_eq!((hits.matters.len(), hits.clients.len()), (0, 0), "{text}");
    }
    assert_eq!(search("conveyance").await.matters.len(), 1);
    let hits = search("xylo").await;
    assert_eq!((hits.clients.len(), hits.matters.len()), (1, 1), "the client, and its matter");
    assert_eq!((search("letter").await.records.len(), search("corresp").await.folders.len()), (1, 1));
    subject.show(&[of_matter(matter("m1", "2024-001", "Arbitration"), Some(1000), true)]).await;
    assert_eq!((search("letter").await.records.len(), search("corresp").await.folders.len()), (0, 0), "it is removed");
}

/// When the vault's own version has arrived, only the mark disappears.
pub async fn a_confirmed_change_replaces_the_waiting_edit(subject: &Subject) {
    subject.furnished().await;
    let new = of_matter(of_c1(matter("m4", "2025-001", "Conveyance")), None, false);
    subject.show(std::slice::from_ref(&new)).await;
    let vaults = Matter { updated_at: Timestamp(9000), ..new.matter().expect("a matter") };
    subject.apply(vec![Change::Matter(vaults.clone())]).await;
    let shown = async || subject.again.find_matter("m4").await.expect("find").expect("shown");
    assert!(shown().await.waiting, "until it is confirmed");
    subject.show(&[]).await;
    assert_eq!((shown().await.matter, shown().await.waiting), (vaults, false));
}

/// They are kept in the outbox.
pub async fn waiting_edits_can_be_shown_again_after_a_clear(subject: &Subject) {
    subject.furnished().await;
    let edits = [of_matter(matter("m4", "2025-001", "New"), None, false), of_client(client("c4", "New"), None, false)];
    subject.show(&edits).await;
    subject.mirror.clear().await.expect("clear");
    assert_eq!((subject.matters(StatusFilter::Present).await.len(), subject.clients(false).await.len()), (0, 0));
    subject.show(&edits).await;
    assert_eq!(subject.matters(StatusFilter::Present).await, ["m4*"]);
    subject.furnished().await;
    assert_eq!(subject.matters(StatusFilter::Present).await, ["general", "m2", "m1", "m4*"]);
    assert_eq!(subject.clients(false).await, ["ABC Corp", "New"]);
}
