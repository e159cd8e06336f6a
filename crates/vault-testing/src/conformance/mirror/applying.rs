//! Applying changes.

use vault_core::model::{EventKind, FileHash, MatterId, UploadEvent, UserId};
use vault_core::ports::{Change, ChangePage, Cursor, DropEntry, StatusFilter};

use super::{Subject, changes_of, matter, new_case};

/// A request to an empty mirror is no error.
pub async fn an_empty_mirror_knows_nothing(subject: &Subject) {
    let mirror = &subject.mirror;
    assert_eq!(mirror.cursor().await, Ok(None));
    assert_eq!(mirror.matters(StatusFilter::Present).await, Ok(vec![]));
    assert_eq!(mirror.clients(false).await, Ok(vec![]));
    assert_eq!(mirror.find_matter("general").await, Ok(None));
    assert_eq!(mirror.find_client("ABC").await, Ok(None));
    assert_eq!(mirror.document(FileHash::of(b"x")).await, Ok(None));
    assert_eq!(mirror.contents_by_prefix("e3", 10).await, Ok(vec![]));
    assert_eq!(mirror.drops(None, None, 10).await.map(|page| page.drops.len()), Ok(0));
    assert_eq!(mirror.search("anything", 10).await.map(|hits| hits.records.len()), Ok(0));
    assert_eq!(mirror.display_name(&UserId::new("u1").expect("id")).await, Ok(None));
}

/// The cursor marks exactly the changes that were applied.
pub async fn changes_and_cursor_are_applied_together(subject: &Subject) {
    for (cursor, number) in [("a.1", "1"), ("z 2", "2")] {
        let changes = vec![Change::Matter(matter(&format!("m{number}"), number, "Title"))];
        let page = ChangePage { changes, cursor: Cursor(cursor.to_owned()), more: true };
        subject.mirror.apply(&page).await.expect("apply");
        assert_eq!(subject.again.cursor().await, Ok(Some(page.cursor)));
        assert!(subject.again.find_matter(number).await.expect("find").is_some());
    }
}

/// A page whose application was interrupted can be applied again; later forms replace earlier ones.
pub async fn known_changes_change_nothing(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let file = case.file(EventKind::Success, "Box");
    let begun = UploadEvent { kind: EventKind::Interrupted, ..file.event.clone() };
    subject.apply(vec![Change::Event(begun)]).await;
    let mut page = changes_of(&file, 5000);
    page.push(Change::Drop(case.summary(1)));
    for _ in 0..3 {
        subject.apply(page.clone()).await;
    }
    let found = subject.again.find_matter("m1").await.expect("find").expect("matter");
    assert_eq!(found.files, 1);
    let document = subject.again.document(file.event.file_hash).await.expect("document").expect("known");
    assert_eq!((document.records.len(), document.events.len()), (1, 1));
    assert_eq!(document.events[0].kind, EventKind::Success);
    let drops = subject.again.drops(None, None, 10).await.expect("drops").drops;
    assert_eq!(drops, [DropEntry { summary: case.summary(1), interrupted: 0 }]);
    let name = subject.again.display_name(&case.person.user).await;
    assert_eq!(name, Ok(Some("Paula Legal".to_owned())));
}

/// After that it can be rebuilt.
pub async fn a_cleared_mirror_is_empty(subject: &Subject) {
    subject.furnished().await;
    let file = new_case().file(EventKind::Success, "Box");
    subject.apply(changes_of(&file, 5000)).await;
    subject.mirror.clear().await.expect("clear");
    assert_eq!(subject.again.cursor().await, Ok(None));
    assert_eq!(subject.again.matters(StatusFilter::Present).await, Ok(vec![]));
    let m1 = MatterId::new("m1").expect("id");
    assert_eq!(subject.again.records(&m1, &[file.event.metadata_hash]).await, Ok(vec![]));
    assert_eq!(subject.again.search("letter", 10).await.map(|hits| hits.records.len()), Ok(0));
    subject.furnished().await;
    subject.apply(changes_of(&file, 5000)).await;
    assert_eq!(subject.again.search("letter", 10).await.map(|hits| hits.records.len()), Ok(1));
}
