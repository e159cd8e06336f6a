//! Reads are complete, ordered and exact.

use uuid::Uuid;
use vault_core::model::{
    DropCounts, DropFolder, DropKey, DropSummary, EventId, EventKind, FileHash, LastModified, MatterId, MetadataHash,
    PathText, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, Outcome, Records};

use super::Subject;
use super::matters::matter_id;
use crate::conformance::Case;
use crate::conformance::fixture::{matter_fields, timeless, timeless_drop};

async fn file_some(subject: &Subject, case: &Case, count: usize) -> Vec<UploadEvent> {
    let files: Vec<Outcome> = (0..count).map(|_| case.file(EventKind::Success, "Box")).collect();
    subject.records.commit(&files).await.expect("commit");
    let mut events: Vec<UploadEvent> = files.into_iter().map(|file| file.event).collect();
    events.sort_by_key(|event| event.id);
    events
}

/// Events of a drop and of a matter, by id, with pages of any size.
pub async fn events_are_paged_exactly_once(subject: &Subject) {
    let case = subject.case().await;
    let other = case.another().announced(&*subject.records).await;
    let mut expected = file_some(subject, &case, 11).await;
    let of_other = file_some(subject, &other, 3).await;
    for limit in [1, 4, 11, 12] {
        let (mut read_back, mut after) = (Vec::new(), None);
        loop {
            let page = subject.records.events_of_drop(&case.key(), after, limit).await.expect("page");
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            read_back.extend(page.iter().map(timeless));
        }
        assert_eq!(read_back, expected);
    }
    expected.extend(of_other);
    expected.sort_by_key(|event| event.id);
    let (mut read_back, mut after) = (Vec::new(), None);
    loop {
        let page = subject.records.events_of_matter(&case.matter, after, 5).await.expect("page");
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        read_back.extend(page.iter().map(timeless));
    }
    assert_eq!(read_back, expected);
}

/// Records of all matters, by matter and hash.
pub async fn records_are_paged_exactly_once(subject: &Subject) {
    for id in ["a", "a-b", "z"] {
        subject.records.put_matter(&matter_id(id), matter_fields(id), false, None).await.expect("matter");
        file_some(subject, &Case::new(&subject.person, &matter_id(id)).announced(&*subject.records).await, 5).await;
    }
    let all = subject.all_records().await;
    assert_eq!(all.len(), 15);
    assert!(all.is_sorted_by_key(|record| (record.matter.clone(), record.metadata_hash)));
    for limit in [1, 4, 15, 16] {
        let (mut read_back, mut after) = (Vec::new(), None::<(MatterId, MetadataHash)>);
        loop {
            let after_ref = after.as_ref().map(|(matter, hash)| (matter, *hash));
            let page = subject.records.all_records(after_ref, limit).await.expect("page");
            let Some(last) = page.last() else { break };
            after = Some((last.matter.clone(), last.metadata_hash));
            read_back.extend(page);
        }
        assert_eq!(read_back, all);
    }
}

/// A request for something that does not exist is no error.
pub async fn an_unknown_id_is_absent(subject: &Subject) {
    let case = subject.case().await;
    let there = case.file(EventKind::Success, "Box");
    subject.records.commit(std::slice::from_ref(&there)).await.expect("commit");
    let nobody = EventId::new(Uuid::now_v7());
    let records = &subject.records;
    let kinds = records.event_kinds(&case.matter, &[nobody, there.event.id, nobody]).await;
    assert_eq!(kinds, Ok(vec![None, Some(EventKind::Success), None]));
    let elsewhere = records.event_kinds(&matter_id("nowhere"), &[there.event.id]).await;
    assert_eq!(elsewhere, Ok(vec![None]));
    let hash = FileHash::of(b"unknown");
    let known = records.known(&[hash, there.event.file_hash]).await.expect("known");
    assert_eq!(known.iter().map(|known| known.blob.hash()).collect::<Vec<_>>(), [there.event.file_hash]);
    let unknown = MetadataHash::of("x", LastModified(0), hash);
    let found = records.records_of(&case.matter, &[unknown, there.event.metadata_hash]).await.expect("records");
    assert_eq!(found.len(), 1);
    let nowhere = Case::new(&subject.person, &matter_id("nowhere")).key();
    for no_drop in [subject.unannounced().key(), nowhere] {
        assert_eq!(records.drop_summary(&no_drop).await, Ok(None));
        assert_eq!(records.folders_of_drop(&no_drop).await, Ok(vec![]));
        assert_eq!(records.events_of_drop(&no_drop, None, 10).await, Ok(vec![]));
    }
    assert_eq!(records.events_of_matter(&matter_id("nowhere"), None, 10).await, Ok(vec![]));
    assert_eq!(records.known(&[]).await, Ok(vec![]));
}

/// Names that are not text, times before 1970, empty files.
pub async fn names_and_times_round_trip_exactly(subject: &Subject) {
    let case = subject.case().await;
    let names = [
        PathText::from_bytes(b"Br\xfccke \xff.PDF".to_vec()),
        PathText::plain("line\nbreak \"quoted\" | %7C %257C.pdf"),
        PathText::plain("\u{202e}fdp.exe \u{1f4c4} e\u{301} \u{e9}"),
        PathText::plain("n".repeat(255)),
    ];
    let times = [0, -1, -62_135_596_800_000, 253_402_300_799_999].map(LastModified);
    let mut files = Vec::new();
    for (name, time) in names.into_iter().zip(times) {
        let mut file = case.file_called(name.clone(), name.bytes(), time, EventKind::Success, "Box");
        file.event.folder_path = PathText::from_bytes([b"Box/\xfe/", name.bytes()].concat());
        file.event.source = (time.0 >= 0).then_some(99_999);
        files.push(file);
    }
    files.push(case.file_called(PathText::plain("empty"), b"", LastModified(1), EventKind::Success, ""));
    subject.records.commit(&files).await.expect("commit");
    let read_back = subject.events_of(&case).await;
    for file in &files {
        let event = read_back.iter().find(|event| event.id == file.event.id).expect("event");
        assert_eq!(timeless(event), timeless(&file.event));
        let found = subject.records.records_of(&case.matter, &[event.metadata_hash]).await.expect("records");
        let written = file.record.as_ref().expect("record");
        assert_eq!(
            (&found[0].original_name, found[0].last_modified, found[0].size, &found[0].storage_path),
            (&written.original_name, written.last_modified, written.size, &written.storage_path)
        );
        assert_eq!(found[0].folder_paths, written.folder_paths);
    }
}

async fn summary_of(records: &dyn Records, case: &Case) -> Option<DropSummary> {
    records.drop_summary(&case.key()).await.expect("a summary").as_ref().map(timeless_drop)
}

fn folder(path: &[u8], source: Option<u32>, time: i64) -> DropFolder {
    DropFolder { path: PathText::from_bytes(path.to_vec()), source, last_modified: LastModified(time) }
}

/// A drop is returned before its files, again with its folders when filing ends, and among the changes.
pub async fn a_drop_is_returned_with_its_folders(subject: &Subject) {
    let case = subject.case().await;
    let announced = summary_of(&*subject.again, &case).await.expect("announced");
    assert_eq!((announced.finished, announced.counts), (None, DropCounts::default()));
    let folders = [
        folder(b"Box", Some(0), -5),
        folder(b"Box/empty", None, 0),
        folder(b"Box/\xff", Some(99_999), 7),
        folder(b"Box", Some(1), 7),
    ];
    let summary = case.summary(10);
    subject.records.put_drop(&summary, &folders).await.expect("drop");
    subject.records.put_drop(&summary, &folders).await.expect("drop again");
    assert_eq!(summary_of(&*subject.records, &case).await, Some(timeless_drop(&summary)));
    assert_eq!(subject.records.folders_of_drop(&case.key()).await.as_deref(), Ok(&folders[..]));
    // One without files is returned once it has ended.
    let empty = subject.unannounced();
    subject.records.put_drop(&empty.summary(0), &folders[..2]).await.expect("drop");
    assert_eq!(summary_of(&*subject.again, &empty).await, Some(timeless_drop(&empty.summary(0))));
    assert_eq!(subject.again.folders_of_drop(&empty.key()).await.as_deref(), Ok(&folders[..2]));
    let read_back = subject.everything().await;
    let Some(Change::Drop(read_back)) = read_back.get(&format!("drop {} {}", case.matter, case.drop)) else {
        panic!("{read_back:?}")
    };
    assert_eq!(timeless_drop(read_back), timeless_drop(&summary));
}

/// The summary of a finished drop does not change.
pub async fn a_finished_drop_is_only_counted_again(subject: &Subject) {
    let case = subject.case().await;
    let (folders, summary) = ([folder(b"Box", Some(0), 1)], case.summary(10));
    subject.records.put_drop(&summary, &folders).await.expect("drop");
    let before = subject.records.drop_summary(&case.key()).await.expect("read").expect("a summary");
    for finished in [None, Some(Timestamp(1_900_000_000_000))] {
        let counts = DropCounts { stored: 12, failed: 0, ..summary.counts };
        let (sources, started) = (vec!["/elsewhere".to_owned()], Timestamp(1_600_000_000_000));
        let later = DropSummary { sources, started, finished, counts, ..summary.clone() };
        subject.records.put_drop(&later, &[folder(b"Box", Some(0), 2)]).await.expect("counted again");
        let after = subject.again.drop_summary(&case.key()).await;
        assert_eq!(after, Ok(Some(DropSummary { counts, ..before.clone() })));
        assert_eq!(subject.again.folders_of_drop(&case.key()).await.as_deref(), Ok(&folders[..]));
    }
    // A folder that could not be read before.
    let read_later = [folder(b"Box", Some(0), 2), folder(b"Box/locked", Some(0), 3), folder(b"Box/\xff", None, 4)];
    for added in 1..=2 {
        subject.records.put_drop(&summary, &read_later[..=added]).await.expect("folders added");
        let [box_folder] = &folders;
        let expected: Vec<DropFolder> = std::iter::once(box_folder).chain(&read_later[1..=added]).cloned().collect();
        assert_eq!(subject.again.folders_of_drop(&case.key()).await, Ok(expected));
    }
}

/// A drop belongs to one user and one matter. Other documents with its id are not part of it and do not block it.
pub async fn documents_with_the_id_of_a_drop_are_not_part_of_it(subject: &Subject) {
    let case = subject.case().await;
    let event = file_some(subject, &case, 1).await;
    subject.records.put_drop(&case.summary(1), &[folder(b"Box", Some(0), 1)]).await.expect("drop");
    let id = matter_id("m1");
    subject.records.put_matter(&id, matter_fields("1"), false, None).await.expect("matter");
    let elsewhere = DropKey { matter: id, ..case.key() };
    let nobodys = DropKey { user: UserId::new("somebody-else").expect("id"), ..case.key() };
    for other in [elsewhere, nobodys] {
        assert_eq!(subject.records.drop_summary(&other).await, Ok(None));
        assert_eq!(subject.records.folders_of_drop(&other).await, Ok(vec![]));
        assert_eq!(subject.records.events_of_drop(&other, None, 10).await, Ok(vec![]));
        assert_eq!(subject.records.events_of_drop(&other, Some(event[0].id), 10).await, Ok(vec![]));
    }
    assert_eq!(subject.events_of(&case).await.iter().map(timeless).collect::<Vec<_>>(), event);
}

/// The drops of a matter by id, with pages of any size, unfinished ones included.
pub async fn drops_are_paged_exactly_once(subject: &Subject) {
    let case = subject.unannounced();
    let mut expected = Vec::new();
    for stored in 0..5 {
        let mut summary = case.another().summary(stored);
        summary.finished = summary.finished.filter(|_| stored != 3);
        subject.records.put_drop(&summary, &[]).await.expect("drop");
        expected.push(timeless_drop(&summary));
    }
    expected.sort_by_key(|drop| drop.id);
    subject.records.put_matter(&matter_id("b"), matter_fields("b"), false, None).await.expect("matter");
    let other = Case::new(&subject.person, &matter_id("b")).summary(1);
    subject.records.put_drop(&other, &[]).await.expect("drop");
    for limit in [1, 2, 5, 6] {
        let (mut read_back, mut after) = (Vec::new(), None);
        loop {
            let page = subject.records.drops_of_matter(&case.matter, after, limit).await.expect("page");
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            read_back.extend(page.iter().map(timeless_drop));
        }
        assert_eq!(read_back, expected);
    }
    assert_eq!(subject.records.drops_of_matter(&matter_id("nowhere"), None, 10).await, Ok(vec![]));
}

/// Thousands of files selected and dropped, each with a long path: more than fits into one document.
pub async fn a_drop_of_very_many_sources_is_returned_whole(subject: &Subject) {
    let case = subject.unannounced();
    let mut summary = case.summary(7);
    summary.sources = (0..6000).map(|n| format!("/home/p/{}/{n}.pdf", "long ".repeat(40))).collect();
    let folder = folder(b"Box", Some(5999), 1);
    for finished in [None, summary.finished] {
        summary.finished = finished;
        let folders: Vec<DropFolder> = finished.iter().map(|_| folder.clone()).collect();
        subject.records.put_drop(&summary, &folders).await.expect("drop");
        assert_eq!(summary_of(&*subject.again, &case).await, Some(timeless_drop(&summary)));
        assert_eq!(subject.again.folders_of_drop(&case.key()).await, Ok(folders));
    }
    let listed = subject.again.drops_of_matter(&case.matter, None, 10).await.expect("drops");
    assert!(listed.iter().any(|drop| timeless_drop(drop) == timeless_drop(&summary)));
    let read_back = subject.everything().await;
    let Some(Change::Drop(read_back)) = read_back.get(&format!("drop {} {}", case.matter, case.drop)) else {
        panic!("not announced")
    };
    assert_eq!(timeless_drop(read_back), timeless_drop(&summary));
}

/// Content is known by its hash, with every place that records name.
pub async fn known_content_is_returned_with_its_place(subject: &Subject) {
    let case = subject.case().await;
    let file = case.file(EventKind::Success, "Box");
    let failed = case.file(EventKind::Failed, "Box");
    subject.records.commit(&[file.clone(), failed.clone()]).await.expect("commit");
    let asked = [failed.event.file_hash, file.event.file_hash, file.event.file_hash];
    let known = subject.records.known(&asked).await.expect("known");
    assert!(!known.is_empty());
    for known in known {
        assert_eq!(known.blob.path, file.record.as_ref().expect("record").storage_path);
        assert_eq!(known.blob.size, file.event.size);
        assert!(known.may_serve(&case.matter));
    }
}
