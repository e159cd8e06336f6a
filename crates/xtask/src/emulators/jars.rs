//! What the emulators are made of besides firebase-tools: Google's programs for Firestore and for the rules of Storage.
//!
//! firebase-tools downloads both, and keeps them in the person's cache; npm's lockfile says which firebase-tools, and that says
//! which programs, with their SHA-256, which is looked at each time. Where its download cannot be reached, the
//! Firestore emulator of the Google Cloud command line does, which is packaged; and our own runtime for Storage's rules,
//! which needs nothing but that.

use std::env;
use std::fs;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

use super::runtime;
use crate::sh::{self, Sh};

/// Where firebase-tools downloads from.
const DOWNLOADS: &str = "storage.googleapis.com:443";

/// How long a connection there may take: without a network it would otherwise be minutes.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is downloaded, in the words of firebase-tools.
const PRODUCTS: [&str; 2] = ["firestore", "storage"];

/// By these firebase-tools is told to use other programs than its own.
const FIRESTORE: &str = "FIRESTORE_EMULATOR_BINARY_PATH";
const STORAGE: &str = "STORAGE_EMULATOR_BINARY_PATH";

/// The programs firebase-tools is to use.
pub(super) enum Jars {
    /// Its own, downloaded.
    Official,
    /// These, or what somebody has set in the environment.
    Given {
        /// The Firestore emulator, as an executable jar.
        firestore: PathBuf,
        /// The runtime of Storage's rules, as an executable jar.
        storage: PathBuf,
    },
}

impl Jars {
    /// Finds them, downloads them, or builds them.
    ///
    /// # Errors
    /// When none of that works; the message says what can be done.
    pub(super) fn find(sh: &Sh, firebase: &dyn Fn() -> Command) -> Result<Self> {
        if let (Some(firestore), Some(storage)) = (env::var_os(FIRESTORE), env::var_os(STORAGE)) {
            return Ok(Self::Given { firestore: firestore.into(), storage: storage.into() });
        }
        if are_cached(sh)? {
            return Ok(Self::Official);
        }
        if is_reachable() {
            for product in PRODUCTS {
                sh::run(firebase().arg(format!("setup:emulators:{product}")))?;
            }
            ensure!(are_cached(sh)?, "firebase-tools has not downloaded the emulators to where it keeps them");
            return Ok(Self::Official);
        }
        let Some(packaged) = packaged(sh) else {
            bail!(
                "the Firestore emulator is not on this computer, and its download ({DOWNLOADS}) cannot be reached. Please \
                 try again with a network, or install the Firestore emulator of the Google Cloud command line: \
                 `gcloud components install cloud-firestore-emulator`, or Google's Debian package \
                 google-cloud-cli-firestore-emulator"
            );
        };
        let (firestore, storage) = runtime::build(sh, &packaged)?;
        Ok(Self::Given { firestore, storage })
    }

    /// Tells firebase-tools.
    pub(super) fn introduce(&self, command: &mut Command) {
        if let Self::Given { firestore, storage } = self {
            command.env(FIRESTORE, firestore).env(STORAGE, storage);
        }
    }
}

/// What Debian has to install for the emulators: nothing, where somebody has installed a Java of their own.
pub(crate) fn debian() -> Vec<String> {
    let there = ["java", "javac", "jar"].into_iter().all(sh::exists);
    if there { Vec::new() } else { vec!["default-jdk-headless".to_owned()] }
}

/// Makes sure of a Java that runs the emulators.
///
/// # Errors
/// When there is none, or it is too old.
pub(super) fn java(sh: &Sh) -> Result<()> {
    let how = "The emulators need Java 17 or newer. Please install it (Debian: `apt install default-jdk-headless`; macOS: \
               `brew install openjdk`; Windows: `winget install EclipseAdoptium.Temurin.21.JDK`) and try again";
    let output = sh.command("java").arg("-version").output().context(how)?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let version = java_version(&told).with_context(|| format!("`java -version` says {told:?}. {how}"))?;
    ensure!(version >= 17, "this is Java {version}. {how}");
    Ok(())
}

/// Reads `openjdk version "17.0.15" 2025-04-15`.
fn java_version(told: &str) -> Option<u32> {
    let version = told.split('"').nth(1)?;
    version.split(['.', '-', '+']).next()?.parse().ok()
}

/// Whether firebase-tools has downloaded all it needs.
///
/// # Errors
/// When what is there is not what this firebase-tools was made for: it compares downloads by MD5, and only once.
fn are_cached(sh: &Sh) -> Result<bool> {
    let file = sh.root().join("firebase/node_modules/firebase-tools/lib/emulator/downloadableEmulatorInfo.json");
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let programs: serde_json::Value = serde_json::from_str(&text).context("firebase-tools names no programs")?;
    let folder = env::var_os("FIREBASE_EMULATORS_PATH")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache/firebase/emulators")));
    let Some(folder) = folder else { return Ok(false) };
    for product in PRODUCTS {
        if !is_cached(&folder, &programs[product])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a program is there.
fn is_cached(folder: &Path, program: &serde_json::Value) -> Result<bool> {
    let said = |name: &str| program[name].as_str().with_context(|| format!("firebase-tools says no {name}"));
    let path = folder.join(said("downloadPathRelativeToCacheDir")?);
    if !path.is_file() {
        return Ok(false);
    }
    let wanted = said("expectedChecksumSHA256")?;
    let found = hex::encode(Sha256::digest(fs::read(&path)?));
    ensure!(
        found == wanted,
        "{} has the SHA-256 {found}, and firebase-tools was made for {wanted}. Please remove it and try again",
        path.display()
    );
    Ok(true)
}

fn is_reachable() -> bool {
    let addresses = DOWNLOADS.to_socket_addrs();
    addresses.is_ok_and(|mut all| all.any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok()))
}

/// The jar of the Google Cloud command line's Firestore emulator.
fn packaged(sh: &Sh) -> Option<PathBuf> {
    const JAR: &str = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
    let ask = || sh::read(sh.command("gcloud").args(["info", "--format=value(installation.sdk_root)"])).ok();
    let asked = std::iter::once_with(ask).flatten().map(|root| PathBuf::from(root.trim()));
    let usual =
        ["/usr/lib/google-cloud-sdk", "/usr/share/google-cloud-sdk", "/opt/google-cloud-sdk"].map(PathBuf::from);
    let own = env::home_dir().map(|home| home.join("google-cloud-sdk"));
    usual.into_iter().chain(own).chain(asked).map(|root| root.join(JAR)).find(|jar| Path::is_file(jar))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_java_version_is_its_first_number() {
        assert_eq!(java_version("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime"), Some(17));
        assert_eq!(java_version("openjdk version \"25\" 2025-09-16"), Some(25));
        assert_eq!(java_version("openjdk version \"22-ea\" 2024-03-19"), Some(22));
        assert_eq!(java_version("java version \"1.8.0_392\""), Some(1));
        assert_eq!(java_version("command not found"), None);
    }

    #[test]
    fn a_downloaded_program_is_the_one_that_was_meant() {
        let folder = env::temp_dir().join(format!("strongroom-jars-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let program = |sha256: &str| serde_json::json!({ "downloadPathRelativeToCacheDir": "emulator.jar", "expectedChecksumSHA256": sha256 });
        let abc = program("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(!is_cached(&folder, &abc).expect("an answer"));
        fs::write(folder.join("emulator.jar"), "abc").expect("a program");
        assert!(is_cached(&folder, &abc).expect("an answer"));
        fs::write(folder.join("emulator.jar"), "abd").expect("another program");
        let refused = is_cached(&folder, &abc).expect_err("it is another");
        assert!(refused.to_string().contains("Please remove it"), "{refused}");
        assert!(is_cached(&folder, &serde_json::json!({})).is_err());
        fs::remove_dir_all(&folder).expect("the folder is removed");
    }
}
