//! Files that cannot be stored just now: they wait by themselves, the files beside them go on, and they heal.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use uuid::Uuid;
use vault_core::filing::{Finished, Halt, ItemState};
use vault_core::intake::Problem;
use vault_core::model::{BlobRef, EventKind, FileHash, Timestamp};
use vault_core::ports::{
    BlobReader, Blobs, Clock, DropPhase, JournaledDrop, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch,
    SystemClock, UploadSession,
};
use vault_core::queue::PauseReason;
use vault_core::{Vault, VaultParts};
use vault_testing::begun::Begun;

use super::world::World;

const BUSY: &str = "The storage does not take this file just now.";

/// A storage that does not take some contents.
struct Picky {
    behind: Arc<dyn Blobs>,
    refused: Mutex<HashMap<FileHash, PutFailure>>,
    /// What was to be stored, with the point it was to go on from.
    asked: Mutex<Vec<(FileHash, Option<UploadSession>)>>,
}

impl Picky {
    fn before(vault: &Vault) -> (Arc<Self>, Vault) {
        let picky = Arc::new(Self {
            behind: Arc::clone(&vault.parts().blobs),
            refused: Mutex::default(),
            asked: Mutex::default(),
        });
        (Arc::clone(&picky), Vault::new(VaultParts { blobs: picky, ..vault.parts() }))
    }

    fn refuse(&self, content: &[u8], failure: PutFailure) {
        self.refused.lock().unwrap().insert(FileHash::of(content), failure);
    }

    fn heal(&self) {
        self.refused.lock().unwrap().clear();
    }

    fn asked(&self, content: &[u8]) -> Vec<Option<UploadSession>> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(hash, _)| *hash == FileHash::of(content)).map(|(_, resume)| resume.clone()).collect()
    }
}

#[async_trait]
impl Blobs for Picky {
    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        self.behind.check(blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        let mut results = Vec::with_capacity(batch.len());
        for (at, put) in batch.into_iter().enumerate() {
            self.asked.lock().unwrap().push((put.blob.hash(), put.resume.clone()));
            watch.begin(&[at]).await?;
            let refused = self.refused.lock().unwrap().get(&put.blob.hash()).cloned();
            match refused {
                Some(failure) => {
                    watch.session(at, &UploadSession { handle: "https://storage/1".to_owned(), offset: 262_144 });
                    results.push(Err(failure));
                }
                None => results.extend(self.behind.put(vec![put], Begun::behind(Arc::clone(&watch), vec![at])).await?),
            }
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

/// A clock that is set forward.
#[derive(Default)]
struct Forward(AtomicI64);

impl Clock for Forward {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }

    fn unique(&self) -> Uuid {
        SystemClock.unique()
    }
}

impl Forward {
    fn set(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

fn later() -> PutFailure {
    PutFailure::Later(PortError::later(BUSY))
}

/// A vault with a picky storage and a clock of its own, over a world with thirty files.
async fn scene() -> (World, Arc<Picky>, Arc<Forward>) {
    let mut world = World::new().await;
    for index in 0..30 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    world.write("copy of 7.txt", b"text 7");
    let (picky, vault) = Picky::before(&world.vault);
    let clock = Arc::<Forward>::default();
    world.vault = Vault::new(VaultParts { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..vault.parts() });
    (world, picky, clock)
}

async fn due(world: &World, drop: &JournaledDrop) -> Finished {
    world.vault.resume_what_is_due(drop, Arc::default(), Arc::default()).await.unwrap()
}

#[tokio::test]
async fn a_file_that_is_not_taken_waits_by_itself_and_heals() {
    let (world, picky, clock) = scene().await;
    picky.refuse(b"text 7", later());
    let begun = clock.now();
    let first = world.file().await;
    let id = first.drop.new.id;
    let Some(Halt::Waiting { until, why }) = &first.halt else { panic!("{:?}", first.halt) };
    assert_eq!(why, BUSY);
    assert!(*until >= Timestamp(begun.0 + 5_000) && *until <= Timestamp(clock.now().0 + 15_000), "{until:?}");
    // The others are in the vault, with records; the two that have the content wait together.
    assert_eq!((first.drop.counts.stored, first.drop.waiting, first.drop.later), (29, 2, 2));
    assert_eq!((first.drop.phase, first.drop.paused.clone(), first.drop.attention), (DropPhase::Filing, None, 0));
    assert_eq!(world.events(id).await.iter().filter(|event| event.kind == EventKind::Success).count(), 29);
    assert_eq!(picky.asked(b"text 7"), [None]);

    let early = due(&world, &first.drop).await;
    assert!(matches!(early.halt, Some(Halt::Waiting { .. })) && picky.asked(b"text 7").len() == 1, "{early:?}");

    // Each wait is longer, and the upload goes on from where it came to, as the same attempt.
    let session = UploadSession { handle: "https://storage/1".to_owned(), offset: 262_144 };
    for attempt in 2..6 {
        clock.set(20);
        let again = due(&world, &first.drop).await;
        let Some(Halt::Waiting { until, .. }) = again.halt else { panic!("{:?}", again.halt) };
        assert!(until.0 - clock.now().0 > 4_000 << (attempt - 1), "after {attempt} attempts");
        let mut kept = Vec::new();
        for item in world.vault.waiting_files(id).await.unwrap() {
            let ItemState::Waiting { attempt: counted, session, .. } = item.file.state else { panic!() };
            assert_eq!(counted, attempt);
            kept.extend(session);
        }
        assert_eq!(kept, std::slice::from_ref(&session));
        assert_eq!(picky.asked(b"text 7").last(), Some(&Some(session.clone())));
    }
    let interrupted = world.events(id).await.iter().filter(|event| event.kind == EventKind::Interrupted).count();
    assert_eq!(interrupted, 1, "one attempt, however often it was repeated");

    picky.heal();
    clock.set(60);
    let healed = due(&world, &first.drop).await;
    assert_eq!((healed.halt, healed.drop.phase), (None, DropPhase::Finished));
    assert_eq!((healed.drop.counts.stored, healed.drop.counts.skipped, healed.drop.later), (30, 1, 0));
    assert_eq!(world.events(id).await.len(), 31, "each file has one event");
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn somebody_who_asks_need_not_wait() {
    let (world, picky, _clock) = scene().await;
    picky.refuse(b"text 3", later());
    picky.refuse(b"text 4", later());
    let first = world.file().await;
    picky.heal();
    let three = world.vault.waiting_files(first.drop.new.id).await.unwrap();
    let three = three.iter().find(|item| item.file.name.text() == "3.txt").unwrap().seq;
    let one = world.retry(first.drop.new.id, &[three]).await.unwrap();
    assert_eq!((one.drop.counts.stored, one.drop.later), (29, 1));
    let all = world.vault.resume(&one.drop, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((all.halt, all.drop.counts.stored, all.drop.later), (None, 30, 0));
}

#[tokio::test]
async fn what_waits_is_there_after_a_restart() {
    let (world, picky, _clock) = scene().await;
    picky.refuse(b"text 3", later());
    let first = world.file().await;
    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    assert_eq!((unfinished.len(), unfinished[0].later), (1, 1));
    let resumed = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((resumed.halt, resumed.drop.counts.stored), (None, 30));
    assert_eq!(world.events(first.drop.new.id).await.len(), 31);
}

#[tokio::test]
async fn where_nothing_gets_on_the_drop_waits_as_a_whole() {
    let (world, picky, _clock) = scene().await;
    picky.refuse(b"text 3", later());
    picky.refuse(b"text 4", PutFailure::Vault(PortError::later("The line is dead.")));
    let first = world.file().await;
    assert_eq!(first.halt, Some(Halt::Paused(PortError::later("The line is dead."))));
    assert_eq!(
        (first.drop.later, first.drop.paused.clone()),
        (0, Some(PauseReason::Blocked("The line is dead.".to_owned())))
    );
}

#[tokio::test]
async fn a_locked_file_waits_a_while_and_then_needs_a_person() {
    let (world, picky, clock) = scene().await;
    picky.refuse(b"text 7", PutFailure::Source(Problem::InUse));
    let first = world.file().await;
    let Some(Halt::Waiting { why, .. }) = &first.halt else { panic!("{:?}", first.halt) };
    assert!(why.starts_with("Open in another program."), "{why}");
    let id = first.drop.new.id;
    // Both files of that content are tried, each by itself: one may be readable.
    assert_eq!((first.drop.later, first.drop.attention), (2, 0));
    let mut last = first;
    for _ in 0..6 {
        clock.set(60);
        last = due(&world, &last.drop).await;
    }
    assert_eq!((last.halt, last.drop.phase, last.drop.attention), (None, DropPhase::Finished, 2));
    let attention = world.attention(id).await;
    assert_eq!(attention[0].file.state, ItemState::NeedsAttention(Problem::InUse));
    let failed = world.told(id).await.iter().filter(|(_, kind)| *kind == EventKind::Failed).count();
    assert_eq!(failed, 2);
    picky.heal();
    let again = world.retry(id, &[]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.counts.skipped, again.drop.attention), (30, 1, 0));
    assert!(world.is_sound().await);
}
