//! Drops, events and documents.

use vault_core::model::{EventKind, LastModified, MatterId, PathText};
use vault_core::ports::{Change, Outcome};

use super::{Subject, new_case, person, told};
use crate::conformance::Case;

/// Of one matter or all, with pages of any size.
pub async fn drops_are_told_newest_first(subject: &Subject) {
    subject.furnished().await;
    let mut cases: Vec<Case> =
        (0..9).map(|n| if n % 3 == 0 { Case::new(&person(), &MatterId::general()) } else { new_case() }).collect();
    subject.apply(cases.iter().map(|case| Change::Drop(case.summary(1))).collect()).await;
    cases.reverse();
    for matter in [None, Some(MatterId::general()), Some(MatterId::new("m1").expect("id"))] {
        let expected: Vec<_> = cases
            .iter()
            .filter(|case| matter.as_ref().is_none_or(|matter| *matter == case.matter))
            .map(|case| case.summary(1))
            .collect();
        for limit in [1, 4, 100] {
            let (mut told, mut before) = (Vec::new(), None);
            loop {
                let page = subject.again.drops(matter.as_ref(), before, limit).await.expect("drops");
                assert!(page.drops.len() <= limit);
                told.extend(page.drops);
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            assert_eq!(told, expected);
        }
    }
}

/// What was interrupted is in the history, too.
pub async fn a_drop_without_summary_is_told_from_its_events(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    for (at, kind) in [(5000, EventKind::Success), (6000, EventKind::Interrupted), (7000, EventKind::Skipped)] {
        subject.apply(told(&case.file(kind, "Box"), at)).await;
    }
    let drops = subject.again.drops(Some(&case.matter), None, 10).await.expect("drops").drops;
    assert_eq!(drops.len(), 1);
    assert_eq!((drops[0].id, &drops[0].matter, drops[0].finished), (case.drop, &case.matter, None));
    assert_eq!((drops[0].counts.stored, drops[0].counts.skipped), (1, 1));
    subject.apply(vec![Change::Drop(case.summary(1))]).await;
    let drops = subject.again.drops(None, None, 10).await.expect("drops").drops;
    assert_eq!(drops, [case.summary(1)]);
}

/// Oldest first, all or of one kind.
pub async fn events_are_paged_and_filtered(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let files: Vec<Outcome> = EventKind::ALL.into_iter().cycle().take(22).map(|kind| case.file(kind, "Box")).collect();
    let other = case.another().file(EventKind::Success, "Box");
    subject.apply(files.iter().chain([&other]).flat_map(|file| told(file, 5000)).collect()).await;
    for kind in [None, Some(EventKind::Interrupted), Some(EventKind::Failed)] {
        let of_kind = files.iter().map(|file| &file.event).filter(|event| kind.is_none_or(|kind| kind == event.kind));
        let expected: Vec<_> = of_kind.map(|event| event.id).collect();
        for limit in [1, 5, 22, 100] {
            let (mut told, mut after) = (Vec::new(), None);
            loop {
                let page = subject.again.drop_events(case.drop, kind, after, limit).await.expect("events");
                assert!(page.events.len() <= limit);
                told.extend(page.events.into_iter().map(|event| event.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(told, expected);
        }
    }
}

/// Each name and place of a content, each attempt.
pub async fn a_document_is_all_that_is_known_of_a_content(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let content = b"the same content";
    let name = |bytes: &[u8]| PathText::from_bytes(bytes.to_vec());
    let files = [
        case.file_called(name(b"one.pdf"), content, LastModified(-1), EventKind::Success, "Box"),
        case.file_called(name(b"tw\xff.pdf"), content, LastModified(0), EventKind::Skipped, "Box/2023"),
        Case::new(&person(), &MatterId::general()).file_called(
            name(b"one.pdf"),
            content,
            LastModified(-1),
            EventKind::Skipped,
            "",
        ),
    ];
    subject.apply(files.iter().flat_map(|file| told(file, 5000)).collect()).await;
    let document = subject.again.document(files[0].event.file_hash).await.expect("document").expect("known");
    assert_eq!(document.records.len(), 3);
    let events: Vec<_> = document.events.iter().map(|event| (event.id, event.file_name.clone())).collect();
    let expected: Vec<_> = files.iter().map(|file| (file.event.id, file.event.file_name.clone())).collect();
    assert_eq!(events, expected);
    for file in &files {
        let record = subject.again.record(&file.event.matter, file.event.metadata_hash).await.expect("record");
        let record = record.expect("known");
        assert_eq!(record.original_name, file.event.file_name.text());
        assert_eq!(record.last_modified, file.event.last_modified);
        assert!(document.records.contains(&record));
    }
}

/// As a person copies them from a screen.
pub async fn contents_are_found_by_their_first_digits(subject: &Subject) {
    subject.furnished().await;
    let file = new_case().file(EventKind::Success, "Box");
    subject.apply(told(&file, 5000)).await;
    let (content, record) = (file.event.file_hash.to_string(), file.event.metadata_hash.to_string());
    for digits in [&content[..8], &content[..9], &content[..], &record[..8], &record[..11], &record[..]] {
        assert_eq!(subject.again.contents_by_prefix(digits, 10).await, Ok(vec![file.event.file_hash]), "{digits}");
    }
    let other = if content.starts_with("00") || record.starts_with("00") { "ff" } else { "00" };
    let none = subject.again.contents_by_prefix(&other.repeat(8), 10).await;
    assert_eq!(none, Ok(vec![]));
}
