//! A check of all stored content.

use std::num::NonZeroU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use vault_core::model::FileHash;
use vault_core::ports::{Attention, PortError};
use vault_core::rate::{CREDIT, Stopwatch, Throttle};
use vault_core::{Checking, Progress, VaultError, Verification};
use vault_testing::storage_server::{Fault, Step};

use super::world::{World, borrowed, content, letters};

async fn check(world: &World, earlier: Option<Verification>) -> Result<Verification, VaultError> {
    world.vault.verify_as(Checking { earlier, ..Checking::default() }, Arc::default()).await
}

fn names(faults: &[vault_core::Fault]) -> Vec<&str> {
    faults.iter().flat_map(|fault| fault.documents.iter().map(String::as_str)).collect()
}

/// Rows 36 and 37.
#[tokio::test(flavor = "multi_thread")]
async fn damaged_and_missing_documents_are_named() {
    let world = World::with(&[("a.pdf", b"first"), ("Copy/b.pdf", b"first"), ("c.pdf", b"third")]).await;
    assert!(check(&world, None).await.unwrap().is_sound());
    world.server.remove(&world.place_of(b"third"));
    for fault in [Fault::FlipBit(3), Fault::Shorten(1), Fault::Lengthen(1)] {
        world.always(b"first", fault);
        let found = check(&world, None).await.unwrap();
        let mut damaged = names(&found.damaged);
        damaged.sort_unstable();
        assert_eq!((damaged, names(&found.missing)), (vec!["a.pdf", "b.pdf"], vec!["c.pdf"]));
        assert_eq!((found.contents, found.stopped, found.halt), (2, false, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_stored_more_than_once_is_named_but_not_across_a_wall() {
    let world = World::with(&[("a.pdf", b"first"), ("b.pdf", b"second")]).await;
    assert_eq!(check(&world, None).await.unwrap().doubles, []);
    let [first, second] = [b"first".as_slice(), b"second"].map(|content| world.place_of(content));
    let walled = |path: &str| path.replace("/general/", "/walled/");
    // Behind the wall is a second copy of both, in its own place; and there is a third of the first.
    for (path, content) in [(&first, b"first".as_slice()), (&second, b"second")] {
        world.server.plant(&walled(path), content);
    }
    assert_eq!(check(&world, None).await.unwrap().doubles, []);
    let other = first.replace(".pdf", ".txt");
    world.server.plant(&other, b"first");
    let found = check(&world, None).await.unwrap();
    let [double] = &found.doubles[..] else { panic!("{:?}", found.doubles) };
    let copies: Vec<String> = double.copies.iter().map(|copy| copy.path.to_string()).collect();
    assert_eq!((double.hash, double.bytes(), copies), (FileHash::of(b"first"), 10, vec![first.clone(), other]));
    assert!(found.is_sound() && !found.stopped);
    // Behind the wall it is the same.
    world.server.plant(&walled(&second).replace(".pdf", ""), b"second");
    let found = check(&world, None).await.unwrap().doubles;
    let behind = |double: &vault_core::Double| double.copies.iter().all(|copy| copy.path.matter().as_str() == "walled");
    assert_eq!((found.len(), found.iter().filter(|double| behind(double)).count()), (2, 1), "{found:?}");
}

/// Row 7: a dead connection makes no document damaged.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_no_document_is_judged() {
    let world = World::with(&[("a.pdf", b"first"), ("b.pdf", b"second")]).await;
    world.dead_after(0);
    let refused = check(&world, None).await;
    assert!(matches!(&refused, Err(VaultError::Port(PortError::TryLater { .. }))), "{refused:?}");
}

/// An exhausted plan, a bucket without an account, a proxy between: a refusal says nothing about the
/// content.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_the_storage_withholds_is_not_damaged() {
    for (status, kind) in [(402, Attention::NoRoom), (403, Attention::NoAccess), (412, Attention::Invalid)] {
        let world = World::with(&[("a.pdf", b"first"), ("b.pdf", b"second")]).await;
        world.server.decide(move |asked| (asked.step == Step::Media).then_some(Fault::Answer(status)));
        match check(&world, None).await {
            Err(VaultError::Port(PortError::NeedsPerson { kind: said, .. })) => assert_eq!(said, kind),
            Ok(found) => {
                assert!(found.damaged.is_empty() && found.missing.is_empty(), "{status}: {found:?}");
                assert!(matches!(found.halt, Some(PortError::NeedsPerson { kind: said, .. }) if said == kind));
            }
            other => panic!("{status}: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_loses_its_connection_reports_its_progress_and_continues_there() {
    let all = letters(700);
    let world = World::with(&borrowed(&all)).await;
    // The order of the two matters decides which is read first.
    let whole = check(&world, None).await.unwrap();
    assert_eq!((whole.records, whole.contents), (700, 700));
    let gone: Vec<usize> = (0..700).step_by(100).collect();
    for number in &gone {
        world.server.remove(&world.place_of(&content(*number)));
    }

    world.dead_after(300);
    let lost = check(&world, None).await.unwrap();
    assert!(lost.stopped && matches!(lost.halt, Some(PortError::TryLater { .. })), "{:?}", lost.halt);
    assert!(lost.up_to.is_some() && lost.damaged.is_empty(), "{:?}", lost.damaged);
    assert_eq!((lost.contents, lost.records), (256, 256));

    world.server.heal();
    let before = world.downloads();
    let done = check(&world, Some(lost)).await.unwrap();
    assert_eq!(world.downloads() - before, 700 - 256, "content that was read is not read again");
    assert_eq!((done.records, done.contents, done.bytes, done.stopped), (700, 700, whole.bytes, false));
    let mut missing = names(&done.missing);
    missing.sort_unstable();
    let expected: Vec<String> = gone.iter().map(|number| format!("{number:03}.txt")).collect();
    assert_eq!(missing, expected, "findings of the first part count, once");
    assert!(done.orphaned.is_empty() && done.damaged.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_check_continues_after_what_it_had_read() {
    let all = letters(300);
    let world = World::with(&borrowed(&all)).await;
    let progress = Arc::<Progress>::default();
    let stop = Arc::clone(&progress);
    let mut asked_for = 0;
    world.server.decide(move |asked| {
        asked_for += usize::from(asked.step == Step::Media);
        if asked_for == 270 {
            stop.stop();
        }
        None
    });
    let stopped = world.vault.verify(progress).await.unwrap();
    assert_eq!((stopped.stopped, stopped.contents, stopped.halt.is_none()), (true, 256, true));
    let before = world.downloads();
    let done = check(&world, Some(stopped)).await.unwrap();
    assert_eq!((done.contents, done.stopped, world.downloads() - before), (300, false, 44));
}

/// Time that passes only while a program waits.
#[derive(Default)]
struct Waited(Mutex<Duration>);

impl Stopwatch for Waited {
    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_keeps_to_its_rate_limit() {
    let world = World::with(&[("a.bin", &vec![1; 3_000_000]), ("b.bin", &vec![2; 2_000_000])]).await;
    let time = Arc::<Waited>::default();
    let throttle = Throttle::by(NonZeroU64::new(100_000), time.clone());
    let how = Checking { throttle, earlier: None };
    let found = world.vault.verify_as(how, Arc::default()).await.unwrap();
    assert_eq!((found.is_sound(), found.bytes), (true, 5_000_000));
    assert!(time.elapsed() + CREDIT >= Duration::from_secs(50), "{:?}", time.elapsed());
}
