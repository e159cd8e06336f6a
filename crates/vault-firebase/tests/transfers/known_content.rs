//! Content that this computer has verified before: it is only checked for existence, many files at a time.

use std::sync::Arc;

use md5::{Digest as _, Md5};
use vault_core::model::{BlobRef, ContentMd5};
use vault_core::ports::{AtHand, Blobs as _, Presence, Put, Verifications as _};
use vault_firebase::FirebaseBlobs;
use vault_store::CacheDb;
use vault_testing::storage_server::{Fault, Step};

use crate::world::{CHUNK, World, noise};

/// A computer of the firm, with a cache of what it verified.
struct Computer {
    world: World,
    cache: Arc<CacheDb>,
    _folder: tempfile::TempDir,
}

impl Computer {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cache = Arc::new(CacheDb::open(&folder.path().join("cache.db")).await.unwrap());
        Self { world: World::new().await, cache, _folder: folder }
    }

    /// The vault, as a program opens it.
    async fn open(&self) -> FirebaseBlobs {
        self.world.open().await.remembering(self.cache.clone())
    }

    fn files(&self, files: std::ops::Range<u64>) -> Vec<Put> {
        files.map(|n| self.world.file(n, 1000 + n)).collect()
    }

    /// How many metadata requests and pages of listings the server has got since the last call.
    fn asked(&self, before: &mut (usize, usize)) -> (usize, usize) {
        let log = self.world.server.log();
        let now = (log.count(Step::Metadata), log.count(Step::List));
        let since = (now.0 - before.0, now.1 - before.1);
        *before = now;
        since
    }
}

/// These files, as their filer has them.
fn at_hand(puts: &[Put]) -> AtHand {
    AtHand { sources: puts.iter().map(|put| (put.blob.hash(), put.source.clone())).collect(), ..AtHand::default() }
}

fn blobs(puts: &[Put]) -> Vec<BlobRef> {
    puts.iter().map(|put| put.blob.clone()).collect()
}

async fn store(vault: &FirebaseBlobs, puts: &[Put]) {
    let stored = vault.put(puts.to_vec(), Arc::<crate::world::Watch>::default()).await.unwrap();
    assert!(stored.iter().all(Result::is_ok), "{stored:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn content_stored_here_is_found_by_listing_when_the_vault_is_reopened() {
    let computer = Computer::new().await;
    let puts = computer.files(0..40);
    store(&computer.open().await, &puts).await;
    let mut before = Default::default();
    computer.asked(&mut before);
    for _ in 0..2 {
        let vault = computer.open().await;
        assert_eq!(vault.check(&blobs(&puts)).await, Ok(vec![Presence::Verified; 40]));
        assert_eq!(computer.asked(&mut before), (0, 1));
    }
}

/// An MD5 costs three times as much as a SHA-256: it is not computed for content that only this computer files.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_filing_computes_no_md5() {
    let computer = Computer::new().await;
    let mut puts = computer.files(0..40);
    puts.push(computer.world.file(40, CHUNK + 1));
    let vault = computer.open().await;
    assert_eq!(vault.check_against(&blobs(&puts), &at_hand(&puts)).await, Ok(vec![Presence::Missing; 41]));
    store(&vault, &puts).await;
    assert_eq!(vault.check_against(&blobs(&puts), &at_hand(&puts)).await, Ok(vec![Presence::Verified; 41]));
    assert_eq!((vault.md5s_computed(), computer.world.server.log().count(Step::Media)), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn content_stored_by_a_colleague_is_queried_once() {
    let computer = Computer::new().await;
    let puts = computer.files(0..40);
    store(&computer.world.blobs, &puts).await;
    let mut before = Default::default();
    computer.asked(&mut before);
    let vault = computer.open().await;
    assert_eq!(vault.check_against(&blobs(&puts), &at_hand(&puts)).await, Ok(vec![Presence::Verified; 40]));
    assert_eq!((computer.asked(&mut before), vault.md5s_computed()), ((40, 0), 40), "each file is read once more");
    let vault = computer.open().await;
    assert_eq!(vault.check_against(&blobs(&puts), &at_hand(&puts)).await, Ok(vec![Presence::Verified; 40]));
    assert_eq!((computer.asked(&mut before), vault.md5s_computed()), ((0, 1), 0));
    assert_eq!(computer.world.server.log().count(Step::Media), 0, "the server's MD5 was enough");
    let kept = computer.cache.md5_of(&[puts[3].blob.hash()]).await.unwrap();
    assert!(matches!(kept[..], [Some(ContentMd5(_))]));
}

/// Earlier versions computed the MD5 of every file: the cached ones are used.
#[tokio::test(flavor = "multi_thread")]
async fn a_cached_md5_is_not_computed_again() {
    let computer = Computer::new().await;
    let puts = computer.files(0..2);
    store(&computer.world.blobs, &puts).await;
    let kept = puts.iter().map(|put| {
        let content = std::fs::read(&put.source.path).unwrap();
        (put.blob.hash(), ContentMd5(Md5::digest(content).into()))
    });
    computer.cache.remember_md5(&kept.collect::<Vec<_>>()).await.unwrap();
    let vault = computer.open().await;
    assert_eq!(vault.check_against(&blobs(&puts), &at_hand(&puts)).await, Ok(vec![Presence::Verified; 2]));
    assert_eq!((vault.md5s_computed(), computer.world.server.log().count(Step::Media)), (0, 0));
}

/// A changed file proves nothing about an object: the object is read.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_since_proves_nothing() {
    let computer = Computer::new().await;
    let puts = computer.files(0..2);
    store(&computer.world.blobs, &puts[..1]).await;
    // Junk with the bytes that the file has by now.
    let junk = noise(99, puts[1].blob.size);
    computer.world.server.plant(&puts[1].blob.path.to_string(), &junk);
    for put in &puts {
        let before = std::fs::metadata(&put.source.path).unwrap().modified().unwrap();
        std::fs::write(&put.source.path, &junk[..usize::try_from(put.blob.size).unwrap()]).unwrap();
        std::fs::File::options().write(true).open(&put.source.path).unwrap().set_modified(before).unwrap();
    }
    let vault = computer.open().await;
    let presence = vault.check_against(&blobs(&puts), &at_hand(&puts)).await;
    assert_eq!(presence, Ok(vec![Presence::Verified, Presence::Different]));
    assert_eq!(computer.world.server.log().count(Step::Media), 2);
}

/// A member of the firm stores other bytes of the right size, and metadata that claims they are the content.
#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_of_an_object_proves_nothing() {
    for is_at_hand in [true, false] {
        let computer = Computer::new().await;
        let puts = computer.files(0..1);
        let put = &puts[0];
        let path = put.blob.path.to_string();
        computer.world.server.plant_saying(&path, &noise(99, put.blob.size), &put.blob.hash().to_string());
        let at_hand = if is_at_hand { at_hand(&puts) } else { AtHand::default() };
        let vault = computer.open().await;
        for _ in 0..2 {
            let presence = vault.check_against(&blobs(&puts), &at_hand).await;
            assert_eq!(presence, Ok(vec![Presence::Different]), "{is_at_hand}");
        }
        let read = if is_at_hand { 0 } else { 2 };
        assert_eq!(computer.world.server.log().count(Step::Media), read, "{is_at_hand}");
        let stored = vault.put(vec![put.clone()], Arc::<crate::world::Watch>::default()).await.unwrap();
        assert!(stored[0].is_err(), "nothing is reported as stored");
        assert_eq!(vault.md5s_computed(), 1);
    }
}

/// Without a local file with the content, there is no MD5 to compare: the object is read.
#[tokio::test(flavor = "multi_thread")]
async fn content_that_was_not_read_here_is_read_from_the_server() {
    let computer = Computer::new().await;
    let puts = computer.files(0..3);
    store(&computer.world.blobs, &puts).await;
    let vault = computer.open().await;
    assert_eq!(vault.check(&blobs(&puts)).await, Ok(vec![Presence::Verified; 3]));
    assert_eq!(computer.world.server.log().count(Step::Media), 3);
}

/// Rows 35 and 37.
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_object_is_missing_and_junk_is_not_content() {
    let computer = Computer::new().await;
    let vault = computer.open().await;
    let puts = computer.files(0..41);
    // Junk was at the path of the last before it was verified.
    computer.world.server.plant(&puts[40].blob.path.to_string(), &noise(99, puts[40].blob.size));
    store(&vault, &puts[..40]).await;
    computer.world.server.remove(&puts[7].blob.path.to_string());
    let mut expected = vec![Presence::Verified; 41];
    expected[7] = Presence::Missing;
    expected[40] = Presence::Different;
    for _ in 0..2 {
        assert_eq!(vault.check(&blobs(&puts)).await.as_ref(), Ok(&expected));
    }
    store(&vault, &puts[7..8]).await;
    expected[7] = Presence::Verified;
    assert_eq!(vault.check(&blobs(&puts)).await, Ok(expected));
}

#[tokio::test(flavor = "multi_thread")]
async fn few_files_among_many_objects_are_queried_one_by_one() {
    let computer = Computer::new().await;
    let vault = computer.open().await;
    let puts = computer.files(0..20);
    store(&vault, &puts).await;
    let mut before = Default::default();
    computer.asked(&mut before);
    let few = vec![Presence::Verified; 5];
    assert_eq!(vault.check(&blobs(&puts[..5])).await, Ok(few));
    assert_eq!(computer.asked(&mut before), (5, 0), "a page costs more than five requests");
    // Thousands of other files: the first page shows that listing is not worth it.
    for n in 0..5000_u32 {
        let other = World::file_ref(&n.to_le_bytes());
        computer.world.server.plant(&other.path.to_string(), b"x");
    }
    assert_eq!(vault.check(&blobs(&puts)).await, Ok(vec![Presence::Verified; 20]));
    let (looks, pages) = computer.asked(&mut before);
    assert_eq!(pages, 1);
    assert!((1..20).contains(&looks), "{looks} looks");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_listing_is_retried_or_reported() {
    let computer = Computer::new().await;
    let vault = computer.open().await;
    let puts = computer.files(0..40);
    store(&vault, &puts).await;
    computer.world.server.next(Step::List, Fault::Answer(503));
    computer.world.server.next(Step::List, Fault::LoseReply);
    assert_eq!(vault.check(&blobs(&puts)).await, Ok(vec![Presence::Verified; 40]));
    for _ in 0..20 {
        computer.world.server.next(Step::List, Fault::Answer(503));
    }
    assert!(vault.check(&blobs(&puts)).await.is_err(), "nothing is reported as present that was not seen");
}

/// Listing is only the faster way.
#[tokio::test(flavor = "multi_thread")]
async fn without_permission_to_list_each_object_is_queried() {
    let computer = Computer::new().await;
    let vault = computer.open().await;
    let puts = computer.files(0..40);
    store(&vault, &puts).await;
    computer.world.server.decide(|asked| (asked.step == Step::List).then_some(Fault::Answer(403)));
    assert_eq!(vault.check(&blobs(&puts)).await, Ok(vec![Presence::Verified; 40]));
}
