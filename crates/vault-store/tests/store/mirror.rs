//! The mirror of the documents: applied changes are read back, applying them twice changes nothing, counts are right.

use std::collections::HashMap;

use crate::common::*;
use proptest::prelude::*;
use vault_core::model::{
    Address, Client, ClientFields, ClientStatus, EventKind, FileHash, LastModified, Matter, MatterFields, MatterId,
    MatterStatus, MetadataRecord, PathText, Priority, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, Cursor, FolderKey, ListQuery, Mirror, SortBy, StatusFilter};
use vault_store::CacheDb;

async fn apply(cache: &CacheDb, changes: Vec<Change>) {
    cache.apply(&page(changes)).await.expect("apply");
}

#[tokio::test]
async fn clients_and_matters_round_trip() {
    let (_home, cache) = cache().await;
    assert_eq!(cache.cursor().await, Ok(None));
    let full = Client {
        fields: ClientFields {
            name: "Äsop & Co.".into(),
            email: "a@example.com".into(),
            phone: "+49 1".into(),
            address: Address { street: "1".into(), city: "2".into(), state: "3".into(), zip: "4".into() },
            status: ClientStatus::Inactive,
        },
        ..client("c1", "")
    };
    let gone = Client { removed: Some(Timestamp(9)), ..client("c2", "Gone'); DROP TABLE clients; --") };
    let review = Matter {
        fields: MatterFields {
            title: "Review".into(),
            description: "d".into(),
            client: Some(full.id.clone()),
            number: "2024-001a".into(),
            status: MatterStatus::OnHold,
            priority: Priority::High,
            assigned_to: vec![user(), UserId::new("kim").expect("id")],
            opened: Some(Timestamp(-1)),
            due: Some(Timestamp(3)),
        },
        ..matter("m1", "", "")
    };
    let removed = Matter { removed: Some(Timestamp(4)), ..matter("m2", "2024-002", "Removed") };
    let name = Change::Person { user: user(), display_name: "Pat".into() };
    let all = vec![
        name,
        Change::Client(full.clone()),
        Change::Client(gone.clone()),
        Change::Matter(review.clone()),
        Change::Matter(removed.clone()),
        general(),
    ];
    apply(&cache, all.clone()).await;
    apply(&cache, all).await;

    assert_eq!(cache.cursor().await, Ok(Some(Cursor("next".into()))));
    assert_eq!(cache.clients(false).await, Ok(vec![full.clone()]));
    assert_eq!(cache.clients(true).await, Ok(vec![gone.clone()]));
    assert_eq!(cache.find_client("äSOP & co.").await, Ok(Some(full)));
    assert_eq!(cache.find_client("c2").await, Ok(Some(gone)));
    assert_eq!(cache.display_name(&user()).await, Ok(Some("Pat".into())));
    assert_eq!(cache.display_name(&UserId::new("x").expect("id")).await, Ok(None));
    let present = cache.matters(StatusFilter::Present).await.expect("matters");
    assert_eq!(present.iter().map(|m| m.matter.id.as_str()).collect::<Vec<_>>(), ["general", "m1"]);
    assert_eq!((&present[1].matter, present[1].client_name.as_deref()), (&review, Some("Äsop & Co.")));
    let held = cache.matters(StatusFilter::Only(MatterStatus::OnHold)).await.expect("matters");
    assert_eq!(held, present[1..]);
    assert_eq!(cache.matters(StatusFilter::Removed).await.expect("matters")[0].matter, removed);
    assert_eq!(cache.find_matter("2024-001A").await, Ok(Some(present[1].clone())));
    assert_eq!(cache.find_matter("2024-002").await, Ok(None));
    assert_eq!(cache.find_matter("m2").await.expect("matter").map(|m| m.matter), Some(removed));
    assert_eq!(cache.find_matter("").await, Ok(None));
}

#[tokio::test]
async fn an_older_form_of_a_document_does_not_replace_a_newer_one() {
    let (_home, cache) = cache().await;
    let newer = Matter { updated_at: Timestamp(9), ..matter("m", "2", "Newer") };
    apply(&cache, vec![Change::Matter(newer.clone()), Change::Matter(matter("m", "1", "Older"))]).await;
    let newer_record = record("a.pdf", "New");
    let mut older_record = record("a.pdf", "Old");
    older_record.updated_at = Timestamp(1);
    apply(&cache, vec![Change::Record(newer_record.clone()), Change::Record(older_record.clone())]).await;
    apply(&cache, vec![Change::Record(older_record)]).await;
    assert_eq!(cache.find_matter("m").await.expect("matter").map(|m| m.matter), Some(newer));
    assert_eq!(stored(&cache, &newer_record).await, Some(newer_record));
}

/// The record as stored.
async fn stored(cache: &CacheDb, record: &MetadataRecord) -> Option<MetadataRecord> {
    let mut found = cache.records(&record.matter, &[record.metadata_hash]).await.expect("records");
    found.pop()
}

fn in_folder(path: &str) -> ListQuery {
    let folder = FolderKey { matter: MatterId::general(), path: path.into() };
    ListQuery { folder, deep: false, containing: String::new(), sort: SortBy::Name, descending: false }
}

/// Names of the folders with their counts, and names of the records.
async fn listed(cache: &CacheDb, path: &str) -> (Vec<(String, u64)>, Vec<String>) {
    let query = in_folder(path);
    let folders = cache.folders(&query.folder).await.expect("folders");
    let ids = cache.list(&query).await.expect("list");
    let records = cache.records(&query.folder.matter, &ids).await.expect("records");
    let folders = folders.into_iter().map(|f| (f.name, f.files)).collect();
    (folders, records.into_iter().map(|r| r.original_name).collect())
}

#[tokio::test]
async fn records_are_listed_in_each_of_their_folders() {
    let (_home, cache) = cache().await;
    let both = record("b.pdf", "Box/2023|Other%7Cside");
    let taken = vec![general(), Change::Record(both.clone()), Change::Record(record("a.pdf", ""))];
    apply(&cache, taken.clone()).await;
    apply(&cache, taken).await;
    let one = |name: &str, n| (name.to_owned(), n);
    assert_eq!(listed(&cache, "").await, (vec![one("Box", 1), one("Other|side", 1)], vec!["a.pdf".into()]));
    assert_eq!(listed(&cache, "Box").await, (vec![one("2023", 1)], vec![]));
    assert_eq!(listed(&cache, "Box/2023").await, (vec![], vec!["b.pdf".into()]));
    assert_eq!(listed(&cache, "Box/2023/x").await, (vec![], vec![]));
    assert_eq!(stored(&cache, &both).await, Some(both.clone()));
    assert_eq!(cache.matters(StatusFilter::Present).await.expect("matters")[0].files, 2);

    // Filed again from elsewhere: one folder stays, one is left empty and disappears.
    let mut moved = both;
    moved.folder_paths = vault_core::model::FolderPaths::parse("Archive/Box/2023");
    moved.updated_at = Timestamp(8);
    apply(&cache, vec![Change::Record(moved)]).await;
    assert_eq!(listed(&cache, "").await, (vec![one("Archive", 1)], vec!["a.pdf".into()]));
    assert_eq!(listed(&cache, "Archive/Box/2023").await.1, ["b.pdf"]);
    assert_eq!(cache.matters(StatusFilter::Present).await.expect("matters")[0].files, 2);
    assert_eq!(cache.search("other", 10).await.expect("search").folders, []);
    assert_eq!(cache.search("archive b", 10).await.expect("search").records.len(), 1);
}

#[tokio::test]
async fn a_blob_under_another_matter_or_another_name_is_found_where_it_lies() {
    let (_home, cache) = cache().await;
    let mut elsewhere = record("noext", "x");
    elsewhere.storage_path =
        vault_core::model::StoragePath::new(&team(), &matter_id("m9"), elsewhere.file_hash, "first.PDF");
    let mut odd = record("odd.pdf", "x");
    odd.storage_path = vault_core::model::StoragePath::new(&team(), &matter_id("m9"), FileHash::of(b"other"), "a");
    apply(&cache, vec![Change::Record(elsewhere.clone()), Change::Record(odd.clone())]).await;
    for expected in [elsewhere, odd] {
        assert_eq!(stored(&cache, &expected).await, Some(expected));
    }
}

#[tokio::test]
async fn a_deep_tree_and_a_huge_name_are_no_trouble() {
    let (_home, cache) = cache().await;
    let deep = vec!["d"; 2000].join("/");
    let huge = format!("{}.pdf", "word ".repeat(2000));
    let hostile = "'\"; DROP TABLE records; -- %7C";
    let all = [record("deep.txt", &deep), record(&huge, "x"), record(hostile, "a'b/\"c\"/[d]/{e}/\\u0041")];
    cache.apply(&records(all.clone())).await.expect("apply");
    assert_eq!(listed(&cache, &deep).await.1, ["deep.txt"]);
    assert_eq!(listed(&cache, "a'b/\"c\"/[d]/{e}/\\u0041").await.1, [hostile]);
    for expected in all {
        assert_eq!(stored(&cache, &expected).await, Some(expected));
    }
}

#[tokio::test]
async fn a_record_of_thousands_of_folders_can_get_one_more() {
    let (_home, cache) = cache().await;
    let wire = (0..12_000).map(|n| format!("Case {n:05}/Logos")).collect::<Vec<_>>().join("|");
    let mut logo = record("logo.png", &wire);
    apply(&cache, vec![general(), Change::Record(logo.clone())]).await;
    let deep = (0..1_000).map(|n| format!("d{n}")).collect::<Vec<_>>().join("/");
    logo.folder_paths.merge(&format!("{deep}/Case 00007/Logos"));
    logo.folder_paths.merge("New");
    logo.updated_at = Timestamp(8);
    apply(&cache, vec![Change::Record(logo.clone())]).await;
    // One moved below others, one is new.
    let (folders, _) = listed(&cache, "").await;
    assert_eq!(folders.len(), 12_001);
    assert!(folders.iter().all(|(name, files)| *files == 1 && name != "Case 00007"));
    assert_eq!(listed(&cache, &format!("{deep}/Case 00007/Logos")).await.1, ["logo.png"]);
    assert_eq!(cache.matters(StatusFilter::Present).await.expect("matters")[0].files, 1);
    assert_eq!(stored(&cache, &logo).await, Some(logo));
}

#[tokio::test]
async fn a_list_is_in_order_whatever_the_order_of_arrival() {
    let (_home, cache) = cache().await;
    let names: Vec<String> = (0..250).map(|n| format!("Exhibit {n}.pdf")).collect();
    let shuffled = (0..250).map(|n| record(&names[n * 7 % 250], "Box"));
    // The same name again: other content.
    let mut twin = record("Exhibit 9.pdf", "Box");
    twin.file_hash = FileHash::of(b"twin");
    twin.metadata_hash = vault_core::model::MetadataHash::of("Exhibit 9.pdf", LastModified(7), twin.file_hash);
    cache.apply(&records(shuffled.chain([twin]))).await.expect("apply");
    let mut expected = names;
    expected.insert(10, "Exhibit 9.pdf".into());
    assert_eq!(listed(&cache, "Box").await.1, expected);
}

#[tokio::test]
async fn events_round_trip_exactly() {
    let (_home, cache) = cache().await;
    let mut odd = event(2, EventKind::Failed);
    odd.file_name = PathText::from_bytes(b"Br\xfcgge.pdf".to_vec());
    odd.folder_path = PathText::from_bytes(b"Box/\xfe".to_vec());
    // The same text as the folder before, but other bytes.
    let mut twin = event(3, EventKind::AlreadyStored);
    twin.folder_path = PathText::plain("Box/%FE");
    twin.app_version = "0.2.0".into();
    let events = vec![event(1, EventKind::Success), odd, twin, event(4, EventKind::Interrupted)];
    apply(&cache, events.iter().cloned().map(Change::Event).collect()).await;
    let all = cache.drop_events(drop_id(1), &[], None, 10).await.expect("events");
    assert_eq!((all.events, all.next), (events.clone(), None));
    let first = cache.drop_events(drop_id(1), &[], None, 3).await.expect("events");
    assert_eq!((&first.events[..], first.next), (&events[..3], Some(event_id(3))));
    let rest = cache.drop_events(drop_id(1), &[], first.next, 3).await.expect("events");
    assert_eq!((&rest.events[..], rest.next), (&events[3..], None));
    for (event, kind) in events.iter().zip(events.iter().map(|event| event.kind)) {
        let of_kind = cache.drop_events(drop_id(1), &[kind], None, 1).await.expect("events");
        assert_eq!((&of_kind.events[..], of_kind.next), (std::slice::from_ref(event), None));
    }
    assert_eq!(cache.drop_events(drop_id(2), &[], None, 10).await.expect("events").events, []);
}

#[tokio::test]
async fn an_interrupted_event_may_end_and_a_final_one_never_changes() {
    let (_home, cache) = cache().await;
    apply(&cache, vec![general(), Change::Event(event(1, EventKind::Interrupted))]).await;
    let drop = |cache: CacheDb| async move { cache.drops(None, None, 10).await.expect("drops").drops.remove(0) };
    let counts = drop(cache.clone()).await.summary.counts;
    assert_eq!((counts.stored, counts.bytes, counts.bytes_stored), (0, 10, 0));
    assert_eq!(cache.matters(StatusFilter::Present).await.expect("matters")[0].last_filed, None);

    let both = vec![
        Change::Event(event(1, EventKind::Success)),
        Change::Event(event(1, EventKind::Interrupted)),
        Change::Event(event(1, EventKind::Failed)),
    ];
    apply(&cache, both.clone()).await;
    apply(&cache, both).await;
    let events = cache.drop_events(drop_id(1), &[], None, 10).await.expect("events").events;
    assert_eq!(events, [event(1, EventKind::Success)]);
    let drop = drop(cache.clone()).await.summary;
    assert_eq!((drop.counts.stored, drop.counts.failed), (1, 0));
    assert_eq!((drop.counts.bytes, drop.counts.bytes_stored), (10, 10));
    assert_eq!(cache.matters(StatusFilter::Present).await.expect("matters")[0].last_filed, Some(Timestamp(101)));
}

#[tokio::test]
async fn history_shows_drops_with_a_summary_and_those_without() {
    let (_home, cache) = cache().await;
    let mut other = event(7, EventKind::AlreadyStored);
    other.batch = drop_id(3);
    other.matter = matter_id("m1");
    let mut changes: Vec<Change> = [1, 2, 4].map(|n| Change::Drop(summary(n))).into();
    changes.extend([event(1, EventKind::Success), other.clone()].map(Change::Event));
    apply(&cache, changes.clone()).await;
    apply(&cache, changes).await;
    let page = async |matter: Option<&MatterId>, before, most| {
        let page = cache.drops(matter, before, most).await.expect("drops");
        (page.drops.into_iter().map(|drop| drop.summary).collect::<Vec<_>>(), page.next)
    };
    let (all, next) = page(None, None, 10).await;
    assert_eq!(all.iter().map(|d| d.id).collect::<Vec<_>>(), [3, 4, 2, 1].map(drop_id));
    assert_eq!((&all[1], &all[3], next), (&summary(4), &summary(1), None));
    let under_way = &all[0];
    assert_eq!((under_way.finished, under_way.started, &under_way.matter), (None, other.timestamp, &other.matter));
    assert_eq!((under_way.counts.skipped, under_way.counts.bytes, under_way.sources.len()), (1, 10, 0));

    let (first, next) = page(Some(&MatterId::general()), None, 2).await;
    assert_eq!(first, [summary(4), summary(2)]);
    assert_eq!(page(Some(&MatterId::general()), next, 2).await, (vec![summary(1)], None));
    assert_eq!(page(Some(&matter_id("m1")), None, 2).await.0.len(), 1);
    let mut longer = summary(4);
    longer.counts.stored = 77;
    apply(&cache, vec![Change::Drop(longer.clone())]).await;
    assert_eq!(page(Some(&MatterId::general()), None, 1).await.0, [longer.clone()]);
    assert_eq!(cache.drop_entry(drop_id(4)).await.expect("drop").map(|drop| drop.summary), Some(longer));
    assert_eq!(cache.drop_entry(drop_id(9)).await, Ok(None));
}

#[tokio::test]
async fn the_last_recorded_drop_is_the_newest_whatever_its_clock() {
    let (_home, cache) = cache().await;
    // The first was filed by a clock far ahead; the third has no files.
    let mut ahead = event(1, EventKind::Success);
    ahead.batch = drop_id(900);
    let mut right = event(2, EventKind::Success);
    right.batch = drop_id(5);
    let changes = [Change::Event(ahead), Change::Event(right), Change::Drop(summary(3)), Change::Drop(summary(900))];
    apply(&cache, changes.to_vec()).await;
    let mut last = event(3, EventKind::Success);
    last.batch = drop_id(1);
    apply(&cache, vec![Change::Event(last)]).await;
    let (mut ids, mut before) = (Vec::new(), None);
    loop {
        let page = cache.drops(None, before, 1).await.expect("drops");
        ids.extend(page.drops.iter().map(|drop| drop.summary.id));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(ids, [1, 3, 5, 900].map(drop_id));
}

#[tokio::test]
async fn a_document_is_found_by_its_hash_and_by_the_beginning_of_it() {
    let (_home, cache) = cache().await;
    let here = record("a.pdf", "x");
    let mut there = here.clone();
    there.matter = matter_id("another");
    let mut about: UploadEvent = event(1, EventKind::Success);
    about.file_hash = here.file_hash;
    let changes = vec![Change::Record(here.clone()), Change::Record(there.clone()), Change::Event(about.clone())];
    apply(&cache, changes).await;
    // One applied with its record, and one whose hashes do not match.
    let mut with_record: UploadEvent = event(2, EventKind::AlreadyStored);
    with_record.file_hash = here.file_hash;
    with_record.metadata_hash = here.metadata_hash;
    let mut odd: UploadEvent = event(3, EventKind::AlreadyStored);
    odd.metadata_hash = here.metadata_hash;
    apply(&cache, vec![Change::Event(with_record.clone()), Change::Event(odd.clone())]).await;
    let of_odd = cache.document(odd.file_hash).await.expect("document").expect("there");
    assert_eq!((of_odd.records, of_odd.events), (vec![], vec![odd]));
    let document = cache.document(here.file_hash).await.expect("document").expect("there");
    assert_eq!((document.records, document.events), (vec![there, here.clone()], vec![about, with_record]));
    assert_eq!(cache.document(FileHash::of(b"unknown")).await, Ok(None));
    for digits in [here.file_hash.to_string(), here.metadata_hash.to_string()] {
        for length in [1, 7, 16, 17, 63, 64] {
            assert_eq!(cache.contents_by_prefix(&digits[..length], 10).await, Ok(vec![here.file_hash]), "{length}");
        }
        let other = if digits.starts_with('0') { "1" } else { "0" };
        assert_eq!(cache.contents_by_prefix(&format!("{other}{}", &digits[1..]), 10).await, Ok(vec![]));
    }
    assert_eq!(cache.contents_by_prefix("", 10).await, Ok(vec![]));
    assert_eq!(cache.contents_by_prefix("' OR 1=1", 10).await, Ok(vec![]));
}

#[tokio::test]
async fn everything_can_be_cleared() {
    let (_home, cache) = cache().await;
    let changes = vec![
        general(),
        Change::Client(client("c", "C")),
        Change::Record(record("a.pdf", "x")),
        Change::Event(event(1, EventKind::Success)),
        Change::Drop(summary(2)),
    ];
    apply(&cache, changes.clone()).await;
    let search = cache.search("a", 10).await.expect("search");
    cache.clear().await.expect("clear");
    assert_eq!(cache.cursor().await, Ok(None));
    assert_eq!(cache.matters(StatusFilter::Present).await, Ok(vec![]));
    assert_eq!(cache.drops(None, None, 9).await.expect("drops").drops, []);
    assert_eq!(cache.search("a", 10).await, Ok(vault_core::ports::SearchHits::default()));
    apply(&cache, changes).await;
    assert_eq!(cache.search("a", 10).await, Ok(search));
}

fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec("[abc]", 0..4).prop_map(|segments| segments.join("/"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The counts of every folder are those of a recount, after any number of merges.
    #[test]
    fn folders_count_their_documents(
        pages in proptest::collection::vec(
            proptest::collection::vec((0..6_usize, path(), path()), 1..8), 1..6)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            let (_home, cache) = cache().await;
            let names = ["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf", "f.pdf"];
            let mut now: HashMap<usize, MetadataRecord> = HashMap::new();
            for (time, changes) in (10..).zip(&pages) {
                let mut taken = Vec::new();
                for (n, first, second) in changes {
                    let mut changed = record(names[*n], first);
                    changed.folder_paths.merge(second);
                    changed.updated_at = Timestamp(time);
                    now.insert(*n, changed.clone());
                    taken.push(changed);
                }
                cache.apply(&records(taken)).await.expect("apply");
            }
            let placed: Vec<String> =
                now.values().flat_map(|r| r.folder_paths.iter().map(str::to_owned).collect::<Vec<_>>()).collect();
            let mut to_do = vec![String::new()];
            let mut direct = 0;
            while let Some(path) = to_do.pop() {
                let (folders, names) = listed(&cache, &path).await;
                assert_eq!(names.len(), placed.iter().filter(|p| **p == path).count(), "{path}");
                direct += names.len();
                for (name, files) in folders {
                    let below = if path.is_empty() { name } else { format!("{path}/{name}") };
                    let inside = |p: &&String| **p == below || p.starts_with(&format!("{below}/"));
                    assert!(files > 0, "{below} is empty");
                    assert_eq!(files, placed.iter().filter(inside).count() as u64, "{below}");
                    to_do.push(below);
                }
            }
            assert_eq!(direct, placed.len());
        });
    }
}
