//! A computer of a user of the firm: a vault opened and kept current, behind a network that can fail.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::watch;
use vault_core::Vault;
use vault_core::filing::{Finished, Halt};
use vault_core::model::{DeviceId, DropId, EventKind, MatterId};
use vault_core::ports::{FolderKey, ListQuery, PortError, SortBy, SystemClock};
use vault_core::preflight::Preflight;
use vault_firm::{Connection, Firm, Firms, Live, LiveObserver, MemorySecrets, OpenFirm, Session, Sync, SyncState};
use vault_home::Home;
use vault_testing::Proxy;

use crate::world::{self, TestUser};

/// Longer than anything here takes on a busy computer.
const PATIENCE: Duration = Duration::from_mins(1);

/// The computer.
pub(crate) struct Computer {
    pub(crate) folder: TempDir,
    pub(crate) firms: Firms,
    pub(crate) firm: Firm,
    pub(crate) open: OpenFirm,
    pub(crate) live: Live,
    heard: watch::Receiver<Heard>,
    proxies: [Proxy; 3],
}

/// The reports to the observer.
#[derive(Default)]
struct Heard {
    sync: Option<Sync>,
    /// How often anything else was reported.
    changes: u64,
}

/// Notifies all waiting tests.
struct Ears(watch::Sender<Heard>);

#[async_trait]
impl LiveObserver for Ears {
    fn sync(&self, sync: &Sync) {
        self.0.send_modify(|heard| heard.sync = Some(sync.clone()));
    }

    async fn changed(&self) {
        self.0.send_modify(|heard| heard.changes += 1);
    }

    async fn reached(&self) {
        self.changed().await;
    }

    async fn moved(&self) {
        self.changed().await;
    }
}

impl Computer {
    /// The computer called `name`, on which a user has signed in, and whose mirror is current.
    pub(crate) async fn of(user: &TestUser, name: &str) -> Self {
        let direct = world::connection();
        let emulators = direct.emulators.expect("emulators");
        let proxies =
            [Proxy::to(emulators.auth).await, Proxy::to(emulators.firestore).await, Proxy::to(emulators.storage).await];
        let [auth, firestore, storage] = proxies.each_ref().map(|proxy| proxy.address().to_string());
        let file = json!({
            "name": "Archer & Baker", "projectId": direct.project, "apiKey": "any", "bucket": direct.bucket,
            "clientId": "strongroom",
            "authEmulator": auth, "firestoreEmulator": firestore, "storageEmulator": storage,
        });
        let connection = Connection::from_file(file.to_string().as_bytes()).expect("a connection");
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::find(Some(&folder.path().join("home"))).expect("a home");
        home.make().expect("a home");
        let firms = Firms::of(&home);
        let firm = firms.connect(&connection).expect("a firm");
        let device = DeviceId::new(name).expect("a name");
        let secrets = Arc::new(MemorySecrets::default());
        let session = Session::sign_in(&connection, &user.proof, device, secrets, Arc::new(SystemClock)).await;
        let open = firm.open(&home, session.expect("signed in")).await.expect("open");
        let (tell, heard) = watch::channel(Heard::default());
        let live = open.follow(Arc::new(Ears(tell)));
        let computer = Self { folder, firms, firm, open, live, heard, proxies };
        computer.is(SyncState::Current).await;
        computer
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.open.opened.vault
    }

    /// Waits until the mirror is in this state.
    pub(crate) async fn is(&self, state: SyncState) -> Sync {
        self.until(&format!("{state:?}"), async || {
            let sync = self.live.sync();
            (sync.state == state).then_some(sync)
        })
        .await
    }

    /// Waits until a condition holds, which is checked at every report to this computer.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let mut heard = self.heard.clone();
        let waiting = async {
            loop {
                heard.mark_unchanged();
                if let Some(seen) = look().await {
                    return seen;
                }
                heard.changed().await.expect("the observer is there");
            }
        };
        let seen = tokio::time::timeout(PATIENCE, waiting).await;
        seen.unwrap_or_else(|_| panic!("it never came: {what}; {:?}", self.live.sync()))
    }

    pub(crate) fn cut(&self) {
        self.proxies.iter().for_each(Proxy::cut);
    }

    pub(crate) fn repair(&self) {
        self.proxies.iter().for_each(Proxy::repair);
        self.live.try_now();
    }

    /// A folder with these files below it, `(path, content)`.
    pub(crate) fn folder_of(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = self.folder.path().join(name);
        for (path, content) in files {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(&file, content).expect("a file");
            let time = std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
            std::fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("a time");
        }
        folder
    }

    pub(crate) async fn plan(&self, matter: &MatterId, folder: &Path) -> Preflight {
        self.vault().preflight(matter, vec![folder.to_owned()], Arc::default()).await.expect("a pre-flight")
    }

    /// Files a folder as planned; returns the result. A drop that is paused, because a server is overloaded, resumes
    /// as its job would resume it, as long as the firm's vault is reachable.
    pub(crate) async fn file(&self, plan: Preflight, folder: &Path) -> (DropId, Finished) {
        let id = self.vault().accept(&plan.matter, vec![folder.to_owned()]).await.expect("accepted");
        let mut finished = self.vault().file(id, plan, Arc::default()).await.expect("filed");
        while matches!(finished.halt, Some(Halt::Paused(PortError::TryLater { .. })))
            && self.live.sync().state != SyncState::Offline
        {
            let paused = self.vault().queued_drop(id).await.expect("asked").expect("the drop");
            finished = self.vault().resume(&paused, Arc::default(), Arc::default()).await.expect("filed");
        }
        (id, finished)
    }

    /// The files of a matter, as in the mirror of this computer: name and folders, sorted.
    pub(crate) async fn files(&self, matter: &MatterId) -> Vec<(String, String)> {
        let mirror = &self.vault().mirror;
        let query = ListQuery {
            folder: FolderKey { matter: matter.clone(), path: String::new() },
            deep: true,
            containing: String::new(),
            sort: SortBy::Name,
            descending: false,
        };
        let ids = mirror.list(&query).await.expect("a list");
        let records = mirror.records(matter, &ids).await.expect("records");
        let mut files: Vec<_> =
            records.into_iter().map(|record| (record.original_name, record.folder_paths.to_string())).collect();
        files.sort();
        files
    }

    /// How many events of each kind a drop has, as in the mirror of this computer.
    pub(crate) async fn events(&self, drop: DropId, kind: EventKind) -> usize {
        let page = self.vault().mirror.drop_events(drop, &[kind], None, 1000).await.expect("events");
        page.events.len()
    }
}
