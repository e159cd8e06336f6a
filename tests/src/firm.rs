//! A firm in Firebase's emulators, as its computers reach it, and its users in their browsers.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use vault_testing::Proxy;

use crate::{Desktop, Halted};

/// The folder of the sources of `firebase/`.
fn firebase() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../firebase")
}

fn emulator(variable: &str) -> SocketAddr {
    let how = "the firm's journeys need emulators: `cargo xtask emulators -- cargo test -p journeys --features window`";
    let value = std::env::var(variable).unwrap_or_else(|_| panic!("there is no {variable}; {how}"));
    value.parse().unwrap_or_else(|_| panic!("{variable} is {value}, which is no address; {how}"))
}

/// Makes the sample firm: Ann Archer, its administrator, Ben Baker, a client and two matters.
///
/// # Panics
/// When the emulators do not accept it.
pub fn make_sample_firm() {
    let made = Command::new("node").arg(firebase().join("sample-firm.js")).output().expect("node");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// Flips a bit of this file's content in the firm's storage, bypassing all rules.
///
/// # Panics
/// When it does not have it.
pub fn flip_bit(file: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/flip_bit.mjs");
    let flipped = Command::new("node").arg(script).arg(file).output().expect("node");
    assert!(flipped.status.success(), "{}", String::from_utf8_lossy(&flipped.stderr));
}

/// The firm's servers hang until the returned value is dropped.
///
/// # Panics
/// When there are no emulators.
pub fn halt_emulators() -> Halted {
    let process = std::env::var("STRONGROOM_EMULATORS_PROCESS").expect("the process of the emulators");
    Halted::new(process.parse().expect("a number"))
}

/// A computer's connection to the firm's vault.
pub struct Network {
    auth: Proxy,
    firestore: Proxy,
    storage: Proxy,
}

impl Network {
    /// A network that works.
    ///
    /// # Panics
    /// When there are no emulators.
    pub async fn new() -> Self {
        Self {
            auth: Proxy::to(emulator("FIREBASE_AUTH_EMULATOR_HOST")).await,
            firestore: Proxy::to(emulator("FIRESTORE_EMULATOR_HOST")).await,
            storage: Proxy::to(emulator("FIREBASE_STORAGE_EMULATOR_HOST")).await,
        }
    }

    /// Puts the connection file of the firm on a desktop, and returns its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn connection_file(&self, desktop: &Desktop) -> PathBuf {
        let provider = std::env::var("STRONGROOM_IDENTITY_PROVIDER").expect("an identity provider");
        let project = std::env::var("GCLOUD_PROJECT").expect("a project");
        let file = json!({
            "name": "Archer & Baker",
            "projectId": project,
            "apiKey": "any",
            "bucket": format!("{project}.appspot.com"),
            "clientId": "strongroom",
            "issuer": format!("http://{provider}"),
            "authEmulator": self.auth.address(),
            "firestoreEmulator": self.firestore.address(),
            "storageEmulator": self.storage.address(),
        });
        let path = desktop.home().join("Archer & Baker.strongroom");
        fs::write(&path, file.to_string()).expect("a connection file");
        path
    }

    /// All servers work again.
    pub fn repair(&self) {
        self.each(Proxy::repair);
    }

    /// No server can be reached.
    pub fn cut(&self) {
        self.each(Proxy::cut);
    }

    fn each(&self, act: impl Fn(&Proxy)) {
        for proxy in [&self.auth, &self.firestore, &self.storage] {
            act(proxy);
        }
    }
}

/// Gives this desktop a real browser in which `person` signs in, with no earlier session.
///
/// # Panics
/// When it cannot be put there.
pub fn give_browser(desktop: &Desktop, person: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let home = desktop.home();
    let (browser, visitor) = (home.join("browser"), firebase().join("identity-provider/visitor.js"));
    let log = home.join("browser.log");
    let script = format!("#!/bin/sh\nexec node '{}' \"$1\" '{person}' >>'{}' 2>&1\n", visitor.display(), log.display());
    fs::write(&browser, script).expect("a browser");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("a browser");
    // The location for program entries: <https://specifications.freedesktop.org/mime-apps-spec/latest/>.
    let programs = home.join(".local/share/applications");
    fs::create_dir_all(&programs).expect("a folder for programs");
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec={} %u\nMimeType=x-scheme-handler/http;\n",
        browser.display()
    );
    fs::write(programs.join("browser.desktop"), entry).expect("an entry");
    fs::write(home.join(".config/mimeapps.list"), "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")
        .expect("a list of programs");
}
