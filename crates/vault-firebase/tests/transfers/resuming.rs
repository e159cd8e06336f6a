//! Uploads that resume: after a stop, a restart of either side, a long sleep.

use std::sync::Arc;

use vault_core::ports::{Blobs as _, Presence, Put, PutFailure, Secrets as _, UploadSession};
use vault_testing::storage_server::{Fault, Options, Step};

use crate::world::{CHUNK, MIB, Watch, World, later, retry_policy};

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_can_resume_after_each_confirmed_chunk() {
    let world = World::new().await;
    let put = world.file(1, 3 * CHUNK + 1);
    let watch = Arc::new(Watch::default());
    assert_eq!(world.put_watched(std::slice::from_ref(&put), &watch).await, [Ok(())]);
    assert_eq!(watch.offsets(), [CHUNK, 2 * CHUNK, 3 * CHUNK]);
    assert_eq!(watch.bytes(), put.blob.size);
    let shown = format!("{:?}", watch.last_session());
    assert!(!shown.contains("upload_id"), "the address of an upload is a secret: {shown}");
    world.stored(&put);
}

/// The data in the queue's database is useless without the keychain.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_an_upload_restarts() {
    let world = World::new().await;
    let put = world.file(1, 3 * CHUNK);
    let watch = Watch::stopping_at(2 * CHUNK);
    assert_eq!(world.put_watched(std::slice::from_ref(&put), &watch).await, [Err(PutFailure::Stopped)]);
    world.secrets.remove("firm/upload-key").await.expect("signed out");
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    let answers = world.again().await.put(vec![resumed], Arc::new(Watch::default())).await;
    assert_eq!(answers, Ok(vec![Ok(())]));
    world.stored(&put);
    let log = world.server.log();
    assert_eq!((log.count(Step::Start), log.received), (2, put.blob.size + 2 * CHUNK));
}

/// A session of one file is not used for another.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_sealed_for_one_file_does_not_resume_another() {
    let world = World::new().await;
    let (one, other) = (world.file(1, 3 * CHUNK), world.file(2, 3 * CHUNK));
    let watch = Watch::stopping_at(CHUNK);
    assert_eq!(world.put_watched(std::slice::from_ref(&one), &watch).await, [Err(PutFailure::Stopped)]);
    let mixed_up = Put { resume: watch.last_session(), ..other.clone() };
    assert_eq!(world.put_one(&mixed_up).await, Ok(()));
    world.stored(&other);
    world.not_stored(&one);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_upload_resumes_and_sends_nothing_twice() {
    let world = World::new().await;
    let put = world.file(1, 5 * CHUNK + 4321);
    let watch = Watch::stopping_at(2 * CHUNK);
    let stopped = world.put_watched(std::slice::from_ref(&put), &watch).await;
    assert_eq!(stopped, [Err(PutFailure::Stopped)]);
    world.not_stored(&put);
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    let watch = Arc::new(Watch::default());
    let answers = world.again().await.put(vec![resumed], watch.clone()).await;
    assert_eq!(answers, Ok(vec![Ok(())]));
    world.stored(&put);
    let log = world.server.log();
    assert_eq!((log.received, watch.bytes()), (put.blob.size, put.blob.size));
    assert_eq!(log.count(Step::Start), 1);
}

/// A session that was complete except its end.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_lacks_only_its_last_reply_is_completed() {
    let world = World::new().await;
    let put = world.file(1, 2 * CHUNK);
    // All of the last chunk arrives, and the reply does not.
    world.server.next(Step::Finalize, Fault::CutAt(CHUNK));
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.server.log().offsets(), [0, CHUNK, 2 * CHUNK]);
}

/// Row 12.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_upload_session_restarts_from_the_first_byte() {
    for fault in [Fault::Forget, Fault::Answer(404), Fault::Answer(410)] {
        let world = World::new().await;
        let put = world.file(1, 4 * CHUNK);
        world.server.spare(Step::Upload, 2);
        world.server.next(Step::Upload, fault);
        let watch = Arc::new(Watch::default());
        assert_eq!(world.put_watched(std::slice::from_ref(&put), &watch).await, [Ok(())]);
        world.stored(&put);
        let log = world.server.log();
        assert_eq!(log.count(Step::Start), 2);
        // Two chunks that were forgotten, and the one that was refused.
        assert_eq!(log.received, put.blob.size + 3 * CHUNK, "{fault:?}");
        assert_eq!(watch.bytes(), put.blob.size, "bytes sent again are not counted again");
    }
}

/// Row 12, forever.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_always_loses_the_session_defers_the_file() {
    let world = World::new().await;
    let put = world.file(1, 3 * CHUNK);
    world.server.decide(|asked| (asked.step == Step::Finalize).then_some(Fault::Forget));
    later(&world.put_one(&put).await);
    assert!(world.server.log().count(Step::Start) <= 5);
    world.not_stored(&put);
}

/// Row 33: after an hour the token is old, after a week the session is.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_sleep_the_token_is_renewed_and_the_upload_restarts() {
    let world = World::new().await;
    let put = world.file(1, 3 * CHUNK);
    let watch = Watch::stopping_at(CHUNK);
    world.put_watched(std::slice::from_ref(&put), &watch).await;
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    // An hour.
    world.server.accept(&["ann-1"]);
    let watch = Watch::stopping_at(2 * CHUNK);
    assert_eq!(world.put_watched(&[resumed], &watch).await, [Err(PutFailure::Stopped)]);
    assert_eq!((world.ann.renewed(), watch.offsets()), (1, vec![2 * CHUNK]));
    // A week.
    world.server.accept(&["ann-2"]);
    world.server.forget_sessions();
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    assert_eq!(world.put_one(&resumed).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.ann.renewed(), 2);
    let log = world.server.log();
    assert_eq!((log.received, log.forgotten), (put.blob.size + 2 * CHUNK, 2 * CHUNK));
}

/// Row 33, in the middle of a chunk's wait.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_during_an_upload_is_renewed_once() {
    let world = World::new().await;
    let put = world.file(1, 4 * CHUNK);
    world.server.spare(Step::Upload, 2);
    world.server.next(Step::Upload, Fault::Answer(401));
    world.server.accept(&["ann-0", "ann-1"]);
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.ann.renewed(), 1);
}

/// A token is sent to the firm's storage only: not elsewhere even if the foreign address is sealed correctly.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_leads_elsewhere_is_not_followed() {
    let world = World::new().await;
    let elsewhere = World::at(world.secrets.clone(), retry_policy(), Options::default()).await;
    let put = world.file(1, 2 * CHUNK + 1);
    let watch = Watch::stopping_at(CHUNK);
    assert_eq!(elsewhere.put_watched(std::slice::from_ref(&put), &watch).await, [Err(PutFailure::Stopped)]);
    let before = elsewhere.server.log().asked.len();
    let address = format!("http://{}/v0/b/strict.example/o?name=x&upload_id=1", elsewhere.server.address());
    let plain = |handle: &str| UploadSession { handle: handle.to_owned(), offset: MIB };
    for session in [watch.last_session().expect("a session"), plain(&address), plain("not even an address")] {
        let resumed = Put { resume: Some(session), ..put.clone() };
        assert_eq!(world.put_one(&resumed).await, Ok(()));
        world.stored(&put);
        assert_eq!(elsewhere.server.log().asked.len(), before);
        world.server.remove(&put.blob.path.to_string());
    }
}

/// Row 38: the record's commit failed, so the file is tried again, and all of it is there.
#[tokio::test(flavor = "multi_thread")]
async fn content_whose_record_was_not_written_is_not_sent_again() {
    let world = World::new().await;
    let puts = [world.file(1, 1000), world.file(2, 2 * CHUNK)];
    assert_eq!(world.put(&puts).await, [Ok(()), Ok(())]);
    let again = world.again().await;
    let there = again.check(&[puts[0].blob.clone(), puts[1].blob.clone()]).await;
    assert_eq!(there, Ok(vec![Presence::Verified; 2]));
    let before = world.server.log().received;
    assert_eq!(again.put(puts[1..].to_vec(), Arc::new(Watch::default())).await, Ok(vec![Ok(())]));
    assert_eq!(world.server.log().received, before);
    world.clean();
}

/// The program was stopped before it learnt that a small file is stored.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_file_that_was_started_before_is_queried_before_it_is_sent() {
    let world = World::new().await;
    let (stored, missing) = (world.file(1, 5000), world.file(2, 5000));
    assert_eq!(world.put_one(&stored).await, Ok(()));
    let (before, again) = (world.server.log(), world.again().await);
    let begun: Vec<Put> = [&stored, &missing].map(|put| Put { begun: true, ..put.clone() }).to_vec();
    let watch = Arc::new(Watch::default());
    assert_eq!(again.put(begun, watch.clone()).await.expect("put"), [Ok(()), Ok(())]);
    world.stored(&stored);
    world.stored(&missing);
    assert_eq!(watch.bytes(), 10_000, "both count as stored");
    let log = world.server.log();
    assert_eq!(log.count(Step::Multipart) - before.count(Step::Multipart), 1);
    assert_eq!(log.sent_again(), [""; 0]);
}
