//! The queue: everything written is read back, counts follow every change, and nothing is done twice.

use crate::common::*;
use proptest::prelude::*;
use vault_core::filing::ItemState;
use vault_core::intake::Problem;
use vault_core::model::{DropCounts, DropFolder, EventKind, LastModified, PathText, Timestamp};
use vault_core::ports::{DropPhase, Item, ItemUpdate, Journal as _, LeftOutEntry, NewItem, Reading, UploadSession};
use vault_core::queue::PauseReason;
use vault_store::JournalDb;

fn step(seq: u64, state: ItemState) -> ItemUpdate {
    ItemUpdate { seq, state, read: None, event: None }
}

async fn enqueued(journal: &JournalDb, n: u64, items: Vec<NewItem>) {
    journal.accept(&new_drop(n)).await.expect("accept");
    journal.enqueue(drop_id(n), &mut items.into_iter(), &[], &[]).await.expect("enqueue");
}

#[tokio::test]
async fn a_drop_is_read_back_as_it_was_accepted() {
    let (home, journal) = journal().await;
    #[cfg(unix)]
    let odd = std::path::PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(
        b"/media/\xff/b".to_vec(),
    ));
    #[cfg(not(unix))]
    let odd = std::path::PathBuf::from("C:\\b");
    let mut new = new_drop(1);
    new.sources.push(odd);
    journal.accept(&new).await.expect("accept");
    assert!(journal.accept(&new).await.is_err(), "a drop is accepted once");
    journal.close_file().await.expect("close");

    let journal = JournalDb::open(&home.path().join("journal.db")).await.expect("again");
    let drops = journal.unfinished().await.expect("unfinished");
    assert_eq!(drops.len(), 1);
    assert_eq!((&drops[0].new, drops[0].phase), (&new, DropPhase::Preparing));
    assert_eq!(journal.drop_by_id(drop_id(1)).await, Ok(Some(drops[0].clone())));
    assert_eq!(journal.drop_by_id(drop_id(2)).await, Ok(None));
}

#[tokio::test]
async fn items_folders_and_left_out_entries_round_trip() {
    let (_home, journal) = journal().await;
    journal.accept(&new_drop(1)).await.expect("accept");
    let mut items: Vec<NewItem> = (0..300).map(item).collect();
    items[1].name = PathText::from_bytes(b"Br\xfcgge'; DROP TABLE items; --.pdf".to_vec());
    items[1].folder = PathText::from_bytes(b"Box/\xff".to_vec());
    items[2].name = PathText::plain("x".repeat(20_000));
    items[3].folder = PathText::plain("");
    items[4].read = None;
    items[4].state = ItemState::NeedsAttention(Problem::Unreadable("I/O error".into()));
    let folders: Vec<DropFolder> = ["Box", "Box/empty", "Box/2023"]
        .iter()
        .zip(-1..)
        .map(|(path, time)| DropFolder {
            path: PathText::plain(*path),
            source: Some(0),
            last_modified: LastModified(time),
        })
        .collect();
    let left_out =
        [LeftOutEntry { path: PathText::from_bytes(b"Box/Thumbs\xfe.db".to_vec()), reason: "A system file.".into() }];
    journal.enqueue(drop_id(1), &mut items.clone().into_iter(), &left_out, &folders).await.expect("enqueue");

    assert_eq!(journal.folders(drop_id(1)).await, Ok(folders));
    assert_eq!(journal.left_out(drop_id(1)).await, Ok(left_out.to_vec()));
    let all: Vec<Item> = (0..).zip(items.clone()).map(|(seq, file)| Item { seq, file }).collect();
    let (attention, open): (Vec<Item>, Vec<Item>) = all.into_iter().partition(|item| item.seq == 4);
    assert_eq!(journal.open_items(drop_id(1), 0, usize::MAX).await, Ok(open.clone()));
    assert_eq!(journal.open_items(drop_id(1), 10, 5).await, Ok(open[9..14].to_vec()));
    assert_eq!(journal.attention_items(drop_id(1)).await, Ok(attention));
    let drop = journal.drop_by_id(drop_id(1)).await.expect("drop").expect("there");
    assert_eq!((drop.phase, drop.waiting, drop.attention), (DropPhase::Filing, 299, 1));
    assert_eq!(drop.counts, DropCounts { failed: 1, left_out: 1, bytes: 2990, ..DropCounts::default() });
    let again = journal.enqueue(drop_id(1), &mut std::iter::empty(), &[], &[]).await;
    assert!(again.is_err(), "a drop is enqueued once");
}

#[tokio::test]
async fn every_state_round_trips() {
    let (_home, journal) = journal().await;
    enqueued(&journal, 1, (0..5).map(item).collect()).await;
    let session = UploadSession { handle: "https://example/1".into(), offset: 1 << 40 };
    let states = [
        ItemState::Uploading { session: None, tried: 0 },
        ItemState::Uploading { session: Some(session.clone()), tried: 0 },
        ItemState::Recording,
        ItemState::Waiting { until: Timestamp(-3), attempt: u32::MAX, session: None, why: "Busy.".to_owned() },
        ItemState::Queued,
    ];
    let steps: Vec<ItemUpdate> = (0..).zip(states.clone()).map(|(seq, state)| step(seq, state)).collect();
    journal.advance(drop_id(1), &steps).await.expect("advance");
    let stored: Vec<ItemState> =
        journal.open_items(drop_id(1), 0, 10).await.expect("items").into_iter().map(|i| i.file.state).collect();
    assert_eq!(stored, states);

    journal.keep_session(drop_id(1), 0, &session).await.expect("session");
    let first = journal.open_items(drop_id(1), 0, 1).await.expect("items").remove(0);
    assert_eq!(first.file.state, ItemState::Uploading { session: Some(session), tried: 0 });
}

#[tokio::test]
async fn a_new_reading_and_a_new_attempt_are_kept() {
    let (_home, journal) = journal().await;
    let mut unread = item(0);
    unread.read = None;
    enqueued(&journal, 1, vec![unread]).await;
    let read = Reading { size: 77, last_modified: LastModified(1), hash: hash(9) };
    let steps = [
        ItemUpdate { seq: 0, state: ItemState::Recording, read: Some(read), event: None },
        ItemUpdate { seq: 0, state: ItemState::Queued, read: None, event: Some(event_id(99)) },
        step(12, ItemState::Queued),
    ];
    journal.advance(drop_id(1), &steps).await.expect("advance");
    let items = journal.open_items(drop_id(1), 0, 10).await.expect("items");
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].file.read, items[0].file.event), (Some(read), event_id(99)));
    assert_eq!(items[0].file.state, ItemState::Queued);
    assert_eq!(journal.drop_by_id(drop_id(1)).await.expect("drop").expect("there").counts.bytes, 77);
}

#[tokio::test]
async fn a_drop_from_the_first_file_to_the_last() {
    let (_home, journal) = journal().await;
    enqueued(&journal, 1, (0..4).map(item).collect()).await;
    let done = [(0, EventKind::Success), (1, EventKind::AlreadyStored), (0, EventKind::Success)];
    journal.done(drop_id(1), &done).await.expect("done");
    journal.done(drop_id(1), &done).await.expect("the same again");
    journal.advance(drop_id(1), &[step(3, ItemState::Cancelled)]).await.expect("cancel");
    journal.advance(drop_id(1), &[step(2, ItemState::NeedsAttention(Problem::Vanished))]).await.expect("advance");
    let full = PauseReason::Blocked("The disk is full.".to_owned());
    journal.pause(drop_id(1), &full).await.expect("pause");
    let drop = journal.drop_by_id(drop_id(1)).await.expect("drop").expect("there");
    assert_eq!((drop.waiting, drop.attention, drop.paused), (0, 1, Some(full)));
    assert_eq!(journal.open_items(drop_id(1), 0, 10).await, Ok(vec![]));

    let counts = DropCounts { stored: 1, skipped: 1, failed: 1, left_out: 0, bytes: 40, bytes_stored: 10 };
    assert_eq!(journal.close(drop_id(1), DropPhase::Finished, Timestamp(9)).await, Ok(counts));
    assert_eq!(journal.unfinished().await, Ok(vec![]));
    let finished = journal.needing_attention().await.expect("drops").remove(0);
    assert_eq!((finished.counts, finished.finished, finished.paused), (counts, Some(Timestamp(9)), None));

    journal.reopen(drop_id(1)).await.expect("reopen");
    assert_eq!(journal.attention_items(drop_id(1)).await.expect("items")[0].seq, 2);
    journal.advance(drop_id(1), &[step(2, ItemState::Queued)]).await.expect("retry");
    journal.done(drop_id(1), &[(2, EventKind::Success)]).await.expect("done");
    let counts = DropCounts { stored: 2, failed: 0, bytes_stored: 20, ..counts };
    assert_eq!(journal.close(drop_id(1), DropPhase::Finished, Timestamp(10)).await, Ok(counts));
    assert_eq!(journal.needing_attention().await, Ok(vec![]));
}

#[tokio::test]
async fn drops_are_listed_in_the_order_of_acceptance() {
    let (_home, journal) = journal().await;
    for n in [3, 1, 2] {
        let mut broken = item(n);
        broken.state = ItemState::NeedsAttention(Problem::Vanished);
        enqueued(&journal, n, vec![broken]).await;
    }
    let ids = |drops: Vec<vault_core::ports::JournaledDrop>| drops.into_iter().map(|d| d.new.id).collect::<Vec<_>>();
    assert_eq!(ids(journal.unfinished().await.expect("drops")), [3, 1, 2].map(drop_id));
    for n in 1..4 {
        journal.close(drop_id(n), DropPhase::Finished, Timestamp(0)).await.expect("close");
    }
    assert_eq!(ids(journal.needing_attention().await.expect("drops")), [2, 1, 3].map(drop_id));
}

#[tokio::test]
async fn a_request_for_an_unknown_drop_is_refused() {
    let (_home, journal) = journal().await;
    assert!(journal.enqueue(drop_id(1), &mut std::iter::empty(), &[], &[]).await.is_err());
    assert!(journal.done(drop_id(1), &[(0, EventKind::Success)]).await.is_err());
    assert!(journal.close(drop_id(1), DropPhase::Finished, Timestamp(0)).await.is_err());
    assert!(journal.reopen(drop_id(1)).await.is_err());
    assert_eq!(journal.open_items(drop_id(1), 0, 10).await, Ok(vec![]));
    // A refused enqueue leaves nothing behind.
    let mut done = item(0);
    done.state = ItemState::Done(EventKind::Success);
    journal.accept(&new_drop(1)).await.expect("accept");
    assert!(journal.enqueue(drop_id(1), &mut vec![item(1), done].into_iter(), &[], &[]).await.is_err());
    assert_eq!(journal.open_items(drop_id(1), 0, 10).await, Ok(vec![]));
    assert_eq!(journal.drop_by_id(drop_id(1)).await.expect("drop").expect("there").phase, DropPhase::Preparing);
}

fn any_state() -> impl Strategy<Value = ItemState> {
    prop_oneof![
        Just(ItemState::Queued),
        Just(ItemState::Uploading { session: None, tried: 0 }),
        Just(ItemState::Recording),
        Just(ItemState::Waiting { until: Timestamp(1), attempt: 2, session: None, why: String::new() }),
        Just(ItemState::NeedsAttention(Problem::InUse)),
        Just(ItemState::Cancelled),
        proptest::sample::select(&EventKind::ALL[1..]).prop_map(ItemState::Done),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The counts of a drop are those of its items, after any changes.
    #[test]
    fn counts_follow_every_change(
        calls in proptest::collection::vec(proptest::collection::vec((0..12_u64, any_state()), 1..8), 1..8)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            let (_home, journal) = journal().await;
            enqueued(&journal, 1, (0..12).map(item).collect()).await;
            let mut states = vec![ItemState::Queued; 12];
            for call in &calls {
                let steps: Vec<ItemUpdate> = call.iter().map(|(seq, state)| step(*seq, state.clone())).collect();
                journal.advance(drop_id(1), &steps).await.expect("advance");
                let mut moved = states.clone();
                for (seq, state) in call {
                    // Items done before this call have left the queue, and cancelled items stay cancelled.
                    let seq = usize::try_from(*seq).expect("small");
                    if !states[seq].is_final() {
                        moved[seq] = state.clone();
                    }
                }
                states = moved;
            }
            let count = |wanted: fn(&ItemState) -> bool| states.iter().filter(|s| wanted(s)).count() as u64;
            let drop = journal.drop_by_id(drop_id(1)).await.expect("drop").expect("there");
            let attention = count(|s| matches!(s, ItemState::NeedsAttention(_)));
            assert_eq!(drop.attention, attention);
            assert_eq!(drop.waiting, count(|s| !s.is_final() && !matches!(s, ItemState::NeedsAttention(_))));
            assert_eq!(drop.later, count(|s| matches!(s, ItemState::Waiting { .. })));
            assert_eq!(drop.cancelled, count(|s| *s == ItemState::Cancelled));
            assert_eq!(drop.counts.stored, count(|s| *s == ItemState::Done(EventKind::Success)));
            assert_eq!(drop.counts.skipped, count(|s| *s == ItemState::Done(EventKind::AlreadyStored)));
            assert_eq!(drop.counts.failed, count(|s| *s == ItemState::Done(EventKind::Failed)) + attention);
            assert_eq!(drop.counts.bytes, 120);
            let open = journal.open_items(drop_id(1), 0, 100).await.expect("items");
            assert_eq!(open.len() as u64, drop.waiting);
            assert_eq!(journal.waiting_items(drop_id(1)).await.expect("items").len() as u64, drop.later);
            assert_eq!(journal.attention_items(drop_id(1)).await.expect("items").len() as u64, attention);
        });
    }
}
