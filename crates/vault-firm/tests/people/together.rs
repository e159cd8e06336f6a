//! Two users file to one matter: existing content is not sent again, and both are in the history.

use std::collections::HashSet;
use std::sync::Arc;

use vault_core::model::{EventKind, FileHash, MatterFields, MatterId, PathText, StoragePath};
use vault_core::restore::RestoreScope;
use vault_testing::conformance::Case;

use crate::computer::Computer;
use crate::world::Administrator;

async fn two() -> (Computer, Computer) {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.new_user("Ann").await, administrator.new_user("Ben").await);
    administrator.team(&[&ann, &ben]).await;
    tokio::join!(Computer::of(&ann, "anns-computer"), Computer::of(&ben, "bens-computer"))
}

/// Makes a matter that is open to the firm.
async fn matter(computer: &Computer, title: &str) -> MatterId {
    let fields = MatterFields { title: title.to_owned(), ..MatterFields::default() };
    computer.vault().create_matter(fields).await.expect("a matter").id
}

/// Waits until this mirror has so many files, and returns them.
async fn files(computer: &Computer, count: usize) -> Vec<(String, String)> {
    let general = MatterId::general();
    computer
        .until(&format!("{count} files"), async || {
            let files = computer.files(&general).await;
            (files.len() == count).then_some(files)
        })
        .await
}

fn named(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, folders)| ((*name).to_owned(), (*folders).to_owned())).collect()
}

#[tokio::test]
async fn a_second_box_sends_only_new_content_and_records_every_place() {
    let (ann, ben) = two().await;
    let general = MatterId::general();
    let first = ann.folder_of("Box", &[("deed.txt", "a deed"), ("Letters/one.txt", "a letter")]);
    let plan = ann.plan(&general, &first).await;
    ann.file(plan, &first).await;
    files(&ben, 2).await;

    let second = ben.folder_of("Stick", &[("Old/deed.txt", "a deed"), ("one.txt", "a letter"), ("two.txt", "another")]);
    let plan = ben.plan(&general, &second).await;
    assert_eq!((plan.counts.new, plan.counts.already_stored), (1, 2));
    let (_, finished) = ben.file(plan, &second).await;
    assert_eq!((finished.drop.counts.stored, finished.drop.counts.skipped), (1, 2));
    let both = files(&ann, 3).await;
    assert_eq!(both, named(&[("deed.txt", "Box|Stick/Old"), ("one.txt", "Box/Letters|Stick"), ("two.txt", "Stick")]));
    assert_eq!(files(&ben, 3).await, both);
}

#[tokio::test]
async fn a_folder_filed_by_two_users_at_once_is_stored_once_and_recorded_twice() {
    const FILES: usize = 30;
    let (ann, ben) = two().await;
    let general = MatterId::general();
    let files_of: Vec<_> = (0..FILES).map(|n| (format!("{}/letter {n}.txt", n % 3), format!("letter {n}"))).collect();
    let list: Vec<_> = files_of.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
    let (anns, bens) = (ann.folder_of("Box", &list), ben.folder_of("Box", &list));
    let (anns_plan, bens_plan) = tokio::join!(ann.plan(&general, &anns), ben.plan(&general, &bens));
    assert_eq!((anns_plan.counts.new, bens_plan.counts.new), (FILES as u64, FILES as u64));
    let ((anns_drop, one), (bens_drop, other)) = tokio::join!(ann.file(anns_plan, &anns), ben.file(bens_plan, &bens));
    for finished in [&one, &other] {
        assert_eq!(finished.halt, None);
        let counts = finished.drop.counts;
        assert_eq!((counts.stored + counts.skipped, counts.failed), (FILES as u64, 0), "{counts:?}");
    }

    // One record each, one object each, and an event of each user for every file.
    for computer in [&ann, &ben] {
        assert_eq!(files(computer, FILES).await.len(), FILES);
        for drop in [anns_drop, bens_drop] {
            computer
                .until("both histories", async || {
                    let stored = computer.events(drop, EventKind::Success).await;
                    let known = computer.events(drop, EventKind::AlreadyStored).await;
                    (stored + known == FILES).then_some(())
                })
                .await;
        }
    }
    let objects = ann.vault().parts().blobs.list(None, 1000).await.expect("objects");
    assert_eq!(objects.len(), FILES);
}

/// A colleague has the same documents under other names, and for another matter.
#[tokio::test]
async fn the_same_content_filed_by_two_users_at_once_to_two_matters_is_stored_once() {
    const FILES: usize = 30;
    let (ann, ben) = two().await;
    let general = MatterId::general();
    let other = matter(&ben, "Other").await;
    ann.until("the matter", async || ann.vault().mirror.find_matter(other.as_str()).await.expect("asked")).await;
    let list = |ending: &str| -> Vec<(String, String)> {
        (0..FILES).map(|n| (format!("{n}.{ending}"), format!("letter {n}"))).collect()
    };
    let folder = |computer: &Computer, list: &[(String, String)]| {
        let list: Vec<_> = list.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
        computer.folder_of("Box", &list)
    };
    let (anns, bens) = (folder(&ann, &list("txt")), folder(&ben, &list("text")));
    let (anns_plan, bens_plan) = tokio::join!(ann.plan(&general, &anns), ben.plan(&other, &bens));
    assert_eq!((anns_plan.counts.new, bens_plan.counts.new), (FILES as u64, FILES as u64));
    let ((_, one), (_, two)) = tokio::join!(ann.file(anns_plan, &anns), ben.file(bens_plan, &bens));
    for finished in [&one, &two] {
        let counts = finished.drop.counts;
        assert_eq!((&finished.halt, counts.stored + counts.skipped, counts.failed), (&None, FILES as u64, 0));
    }
    let objects = ann.vault().parts().blobs.list(None, 1000).await.expect("objects");
    assert_eq!(objects.len(), FILES, "{objects:?}");
    let there: HashSet<_> = objects.into_iter().map(|object| object.path.expect("content")).collect();
    let records = ann.vault().parts().records.all_records(None, 1000).await.expect("records");
    assert_eq!(records.len(), 2 * FILES);
    assert!(records.iter().all(|record| there.contains(&record.storage_path)));
}

/// A colleague's program sees that a file is about to be stored, and writes its record first, with a path of its own.
#[tokio::test]
async fn a_record_with_a_false_path_prevents_no_restore() {
    let (ann, ben) = two().await;
    let (general, other) = (MatterId::general(), matter(&ben, "Other").await);
    let folder = ann.folder_of("Box", &[("deed.txt", "a deed")]);
    let plan = ann.plan(&general, &folder).await;
    let (content, time) = (FileHash::of(b"a deed"), plan.found.files[0].reading.last_modified);
    let person = ben.vault().person().await.expect("a user");
    let mut untrue = Case::new(&person, &general).announced(&*ben.vault().parts().records).await.file_called(
        PathText::plain("deed.txt"),
        b"a deed",
        time,
        EventKind::Success,
        "Box",
    );
    let false_place = StoragePath::new(&person.team, &other, content, "deed.pdf");
    untrue.record.as_mut().expect("a record").storage_path = false_place.clone();
    ben.vault().parts().records.commit(&[untrue]).await.expect("the rules take it");

    let (drop, finished) = ann.file(plan, &folder).await;
    assert_eq!((&finished.halt, finished.drop.counts.stored), (&None, 1));
    let records = ann.vault().parts().records.all_records(None, 10).await.expect("records");
    assert_eq!(records.iter().map(|record| &record.storage_path).collect::<Vec<_>>(), [&false_place]);
    let back = tempfile::tempdir().expect("a folder");
    let restored = ann.vault().restore(&RestoreScope::Drop(drop), back.path(), Arc::default()).await.expect("restored");
    assert_eq!((restored.restored, &restored.problems), (1, &vec![]));
    assert_eq!(std::fs::read(back.path().join("Box/deed.txt")).expect("read"), b"a deed");
    let checked = ann.vault().verify(Arc::default()).await.expect("checked");
    assert!(checked.is_sound(), "{checked:?}");
    assert!(checked.orphaned.is_empty(), "it is the only copy: {checked:?}");
}

#[tokio::test]
async fn the_path_of_content_is_agreed_once_and_never_changes() {
    let (ann, ben) = two().await;
    let (general, other) = (MatterId::general(), matter(&ben, "Other").await);
    let team = ann.vault().person().await.expect("a user").team;
    let place = |matter: &MatterId, n: usize, name: &str| {
        StoragePath::new(&team, matter, FileHash::of(n.to_string().as_bytes()), name)
    };
    let some = |matter: &MatterId, name: &str| (0..600).map(|n| place(matter, n, name)).collect::<Vec<_>>();
    let (anns, bens) = (some(&general, "a.pdf"), some(&other, "b.txt"));
    let (anns_records, bens_records) = (ann.vault().parts().records, ben.vault().parts().records);
    let (ann_has, ben_has) = tokio::join!(anns_records.claim(&anns), bens_records.claim(&bens));
    let (ann_has, ben_has) = (ann_has.expect("claimed"), ben_has.expect("claimed"));
    assert_eq!(ann_has, ben_has);
    assert!(ann_has.iter().zip(anns.iter().zip(&bens)).all(|(place, (ann, ben))| place == ann || place == ben));
    // And again, permanently.
    assert_eq!(ann.vault().parts().records.claim(&bens).await, Ok(ann_has));
}
