//! The events of attempts, and the records that come with them.

use vault_core::model::{EventKind, MetadataHash, StoragePath, UploadEvent};
use vault_core::ports::{Attention, Outcome};

use super::Subject;
use super::matters::matter_id;
use crate::conformance::fixture::{begun, matter_fields, timeless};
use crate::conformance::{Case, refused};

/// An attempt becomes a success or a failure.
pub async fn an_attempt_begins_and_ends_once(subject: &Subject) {
    let case = subject.case().await;
    for kind in [EventKind::Success, EventKind::Failed] {
        let file = case.file(kind, "Box/2023");
        let id = [file.event.id];
        subject.records.begin(&[begun(&file)]).await.expect("begin");
        let kinds = async || subject.records.event_kinds(&case.matter, &id).await.expect("kinds");
        assert_eq!(kinds().await, [Some(EventKind::Interrupted)]);
        subject.records.commit(std::slice::from_ref(&file)).await.expect("commit");
        assert_eq!(kinds().await, [Some(kind)]);
        let event = subject.events_of(&case).await.pop().expect("event");
        assert_eq!(timeless(&event), timeless(&file.event));
        assert!(event.timestamp.0 > 1_500_000_000_000, "not the server's time: {:?}", event.timestamp);
    }
    // A file that is already stored never starts an attempt.
    subject.records.commit(&[case.file(EventKind::AlreadyStored, "")]).await.expect("commit");
    assert_eq!(subject.events_of(&case).await.len(), 3);
    assert_eq!(subject.all_records().await.len(), 2);
}

/// A final event has no other outcome.
pub async fn a_final_event_never_changes(subject: &Subject) {
    let case = subject.case().await;
    for kind in [EventKind::Success, EventKind::Failed, EventKind::AlreadyStored] {
        let file = case.file(kind, "Box");
        subject.records.commit(std::slice::from_ref(&file)).await.expect("commit");
        for other in
            [EventKind::Success, EventKind::Failed, EventKind::AlreadyStored].into_iter().filter(|o| *o != kind)
        {
            let changed = Outcome { event: UploadEvent { kind: other, ..file.event.clone() }, record: None };
            refused(subject.records.commit(&[changed]).await, Attention::Damaged);
        }
        let mut elsewhere = case.file(kind, "Box");
        elsewhere.event.id = file.event.id;
        refused(subject.records.commit(&[elsewhere]).await, Attention::Damaged);
        subject.records.begin(&[begun(&file)]).await.expect("begins no more");
        let kinds = subject.records.event_kinds(&case.matter, &[file.event.id]).await;
        assert_eq!(kinds, Ok(vec![Some(kind)]));
    }
    let begins = case.file(EventKind::AlreadyStored, "Box");
    subject.records.begin(&[begun(&begins)]).await.expect("begin");
    refused(subject.records.commit(&[begins]).await, Attention::Damaged);
}

/// A batch whose reply was lost can be sent again, and changes nothing.
pub async fn replays_are_harmless(subject: &Subject) {
    let case = subject.case().await;
    let files: Vec<Outcome> =
        [EventKind::Success, EventKind::AlreadyStored, EventKind::Failed].map(|kind| case.file(kind, "Box")).into();
    let begins = [begun(&files[0]), begun(&files[2])];
    subject.records.begin(&begins).await.expect("begin");
    subject.records.begin(&begins).await.expect("begin again");
    subject.records.commit(&files).await.expect("commit");
    let all = subject.everything().await;
    for _ in 0..2 {
        subject.again.commit(&files).await.expect("commit again");
        subject.again.begin(&begins).await.expect("begin again");
    }
    assert_eq!(subject.everything().await, all);
    subject.records.commit(&[files[0].clone(), files[0].clone()]).await.expect("twice in a batch");
    subject.records.commit(&[]).await.expect("nothing");
    assert_eq!(subject.everything().await, all);
}

/// A contradictory outcome is not written.
pub async fn a_contradictory_write_is_refused(subject: &Subject) {
    let case = subject.case().await;
    let not_final = Outcome { event: begun(&case.file(EventKind::Success, "")), record: None };
    refused(subject.records.commit(&[not_final]).await, Attention::Invalid);
    refused(subject.records.begin(&[case.file(EventKind::Success, "").event]).await, Attention::Invalid);
    let mut foreign = case.file(EventKind::Success, "");
    foreign.record = case.file(EventKind::Success, "").record;
    refused(subject.records.commit(&[foreign]).await, Attention::Invalid);
    let mut unrecorded = case.file(EventKind::Success, "");
    unrecorded.record = None;
    refused(subject.records.commit(&[unrecorded]).await, Attention::Invalid);
    assert_eq!(subject.events_of(&case).await, []);
}

/// One bad outcome in the middle: nothing of the batch is written.
pub async fn a_batch_is_written_whole_or_not_at_all(subject: &Subject) {
    let case = subject.case().await;
    let done = case.file(EventKind::Success, "Box");
    subject.records.commit(std::slice::from_ref(&done)).await.expect("commit");
    let before = subject.everything().await;
    let size = subject.records.batch_limit().min(600);
    let mut batch: Vec<Outcome> = (0..size).map(|_| case.file(EventKind::Success, "Box")).collect();
    let middle = size / 2;
    batch[middle] = Outcome { event: UploadEvent { kind: EventKind::Failed, ..done.event.clone() }, record: None };
    refused(subject.records.commit(&batch).await, Attention::Damaged);
    assert_eq!(subject.everything().await, before);
    batch[middle] = Case::new(&subject.person, &matter_id("nowhere")).file(EventKind::Success, "Box");
    refused(subject.records.commit(&batch).await, Attention::Invalid);
    assert_eq!(subject.everything().await, before);
    batch.remove(middle);
    subject.records.commit(&batch).await.expect("without the bad one");
    assert_eq!(subject.all_records().await.len(), size);
}

/// Three files with the same name, time and content: one record, three events with their exact places.
pub async fn many_files_of_one_batch_share_a_record(subject: &Subject) {
    let case = subject.case().await;
    let folders = ["2023", "Box/2023", "Box/Bank | Statements"];
    let batch = folders.map(|folder| case.file_of("same", EventKind::AlreadyStored, folder));
    subject.records.commit(&batch).await.expect("commit");
    let records = subject.all_records().await;
    assert_eq!(records.len(), 1);
    let paths: Vec<&str> = records[0].folder_paths.iter().collect();
    assert_eq!(paths, ["Box/2023", "Box/Bank | Statements"]);
    let read_back: Vec<String> =
        subject.events_of(&case).await.iter().map(|event| event.folder_path.text().to_owned()).collect();
    assert_eq!(read_back, folders);
}

/// A later filing adds folders and changes nothing else; the same file in another matter is another record.
pub async fn a_record_keeps_its_place_and_its_first_filer(subject: &Subject) {
    let case = subject.case().await;
    let first = case.file_of("same", EventKind::Success, "Box");
    subject.records.commit(std::slice::from_ref(&first)).await.expect("commit");
    let before = subject.all_records().await.pop().expect("record");
    assert_eq!(before.uploaded_by, subject.person.user);

    let mut second =
        case.another().announced(&*subject.records).await.file_of("same", EventKind::AlreadyStored, "Second box");
    let elsewhere = StoragePath::new(&subject.person.team, &case.matter, second.event.file_hash, "x.other");
    second.record.as_mut().expect("record").storage_path = elsewhere;
    subject.records.commit(&[second]).await.expect("commit");
    let after = subject.all_records().await.pop().expect("record");
    assert_eq!(after.storage_path, before.storage_path);
    assert_eq!(after.folder_paths.to_wire(), "Box|Second box");
    assert!(after.updated_at >= before.updated_at);

    let id = matter_id("m1");
    subject.records.put_matter(&id, matter_fields("1"), false, None).await.expect("matter");
    let mut other = Case::new(&subject.person, &id).announced(&*subject.records).await.file_of(
        "same",
        EventKind::AlreadyStored,
        "Third",
    );
    other.record.as_mut().expect("record").storage_path = before.storage_path.clone();
    subject.records.commit(&[other]).await.expect("commit");
    let of_both: Vec<_> =
        subject.all_records().await.into_iter().map(|r| (r.matter, r.storage_path, r.folder_paths.to_wire())).collect();
    let place = before.storage_path;
    let expected = [(case.matter.clone(), place.clone(), "Box|Second box".to_owned()), (id, place, "Third".to_owned())];
    assert_eq!(of_both, expected);
}

/// A batch can be as large as the port says.
pub async fn a_full_batch_is_accepted_and_a_larger_one_is_not(subject: &Subject) {
    let case = subject.case().await;
    let limit = subject.records.batch_limit();
    let mut batch: Vec<Outcome> =
        (0..=limit).map(|n| case.file(EventKind::Success, &format!("Box/{}", n % 700))).collect();
    let begins: Vec<UploadEvent> = batch.iter().map(begun).collect();
    refused(subject.records.begin(&begins).await, Attention::Invalid);
    refused(subject.records.commit(&batch).await, Attention::Invalid);
    batch.pop();
    subject.records.begin(&begins[..limit]).await.expect("begin");
    subject.records.commit(&batch).await.expect("commit");
    let ids: Vec<MetadataHash> = batch.iter().map(|outcome| outcome.event.metadata_hash).collect();
    assert_eq!(subject.records.records_of(&case.matter, &ids).await.expect("records").len(), limit);
}
