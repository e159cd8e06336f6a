//! Networks that fail: nothing that the server has is sent again, and nothing is sent without a query first.

use std::sync::Arc;

use vault_core::ports::{Put, PutFailure};
use vault_testing::storage_server::{Fault, Options, Step};

use crate::world::{CHUNK, MIB, Watch, World, later, retry_policy, short_timeouts};

/// Row 7.
#[tokio::test(flavor = "multi_thread")]
async fn offline_defers_the_file_which_resumes_when_the_connection_returns() {
    let world = World::new().await;
    let puts = [world.file(1, 1000), world.file(2, 2 * CHUNK), world.file(3, 70_000)];
    world.server.decide(|_| Some(Fault::CutAt(0)));
    for _ in 0..3 {
        world.put(&puts).await.iter().for_each(later);
    }
    assert_eq!(world.server.paths(), [""; 0]);
    world.server.heal();
    assert_eq!(world.put(&puts).await, [Ok(()), Ok(()), Ok(())]);
    for put in &puts {
        world.stored(put);
    }
}

/// Row 8.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_hangs_times_out_and_the_server_is_queried() {
    let world = World::with(short_timeouts(), Options::default()).await;
    let put = world.file(1, 3 * CHUNK);
    world.server.spare(Step::Upload, 1);
    world.server.next(Step::Upload, Fault::StallAt(3 * MIB));
    world.server.next(Step::Finalize, Fault::StallAt(0));
    world.server.next(Step::Query, Fault::StallAt(0));
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.server.log().received, 3 * CHUNK);
}

/// Row 8, in one request.
#[tokio::test(flavor = "multi_thread")]
async fn a_hang_while_sending_a_small_file_leads_to_a_query() {
    let world = World::with(short_timeouts(), Options::default()).await;
    let put = world.file(1, MIB);
    world.server.next(Step::Multipart, Fault::StallAt(500_000));
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.server.log().steps(), [Step::Multipart, Step::Metadata, Step::Multipart]);
}

/// Row 9.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_cut_in_a_chunk_resumes_from_what_the_server_has() {
    for whole_blocks in [true, false] {
        let world = World::with(retry_policy(), Options { whole_blocks, ..Options::default() }).await;
        let put = world.file(1, 3 * CHUNK + 12_345);
        world.server.next(Step::Upload, Fault::CutAt(5 * MIB + 77));
        world.server.spare(Step::Upload, 1);
        world.server.next(Step::Upload, Fault::CutAt(0));
        world.server.next(Step::Finalize, Fault::CutAt(12_000));
        let watch = Arc::new(Watch::default());
        assert_eq!(world.put_watched(std::slice::from_ref(&put), &watch).await, [Ok(())]);
        world.stored(&put);
        assert_eq!(watch.bytes(), put.blob.size);
        // Only the bytes that were cut off arrived twice.
        let received = world.server.log().received;
        assert!(received <= put.blob.size + 77 + 12_000, "{received}");
    }
}

/// Row 10.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_to_a_chunk_is_queried_and_the_chunk_is_not_sent_again() {
    let world = World::new().await;
    let put = world.file(1, 4 * CHUNK);
    (0..3).for_each(|_| world.server.next(Step::Upload, Fault::LoseReply));
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    let log = world.server.log();
    assert_eq!(log.received, put.blob.size);
    assert_eq!(log.offsets(), [0, CHUNK, 2 * CHUNK, 3 * CHUNK]);
    assert_eq!(log.count(Step::Query), 3);
}

/// Row 11.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_to_the_last_chunk_is_queried_and_the_object_compared() {
    let world = World::new().await;
    let put = world.file(1, 2 * CHUNK);
    world.server.next(Step::Finalize, Fault::LoseReply);
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    let log = world.server.log();
    let steps = [Step::Metadata, Step::Start, Step::Upload, Step::Finalize, Step::Query, Step::Metadata];
    assert_eq!((log.steps(), log.received), (steps.to_vec(), put.blob.size));
}

/// Row 11, in one request.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_to_a_small_file_is_queried_and_the_file_is_not_sent_again() {
    let world = World::new().await;
    let put = world.file(1, 100_000);
    world.server.next(Step::Multipart, Fault::LoseReply);
    assert_eq!(world.put_one(&put).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.server.log().steps(), [Step::Multipart, Step::Metadata]);
}

/// Row 11: the server's metadata of the object counts, whichever client uploaded it.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_with_other_checksums_is_not_stored() {
    let world = World::new().await;
    for (step, size) in [(Step::Multipart, 1000), (Step::Finalize, 2 * CHUNK)] {
        let put = world.file(size, size);
        world.server.next(step, Fault::WrongChecksums);
        let result = world.put_one(&put).await;
        assert!(matches!(&result, Err(PutFailure::Source(_))), "{result:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_keeps_failing_defers_the_file_which_resumes_later() {
    let world = World::new().await;
    let put = world.zeros(3 * CHUNK);
    world.server.spare(Step::Upload, 1);
    world.server.decide(|asked| (asked.offset >= CHUNK).then_some(Fault::CutAt(0)));
    let watch = Arc::new(Watch::default());
    later(&world.put_watched(std::slice::from_ref(&put), &watch).await[0]);
    assert_eq!(watch.offsets(), [CHUNK]);
    world.server.heal();
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    assert_eq!(world.put_one(&resumed).await, Ok(()));
    world.stored(&put);
    assert_eq!(world.server.log().received, put.blob.size);
}
