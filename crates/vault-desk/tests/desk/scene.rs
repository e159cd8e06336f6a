//! A vault in a folder of its own, a desk before it, and folders to hand over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use vault_core::model::{DropSummary, MatterId};
use vault_core::ports::JournaledDrop;
use vault_desk::{Desk, Options, Phase, Work, WorkId};
use vault_home::{Home, Opened};

use crate::gates::Gates;
use crate::told::{Ear, Told};

/// How long a test waits for what must happen.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// A desk before a real vault.
pub(crate) struct Scene {
    pub(crate) place: Arc<TempDir>,
    pub(crate) opened: Opened,
    pub(crate) gates: Gates,
    pub(crate) told: Arc<Told>,
    pub(crate) desk: Desk,
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

    /// Starts a desk before the vault that is in `place`, after `prepare` did something to its gates.
    pub(crate) async fn in_place(place: Arc<TempDir>, options: Options, prepare: impl FnOnce(&Gates)) -> Self {
        let mut opened = home(&place).open().await.expect("a vault");
        opened.vault.sync_mirror().await.expect("lists");
        let gates = Gates::before(&mut opened.vault);
        prepare(&gates);
        let told = Arc::<Told>::default();
        let ear = Arc::new(Ear(Arc::clone(&told)));
        let started = Desk::start(opened.vault.clone(), Arc::clone(&opened.right), ear, options).await;
        Self { place, opened, gates, told, desk: started.expect("a desk") }
    }

    /// Ends the desk as a program does that is closed, and starts the next one.
    pub(crate) async fn restarted(self, options: Options) -> Self {
        // Everything is told to stop before anything can go on.
        tokio::join!(self.desk.shutdown(), async { self.gates.open_all() });
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
    pub(crate) async fn take(&self, path: &str) -> WorkId {
        let sources = home(&self.place).sources(&[self.path(path)]).expect("it is there");
        self.desk.submit(&MatterId::general(), sources).await.expect("accepted")
    }

    pub(crate) async fn phase(&self, id: WorkId, phase: Phase) -> Work {
        self.told.phase(id, phase).await
    }

    /// Waits until a work comes to this phase from now on, or stands there.
    pub(crate) async fn next(&self, from: usize, id: WorkId, phase: Phase) -> Work {
        self.told.until_from(from, id, |work| work.phase == phase).await
    }

    pub(crate) async fn journaled(&self, id: WorkId) -> JournaledDrop {
        let found = self.opened.vault.queued_drop(id.drop_id()).await.expect("a journal");
        found.expect("the drop is in the journal")
    }

    /// What the history of the vault says of a drop.
    pub(crate) async fn summary(&self, id: WorkId) -> Option<DropSummary> {
        self.opened.vault.sync_mirror().await.expect("lists");
        let page = self.opened.vault.mirror.drops(None, None, 100).await.expect("a history");
        page.drops.into_iter().map(|entry| entry.summary).find(|drop| drop.id == id.drop_id())
    }

    pub(crate) fn now(&self, id: WorkId) -> Work {
        self.desk.work(id).expect("it is on the list")
    }
}

pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders");
    fs::write(path, content).expect("a file");
}
