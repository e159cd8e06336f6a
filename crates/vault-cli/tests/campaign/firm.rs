//! A firm in the emulators for each seed, and one computer of it with a signed-in user.

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
use vault_testing::proxy::Proxy;
use vault_testing::storage_server::{BUCKET, Options, StorageServer};

use crate::cloud::Cloud;
use crate::plan::Storage;

/// The addresses of all servers.
#[derive(Clone)]
pub(crate) struct Emulators {
    pub(crate) auth: SocketAddr,
    pub(crate) firestore: SocketAddr,
    pub(crate) storage: SocketAddr,
    pub(crate) project: String,
}

impl Emulators {
    /// As `cargo xtask campaign` sets them.
    pub(crate) fn of_environment() -> Self {
        let env_var = |name: &str| {
            std::env::var(name)
                .unwrap_or_else(|_| panic!("there is no {name}: `cargo xtask campaign` brings everything"))
        };
        let at = |name: &str| env_var(name).parse().expect("an address");
        Self {
            auth: at("FIREBASE_AUTH_EMULATOR_HOST"),
            firestore: at("FIRESTORE_EMULATOR_HOST"),
            storage: at("FIREBASE_STORAGE_EMULATOR_HOST"),
            project: env_var("GCLOUD_PROJECT"),
        }
    }
}

/// A firm with one user, and the proxies of their computer.
pub(crate) struct Firm {
    pub(crate) cloud: Cloud,
    pub(crate) auth: Proxy,
    pub(crate) firestore: Proxy,
    /// To the emulator, if it is used.
    pub(crate) storage: Option<Proxy>,
    /// The strict server, if it is used.
    pub(crate) server: Option<StorageServer>,
    home: PathBuf,
    secrets: Vec<String>,
}

impl Firm {
    /// Makes the firm, and signs its user in on a computer whose vault is kept in `home`.
    pub(crate) async fn found(emulators: &Emulators, storage: Storage, seed: u64, home: &Path) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos();
        let name = format!("campaign-{seed}-{since}");
        let vouched =
            json!({ "sub": name, "email": format!("{name}@firm.example"), "email_verified": true, "name": "Ann" });
        let proof = Proof { id_token: vouched.to_string(), nonce: None };
        let mut cloud = Cloud::new(emulators, name.clone());
        let user = cloud.take_in(&proof.id_token).await;
        let (auth, firestore) = (Proxy::to(emulators.auth).await, Proxy::to(emulators.firestore).await);
        let (server, proxy) = match storage {
            Storage::Strict => (Some(strict(user.clone(), name.clone()).await), None),
            Storage::Emulator => (None, Some(Proxy::to(emulators.storage).await)),
        };
        let at =
            server.as_ref().map(StorageServer::address).or(proxy.as_ref().map(Proxy::address)).expect("one of them");
        let bucket = if server.is_some() { BUCKET.to_owned() } else { format!("{}.appspot.com", emulators.project) };
        cloud.keep_in(&bucket);
        let file = json!({
            "projectId": emulators.project, "apiKey": "any", "bucket": bucket, "clientId": "strongroom",
            "authEmulator": auth.address(), "firestoreEmulator": firestore.address(), "storageEmulator": at,
        });
        let connection = Connection::from_file(file.to_string().as_bytes()).expect("a connection");
        let session = sign_in(&connection, &proof, home).await;
        let secrets = vec![session.id_token(false).await.expect("a token").0];
        Self { cloud, auth, firestore, storage: proxy, server, home: home.to_owned(), secrets }
    }

    /// The program, on this computer.
    pub(crate) fn strongroom(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongroom"));
        command.args(args).env("STRONGROOM_HOME", &self.home).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1");
        command
    }

    /// The folder of this user's queue and mirror, if it exists yet.
    pub(crate) fn kept(&self) -> Option<PathBuf> {
        let firms = std::fs::read_dir(self.home.join("firms")).ok()?;
        let folders = firms.filter_map(|firm| std::fs::read_dir(firm.ok()?.path()).ok()).flatten();
        let mut kept = folders.filter_map(|folder| Some(folder.ok()?.path())).filter(|p| p.join("journal.db").exists());
        kept.next()
    }

    /// What a log must never contain: tokens.
    pub(crate) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// Breaks every connection, and lets everything pass from now on.
    pub(crate) fn repair(&self) {
        for proxy in [&self.auth, &self.firestore].into_iter().chain(&self.storage) {
            proxy.cut();
            proxy.repair();
        }
        if let Some(server) = &self.server {
            server.heal();
        }
    }

    /// How many planned faults of the proxies have happened.
    pub(crate) fn network_faults(&self) -> u64 {
        [&self.auth, &self.firestore].into_iter().chain(&self.storage).map(Proxy::faults_happened).sum()
    }
}

/// A strict server that accepts the tokens of this user in this team, as Google's would.
async fn strict(user: String, team: String) -> StorageServer {
    let server = StorageServer::start("", Options::default()).await;
    server.accept_by(move |token| {
        claims(token).is_some_and(|claims| claims["user_id"] == *user && claims["teamId"] == *team)
    });
    server
}

/// The claims of an emulator's token, which is not signed.
fn claims(token: &str) -> Option<Value> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Signs a user in as `strongroom login` does, but without the browser, and leaves the session in the keychain.
async fn sign_in(connection: &Connection, proof: &Proof, home: &Path) -> Session {
    let home = Home::find(Some(home)).expect("a home");
    home.make().expect("a home");
    let firms = Firms::of(&home);
    let firm = firms.connect(connection).expect("connected");
    let secrets = Arc::new(KeychainWithFallback::over(Keychain::new()));
    let device = firms.device().expect("a device");
    let session = Session::sign_in(connection, proof, device, secrets, Arc::new(SystemClock)).await.expect("signed in");
    assert!(session.is_remembered().await, "there is no keychain: `cargo xtask campaign` starts one");
    firms.activate(Some(&firm.id)).expect("activated");
    session
}
