//! Files on their way: few have begun and are not recorded at any time, and what is verified is recorded while others move.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Semaphore;
use uuid::Uuid;
use vault_core::filing::Halt;
use vault_core::model::{BlobRef, DropId, EventKind, FileHash, Timestamp};
use vault_core::ports::{
    BlobReader, Blobs, Clock, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch, SystemClock,
};
use vault_core::{Vault, VaultParts};
use vault_testing::begun::Begun;

use super::line::Line;
use super::world::World;

/// How long something is waited for that must come.
const SOON: Duration = Duration::from_mins(1);

/// So many files may have begun and not be recorded.
const UNDER_WAY: usize = 20;

/// A storage that takes one file after the other, each verified and durable at once, and no more than it is told to.
struct OneByOne {
    behind: Arc<dyn Blobs>,
    takes: Semaphore,
    moved: Mutex<BTreeSet<FileHash>>,
}

impl OneByOne {
    fn before(vault: &Vault, takes: usize) -> (Arc<Self>, Vault) {
        let behind = Arc::clone(&vault.parts().blobs);
        let storage = Arc::new(Self { behind, takes: Semaphore::new(takes), moved: Mutex::default() });
        (Arc::clone(&storage), Vault::new(VaultParts { blobs: storage, ..vault.parts() }))
    }

    fn moved(&self) -> usize {
        self.moved.lock().unwrap().len()
    }
}

#[async_trait]
impl Blobs for OneByOne {
    fn under_way(&self) -> usize {
        UNDER_WAY
    }

    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        self.behind.check(blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        let mut results = Vec::with_capacity(batch.len());
        for (at, put) in batch.into_iter().enumerate() {
            self.takes.acquire().await.unwrap().forget();
            let result = match watch.begin(&[at]).await {
                Ok(begun) if begun == [true] => {
                    self.moved.lock().unwrap().insert(put.blob.hash());
                    let watch = Begun::behind(Arc::clone(&watch), vec![at]);
                    self.behind.put(vec![put], watch).await?.remove(0)
                }
                Ok(_) => Err(PutFailure::Stopped),
                Err(error) => Err(PutFailure::Vault(error)),
            };
            watch.ended(at, result.is_ok());
            results.push(result);
        }
        Ok(results)
    }

    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        self.behind.get(blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError> {
        self.behind.list(after, limit).await
    }
}

/// A clock that goes on when it is told to.
#[derive(Default)]
struct Told(AtomicU64);

impl Clock for Told {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    fn unique(&self) -> Uuid {
        SystemClock.unique()
    }

    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

async fn count(world: &World, drop: DropId, kind: EventKind) -> usize {
    world.events(drop).await.iter().filter(|event| event.kind == kind).count()
}

/// Waits until a question has this answer.
async fn until<T: PartialEq + std::fmt::Debug>(expected: T, ask: impl AsyncFn() -> T) {
    let comes = async {
        while ask().await != expected {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(SOON, comes).await.is_ok(), "{:?} instead of {expected:?}", ask().await);
}

async fn world_of(files: usize) -> World {
    let world = World::new().await;
    for index in 0..files {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    world
}

/// Filing that is dropped in the middle, as a kill would, leaves few files called interrupted, of which each has moved.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_about_to_move_has_begun() {
    let world = world_of(300).await;
    let (storage, vault) = OneByOne::before(&world.vault, 120);
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let filing = vault.clone();
    let task = tokio::spawn(async move { filing.file(drop, preflight, Arc::default()).await });
    until(120, async || storage.moved()).await;
    until(true, async || count(&world, drop, EventKind::Success).await >= 120 - UNDER_WAY).await;
    let interrupted = count(&world, drop, EventKind::Interrupted).await;
    assert!(interrupted <= UNDER_WAY, "{interrupted} have begun and are not recorded");
    task.abort();
    let _ = task.await;
    let interrupted = count(&world, drop, EventKind::Interrupted).await;
    assert!(interrupted <= UNDER_WAY, "{interrupted} have begun and are not recorded");
    for event in world.events(drop).await {
        assert!(storage.moved.lock().unwrap().contains(&event.file_hash), "{} never moved", event.file_name.text());
    }
    // What is left is filed, and the attempts that were broken off stay.
    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    let done = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.halt, done.drop.counts.stored + done.drop.counts.skipped), (None, 300));
    assert_eq!(count(&world, drop, EventKind::Interrupted).await, interrupted);
    assert!(world.is_sound().await);
}

/// On a slow line, nobody waits for the end of a page of two thousand files.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_verified_is_recorded_after_ten_seconds() {
    let mut world = world_of(12).await;
    world.write("copies/3.txt", b"text 3");
    let (storage, vault) = OneByOne::before(&world.vault, 5);
    let clock = Arc::<Told>::default();
    world.vault = Vault::new(VaultParts { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..vault.parts() });
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let filing = world.vault.clone();
    let task = tokio::spawn(async move { filing.file(drop, preflight, Arc::default()).await });
    until(5, async || storage.moved()).await;
    clock.0.store(9, Ordering::SeqCst);
    assert_eq!(count(&world, drop, EventKind::Success).await, 0);
    clock.0.store(11, Ordering::SeqCst);
    until(5, async || count(&world, drop, EventKind::Success).await).await;
    // Also what the queue of this computer, and its copy, say.
    let counts = async || {
        let drop = world.vault.queued_drop(drop).await.unwrap().unwrap();
        drop.counts.stored
    };
    until(5, counts).await;
    let hashes: Vec<FileHash> = world.events(drop).await.iter().map(|event| event.file_hash).collect();
    until(5, async || world.vault.mirror.known(&hashes).await.unwrap().len()).await;
    storage.takes.add_permits(100);
    let done = task.await.unwrap().unwrap();
    assert_eq!((done.halt, done.drop.counts.stored, done.drop.counts.skipped), (None, 12, 1));
    assert!(world.is_sound().await);
}

/// What is in the vault already is recorded while the rest of the page moves, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_known_does_not_wait_for_what_moves() {
    let mut world = world_of(6).await;
    world.file().await;
    for index in 0..6 {
        world.write(&format!("new/{index}.txt"), format!("new {index}").as_bytes());
    }
    let (storage, vault) = OneByOne::before(&world.vault, 0);
    let clock = Arc::<Told>::default();
    world.vault = Vault::new(VaultParts { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..vault.parts() });
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let filing = world.vault.clone();
    let task = tokio::spawn(async move { filing.file(drop, preflight, Arc::default()).await });
    // The clock goes on until it is past the time, whenever the page began.
    until(6, async || {
        clock.0.fetch_add(1, Ordering::SeqCst);
        count(&world, drop, EventKind::AlreadyStored).await
    })
    .await;
    assert_eq!(count(&world, drop, EventKind::Interrupted).await, 0, "nothing moves");
    storage.takes.add_permits(100);
    let done = task.await.unwrap().unwrap();
    assert_eq!((done.halt, done.drop.counts.stored, done.drop.counts.skipped), (None, 6, 6));
}

/// Where records are refused, as when a colleague closes the matter, nothing more begins.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_begins_where_nothing_is_recorded() {
    let world = world_of(300).await;
    let (storage, vault) = OneByOne::before(&world.vault, 30);
    let (line, vault) = Line::before(&vault);
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let task = tokio::spawn(async move { vault.file(drop, preflight, Arc::default()).await });
    until(30, async || storage.moved()).await;
    line.shut_out();
    storage.takes.add_permits(1000);
    let paused = task.await.unwrap().unwrap();
    assert!(matches!(paused.halt, Some(Halt::Paused(PortError::NeedsPerson { .. }))), "{:?}", paused.halt);
    let interrupted = count(&world, drop, EventKind::Interrupted).await;
    assert!(interrupted <= UNDER_WAY, "{interrupted} have begun and are not recorded");
}
