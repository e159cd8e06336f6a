//! A vault in a folder of its own, the jobs before it, and folders to hand over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use vault_core::model::{DropSummary, MatterId};
use vault_core::ports::JournaledDrop;
use vault_home::{Home, Opened};
use vault_jobs::{JobId, JobStatus, Jobs, Options, Phase};

use crate::gates::Gates;
use crate::told::{Ear, Told};

/// How long a test waits for what must happen.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// Jobs before a real vault.
pub(crate) struct Scene {
    pub(crate) place: Arc<TempDir>,
    pub(crate) opened: Opened,
    pub(crate) gates: Gates,
    pub(crate) told: Arc<Told>,
    pub(crate) jobs: Jobs,
}

impl Drop for Scene {
    fn drop(&mut self) {
        // Whoever waits before a gate would keep a test that failed from ending.
        self.gates.open_all();
    }
}

pub(crate) fn asking() -> Options {
    Options::default()
}

pub(crate) fn at_once() -> Options {
    Options { file_at_once: true, ..Options::default() }
}

pub(crate) fn home(place: &TempDir) -> Home {
    Home::find(Some(&place.path().join("home"))).expect("a path")
}

impl Scene {
    pub(crate) async fn new(options: Options) -> Self {
        Self::in_place(Arc::new(TempDir::new().expect("a folder")), options, |_| ()).await
    }

    /// Starts the jobs before the vault that is in `place`, after `prepare` did something to its gates.
    pub(crate) async fn in_place(place: Arc<TempDir>, options: Options, prepare: impl FnOnce(&Gates)) -> Self {
        let mut opened = home(&place).open().await.expect("a vault");
        opened.vault.sync_mirror().await.expect("lists");
        let gates = Gates::before(&mut opened.vault);
        prepare(&gates);
        let told = Arc::<Told>::default();
        let ear = Arc::new(Ear(Arc::clone(&told)));
        let started = Jobs::start(opened.vault.clone(), Arc::clone(&opened.right), ear, options).await;
        Self { place, opened, gates, told, jobs: started.expect("it starts") }
    }

    /// Ends the jobs as a program does that is closed, and starts the next one.
    pub(crate) async fn restarted(self, options: Options) -> Self {
        // Everything is told to stop before anything can go on.
        tokio::join!(self.jobs.shutdown(), async { self.gates.open_all() });
        let place = Arc::clone(&self.place);
        drop(self);
        Self::in_place(place, options, |_| ()).await
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        write(&self.path(path), content);
    }

    /// Hands this over to the general matter.
    pub(crate) async fn take(&self, path: &str) -> JobId {
        let sources = home(&self.place).sources(&[self.path(path)]).expect("it is there");
        self.jobs.submit(&MatterId::general(), sources).await.expect("accepted")
    }

    pub(crate) async fn phase(&self, id: JobId, phase: Phase) -> JobStatus {
        self.told.phase(id, phase).await
    }

    /// Waits until a job comes to this phase from now on, or stands there.
    pub(crate) async fn next(&self, from: usize, id: JobId, phase: Phase) -> JobStatus {
        self.told.until_from(from, id, |job| job.phase == phase).await
    }

    pub(crate) async fn journaled(&self, id: JobId) -> JournaledDrop {
        let found = self.opened.vault.queued_drop(id.drop_id()).await.expect("a journal");
        found.expect("the drop is in the journal")
    }

    /// What the history of the vault says of a drop.
    pub(crate) async fn summary(&self, id: JobId) -> Option<DropSummary> {
        self.opened.vault.sync_mirror().await.expect("lists");
        let page = self.opened.vault.mirror.drops(None, None, 100).await.expect("a history");
        page.drops.into_iter().map(|entry| entry.summary).find(|drop| drop.id == id.drop_id())
    }

    /// Where this content is stored.
    pub(crate) fn blob_with(&self, content: &str) -> PathBuf {
        let mut folders = vec![self.path("home/vault/teams")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read_to_string(&path).expect("a file") == content {
                    return path;
                }
            }
        }
        panic!("“{content}” is not stored");
    }

    pub(crate) fn now(&self, id: JobId) -> JobStatus {
        self.jobs.status(id).expect("it is on the list")
    }
}

pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders");
    fs::write(path, content).expect("a file");
}

/// A box of three files, two of them of the same content, that is filed.
pub(crate) async fn with_box_filed() -> Scene {
    let scene = Scene::new(at_once()).await;
    scene.write("Box/a.pdf", "the contract");
    scene.write("Box/Copies/a.pdf", "the contract");
    scene.write("Box/b.txt", "a letter");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Finished).await;
    scene
}
