//! Following changes.

use std::collections::{BTreeMap, HashSet};

use tokio::task::JoinSet;
use vault_core::model::{EventKind, MatterFields};
use vault_core::ports::{Change, ChangePage, Cursor, Records};

use super::matters::matter_id;
use super::{Subject, key};
use crate::conformance::Case;
use crate::conformance::fixture::{begun, matter_fields};

/// No document comes before one it refers to, given what is known already.
#[track_caller]
fn in_order(known: &mut HashSet<String>, changes: &[Change]) {
    for change in changes {
        let needs = match change {
            Change::Client(_) | Change::Person { .. } | Change::Unreadable(_) => Vec::new(),
            Change::Matter(matter) => matter.fields.client.iter().map(|id| format!("client {id}")).collect(),
            Change::Record(record) => vec![format!("matter {}", record.matter)],
            Change::Event(event) if event.kind.is_stored() => {
                vec![format!("matter {}", event.matter), format!("record {} {}", event.matter, event.metadata_hash)]
            }
            Change::Event(event) => vec![format!("matter {}", event.matter)],
            Change::Drop(drop) => vec![format!("matter {}", drop.matter)],
        };
        for needed in needs {
            assert!(known.contains(&needed), "{} before {needed}", key(change));
        }
        known.insert(key(change));
    }
}

async fn page(records: &dyn Records, since: Option<&Cursor>, limit: usize) -> ChangePage {
    records.changes(since, limit).await.expect("changes")
}

/// For any size of the pages, everything is returned, and nothing twice.
pub async fn changes_return_everything_in_order(subject: &Subject) {
    let matter = matter_id("m1");
    subject.records.put_matter(&matter, matter_fields("1"), false, None).await.expect("matter");
    for case in [subject.case().await, Case::new(&subject.person, &matter).announced(&*subject.records).await] {
        let files =
            [EventKind::Success, EventKind::Failed, EventKind::AlreadyStored].map(|kind| case.file(kind, "Box"));
        subject.records.commit(&files).await.expect("commit");
        subject.records.put_drop(&case.summary(1), &[]).await.expect("drop");
    }
    // The user, two matters; for each drop two records, three events and its summary.
    let all = subject.everything().await;
    assert_eq!(all.len(), 3 + 2 * 6, "{:?}", all.keys());
    for limit in [1, 2, 3, 7, 1000] {
        let (mut read_back, mut known, mut cursor) = (Vec::new(), HashSet::new(), None);
        loop {
            let page = page(&*subject.records, cursor.as_ref(), limit).await;
            assert!(page.changes.len() <= limit);
            assert!(!page.more || !page.changes.is_empty(), "a page without progress");
            in_order(&mut known, &page.changes);
            read_back.extend(page.changes);
            cursor = Some(page.cursor);
            if !page.more {
                break;
            }
        }
        assert_eq!(read_back.len(), all.len(), "a change was returned twice or not at all, {limit} a page");
        assert_eq!(read_back.into_iter().map(|change| (key(&change), change)).collect::<BTreeMap<_, _>>(), all);
    }
}

/// A reader whose pages fall between the writes misses nothing.
pub async fn a_reader_who_follows_writers_ends_with_everything(subject: &Subject) {
    let mut writers = JoinSet::new();
    for writer in 0..3 {
        let records = if writer == 0 { &subject.again } else { &subject.records }.clone();
        let case = subject.case().await;
        writers.spawn(async move {
            for n in 0..20 {
                let files =
                    [case.file(EventKind::Success, "Box"), case.file_of(&n.to_string(), EventKind::AlreadyStored, "A")];
                records.begin(&[begun(&files[0])]).await.expect("begin");
                records.commit(&files).await.expect("commit");
            }
            records.put_drop(&case.summary(40), &[]).await.expect("drop");
        });
    }
    let (mut state, mut known, mut cursor) = (BTreeMap::new(), HashSet::new(), None);
    loop {
        let ended = writers.is_empty();
        let page = page(&*subject.records, cursor.as_ref(), 17).await;
        in_order(&mut known, &page.changes);
        state.extend(page.changes.into_iter().map(|change| (key(&change), change)));
        cursor = Some(page.cursor);
        if page.more {
            continue;
        }
        if ended {
            break;
        }
        while let Some(done) = writers.try_join_next() {
            done.expect("writer");
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(state, subject.everything().await);
}

/// A new reader gets a matter before its files, however late it was edited.
pub async fn an_edited_matter_still_comes_before_its_files(subject: &Subject) {
    let id = matter_id("m1");
    let matter = subject.records.put_matter(&id, matter_fields("1"), false, None).await.expect("matter");
    let case = Case::new(&subject.person, &id).announced(&*subject.records).await;
    let file = case.file_of("same", EventKind::Success, "Box");
    subject.records.commit(&[file]).await.expect("commit");
    let renamed = MatterFields { title: "Renamed".to_owned(), ..matter.fields };
    subject.records.put_matter(&id, renamed, false, Some(matter.updated_at)).await.expect("edit");
    let again =
        case.another().announced(&*subject.records).await.file_of("same", EventKind::AlreadyStored, "Other box");
    subject.records.commit(&[again]).await.expect("commit");
    for limit in [1, 2, 100] {
        let (mut known, mut cursor) = (HashSet::new(), None);
        loop {
            let page = page(&*subject.records, cursor.as_ref(), limit).await;
            in_order(&mut known, &page.changes);
            cursor = Some(page.cursor);
            if !page.more {
                break;
            }
        }
    }
}

/// Once everything is read there is nothing more; a later change is returned alone.
pub async fn a_page_of_changes_repeats_nothing(subject: &Subject) {
    let case = subject.case().await;
    subject.records.commit(&[case.file(EventKind::Success, "Box")]).await.expect("commit");
    let first = page(&*subject.records, None, 1000).await;
    assert!(!first.more);
    let nothing = page(&*subject.again, Some(&first.cursor), 1000).await;
    assert_eq!((nothing.changes.len(), nothing.more), (0, false));
    let file = case.file(EventKind::Failed, "Box");
    let id = file.event.id;
    subject.records.commit(&[file]).await.expect("commit");
    let one = page(&*subject.records, Some(&nothing.cursor), 1000).await;
    assert_eq!(one.changes.iter().map(key).collect::<Vec<_>>(), [format!("event {id}")]);
}
