//! The contract of [`Journal`].

use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;
use vault_core::filing::ItemState;
use vault_core::intake::Problem;
use vault_core::model::{
    DropFolder, DropId, EventId, EventKind, FileHash, LastModified, MatterId, PathText, Timestamp,
};
use vault_core::ports::{DropPhase, Item, ItemUpdate, Journal, LeftOutEntry, NewDrop, NewItem, Reading, UploadSession};
use vault_core::queue::PauseReason;

use super::Keep;

/// An implementation under test, empty.
pub struct Subject {
    /// The implementation.
    pub journal: Arc<dyn Journal>,
    /// The same, opened once more.
    pub again: Arc<dyn Journal>,
    /// Keeps the folder of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! journal_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, journal:
            a_drop_is_accepted_enqueued_and_finished,
            every_state_is_kept,
            open_items_are_paged_in_order,
            names_readings_and_folders_round_trip_exactly,
            a_changed_item_is_kept,
            waiting_items_are_listed_and_counted,
            the_new_place_of_a_file_is_kept,
            a_cancelled_item_stays_cancelled,
            a_drop_is_enqueued_once,
            many_items_are_counted,
            unfinished_drops_are_listed_oldest_first,
            a_drop_with_problems_is_closed_and_resumed,
            a_skipped_item_counts_as_failed,
            items_are_replaced_by_their_contents,
            a_pause_is_kept_with_its_reason,
            an_unknown_id_is_absent,
            a_backup_is_written,
        );
    };
}

fn new_drop(started: i64) -> NewDrop {
    NewDrop {
        id: DropId::new(Uuid::now_v7()),
        matter: MatterId::general(),
        sources: vec![PathBuf::from("/media/usb/Box"), PathBuf::from("/home/p/Ünï “x”.pdf")],
        started: Timestamp(started),
    }
}

fn item(n: u64) -> NewItem {
    let hash = FileHash::of(&(n / 2).to_le_bytes());
    NewItem {
        source: u32::try_from(n % 2).expect("0 or 1"),
        folder: PathText::plain(format!("Box/{}", n % 5)),
        name: PathText::plain(format!("Letter {n}.pdf")),
        read: Some(Reading { size: 10, last_modified: LastModified(-5), hash }),
        event: EventId::new(Uuid::now_v7()),
        state: ItemState::Queued,
        moved_to: None,
    }
}

impl Subject {
    /// An accepted drop with these items.
    async fn enqueued(&self, items: &[NewItem]) -> NewDrop {
        let drop = new_drop(1_700_000_000_000);
        self.journal.accept(&drop).await.expect("accept");
        self.journal.enqueue(drop.id, &mut items.iter().cloned(), &[], &[]).await.expect("enqueue");
        drop
    }

    async fn open_items(&self, drop: &NewDrop) -> Vec<Item> {
        self.again.open_items(drop.id, 0, 100_000).await.expect("items")
    }

    async fn advance(&self, drop: &NewDrop, seq: u64, state: ItemState) {
        let step = ItemUpdate { seq, state, read: None, event: None };
        self.journal.advance(drop.id, &[step]).await.expect("advance");
    }
}

/// The usual states of a drop.
pub async fn a_drop_is_accepted_enqueued_and_finished(subject: &Subject) {
    let journal = &subject.journal;
    let new = new_drop(1_700_000_000_000);
    journal.accept(&new).await.expect("accept");
    let drop = async || subject.again.drop_by_id(new.id).await.expect("drop").expect("there");
    assert_eq!((drop().await.new, drop().await.phase), (new.clone(), DropPhase::Preparing));
    let items: Vec<NewItem> = (0..4).map(item).collect();
    journal.enqueue(new.id, &mut items.clone().into_iter(), &[], &[]).await.expect("enqueue");
    assert_eq!((drop().await.phase, drop().await.waiting), (DropPhase::Filing, 4));
    let read_back = subject.open_items(&new).await;
    assert_eq!(read_back.iter().map(|item| item.seq).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(read_back.into_iter().map(|item| item.file).collect::<Vec<_>>(), items);
    journal.done(new.id, &[(0, EventKind::Success), (1, EventKind::AlreadyStored)]).await.expect("done");
    journal.done(new.id, &[(2, EventKind::Success)]).await.expect("done");
    assert_eq!(subject.open_items(&new).await.len(), 1);
    journal.done(new.id, &[(3, EventKind::AlreadyStored), (2, EventKind::Success)]).await.expect("done, one again");
    let before = drop().await;
    assert_eq!((before.counts.stored, before.counts.skipped, before.counts.failed, before.waiting), (2, 2, 0, 0));
    let at = Timestamp(1_700_000_009_000);
    let counts = journal.close(new.id, DropPhase::Finished, at).await.expect("close");
    assert_eq!(counts, before.counts);
    let after = drop().await;
    assert_eq!((after.phase, after.finished, after.counts), (DropPhase::Finished, Some(at), counts));
    assert_eq!(subject.again.unfinished().await, Ok(vec![]));
}

/// Every state of an item is kept.
pub async fn every_state_is_kept(subject: &Subject) {
    let session = UploadSession { handle: "https://example.com/?u=1".to_owned(), offset: u64::from(u32::MAX) + 1 };
    let states = [
        ItemState::Queued,
        ItemState::Uploading { session: None, tried: 0 },
        ItemState::Uploading { session: Some(session.clone()), tried: 3 },
        ItemState::Recording,
        ItemState::Waiting {
            until: Timestamp(1_800_000_000_000),
            attempt: 7,
            session: Some(session),
            why: "The storage is busy.".to_owned(),
        },
    ];
    let problems = [Problem::Vanished, Problem::Refused("no: “x”".to_owned()), Problem::Unreadable("I/O".to_owned())];
    let items: Vec<NewItem> = (0..8).map(item).collect();
    let drop = subject.enqueued(&items).await;
    for (seq, state) in (0..).zip(&states) {
        subject.advance(&drop, seq, state.clone()).await;
    }
    for (seq, problem) in (5..).zip(&problems) {
        subject.advance(&drop, seq, ItemState::NeedsAttention(problem.clone())).await;
    }
    let open = subject.open_items(&drop).await;
    assert_eq!(open.into_iter().map(|item| item.file.state).collect::<Vec<_>>(), states);
    let attention = subject.again.attention_items(drop.id).await.expect("items");
    let expected: Vec<_> = (5..).zip(problems.map(ItemState::NeedsAttention)).collect();
    assert_eq!(attention.into_iter().map(|item| (item.seq, item.file.state)).collect::<Vec<_>>(), expected);
    let read_back = subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
    assert_eq!((read_back.waiting, read_back.attention), (5, 3));
}

/// Pages of any size, from any position, return each open item once.
pub async fn open_items_are_paged_in_order(subject: &Subject) {
    let items: Vec<NewItem> = (0..50).map(item).collect();
    let drop = subject.enqueued(&items).await;
    let done: Vec<(u64, EventKind)> = (0..50).step_by(3).map(|seq| (seq, EventKind::Success)).collect();
    subject.journal.done(drop.id, &done).await.expect("done");
    let expected: Vec<u64> = (0..50).filter(|seq| seq % 3 != 0).collect();
    for limit in [1, 7, 33, 100] {
        let (mut read_back, mut from) = (Vec::new(), 0);
        loop {
            let page = subject.journal.open_items(drop.id, from, limit).await.expect("items");
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            from = last.seq + 1;
            read_back.extend(page.iter().map(|item| item.seq));
        }
        assert_eq!(read_back, expected, "{limit} a page");
    }
}

fn folder(path: &[u8], source: Option<u32>, time: i64) -> DropFolder {
    DropFolder { path: PathText::from_bytes(path.to_vec()), source, last_modified: LastModified(time) }
}

/// Names that are not text, unreadable files, left-out entries, folders.
pub async fn names_readings_and_folders_round_trip_exactly(subject: &Subject) {
    let mut items: Vec<NewItem> = (0..4).map(item).collect();
    items[0].name = PathText::from_bytes(b"Br\xfccke\n|.pdf".to_vec());
    items[1].folder = PathText::from_bytes(b"Box/\xff/x".to_vec());
    items[2].folder = PathText::plain("");
    items[2].read = Some(Reading { size: 0, last_modified: LastModified(0), hash: FileHash::of(b"") });
    items[3].read = None;
    items[3].state = ItemState::NeedsAttention(Problem::PermissionDenied);
    let left_out = [
        LeftOutEntry { path: PathText::plain("Box/Thumbs.db"), reason: "A system file (Thumbs.db).".to_owned() },
        LeftOutEntry { path: PathText::from_bytes(b"Box/\xfe".to_vec()), reason: "A link.".to_owned() },
    ];
    let folders = [
        folder(b"Box", Some(0), -1),
        folder(b"Box/\xff", Some(0), 0),
        // Of another source, and of an older version.
        folder(b"Box", Some(1), 5),
        folder(b"Old", None, 6),
    ];
    let drop = new_drop(0);
    subject.journal.accept(&drop).await.expect("accept");
    subject.journal.enqueue(drop.id, &mut items.clone().into_iter(), &left_out, &folders).await.expect("enqueue");
    let mut read_back: Vec<NewItem> = subject.open_items(&drop).await.into_iter().map(|item| item.file).collect();
    read_back.extend(subject.again.attention_items(drop.id).await.expect("items").into_iter().map(|item| item.file));
    assert_eq!(read_back, items);
    let sorted = |mut entries: Vec<LeftOutEntry>| {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    };
    let read_back = subject.again.left_out(drop.id).await.expect("left out");
    assert_eq!(sorted(read_back), sorted(left_out.to_vec()));
    assert_eq!(subject.again.folders(drop.id).await.as_deref(), Ok(&folders[..]));
    let read_back = subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
    assert_eq!((read_back.counts.left_out, read_back.attention, read_back.waiting), (2, 1, 3));
}

/// A file that changed is read again; a new attempt has a new event.
pub async fn a_changed_item_is_kept(subject: &Subject) {
    let drop = subject.enqueued(&[item(0), item(1)]).await;
    let read = Some(Reading { size: 99, last_modified: LastModified(7), hash: FileHash::of(b"new") });
    let event = Some(EventId::new(Uuid::now_v7()));
    let before = subject.open_items(&drop).await;
    let step = |seq, read, event| ItemUpdate { seq, state: ItemState::Queued, read, event };
    subject.journal.advance(drop.id, &[step(0, read, None), step(1, None, event)]).await.expect("advance");
    let after = subject.open_items(&drop).await;
    assert_eq!((after[0].file.read, after[0].file.event), (read, before[0].file.event));
    assert_eq!((after[1].file.read, Some(after[1].file.event)), (before[1].file.read, event));
    subject.journal.advance(drop.id, &[]).await.expect("nothing");
    subject.advance(&drop, 0, ItemState::Uploading { session: None, tried: 2 }).await;
    let session = UploadSession { handle: "u".to_owned(), offset: 262_144 };
    subject.journal.keep_session(drop.id, 0, &session).await.expect("session");
    let state = ItemState::Uploading { session: Some(session.clone()), tried: 2 };
    assert_eq!(subject.open_items(&drop).await[0].file.state, state);
    subject.journal.keep_session(drop.id, 1, &session).await.expect("nothing");
    assert_eq!(subject.open_items(&drop).await[1].file.state, ItemState::Queued, "it is not being uploaded");
}

/// Items that wait automatically are distinguished from queued ones, and counted.
pub async fn waiting_items_are_listed_and_counted(subject: &Subject) {
    let drop = subject.enqueued(&(0..5).map(item).collect::<Vec<_>>()).await;
    let waits = |until| ItemState::Waiting {
        until: Timestamp(until),
        attempt: 1,
        session: None,
        why: "Open in another program.".to_owned(),
    };
    subject.advance(&drop, 3, waits(9)).await;
    subject.advance(&drop, 1, waits(5)).await;
    let read_back = async || {
        let drop = subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
        (drop.waiting, drop.later)
    };
    let listed = async || {
        let items = subject.again.waiting_items(drop.id).await.expect("items");
        items.into_iter().map(|item| (item.seq, item.file.state)).collect::<Vec<_>>()
    };
    assert_eq!((read_back().await, listed().await), ((5, 2), vec![(1, waits(5)), (3, waits(9))]));
    subject.journal.done(drop.id, &[(1, EventKind::Success)]).await.expect("done");
    subject.advance(&drop, 3, ItemState::Uploading { session: None, tried: 1 }).await;
    assert_eq!((read_back().await, listed().await), ((4, 0), vec![]));
}

/// The new place that a user gave for a file is kept in every state.
pub async fn the_new_place_of_a_file_is_kept(subject: &Subject) {
    let here = NewItem { moved_to: Some(PathBuf::from("/media/other/Box/here.pdf")), ..item(0) };
    let drop = subject.enqueued(&[here.clone(), item(1), item(2)]).await;
    let place = PathBuf::from("/media/usb 2/Ünï “x”.pdf");
    subject.journal.relocate(drop.id, &[(1, place.clone()), (77, place.clone())]).await.expect("relocate");
    subject.advance(&drop, 1, ItemState::NeedsAttention(Problem::Different)).await;
    let attention = subject.again.attention_items(drop.id).await.expect("items");
    assert_eq!(attention[0].file.moved_to.as_ref(), Some(&place));
    subject.advance(&drop, 1, ItemState::Queued).await;
    let read_back: Vec<_> = subject.open_items(&drop).await.into_iter().map(|item| item.file.moved_to).collect();
    assert_eq!(read_back, [here.moved_to, Some(place), None]);
    let nobody = DropId::new(Uuid::now_v7());
    assert!(subject.journal.relocate(nobody, &[(0, PathBuf::from("/x"))]).await.is_err());
}

/// A cancelled item stays cancelled even if a program was about to start it; unless the vault has it already.
pub async fn a_cancelled_item_stays_cancelled(subject: &Subject) {
    let drop = subject.enqueued(&(0..4).map(item).collect::<Vec<_>>()).await;
    for seq in [1, 2] {
        subject.advance(&drop, seq, ItemState::Cancelled).await;
    }
    let begun: Vec<ItemUpdate> = (0..4)
        .map(|seq| ItemUpdate { seq, state: ItemState::Uploading { session: None, tried: 0 }, read: None, event: None })
        .collect();
    let already_cancelled = subject.journal.advance(drop.id, &begun).await.expect("advance");
    assert_eq!(already_cancelled, [1, 2]);
    let read_back = async || subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
    assert_eq!((read_back().await.waiting, read_back().await.cancelled), (2, 2));
    assert_eq!(subject.open_items(&drop).await.iter().map(|item| item.seq).collect::<Vec<_>>(), [0, 3]);
    subject.journal.done(drop.id, &[(0, EventKind::Success), (2, EventKind::Success)]).await.expect("done");
    let now = read_back().await;
    assert_eq!((now.counts.stored, now.waiting, now.cancelled), (2, 1, 1));
}

/// The files of a drop are put into the queue in one step, and never twice.
pub async fn a_drop_is_enqueued_once(subject: &Subject) {
    let items: Vec<NewItem> = (0..5).map(item).collect();
    let drop = subject.enqueued(&items).await;
    let again = subject.journal.enqueue(drop.id, &mut (0..9).map(item), &[], &[]).await;
    let read_back: Vec<NewItem> = subject.open_items(&drop).await.into_iter().map(|item| item.file).collect();
    assert_eq!(read_back, items, "{again:?}");
    let nobody = DropId::new(Uuid::now_v7());
    assert!(subject.journal.enqueue(nobody, &mut (0..9).map(item), &[], &[]).await.is_err());
    assert_eq!(subject.journal.drop_by_id(nobody).await, Ok(None));
}

/// Thousands of items in one step.
pub async fn many_items_are_counted(subject: &Subject) {
    let items: Vec<NewItem> = (0..5000).map(item).collect();
    let drop = subject.enqueued(&items).await;
    let done: Vec<(u64, EventKind)> =
        (0..4000).map(|seq| (seq, if seq % 4 == 0 { EventKind::Success } else { EventKind::AlreadyStored })).collect();
    subject.journal.done(drop.id, &done).await.expect("done");
    let read_back = subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
    assert_eq!((read_back.counts.stored, read_back.counts.skipped, read_back.waiting), (1000, 3000, 1000));
    assert_eq!((read_back.counts.bytes, read_back.counts.bytes_stored), (50_000, 10_000));
}

/// Unfinished drops are listed in order of acceptance.
pub async fn unfinished_drops_are_listed_oldest_first(subject: &Subject) {
    let drops = [1_000, 2_000, 3_000, 4_000].map(new_drop);
    for at in [2, 0, 1, 3] {
        subject.journal.accept(&drops[at]).await.expect("accept");
    }
    for drop in &drops[1..] {
        subject.journal.enqueue(drop.id, &mut (0..2).map(item), &[], &[]).await.expect("enqueue");
    }
    subject.journal.done(drops[3].id, &[(0, EventKind::Success), (1, EventKind::AlreadyStored)]).await.expect("done");
    subject.journal.close(drops[3].id, DropPhase::Cancelled, Timestamp(5_000)).await.expect("close");
    let read_back: Vec<DropId> =
        subject.again.unfinished().await.expect("drops").into_iter().map(|drop| drop.new.id).collect();
    // In order of acceptance: the clock time in an id gives no order.
    assert_eq!(read_back, [drops[2].id, drops[0].id, drops[1].id]);
}

/// Items that need attention are kept when the drop ends, and can be tried again.
pub async fn a_drop_with_problems_is_closed_and_resumed(subject: &Subject) {
    let drop = subject.enqueued(&(0..3).map(item).collect::<Vec<_>>()).await;
    subject.journal.done(drop.id, &[(0, EventKind::Success), (1, EventKind::AlreadyStored)]).await.expect("done");
    subject.advance(&drop, 2, ItemState::NeedsAttention(Problem::InUse)).await;
    let counts = subject.journal.close(drop.id, DropPhase::Finished, Timestamp(9)).await.expect("close");
    assert_eq!((counts.stored, counts.skipped, counts.failed), (1, 1, 1));
    let read_back = subject.again.needing_attention().await.expect("drops");
    assert_eq!(read_back.iter().map(|drop| (drop.new.id, drop.attention)).collect::<Vec<_>>(), [(drop.id, 1)]);
    subject.journal.reopen(drop.id).await.expect("reopen");
    let read_back = subject.again.unfinished().await.expect("drops");
    assert_eq!(
        read_back.iter().map(|drop| (drop.new.id, drop.phase)).collect::<Vec<_>>(),
        [(drop.id, DropPhase::Filing)]
    );
    assert_eq!(subject.again.attention_items(drop.id).await.expect("items").len(), 1);
    subject.advance(&drop, 2, ItemState::Queued).await;
    assert_eq!(subject.open_items(&drop).await.len(), 1);
    subject.advance(&drop, 2, ItemState::NeedsAttention(Problem::InUse)).await;
    subject.journal.reopen(drop.id).await.expect("it is open");
    subject.advance(&drop, 2, ItemState::Queued).await;
    subject.journal.done(drop.id, &[(2, EventKind::Success)]).await.expect("done");
    let counts = subject.journal.close(drop.id, DropPhase::Finished, Timestamp(10)).await.expect("close");
    assert_eq!((counts.stored, counts.skipped, counts.failed), (2, 1, 0));
    assert_eq!(subject.again.needing_attention().await, Ok(vec![]));
}

/// It needs attention no more, and cannot be tried again.
pub async fn a_skipped_item_counts_as_failed(subject: &Subject) {
    let drop = subject.enqueued(&(0..2).map(item).collect::<Vec<_>>()).await;
    for seq in 0..2 {
        subject.advance(&drop, seq, ItemState::NeedsAttention(Problem::Vanished)).await;
    }
    subject.journal.close(drop.id, DropPhase::Finished, Timestamp(9)).await.expect("close");
    for left in [1, 0] {
        subject.advance(&drop, left, ItemState::Done(EventKind::Failed)).await;
        let read_back = subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");
        assert_eq!(
            (read_back.attention, read_back.waiting, read_back.counts.failed, read_back.counts.bytes),
            (left, 0, 2, 20)
        );
    }
    assert_eq!(subject.again.attention_items(drop.id).await, Ok(vec![]));
    assert_eq!(subject.again.needing_attention().await, Ok(vec![]));
}

/// In one step, also for a finished drop: files, left-out entries and folders, each added to the existing ones.
pub async fn items_are_replaced_by_their_contents(subject: &Subject) {
    let journal = &subject.journal;
    let drop = new_drop(0);
    let early = journal.replace(drop.id, &[], &mut (0..1).map(item), &[], &[]).await;
    assert!(early.is_err(), "of an unknown drop");
    journal.accept(&drop).await.expect("accept");
    let early = journal.replace(drop.id, &[], &mut (0..1).map(item), &[], &[]).await;
    assert!(early.is_err(), "before it was read");
    let unread = |n| {
        let state = ItemState::NeedsAttention(Problem::PermissionDenied);
        NewItem { read: None, state, ..item(n) }
    };
    let known = folder(b"Box", Some(0), 1);
    let left_out = |name: &str| LeftOutEntry { path: PathText::plain(name), reason: "A link.".to_owned() };
    let mut items = [item(0), item(1), unread(2), unread(3)].into_iter();
    journal.enqueue(drop.id, &mut items, &[left_out("a")], std::slice::from_ref(&known)).await.expect("enqueue");
    let done = |seq| [(seq, EventKind::Success)];
    journal.done(drop.id, &done(0)).await.expect("done");
    let read_back = async || subject.again.drop_by_id(drop.id).await.expect("drop").expect("there");

    let new = folder(b"Box/Locked", Some(0), 2);
    let elsewhere = folder(b"Box/Locked", Some(1), 3);
    let again = DropFolder { last_modified: LastModified(9), ..known.clone() };
    let inside: Vec<NewItem> = (10..13).map(|n| NewItem { folder: new.path.clone(), ..item(n) }).collect();
    let mut items = inside.iter().cloned().chain([unread(13)]);
    journal
        .replace(drop.id, &[2, 77], &mut items, &[left_out("b")], &[again, new.clone(), elsewhere.clone()])
        .await
        .expect("replace");
    let after = read_back().await;
    assert_eq!((after.waiting, after.attention, after.counts.stored, after.counts.left_out), (4, 2, 1, 2));
    assert_eq!(after.counts.bytes, 50);
    assert_eq!(subject.again.folders(drop.id).await, Ok(vec![known, new, elsewhere]));
    let entries = subject.again.left_out(drop.id).await.expect("left out");
    assert_eq!(entries, [left_out("a"), left_out("b")]);
    let open = subject.open_items(&drop).await;
    assert_eq!(open.iter().map(|item| item.file.clone()).collect::<Vec<_>>()[1..], inside);
    let attention = subject.again.attention_items(drop.id).await.expect("items");
    assert_eq!((attention[0].seq, attention.len()), (3, 2));
    let mut seqs: Vec<u64> = open.iter().chain(&attention).map(|item| item.seq).collect();
    seqs.sort_unstable();
    seqs.dedup();
    assert_eq!(seqs.len(), 6, "each has its own number");

    for item in open {
        journal.done(drop.id, &done(item.seq)).await.expect("done");
    }
    journal.close(drop.id, DropPhase::Finished, Timestamp(9)).await.expect("close");
    let seqs: Vec<u64> = attention.iter().map(|item| item.seq).collect();
    journal.replace(drop.id, &seqs, &mut std::iter::empty(), &[left_out("c")], &[]).await.expect("replace");
    let after = read_back().await;
    assert_eq!((after.phase, after.attention, after.counts.failed), (DropPhase::Finished, 0, 0));
    assert_eq!((after.counts.stored, after.counts.left_out), (5, 3));
    assert_eq!(subject.again.needing_attention().await, Ok(vec![]));
}

/// The reason of a pause is kept over a restart.
pub async fn a_pause_is_kept_with_its_reason(subject: &Subject) {
    let drop = subject.enqueued(&[item(0)]).await;
    let paused = async || subject.again.drop_by_id(drop.id).await.expect("drop").expect("there").paused;
    let full = PauseReason::Blocked("The disk is full.".to_owned());
    assert_eq!(paused().await, None);
    subject.journal.pause(drop.id, &full).await.expect("pause");
    assert_eq!(paused().await, Some(full.clone()));
    let offline = PauseReason::Blocked("There is no network.".to_owned());
    subject.journal.clear_pause(drop.id, &offline).await.expect("nothing");
    assert_eq!(paused().await, Some(full.clone()), "it is paused for another reason");
    subject.journal.clear_pause(drop.id, &full).await.expect("resume");
    assert_eq!(paused().await, None);
    // The user pauses the drop at the moment in which filing resumes.
    subject.journal.pause(drop.id, &PauseReason::ByUser).await.expect("pause");
    subject.journal.clear_pause(drop.id, &full).await.expect("nothing");
    assert_eq!(paused().await, Some(PauseReason::ByUser), "the pause is not lost");
    subject.journal.resume(drop.id).await.expect("resume");
    assert_eq!(paused().await, None);
    subject.journal.pause(drop.id, &PauseReason::AwaitingReview).await.expect("pause");
    assert_eq!(paused().await, Some(PauseReason::AwaitingReview));
    // A user's choice stays until their next one; a cancelled drop stays cancelled.
    for (reason, kept) in [
        (Some(PauseReason::ByUser), Some(PauseReason::ByUser)),
        (Some(full.clone()), Some(PauseReason::ByUser)),
        (Some(PauseReason::AwaitingReview), Some(PauseReason::ByUser)),
        (None, None),
        (Some(PauseReason::ByUser), Some(PauseReason::ByUser)),
        (Some(PauseReason::Cancelling), Some(PauseReason::Cancelling)),
        (Some(PauseReason::ByUser), Some(PauseReason::Cancelling)),
        (Some(full.clone()), Some(PauseReason::Cancelling)),
        (None, Some(PauseReason::Cancelling)),
    ] {
        match &reason {
            Some(reason) => subject.journal.pause(drop.id, reason).await.expect("pause"),
            None => subject.journal.resume(drop.id).await.expect("resume"),
        }
        assert_eq!(paused().await, kept, "after {reason:?}");
    }
    subject.journal.clear_pause(drop.id, &PauseReason::Cancelling).await.expect("nothing");
    assert_eq!(paused().await, Some(PauseReason::Cancelling));
    subject.journal.close(drop.id, DropPhase::Cancelled, Timestamp(1)).await.expect("close");
    subject.journal.pause(drop.id, &PauseReason::ByUser).await.expect("nothing");
    assert_eq!(paused().await, None, "it has ended");
}

/// A request for a drop that does not exist is no error.
pub async fn an_unknown_id_is_absent(subject: &Subject) {
    let nobody = DropId::new(Uuid::now_v7());
    assert_eq!(subject.journal.drop_by_id(nobody).await, Ok(None));
    assert_eq!(subject.journal.open_items(nobody, 0, 10).await, Ok(vec![]));
    assert_eq!(subject.journal.attention_items(nobody).await, Ok(vec![]));
    assert_eq!(subject.journal.left_out(nobody).await, Ok(vec![]));
    assert_eq!(subject.journal.folders(nobody).await, Ok(vec![]));
    assert_eq!(subject.journal.unfinished().await, Ok(vec![]));
}

/// The copy is a separate file.
pub async fn a_backup_is_written(subject: &Subject) {
    let drop = subject.enqueued(&[item(0)]).await;
    let path = subject.journal.backup().await.expect("backup");
    assert!(path.metadata().expect("file").len() > 0);
    assert_eq!(subject.open_items(&drop).await.len(), 1);
}
