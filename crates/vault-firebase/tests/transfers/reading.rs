//! Reading content back: incomplete or wrong content is an error, never an end.

use std::sync::Arc;

use vault_core::model::BlobRef;
use vault_core::ports::{Blobs as _, PortError, Presence, Put};
use vault_core::restore::{Unverified, Verified};
use vault_testing::storage_server::{Fault, Options, Step};

use crate::world::{CHUNK, World, short_timeouts};

/// Reads content as a restore does.
async fn restore(world: &World, blob: &BlobRef) -> Result<u64, Unverified> {
    let reader = world.blobs.get(blob).await.expect("get").ok_or(Unverified::Missing)?;
    let blob = blob.clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut verified = Verified::new(reader, &blob);
        let mut buffer = vec![0; 100_000];
        let mut all = 0;
        loop {
            match verified.read(&mut buffer)? {
                0 => break,
                length => all += length as u64,
            }
        }
        verified.finish().map(|()| all)
    });
    read.await.expect("read")
}

async fn stored() -> (World, Put) {
    let world = World::with(short_timeouts(), Options::default()).await;
    let put = world.file(1, CHUNK + 1000);
    assert_eq!(world.put_one(&put).await, Ok(()));
    (world, put)
}

#[tokio::test(flavor = "multi_thread")]
async fn stored_content_is_read_back() {
    let (world, put) = stored().await;
    assert_eq!(restore(&world, &put.blob).await.expect("read"), put.blob.size);
    world.clean();
}

/// Row 36.
#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_bit_fails_the_verification() {
    let (world, put) = stored().await;
    for bit in [0, 12_345_678, put.blob.size * 8 - 1] {
        world.server.next(Step::Media, Fault::FlipBit(bit));
        assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Damaged)));
    }
}

/// The offsets of all downloads, in order.
fn begun(world: &World) -> Vec<u64> {
    let log = world.server.log();
    log.asked.iter().filter(|(asked, ..)| asked.step == Step::Media).map(|(asked, ..)| asked.offset).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_download_resumes_where_it_stopped_and_repeats_nothing() {
    let (world, put) = stored().await;
    for at in [2_000_000, 0, 4_000_000] {
        world.server.next(Step::Media, Fault::CutAt(at));
    }
    assert_eq!(restore(&world, &put.blob).await.expect("read"), put.blob.size);
    // The server's last bytes may have been lost with the connection.
    let [0, first, second, third] = begun(&world)[..] else { panic!("{:?}", begun(&world)) };
    assert!(first > 0 && first <= 2_000_000 && second == first, "{first} {second}");
    assert!(third > second && third <= second + 4_000_000, "{second} {third}");
    world.clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stalled_download_resumes_where_it_stopped() {
    let (world, put) = stored().await;
    world.server.next(Step::Media, Fault::StallAt(1_000_000));
    assert_eq!(restore(&world, &put.blob).await.expect("read"), put.blob.size);
    assert_eq!(begun(&world), [0, 1_000_000], "all that was sent had come");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_bit_in_the_resumed_part_fails_the_verification() {
    let (world, put) = stored().await;
    world.server.next(Step::Media, Fault::CutAt(1_000_000));
    world.server.next(Step::Media, Fault::FlipBit(8 * 1_500_000));
    assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Damaged)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_keeps_being_cut_is_an_error_and_not_the_end() {
    let (world, put) = stored().await;
    for at in [1_000_000, 4_000_000, put.blob.size - 1] {
        world.server.heal();
        world.server.next(Step::Media, Fault::CutAt(at));
        world.server.decide(|asked| (asked.step == Step::Media).then_some(Fault::CutAt(0)));
        match restore(&world, &put.blob).await {
            Err(Unverified::Vault(PortError::TryLater { message })) => assert!(!message.contains("http"), "{message}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_deleted_while_it_is_read_is_an_error_and_not_the_end() {
    let (world, put) = stored().await;
    world.server.next(Step::Media, Fault::CutAt(1_000_000));
    world.server.next(Step::Media, Fault::Answer(404));
    assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Vault(PortError::TryLater { .. }))));
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_longer_is_damaged() {
    let (world, put) = stored().await;
    for by in [1, CHUNK] {
        world.server.next(Step::Media, Fault::Lengthen(by));
        assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Damaged)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_shorter_is_damaged() {
    let (world, put) = stored().await;
    world.server.next(Step::Media, Fault::Shorten(1));
    assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Damaged)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_from_a_busy_server_is_retried() {
    let (world, put) = stored().await;
    world.server.next(Step::Media, Fault::Answer(503));
    world.server.next(Step::Media, Fault::CutAt(0));
    let first = world.blobs.get(&put.blob).await.map(|reader| reader.is_some());
    assert_eq!(first, Ok(true));
}

/// Row 37.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_an_administrator_deleted_is_missing() {
    let (world, put) = stored().await;
    world.server.remove(&put.blob.path.to_string());
    assert!(matches!(restore(&world, &put.blob).await, Err(Unverified::Missing)));
    assert_eq!(world.blobs.check(std::slice::from_ref(&put.blob)).await, Ok(vec![Presence::Missing]));
}

/// Row 35.
#[tokio::test(flavor = "multi_thread")]
async fn junk_of_the_right_name_and_size_is_not_content() {
    let (world, put) = stored().await;
    world.server.plant(&put.blob.path.to_string(), &crate::world::noise(5, put.blob.size));
    for blobs in [world.blobs.clone(), world.again().await] {
        assert_eq!(blobs.check(std::slice::from_ref(&put.blob)).await, Ok(vec![Presence::Different]));
    }
}

/// The metadata of an object contains a token that opens it to everyone: it is never used, and no message
/// shows it or the address of an upload.
#[tokio::test(flavor = "multi_thread")]
async fn download_tokens_are_not_used() {
    let (world, put) = stored().await;
    restore(&world, &put.blob).await.expect("read");
    world.blobs.check(std::slice::from_ref(&put.blob)).await.expect("check");
    let again: Arc<_> = world.again().await;
    again.check(std::slice::from_ref(&put.blob)).await.expect("check");
    world.clean();
}
