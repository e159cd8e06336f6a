//! What a person who watches sees: each file as it is stored, never more files than there are.

use std::fs;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use vault_core::filing::Halt;
use vault_core::model::BlobRef;
use vault_core::ports::{
    BlobReader, Blobs, DropPhase, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch, UploadSession,
};
use vault_core::{Progress, VaultParts};

use super::world::World;

/// Storage that notes how far the progress is whenever a file has been stored, and may fail in the end.
struct Noting {
    blobs: Arc<dyn Blobs>,
    progress: Arc<Progress>,
    seen: Arc<Mutex<Vec<u64>>>,
    end: End,
}

/// What happens once everything is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Well,
    Fails,
    /// A person asks filing to stop.
    Stops,
}

struct NotingWatch {
    watch: Arc<dyn PutWatch>,
    progress: Arc<Progress>,
    seen: Arc<Mutex<Vec<u64>>>,
}

#[async_trait]
impl PutWatch for NotingWatch {
    async fn begin(&self, indices: &[usize]) -> Result<Vec<bool>, PortError> {
        self.watch.begin(indices).await
    }

    fn stored(&self, bytes: u64) {
        self.watch.stored(bytes);
    }

    fn file_stored(&self, index: usize) {
        let mut seen = self.seen.lock().unwrap();
        self.watch.file_stored(index);
        seen.push(self.progress.counts().files_done);
    }

    fn stop(&self) -> bool {
        self.watch.stop()
    }

    fn session(&self, index: usize, session: &UploadSession) {
        self.watch.session(index, session);
    }
}

#[async_trait]
impl Blobs for Noting {
    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        self.blobs.check(blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        let (progress, seen) = (Arc::clone(&self.progress), Arc::clone(&self.seen));
        let stored = self.blobs.put(batch, Arc::new(NotingWatch { watch, progress, seen })).await?;
        if self.end == End::Stops {
            self.progress.stop();
        }
        let failure = || PutFailure::Vault(PortError::later("The disk could not be flushed."));
        Ok(if self.end == End::Fails { stored.iter().map(|_| Err(failure())).collect() } else { stored })
    }

    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        self.blobs.get(blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError> {
        self.blobs.list(after, limit).await
    }
}

/// The vault of the world, watched.
fn watched(world: &World, end: End) -> (vault_core::Vault, Arc<Progress>, Arc<Mutex<Vec<u64>>>) {
    let (progress, seen) = (Arc::<Progress>::default(), Arc::<Mutex<Vec<u64>>>::default());
    let blobs = Arc::clone(&world.vault.parts().blobs);
    let noting = Noting { blobs, progress: Arc::clone(&progress), seen: Arc::clone(&seen), end };
    (vault_core::Vault::new(VaultParts { blobs: Arc::new(noting), ..world.vault.parts() }), progress, seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_file_counts_as_it_is_stored() {
    let world = World::new().await;
    for index in 0..50 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
        world.write(&format!("copies/{index}.txt"), format!("text {}", index % 10).as_bytes());
    }
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let (vault, progress, seen) = watched(&world, End::Well);
    let done = vault.file(drop, preflight, Arc::clone(&progress)).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (50, 50));
    assert_eq!(*seen.lock().unwrap(), (1..=50).collect::<Vec<_>>(), "one after the other, not a page at a time");
    assert_eq!((progress.counts().files_done, progress.counts().files), (100, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_in_vain_is_taken_back() {
    let world = World::new().await;
    for index in 0..20 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let (vault, progress, seen) = watched(&world, End::Fails);
    let paused = vault.file(drop, preflight, Arc::clone(&progress)).await.unwrap();
    assert!(matches!(paused.halt, Some(Halt::Paused(_))), "{:?}", paused.halt);
    assert_eq!(seen.lock().unwrap().last(), Some(&20));
    assert_eq!((progress.counts().files_done, progress.counts().files), (0, 20));

    let (vault, progress, _) = watched(&world, End::Well);
    let done = vault.resume(&paused.drop, Arc::default(), Arc::clone(&progress)).await.unwrap();
    assert_eq!((done.halt, done.drop.counts.stored), (None, 20));
    assert_eq!((progress.counts().files_done, progress.counts().files), (20, 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_read_and_tried_again_counts_once() {
    let world = World::new().await;
    let (edited, gone) = (world.write("a.txt", b"first"), world.write("b.txt", b"gone"));
    world.write("c.txt", b"stays");
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    fs::write(&edited, b"second").unwrap();
    fs::remove_file(&gone).unwrap();
    let (vault, progress, seen) = watched(&world, End::Well);
    let done = vault.file(drop, preflight, Arc::clone(&progress)).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed), (2, 1));
    assert_eq!((progress.counts().files_done, progress.counts().files), (3, 3));
    assert!(seen.lock().unwrap().iter().all(|seen| *seen <= 3));

    world.write("b.txt", b"here again, and changed");
    let (vault, progress, _) = watched(&world, End::Well);
    let done = vault.retry(done.drop.new.id, &[], Arc::default(), Arc::clone(&progress)).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed), (3, 0));
    assert_eq!((progress.counts().files_done, progress.counts().files), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drop_that_is_stopped_when_everything_is_stored_is_finished() {
    let world = World::new().await;
    for index in 0..20 {
        world.write(&format!("{index}.txt"), format!("text {}", index % 10).as_bytes());
    }
    let (drop, preflight) = (world.accept().await, world.preflight().await);
    let (vault, progress, _) = watched(&world, End::Stops);
    let done = vault.file(drop, preflight, progress).await.unwrap();
    assert_eq!((done.halt, done.drop.phase), (None, DropPhase::Finished));
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (10, 10));
    assert!(vault.unfinished_drops().await.unwrap().is_empty());
}
