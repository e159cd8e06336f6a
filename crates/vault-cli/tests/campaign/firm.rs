//! A firm in the emulators for each seed, a computer of it, and somebody who is signed in there.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vault_core::ports::SystemClock;
use vault_firebase::Proof;
use vault_firm::{Connection, Firms, Session};
use vault_home::Home;
use vault_keychain::{Keychain, KeychainWithFallback};
use vault_testing::line::Line;
use vault_testing::storage_server::{BUCKET, Options, StorageServer};

use crate::cloud::Cloud;
use crate::plan::Storage;

/// Where everything is.
#[derive(Clone)]
pub(crate) struct Emulators {
    pub(crate) auth: SocketAddr,
    pub(crate) firestore: SocketAddr,
    pub(crate) storage: SocketAddr,
    pub(crate) project: String,
}

impl Emulators {
    /// As `cargo xtask campaign` says.
    pub(crate) fn of_environment() -> Self {
        let told = |name: &str| {
            std::env::var(name)
                .unwrap_or_else(|_| panic!("there is no {name}: `cargo xtask campaign` brings everything"))
        };
        let at = |name: &str| told(name).parse().expect("an address");
        Self {
            auth: at("FIREBASE_AUTH_EMULATOR_HOST"),
            firestore: at("FIRESTORE_EMULATOR_HOST"),
            storage: at("FIREBASE_STORAGE_EMULATOR_HOST"),
            project: told("GCLOUD_PROJECT"),
        }
    }
}

/// A firm with one person, and the lines of their computer.
pub(crate) struct Firm {
    pub(crate) cloud: Cloud,
    pub(crate) auth: Line,
    pub(crate) firestore: Line,
    /// To the emulator, where that is used.
    pub(crate) storage: Option<Line>,
    /// The strict server, where that is used.
    pub(crate) server: Option<StorageServer>,
    home: PathBuf,
    secrets: Vec<String>,
}

impl Firm {
    /// Makes the firm, and signs its person in on a computer whose vault is kept in `home`.
    pub(crate) async fn found(emulators: &Emulators, storage: Storage, seed: u64, home: &Path) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos();
        let name = format!("campaign-{seed}-{since}");
        let vouched =
            json!({ "sub": name, "email": format!("{name}@firm.example"), "email_verified": true, "name": "Ann" });
        let proof = Proof { id_token: vouched.to_string(), nonce: None };
        let mut cloud = Cloud::new(emulators, name.clone());
        let user = cloud.take_in(&proof.id_token).await;
        let (auth, firestore) = (Line::to(emulators.auth).await, Line::to(emulators.firestore).await);
        let (server, line) = match storage {
            Storage::Strict => (Some(strict(user.clone(), name.clone()).await), None),
            Storage::Emulator => (None, Some(Line::to(emulators.storage).await)),
        };
        let at = server.as_ref().map(StorageServer::address).or(line.as_ref().map(Line::address)).expect("one of them");
        let bucket = if server.is_some() { BUCKET.to_owned() } else { format!("{}.appspot.com", emulators.project) };
        cloud.keep_in(&bucket);
        let file = json!({
            "projectId": emulators.project, "apiKey": "any", "bucket": bucket, "clientId": "strongroom",
            "authEmulator": auth.address(), "firestoreEmulator": firestore.address(), "storageEmulator": at,
        });
        let connection = Connection::from_file(file.to_string().as_bytes()).expect("a connection");
        let session = sign_in(&connection, &proof, home).await;
        let secrets = vec![session.id_token(false).await.expect("a token").0];
        Self { cloud, auth, firestore, storage: line, server, home: home.to_owned(), secrets }
    }

    /// The program, on this computer.
    pub(crate) fn strongroom(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongroom"));
        command.args(args).env("STRONGROOM_HOME", &self.home).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1");
        command
    }

    /// The folder of this person's queue and copy, once they have one.
    pub(crate) fn kept(&self) -> Option<PathBuf> {
        let firms = std::fs::read_dir(self.home.join("firms")).ok()?;
        let folders = firms.filter_map(|firm| std::fs::read_dir(firm.ok()?.path()).ok()).flatten();
        let mut kept = folders.filter_map(|folder| Some(folder.ok()?.path())).filter(|p| p.join("journal.db").exists());
        kept.next()
    }

    /// What must never stand in a log: tokens.
    pub(crate) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// Breaks off every connection, and lets everything through from now on.
    pub(crate) fn mend(&self) {
        for line in [&self.auth, &self.firestore].into_iter().chain(&self.storage) {
            line.cut();
            line.mend();
        }
        if let Some(server) = &self.server {
            server.heal();
        }
    }

    /// How often something came that was planned for a line.
    pub(crate) fn troubles(&self) -> u64 {
        [&self.auth, &self.firestore].into_iter().chain(&self.storage).map(Line::troubles).sum()
    }
}

/// A strict server that takes the tokens of this person in this team, as Google's would.
async fn strict(user: String, team: String) -> StorageServer {
    let server = StorageServer::start("", Options::default()).await;
    server.accept_by(move |token| {
        claims(token).is_some_and(|claims| claims["user_id"] == *user && claims["teamId"] == *team)
    });
    server
}

/// What a token of the emulator says, which signs none.
fn claims(token: &str) -> Option<Value> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Signs somebody in as `strongroom login` does, but for the browser, and leaves the session in the keychain.
async fn sign_in(connection: &Connection, proof: &Proof, home: &Path) -> Session {
    let home = Home::find(Some(home)).expect("a home");
    home.make().expect("a home");
    let firms = Firms::of(&home);
    let firm = firms.connect(connection).expect("connected");
    let secrets = Arc::new(KeychainWithFallback::over(Keychain::new()));
    let device = firms.device().expect("a device");
    let session = Session::sign_in(connection, proof, device, secrets, Arc::new(SystemClock)).await.expect("signed in");
    assert!(session.is_remembered().await, "there is no keychain: `cargo xtask campaign` brings one");
    firms.activate(Some(&firm.id)).expect("activated");
    session
}
