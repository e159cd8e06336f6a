//! Two people file to one matter: what is there is not sent again, and both are in the history.

use vault_core::model::{EventKind, MatterId};

use crate::computer::Computer;
use crate::world::Administrator;

async fn two() -> (Computer, Computer) {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.somebody("Ann").await, administrator.somebody("Ben").await);
    administrator.team(&[&ann, &ben]).await;
    tokio::join!(Computer::of(&ann, "anns-computer"), Computer::of(&ben, "bens-computer"))
}

/// Waits until this copy has so many files, and returns them.
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
async fn of_a_second_box_only_what_is_new_is_sent_and_every_place_is_recorded() {
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
async fn the_same_folder_filed_by_two_at_once_is_stored_once_and_told_twice() {
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

    // One record each, one object each, and an event of each of them for every file.
    for computer in [&ann, &ben] {
        assert_eq!(files(computer, FILES).await.len(), FILES);
        for drop in [anns_drop, bens_drop] {
            computer
                .until("both histories", async || {
                    let stored = computer.events(drop, EventKind::Success).await;
                    let known = computer.events(drop, EventKind::Skipped).await;
                    (stored + known == FILES).then_some(())
                })
                .await;
        }
    }
    let objects = ann.vault().blobs.list(None, 1000).await.expect("objects");
    assert_eq!(objects.len(), FILES);
}
