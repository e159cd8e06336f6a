//! One file that makes no progress, and the files beside it; and a whole connection that makes none.

use std::sync::Arc;

use vault_core::ports::{Blobs as _, PortError, Put, PutFailure};
use vault_testing::storage_server::{Fault, Options, Step};

use crate::world::{CHUNK, Watch, World, short_timeouts};

/// Asserts that one file waits automatically.
#[track_caller]
fn waits(result: &Result<(), PutFailure>) {
    match result {
        Err(PutFailure::Later(PortError::TryLater { message })) => assert!(message.ends_with('.'), "{message}"),
        other => panic!("does not wait: {other:?}"),
    }
}

/// All requests for the content of this file fail like this.
fn only(world: &World, put: &Put, fault: Fault) {
    let stuck = put.blob.path.to_string();
    world.server.decide(move |asked| {
        let content = matches!(asked.step, Step::Multipart | Step::Upload | Step::Finalize);
        (content && asked.path == stuck).then_some(fault)
    });
}

/// Row 13, for one object: small and large.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_keeps_being_refused_waits_and_the_others_are_stored() {
    for size in [1000, 2 * CHUNK] {
        let world = World::new().await;
        let mut puts: Vec<Put> = (2..50).map(|seed| world.file(seed, 5000)).collect();
        puts.insert(20, world.file(1, size));
        only(&world, &puts[20], Fault::Answer(503));
        let answers = world.put(&puts).await;
        waits(&answers[20]);
        for (at, answer) in answers.iter().enumerate().filter(|(at, _)| *at != 20) {
            assert_eq!(*answer, Ok(()), "{at}");
            world.stored(&puts[at]);
        }
        world.not_stored(&puts[20]);
        world.server.heal();
        assert_eq!(world.put_one(&puts[20]).await, Ok(()), "the fault is over");
        world.stored(&puts[20]);
    }
}

/// Row 8, for one object: it stalls, and nothing waits for it longer than twice the usual time.
#[tokio::test(flavor = "multi_thread")]
async fn a_stalled_file_is_not_waited_for_once_the_others_are_done() {
    let world = World::with(short_timeouts(), Options::default()).await;
    let puts: Vec<Put> = (1..9).map(|seed| world.file(seed, 200_000)).collect();
    only(&world, &puts[3], Fault::StallAt(70_000));
    let answers = world.put(&puts).await;
    waits(&answers[3]);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 7, "{answers:?}");
    let sent = world.server.log().asked;
    let tried = sent.iter().filter(|(asked, fault, _)| asked.step == Step::Multipart && fault.is_some()).count();
    assert!((2..=3).contains(&tried), "{tried} attempts");
    world.clean();
}

/// Confirmed bytes of a file that waits are not sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_that_waits_resumes_where_it_stopped() {
    let world = World::new().await;
    let mut put = world.file(1, 4 * CHUNK);
    let stuck = put.blob.path.to_string();
    world.server.decide(move |asked| {
        (asked.step == Step::Upload && asked.path == stuck && asked.offset >= 2 * CHUNK).then_some(Fault::Answer(503))
    });
    let watch = Arc::new(Watch::default());
    let answers = world.put_watched(&[put.clone(), world.file(2, 1000)], &watch).await;
    waits(&answers[0]);
    assert_eq!(answers[1], Ok(()));
    put.resume = watch.last_session();
    assert_eq!(put.resume.as_ref().map(|session| session.offset), Some(2 * CHUNK));
    world.server.heal();
    let refused = world.server.log().offsets().len();
    assert_eq!(world.blobs.put(vec![put.clone()], Arc::new(Watch::default())).await, Ok(vec![Ok(())]));
    world.stored(&put);
    assert_eq!(world.server.log().offsets()[refused..], [2 * CHUNK, 3 * CHUNK]);
}

/// A dead connection, or a storage that accepts nothing at all, does not get ten thousand requests.
#[tokio::test(flavor = "multi_thread")]
async fn a_storage_that_accepts_nothing_ends_the_batch() {
    let world = World::new().await;
    let puts: Vec<Put> = (0..400).map(|seed| world.file(seed, 100)).collect();
    // Queries are answered, content is not accepted.
    world.server.decide(|asked| (asked.step == Step::Multipart).then_some(Fault::Answer(503)));
    let answers = world.put(&puts).await;
    let tried = world.server.log().count(Step::Multipart);
    assert!(tried <= 64 * 6, "{tried} requests");
    assert!(answers.iter().filter(|answer| matches!(answer, Err(PutFailure::Vault(_)))).count() > 300);
    // Nothing is answered.
    world.server.decide(|_| Some(Fault::CutAt(0)));
    let before = world.server.log().asked.len();
    for answer in world.put(&puts).await {
        assert!(matches!(&answer, Err(PutFailure::Vault(PortError::TryLater { .. }))), "{answer:?}");
    }
    let asked = world.server.log().asked.len() - before;
    assert!(asked <= 32 * 14, "{asked} requests");
}

/// An upload that the server can neither continue nor forget is restarted eventually.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_without_progress_restarts() {
    let world = World::new().await;
    let mut put = world.file(1, 4 * CHUNK);
    let watch = Watch::stopping_at(2 * CHUNK);
    assert_eq!(world.put_watched(std::slice::from_ref(&put), &watch).await, [Err(PutFailure::Stopped)]);
    put.resume = watch.last_session();
    let mut anew = false;
    world.server.decide(move |asked| {
        anew |= asked.step == Step::Start;
        let content = matches!(asked.step, Step::Upload | Step::Finalize);
        (content && !anew).then_some(Fault::Answer(503))
    });
    let mut times = 0;
    while world.put_one(&put).await != Ok(()) {
        times += 1;
        assert!(times <= 4, "for ever");
    }
    assert_eq!((times, world.server.log().count(Step::Start)), (3, 2));
    world.stored(&put);
}

/// On a slow connection, only as many files are uploaded at once as it carries: with more, each would seem dead, and
/// all be sent again in vain.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_connection_uploads_everything() {
    let world = World::slow(1_500_000).await;
    let puts: Vec<Put> = (0..60).map(|seed| world.file(seed, 200_000)).collect();
    let mut left = puts.clone();
    let mut rounds = 0;
    while !left.is_empty() {
        rounds += 1;
        assert!(rounds <= 6, "{} of 60 are left", left.len());
        let answers = world.put(&left).await;
        left = left.into_iter().zip(answers).filter(|(_, answer)| answer.is_err()).map(|(put, _)| put).collect();
    }
    for put in &puts {
        world.stored(put);
    }
}
