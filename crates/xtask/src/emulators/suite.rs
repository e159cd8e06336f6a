//! One running suite: started, waited for, and stopped without leaving anything behind.

use std::fmt;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::identity_provider::{self, IdentityProvider};
use super::jars::{self, Jars};
use super::process;
use super::{PROJECT, Ports};
use crate::npm;
use crate::sh::Sh;

/// How long the start may take: about 15 s, and far more on a computer that is busy building.
const START: Duration = Duration::from_mins(5);

/// How long an orderly stop may take.
const STOP: Duration = Duration::from_secs(15);

/// How long the logs of a run are kept.
const KEPT: Duration = Duration::from_hours(24);

/// How often a condition is looked at that is waited for.
const LOOK: Duration = Duration::from_millis(50);

/// What firebase-tools says once everything answers.
const READY: &str = "All emulators ready";

/// What is emulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    /// Sign-in. Takes most of the time of a start.
    Auth,
    /// Documents.
    Firestore,
    /// Bytes.
    Storage,
}

impl Product {
    /// All of them.
    pub(crate) const ALL: &[Self] = &[Self::Auth, Self::Firestore, Self::Storage];

    const fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Firestore => "firestore",
            Self::Storage => "storage",
        }
    }

    const fn port(self, ports: &Ports) -> u16 {
        match self {
            Self::Auth => ports.auth,
            Self::Firestore => ports.firestore,
            Self::Storage => ports.storage,
        }
    }

    /// The environment variable that says where it is, as Firebase's own tools call it.
    const fn variable(self) -> &'static str {
        match self {
            Self::Auth => "FIREBASE_AUTH_EMULATOR_HOST",
            Self::Firestore => "FIRESTORE_EMULATOR_HOST",
            Self::Storage => "FIREBASE_STORAGE_EMULATOR_HOST",
        }
    }
}

/// Where a suite listens, each an address and a port.
pub(crate) struct Addresses {
    /// The project it pretends to be.
    pub(crate) project: &'static str,
    /// Auth.
    pub(crate) auth: String,
    /// Firestore.
    pub(crate) firestore: String,
    /// Storage.
    pub(crate) storage: String,
    /// The page on which people sign in.
    pub(crate) identity_provider: String,
}

/// A running suite; it stops with this value.
pub(crate) struct Emulators {
    products: &'static [Product],
    ports: Ports,
    folder: PathBuf,
    firebase: Child,
    stopped: bool,
    /// Where somebody signs in who is to have an account; it stops with this value, too.
    identity_provider: Option<IdentityProvider>,
}

impl Emulators {
    /// Starts the suite with the project's rules, without any documents, and waits until it answers. Its logs, and the
    /// blobs while it runs, are in `emulators` below the target directory.
    ///
    /// # Errors
    /// When something it needs is missing, a port is taken, or it does not answer; the message holds the end of its log.
    pub(crate) fn start(sh: &Sh, ports: &Ports, products: &'static [Product]) -> Result<Self> {
        let taken = ports.taken();
        ensure!(
            taken.is_empty(),
            "somebody listens on port {} already, perhaps other emulators. Stop them, or take free ports",
            taken.iter().map(u16::to_string).collect::<Vec<_>>().join(" and ")
        );
        jars::java(sh)?;
        npm::install(sh, "firebase")?;
        let jars = Jars::find(sh, &|| firebase(sh))?;
        let folder = sh.target().join(format!("emulators/{}", ports.firestore));
        furnish(sh, &folder, ports)?;

        let names = products.iter().map(|product| product.name()).collect::<Vec<_>>().join(",");
        let mut command = firebase(sh);
        command.args(["emulators:start", "--project", PROJECT, "--only", &names]);
        command.current_dir(&folder).env("TMPDIR", folder.join("tmp")).env("CI", "1");
        command.env("FIREBASE_CLI_DISABLE_UPDATE_CHECK", "1");
        jars.introduce(&mut command);
        let log = File::create(folder.join("log"))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        process::keep_apart(&mut command);
        println!("Starting the emulators of {} (log: {}).", names.replace(',', ", "), folder.join("log").display());
        let firebase = command.spawn().context("firebase-tools cannot be started")?;
        let mut emulators = Self { products, ports: *ports, folder, firebase, stopped: false, identity_provider: None };
        if products.contains(&Product::Auth) {
            let log = emulators.folder.join("identity-provider.log");
            emulators.identity_provider = Some(IdentityProvider::start(sh, ports.identity_provider, &log)?);
        }
        emulators.wait_until_ready()?;
        Ok(emulators)
    }

    /// Tells a program where the emulators are.
    pub(crate) fn introduce(&self, command: &mut Command) {
        for product in self.products {
            command.env(product.variable(), format!("127.0.0.1:{}", product.port(&self.ports)));
        }
        command.env("GCLOUD_PROJECT", PROJECT);
        command.env("STRONGROOM_EMULATORS_PROCESS", self.firebase.id().to_string());
        if let Some(provider) = &self.identity_provider {
            command.env(identity_provider::VARIABLE, provider.to_string());
        }
    }

    /// Where everything listens that can be emulated.
    pub(crate) fn addresses(&self) -> Addresses {
        let at = |port: u16| format!("127.0.0.1:{port}");
        Addresses {
            project: PROJECT,
            auth: at(self.ports.auth),
            firestore: at(self.ports.firestore),
            storage: at(self.ports.storage),
            identity_provider: at(self.ports.identity_provider),
        }
    }

    /// Stops the suite in order, and by force what has not ended after 15 s.
    ///
    /// # Errors
    /// When it had to be forced, or was not running any more.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.end()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.firebase.try_wait()? {
                self.stopped = true;
                bail!("the emulators ended while they started ({status}): {}", self.last_words());
            }
            if self.log().contains(READY) && self.products.iter().all(|product| answers(product.port(&self.ports))) {
                println!("The emulators are ready after {:.1} s.", started.elapsed().as_secs_f64());
                return Ok(());
            }
            ensure!(started.elapsed() < START, "the emulators did not start in {START:?}: {}", self.last_words());
            thread::sleep(LOOK);
        }
    }

    fn end(&mut self) -> Result<()> {
        if self.stopped {
            return Ok(());
        }
        self.stopped = true;
        self.identity_provider = None;
        if let Some(status) = self.firebase.try_wait()? {
            bail!("the emulators had ended already ({status}): {}", self.last_words());
        }
        process::interrupt(&self.firebase);
        let asked = Instant::now();
        while asked.elapsed() < STOP {
            // What firebase-tools has started may outlive it: then somebody still listens.
            if self.firebase.try_wait()?.is_some() && self.ports.taken().is_empty() {
                fs::remove_dir_all(self.folder.join("tmp")).ok();
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        let status = self.force()?;
        bail!("the emulators had to be ended by force ({status}): {}", self.last_words())
    }

    /// Ends firebase-tools and what it started, which would outlive it.
    fn force(&mut self) -> Result<ExitStatus> {
        process::end_children(&self.firebase);
        self.firebase.kill()?;
        Ok(self.firebase.wait()?)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    fn last_words(&self) -> String {
        let log = self.log();
        let lines = log.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>();
        lines[lines.len().saturating_sub(12)..].join("\n")
    }
}

impl fmt::Display for Emulators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nFirebase on this computer, as the project {PROJECT}:\n")?;
        for product in self.products {
            writeln!(f, "    {}=127.0.0.1:{}", product.variable(), product.port(&self.ports))?;
        }
        if let Some(provider) = &self.identity_provider {
            writeln!(f, "    {}={provider}", identity_provider::VARIABLE)?;
        }
        writeln!(f, "\nRules are read anew when their files change. Logs are in {}.", self.folder.display())
    }
}

impl Drop for Emulators {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            println!("{error:#}");
        }
    }
}

fn answers(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// firebase-tools, as it was installed for the project.
fn firebase(sh: &Sh) -> Command {
    let mut command = process::watching(sh, "node");
    command.arg("--require").arg(sh.root().join("firebase/rules-runtime/line-by-line.cjs"));
    command.arg(sh.root().join("firebase/node_modules/firebase-tools/lib/bin/firebase.js"));
    command
}

/// Fills the folder of a run: what the suite reads, with these ports, and a place for its blobs.
fn furnish(sh: &Sh, folder: &Path, ports: &Ports) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder.join("tmp"))?;
    forget(&sh.target().join("emulators"))?;
    let firebase = sh.root().join("firebase");
    for name in ["firestore.rules", "storage.rules", "firestore.indexes.json"] {
        provide(&firebase.join(name), &folder.join(name))?;
    }
    let text = fs::read_to_string(firebase.join("firebase.json"))?;
    let mut config: serde_json::Value = serde_json::from_str(&text).context("firebase.json is no JSON")?;
    let emulators = config.get_mut("emulators").context("firebase.json says nothing of emulators")?;
    let [hub, logging, socket] = ports.inner;
    for (name, port) in [("hub", hub), ("logging", logging)] {
        emulators[name]["port"] = port.into();
    }
    for product in Product::ALL {
        emulators[product.name()]["port"] = product.port(ports).into();
    }
    emulators["firestore"]["websocketPort"] = socket.into();
    fs::write(folder.join("firebase.json"), serde_json::to_string_pretty(&config)?)?;
    Ok(())
}

/// Removes the folders of runs that ended long ago.
fn forget(runs: &Path) -> Result<()> {
    for entry in fs::read_dir(runs)? {
        let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let is_run = name.to_string_lossy().parse::<u16>().is_ok();
        let age = fs::metadata(&entry).and_then(|data| data.modified()).map(|time| time.elapsed().unwrap_or_default());
        if is_run && age.is_ok_and(|age| age > KEPT) {
            fs::remove_dir_all(entry)?;
        }
    }
    Ok(())
}

/// Where files can be linked, the emulators see it when a rule is edited.
#[cfg(unix)]
fn provide(file: &Path, place: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(file, place)?)
}

#[cfg(not(unix))]
fn provide(file: &Path, place: &Path) -> Result<()> {
    fs::copy(file, place)?;
    Ok(())
}
