//! `cloud FOLDER`: files a folder to a new firm's vault in the emulators, twice, then again from a folder of another name, and
//! opens the vault again; says for each how long it took and what it cost. The vault is followed meanwhile, as the window does.
//! `cargo xtask bench --only cloud` runs it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use serde_json::json;
use tokio::sync::Notify;
use vault_core::model::MatterId;
use vault_firebase::{Cost, Proof};
use vault_firm::{Connection, Firm, Firms, LiveObserver, MemorySecrets, OpenFirm, Session, Sync, SyncState};
use vault_home::Home;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What everything has cost so far.
#[derive(Clone, Copy, Default)]
struct Spent {
    firestore: Cost,
    storage: u64,
}

impl Spent {
    fn by(open: &OpenFirm) -> Self {
        Self { firestore: open.cost(), storage: open.storage_requests() }
    }
}

/// Tells when the copy is current.
#[derive(Default)]
struct Current(Notify);

#[async_trait]
impl LiveObserver for Current {
    fn sync(&self, sync: &Sync) {
        if sync.state == SyncState::Current {
            self.0.notify_one();
        }
    }
    async fn changed(&self) {}
    async fn reached(&self) {}
    async fn moved(&self) {}
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?).canonicalize()?;
    let place = tempfile::tempdir()?;
    let home = Home::find(Some(place.path()))?;
    home.make()?;
    let firms = Firms::of(&home);
    let firm = firms.connect(&connection()?)?;
    let secrets = Arc::new(MemorySecrets::default());
    let proof =
        json!({ "sub": "ann", "email": "ann.archer@firm.example", "email_verified": true, "name": "Ann Archer" });
    let proof = Proof { id_token: proof.to_string(), nonce: None };
    let session = || Session::sign_in(&firm.connection, &proof, device(&firms), secrets.clone(), clock());

    let open = firm.open(&home, session().await?).await?;
    let current = Arc::new(Current::default());
    let live = open.follow(current.clone());
    current.0.notified().await;
    // Nothing is filed from where the vault itself is kept.
    let beside = tempfile::tempdir()?;
    let elsewhere = under_another_name(&folder, beside.path())?;
    for (what, folder) in [("new", &folder), ("known", &folder), ("elsewhere", &elsewhere)] {
        file(&open, folder, what).await?;
    }
    // What is younger than ten seconds is looked at again, because something older may still appear among it.
    tokio::time::sleep(std::time::Duration::from_secs(15)).await;
    open.opened.vault.sync_mirror().await?;
    live.stop().await;
    drop(open);
    start(&firm, &home, session().await?).await
}

/// The same files in a folder that is called otherwise.
fn under_another_name(folder: &Path, place: &Path) -> Result<PathBuf> {
    let elsewhere = place.join("Second box");
    copy(folder, &elsewhere)?;
    Ok(elsewhere.canonicalize()?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), &to)?;
            std::fs::File::options().write(true).open(&to)?.set_modified(entry.metadata()?.modified()?)?;
        }
    }
    Ok(())
}

/// Files the folder and says what that took.
async fn file(open: &OpenFirm, folder: &Path, what: &str) -> Result<()> {
    let (vault, matter, before) = (&open.opened.vault, MatterId::new("abc-contract")?, Spent::by(open));
    let since = Instant::now();
    let sources = vec![folder.to_owned()];
    let plan = vault.preflight(&matter, sources.clone(), Arc::default()).await?;
    let planned = since.elapsed();
    let id = vault.accept(&matter, sources).await?;
    let finished = vault.file(id, plan, Arc::default()).await?;
    // What listening costs comes a moment later.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let counts = finished.drop.counts;
    let files = counts.stored + counts.skipped;
    tell(what, files, planned.as_secs_f64(), since.elapsed().as_secs_f64() - 2.0, before, Spent::by(open));
    match finished.halt {
        None if counts.failed == 0 => Ok(()),
        halt => Err(format!("not everything was filed: {counts:?} {halt:?}").into()),
    }
}

/// Opens the vault as at a start on which nothing has changed.
async fn start(firm: &Firm, home: &Home, session: Session) -> Result<()> {
    let since = Instant::now();
    let open = firm.open(home, session).await?;
    let current = Arc::new(Current::default());
    let _live = open.follow(current.clone());
    current.0.notified().await;
    // What listening costs comes a moment after everything is known to be current.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    tell("start", 0, 0.0, since.elapsed().as_secs_f64() - 1.0, Spent::default(), Spent::by(&open));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is what it is for")]
fn tell(what: &str, files: u64, planned: f64, seconds: f64, before: Spent, after: Spent) {
    let told = json!({
        "what": what,
        "files": files,
        "planned": planned,
        "seconds": seconds,
        "reads": after.firestore.reads - before.firestore.reads,
        "writes": after.firestore.writes - before.firestore.writes,
        "storage": after.storage - before.storage,
    });
    println!("{told}");
}

fn device(firms: &Firms) -> vault_core::model::DeviceId {
    firms.device().unwrap_or_else(|error| panic!("{error}"))
}

fn clock() -> Arc<dyn vault_core::ports::Clock> {
    Arc::new(vault_core::ports::SystemClock)
}

/// The firm in the emulators that the environment names.
fn connection() -> Result<Connection> {
    let project = std::env::var("GCLOUD_PROJECT")?;
    let file = json!({
        "projectId": project, "apiKey": "any", "bucket": format!("{project}.appspot.com"), "clientId": "strongroom",
        "authEmulator": std::env::var("FIREBASE_AUTH_EMULATOR_HOST")?,
        "firestoreEmulator": std::env::var("FIRESTORE_EMULATOR_HOST")?,
        "storageEmulator": std::env::var("FIREBASE_STORAGE_EMULATOR_HOST")?,
    });
    Ok(Connection::from_file(file.to_string().as_bytes())?)
}
