//! What is read comes whole, in order, exactly.

use uuid::Uuid;
use vault_core::model::{
    DropFolder, DropId, EventId, EventKind, FileHash, LastModified, MatterId, MetadataHash, PathText, UploadEvent,
};
use vault_core::ports::{Change, Outcome};

use super::Subject;
use super::matters::matter_id;
use crate::conformance::Case;
use crate::conformance::fixture::{matter_fields, timeless};

async fn file_some(subject: &Subject, case: &Case, count: usize) -> Vec<UploadEvent> {
    let files: Vec<Outcome> = (0..count).map(|_| case.file(EventKind::Success, "Box")).collect();
    subject.records.commit(&files).await.expect("commit");
    let mut events: Vec<UploadEvent> = files.into_iter().map(|file| file.event).collect();
    events.sort_by_key(|event| event.id);
    events
}

/// Events of a drop and of a matter, by id, with pages of any size.
pub async fn events_are_paged_exactly_once(subject: &Subject) {
    let case = subject.case();
    let other = case.another();
    let mut expected = file_some(subject, &case, 11).await;
    let of_other = file_some(subject, &other, 3).await;
    for limit in [1, 4, 11, 12] {
        let (mut told, mut after) = (Vec::new(), None);
        loop {
            let page = subject.records.events_of_drop(case.drop, after, limit).await.expect("page");
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            told.extend(page.iter().map(timeless));
        }
        assert_eq!(told, expected);
    }
    expected.extend(of_other);
    expected.sort_by_key(|event| event.id);
    let (mut told, mut after) = (Vec::new(), None);
    loop {
        let page = subject.records.events_of_matter(&case.matter, after, 5).await.expect("page");
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        told.extend(page.iter().map(timeless));
    }
    assert_eq!(told, expected);
}

/// Records of all matters, by matter and hash.
pub async fn records_are_paged_exactly_once(subject: &Subject) {
    for id in ["a", "a-b", "z"] {
        subject.records.put_matter(&matter_id(id), matter_fields(id), false, None).await.expect("matter");
        file_some(subject, &Case::new(&subject.person, &matter_id(id)), 5).await;
    }
    let all = subject.all_records().await;
    assert_eq!(all.len(), 15);
    assert!(all.is_sorted_by_key(|record| (record.matter.clone(), record.metadata_hash)));
    for limit in [1, 4, 15, 16] {
        let (mut told, mut after) = (Vec::new(), None::<(MatterId, MetadataHash)>);
        loop {
            let after_ref = after.as_ref().map(|(matter, hash)| (matter, *hash));
            let page = subject.records.all_records(after_ref, limit).await.expect("page");
            let Some(last) = page.last() else { break };
            after = Some((last.matter.clone(), last.metadata_hash));
            told.extend(page);
        }
        assert_eq!(told, all);
    }
}

/// Asking for what does not exist is no error.
pub async fn what_is_unknown_is_absent(subject: &Subject) {
    let case = subject.case();
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
    let no_drop = DropId::new(Uuid::now_v7());
    assert_eq!(records.drop_summary(no_drop).await, Ok(None));
    assert_eq!(records.folders_of_drop(no_drop).await, Ok(vec![]));
    assert_eq!(records.events_of_drop(no_drop, None, 10).await, Ok(vec![]));
    assert_eq!(records.events_of_matter(&matter_id("nowhere"), None, 10).await, Ok(vec![]));
    assert_eq!(records.known(&[]).await, Ok(vec![]));
}

/// Names that are not text, times before 1970, empty files.
pub async fn names_and_times_come_back_exactly(subject: &Subject) {
    let case = subject.case();
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
    let told = subject.events_of(&case).await;
    for file in &files {
        let event = told.iter().find(|event| event.id == file.event.id).expect("event");
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

/// A drop's summary and folders are replaced by later ones, and told among the changes.
pub async fn a_drop_is_told_with_its_folders(subject: &Subject) {
    let case = subject.case();
    let folder = |path: &[u8], source, time| DropFolder {
        path: PathText::from_bytes(path.to_vec()),
        source,
        last_modified: LastModified(time),
    };
    let folders = [
        folder(b"Box", Some(0), -5),
        folder(b"Box/empty", None, 0),
        folder(b"Box/\xff", Some(99_999), 7),
        folder(b"Box", Some(1), 7),
    ];
    let summary = case.summary(10);
    subject.records.put_drop(&summary, &folders).await.expect("drop");
    subject.records.put_drop(&summary, &folders).await.expect("drop again");
    assert_eq!(subject.records.drop_summary(case.drop).await, Ok(Some(summary)));
    assert_eq!(subject.records.folders_of_drop(case.drop).await.as_deref(), Ok(&folders[..]));
    let mut later = case.summary(12);
    later.sources.pop();
    later.finished = None;
    subject.records.put_drop(&later, &folders[..1]).await.expect("later");
    assert_eq!(subject.again.drop_summary(case.drop).await, Ok(Some(later.clone())));
    assert_eq!(subject.again.folders_of_drop(case.drop).await.as_deref(), Ok(&folders[..1]));
    assert_eq!(subject.everything().await.get(&format!("drop {}", case.drop)), Some(&Change::Drop(later)));
}

/// The drops of a matter by id, with pages of any size, those that are not finished among them.
pub async fn drops_are_paged_exactly_once(subject: &Subject) {
    let case = subject.case();
    let mut expected = Vec::new();
    for stored in 0..5 {
        let mut summary = case.another().summary(stored);
        summary.finished = summary.finished.filter(|_| stored != 3);
        subject.records.put_drop(&summary, &[]).await.expect("drop");
        expected.push(summary);
    }
    expected.sort_by_key(|drop| drop.id);
    subject.records.put_matter(&matter_id("b"), matter_fields("b"), false, None).await.expect("matter");
    let other = Case::new(&subject.person, &matter_id("b")).summary(1);
    subject.records.put_drop(&other, &[]).await.expect("drop");
    for limit in [1, 2, 5, 6] {
        let (mut told, mut after) = (Vec::new(), None);
        loop {
            let page = subject.records.drops_of_matter(&case.matter, after, limit).await.expect("page");
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            told.extend(page);
        }
        assert_eq!(told, expected);
    }
    assert_eq!(subject.records.drops_of_matter(&matter_id("nowhere"), None, 10).await, Ok(vec![]));
}

/// Thousands of files selected and dropped, each with a long path: more than fits into one document.
pub async fn a_drop_of_very_many_sources_is_told_whole(subject: &Subject) {
    let case = subject.case();
    let mut summary = case.summary(7);
    summary.sources = (0..6000).map(|n| format!("/home/p/{}/{n}.pdf", "long ".repeat(40))).collect();
    let folder = DropFolder { path: PathText::plain("Box"), source: Some(5999), last_modified: LastModified(1) };
    for finished in [None, summary.finished] {
        summary.finished = finished;
        let folders: Vec<DropFolder> = finished.iter().map(|_| folder.clone()).collect();
        subject.records.put_drop(&summary, &folders).await.expect("drop");
        assert_eq!(subject.again.drop_summary(case.drop).await.as_ref(), Ok(&Some(summary.clone())));
        assert_eq!(subject.again.folders_of_drop(case.drop).await, Ok(folders));
    }
    let listed = subject.again.drops_of_matter(&case.matter, None, 10).await.expect("drops");
    assert!(listed.contains(&summary));
    assert_eq!(subject.everything().await.get(&format!("drop {}", case.drop)), Some(&Change::Drop(summary)));
}

/// Content is known by its hash, with every place that records name.
pub async fn known_content_is_told_with_its_place(subject: &Subject) {
    let case = subject.case();
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
