//! Several writers at once.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;
use vault_core::model::EventKind;
use vault_core::ports::Outcome;

use super::Subject;
use crate::conformance::fixture::begun;

/// Two users file the same folder at the same time: one record with both places, two histories.
pub async fn two_users_who_file_the_same_make_one_record(subject: &Subject) {
    let cases = [subject.case().await, subject.case().await];
    let barrier = Arc::new(Barrier::new(2));
    let mut tasks = JoinSet::new();
    for (case, records) in cases.iter().zip([&subject.records, &subject.again]) {
        let folder = format!("Box of {}", case.drop);
        let file = case.file_of("same", EventKind::Success, &folder);
        let (records, barrier) = (records.clone(), barrier.clone());
        tasks.spawn(async move {
            barrier.wait().await;
            records.begin(&[begun(&file)]).await.expect("begin");
            barrier.wait().await;
            records.commit(&[file]).await.expect("commit");
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("task");
    }
    let records = subject.all_records().await;
    assert_eq!(records.len(), 1);
    let mut folders: Vec<&str> = records[0].folder_paths.iter().collect();
    folders.sort_unstable();
    assert_eq!(folders, cases.each_ref().map(|case| format!("Box of {}", case.drop)));
    for case in &cases {
        let events = subject.events_of(case).await;
        assert_eq!(events.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Success]);
    }
}

/// Many writers with overlapping files: every event is there, every record once, with every folder.
pub async fn many_users_who_file_at_once_lose_nothing(subject: &Subject) {
    const WRITERS: usize = 4;
    const BATCHES: usize = 5;
    const FILES: usize = 40;
    let mut tasks = JoinSet::new();
    for writer in 0..WRITERS {
        let records = if writer % 2 == 0 { &subject.records } else { &subject.again }.clone();
        let case = subject.case().await;
        tasks.spawn(async move {
            for batch in 0..BATCHES {
                let files: Vec<Outcome> = (0..FILES)
                    .map(|n| {
                        case.file_of(&format!("{}", batch * FILES + n), EventKind::Success, &format!("Box {writer}"))
                    })
                    .collect();
                records.begin(&files.iter().map(begun).collect::<Vec<_>>()).await.expect("begin");
                records.commit(&files).await.expect("commit");
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("task");
    }
    let events = subject.records.events_of_matter(&subject.unannounced().matter, None, 100_000).await.expect("events");
    assert_eq!(events.len(), WRITERS * BATCHES * FILES);
    assert!(events.iter().all(|event| event.kind == EventKind::Success));
    let records = subject.all_records().await;
    assert_eq!(records.len(), BATCHES * FILES);
    for record in records {
        assert_eq!(record.folder_paths.iter().count(), WRITERS, "{}", record.folder_paths);
    }
}
