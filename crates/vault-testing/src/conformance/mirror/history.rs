//! Drops, events and documents.

use vault_core::model::{
    BlobRef, EventKind, FileHash, LastModified, MatterId, PathText, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, DropEntry, Known, Location, Outcome};

use super::{Subject, changes_of, new_case, person};
use crate::conformance::Case;

/// Of one matter or all, with pages of any size.
pub async fn drops_are_listed_newest_first(subject: &Subject) {
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
            let (mut listed, mut before) = (Vec::new(), None);
            loop {
                let page = subject.again.drops(matter.as_ref(), before, limit).await.expect("drops");
                assert!(page.drops.len() <= limit);
                listed.extend(page.drops.into_iter().map(|drop| drop.summary));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            assert_eq!(listed, expected);
        }
    }
}

/// Interrupted attempts are in the history, too.
pub async fn a_drop_without_summary_is_built_from_its_events(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    for (at, kind) in [(5000, EventKind::Success), (6000, EventKind::Interrupted), (7000, EventKind::AlreadyStored)] {
        subject.apply(changes_of(&case.file(kind, "Box"), at)).await;
    }
    let drops = subject.again.drops(Some(&case.matter), None, 10).await.expect("drops").drops;
    assert_eq!(drops.len(), 1);
    let summary = &drops[0].summary;
    assert_eq!((summary.id, &summary.matter, summary.finished), (case.drop, &case.matter, None));
    assert_eq!((summary.counts.stored, summary.counts.skipped, drops[0].interrupted), (1, 1, 1));
    subject.apply(vec![Change::Drop(case.summary(1))]).await;
    let drops = subject.again.drops(None, None, 10).await.expect("drops").drops;
    assert_eq!(drops, [DropEntry { summary: case.summary(1), interrupted: 1 }]);
}

/// Anyone who has read the id of a drop can use it again, for another matter or as another user. The first is the drop.
pub async fn a_drop_with_the_id_of_another_is_kept_apart(subject: &Subject) {
    let case = new_case();
    let real = (changes_of(&case.file_of("1", EventKind::Success, "Box"), 5000), case.summary(1));
    let mut forged_event = changes_of(&case.file_of("2", EventKind::Failed, "Trap"), 9000);
    let mut forged = case.summary(7);
    forged.started = Timestamp(real.1.started.0 + 1);
    forged.matter = MatterId::new("m2").expect("id");
    forged.user = UserId::new("u2").expect("id");
    for change in &mut forged_event {
        if let Change::Event(event) = change {
            (event.matter, event.user) = (forged.matter.clone(), forged.user.clone());
        }
    }
    let of_real: Vec<Change> = real.0.iter().cloned().chain([Change::Drop(real.1.clone())]).collect();
    let of_forged: Vec<Change> = forged_event.into_iter().chain([Change::Drop(forged.clone())]).collect();
    for order in [[&of_real, &of_forged], [&of_forged, &of_real]] {
        subject.mirror.clear().await.expect("cleared");
        subject.furnished().await;
        for changes in order {
            subject.apply(changes.clone()).await;
        }
        let entry = subject.again.drop_entry(case.drop).await.expect("read").expect("a drop");
        assert_eq!(entry.summary, real.1);
        let listed = subject.again.drops(None, None, 10).await.expect("drops").drops;
        assert_eq!(listed.iter().map(|drop| &drop.summary).collect::<Vec<_>>(), [&real.1]);
        assert_eq!(subject.again.drops(Some(&forged.matter), None, 10).await.expect("drops").drops, []);
        let events = subject.again.drop_events(case.drop, &[], None, 10).await.expect("events").events;
        assert_eq!(events.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Success]);
        let set_aside = subject.again.unreadable().await.expect("read");
        assert_eq!(set_aside.len(), 1);
        assert_eq!(set_aside[0].document, Change::Drop(forged.clone()).document());
    }
}

/// A file counts until an attempt at it ended: the interrupted one, or a later one.
pub async fn a_drop_counts_its_interrupted_files(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let interrupted = async || {
        let drops = subject.again.drops(None, None, 10).await.expect("drops").drops;
        drops.iter().find(|drop| drop.summary.id == case.drop).expect("the drop").interrupted
    };
    let begun = async |seed: &str, place| {
        let file = case.file_of(seed, EventKind::Interrupted, place);
        subject.apply(changes_of(&file, 5000)).await;
        file
    };
    let mut first = begun("1", "Box").await;
    for seed in ["2", "3", "4"] {
        begun(seed, "Box").await;
    }
    begun("2", "Box").await;
    begun("1", "Other").await;
    assert_eq!(interrupted().await, 5);
    first.event.kind = EventKind::Success;
    subject.apply(changes_of(&first, 6000)).await;
    assert_eq!(interrupted().await, 4, "the attempt itself ended");
    subject.apply(changes_of(&case.file_of("2", EventKind::Success, "Box"), 6000)).await;
    assert_eq!(interrupted().await, 3, "a later one stored it");
    subject.apply(changes_of(&case.file_of("3", EventKind::Failed, "Box"), 6000)).await;
    assert_eq!(interrupted().await, 2, "a later one failed");
    subject.apply(changes_of(&case.file_of("4", EventKind::AlreadyStored, "Box"), 6000)).await;
    assert_eq!(interrupted().await, 1, "its content was there by then");
    // Content stored by another drop is returned together with an attempt at the same content.
    let other = changes_of(&case.another().file_of("1", EventKind::AlreadyStored, "Other"), 6000);
    let late = changes_of(&case.file_of("1", EventKind::Interrupted, "Late"), 6000);
    subject.apply(other.into_iter().chain(late).collect()).await;
    assert_eq!(interrupted().await, 2, "another drop is another attempt");
    for (kind, left) in [(EventKind::AlreadyStored, 1), (EventKind::Failed, 1)] {
        subject.apply(changes_of(&case.file_of("1", kind, "Late"), 7000)).await;
        assert_eq!(interrupted().await, left);
    }
}

/// Oldest first, all or of some kinds.
pub async fn events_are_paged_and_filtered(subject: &Subject) {
    use EventKind::{AlreadyStored, Failed, Interrupted, Success};
    subject.furnished().await;
    let case = new_case();
    let files: Vec<Outcome> = EventKind::ALL.into_iter().cycle().take(22).map(|kind| case.file(kind, "Box")).collect();
    let other = case.another().file(EventKind::Success, "Box");
    subject.apply(files.iter().chain([&other]).flat_map(|file| changes_of(file, 5000)).collect()).await;
    for kinds in [&[][..], &[Interrupted], &[Failed, Success], &[AlreadyStored, Failed, AlreadyStored], &EventKind::ALL]
    {
        let asked = |event: &&UploadEvent| kinds.is_empty() || kinds.contains(&event.kind);
        let of_kind = files.iter().map(|file| &file.event).filter(asked);
        let expected: Vec<_> = of_kind.map(|event| event.id).collect();
        for limit in [1, 5, 22, 100] {
            let (mut listed, mut after) = (Vec::new(), None);
            loop {
                let page = subject.again.drop_events(case.drop, kinds, after, limit).await.expect("events");
                assert!(page.events.len() <= limit);
                listed.extend(page.events.into_iter().map(|event| event.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(listed, expected);
        }
    }
}

/// Each name and place of a content, each attempt.
pub async fn a_document_has_all_records_of_its_content(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let content = b"the same content";
    let name = |bytes: &[u8]| PathText::from_bytes(bytes.to_vec());
    let files = [
        case.file_called(name(b"one.pdf"), content, LastModified(-1), EventKind::Success, "Box"),
        case.file_called(name(b"tw\xff.pdf"), content, LastModified(0), EventKind::AlreadyStored, "Box/2023"),
        Case::new(&person(), &MatterId::general()).file_called(
            name(b"one.pdf"),
            content,
            LastModified(-1),
            EventKind::AlreadyStored,
            "",
        ),
    ];
    subject.apply(files.iter().flat_map(|file| changes_of(file, 5000)).collect()).await;
    let document = subject.again.document(files[0].event.file_hash).await.expect("document").expect("known");
    assert_eq!(document.records.len(), 3);
    let events: Vec<_> = document.events.iter().map(|event| (event.id, event.file_name.clone())).collect();
    let expected: Vec<_> = files.iter().map(|file| (file.event.id, file.event.file_name.clone())).collect();
    assert_eq!(events, expected);
    for file in &files {
        let records = subject.again.records(&file.event.matter, &[file.event.metadata_hash]).await.expect("records");
        let record = records.into_iter().next().expect("known");
        assert_eq!(record.original_name, file.event.file_name.text());
        assert_eq!(record.last_modified, file.event.last_modified);
        assert!(document.records.contains(&record));
    }
}

/// As users copy them from a screen.
pub async fn contents_are_found_by_their_first_digits(subject: &Subject) {
    subject.furnished().await;
    let file = new_case().file(EventKind::Success, "Box");
    subject.apply(changes_of(&file, 5000)).await;
    let (content, record) = (file.event.file_hash.to_string(), file.event.metadata_hash.to_string());
    for digits in [&content[..8], &content[..9], &content[..], &record[..8], &record[..11], &record[..]] {
        assert_eq!(subject.again.contents_by_prefix(digits, 10).await, Ok(vec![file.event.file_hash]), "{digits}");
    }
    let other = if content.starts_with("00") || record.starts_with("00") { "ff" } else { "00" };
    let none = subject.again.contents_by_prefix(&other.repeat(8), 10).await;
    assert_eq!(none, Ok(vec![]));
}

/// Each place once, however many records refer to it; nothing that was only attempted.
pub async fn known_content_is_returned_with_its_places(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let named =
        |name: &str, kind| case.file_called(PathText::plain(name), b"the same content", LastModified(1), kind, "Box");
    let (first, mut second) = (named("one.pdf", EventKind::Success), named("two.pdf", EventKind::AlreadyStored));
    let place = first.record.as_ref().expect("record").storage_path.clone();
    second.record.as_mut().expect("record").storage_path = place.clone();
    let elsewhere = Case::new(&person(), &MatterId::general());
    let third = elsewhere.file_called(
        PathText::plain("three.txt"),
        b"the same content",
        LastModified(1),
        EventKind::Success,
        "",
    );
    let failed = case.file(EventKind::Failed, "Box");
    let files = [&first, &second, &third, &failed];
    subject.apply(files.iter().flat_map(|file| changes_of(file, 5000)).collect()).await;
    let content = first.event.file_hash;
    let asked = [failed.event.file_hash, content, FileHash::of(b"never heard of"), content];
    let mut known = subject.again.known(&asked).await.expect("known");
    known.sort_by_key(|known| known.blob.path.to_string());
    let mut places = [place, third.record.as_ref().expect("record").storage_path.clone()];
    places.sort_by_key(ToString::to_string);
    let expected = places.map(|path| Known { blob: BlobRef { path, size: first.event.size }, walled: false });
    assert_eq!(known, expected);
    assert_eq!(subject.again.known(&[]).await, Ok(vec![]));
}

/// Each place once, in order, and for each document up to the requested number.
pub async fn the_places_of_several_documents_are_returned_at_once(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    for (seed, kind, place) in [
        ("1", EventKind::Success, "Box/Old"),
        ("1", EventKind::AlreadyStored, "Box"),
        ("1", EventKind::AlreadyStored, "Box"),
        ("1", EventKind::Interrupted, "Never"),
        ("2", EventKind::Success, "Box"),
    ] {
        subject.apply(changes_of(&case.file_of(seed, kind, place), 5000)).await;
    }
    subject.apply(vec![Change::Drop(case.summary(2))]).await;
    let id = |seed| case.file_of(seed, EventKind::AlreadyStored, "").event.metadata_hash;
    let general = MatterId::general();
    let wanted = [(&case.matter, id("2")), (&case.matter, id("3")), (&case.matter, id("1")), (&general, id("1"))];
    let at = |folder| Location { folder: PathText::plain(folder), source: Some("/media/usb/Box".to_owned()) };
    let listed = subject.again.locations_of(&wanted, 10).await.expect("places");
    assert_eq!(listed, [vec![at("Box")], vec![], vec![at("Box"), at("Box/Old")], vec![]]);
    let first = subject.again.locations_of(&wanted, 1).await.expect("places");
    assert_eq!(first, [vec![at("Box")], vec![], vec![at("Box")], vec![]]);
    assert_eq!(subject.again.locations_of(&[], 10).await, Ok(vec![]));
}
