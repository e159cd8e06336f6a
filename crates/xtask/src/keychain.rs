//! A keychain of its own for tests, on a session bus that nobody else uses: unlocked, as after somebody has logged in.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::sh::Sh;

/// The keychain, and the bus; both end with this value.
pub(crate) struct Keychain {
    bus: String,
    bus_daemon: Child,
    ending: Arc<AtomicBool>,
    watcher: Option<JoinHandle<()>>,
}

impl Keychain {
    /// Starts one that keeps its secrets in `folder`, which is made anew.
    ///
    /// # Errors
    /// When one of its programs is missing; `cargo xtask setup test` installs them.
    pub(crate) fn start(sh: &Sh, folder: &Path) -> Result<Self> {
        if folder.is_dir() {
            fs::remove_dir_all(folder)?;
        }
        let run = folder.join("run");
        fs::create_dir_all(&run)?;
        private(&run)?;
        let config = folder.join("bus.conf");
        fs::write(&config, BUS_CONFIG)?;
        let mut bus_daemon = within(sh.command("dbus-daemon"), folder);
        bus_daemon.arg("--config-file").arg(config).args(["--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus_daemon = begin(bus_daemon.stdout(Stdio::piped()))?;
        let pipe = bus_daemon.stdout.take().context("dbus-daemon has no output")?;
        let mut address = String::new();
        BufReader::new(pipe).read_line(&mut address).context("dbus-daemon does not say where it is")?;
        let bus = address.trim().to_owned();
        let mut daemon = within(sh.command("gnome-keyring-daemon"), folder);
        daemon.args(["--foreground", "--replace", "--unlock", "--components=secrets"]);
        daemon.env(BUS, &bus).stdin(Stdio::piped()).stdout(Stdio::null());
        let ending = Arc::new(AtomicBool::new(false));
        let first = unlocked(&mut daemon)?;
        let watcher = thread::spawn({
            let ending = Arc::clone(&ending);
            move || watch(daemon, first, &ending)
        });
        Ok(Self { bus, bus_daemon, ending, watcher: Some(watcher) })
    }

    /// Tells a program where the keychain is.
    pub(crate) fn introduce(&self, command: &mut Command) {
        command.env(BUS, &self.bus);
    }
}

/// A program whose folders are all below this one.
fn within(mut command: Command, folder: &Path) -> Command {
    command.env("HOME", folder).env("XDG_RUNTIME_DIR", folder.join("run")).stderr(Stdio::null());
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, folder.join(name));
    }
    command
}

fn begin(command: &mut Command) -> Result<Child> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.spawn().with_context(|| format!("cannot start {name}: cargo xtask setup test installs it"))
}

/// A keychain that is unlocked with what comes before the end.
fn unlocked(daemon: &mut Command) -> Result<Child> {
    let mut daemon = begin(daemon)?;
    daemon.stdin.take().context("gnome-keyring-daemon takes no password")?.write_all(b"password")?;
    Ok(daemon)
}

/// Starts the keychain again when it ends by itself, as it does now and then when a program that talks to it is killed. Its
/// secrets are in its folder.
fn watch(mut command: Command, mut daemon: Child, ending: &AtomicBool) {
    while !ending.load(Ordering::Relaxed) {
        if matches!(daemon.try_wait(), Ok(Some(_)))
            && let Ok(another) = unlocked(&mut command)
        {
            println!("The keychain ended by itself, and was started again.");
            daemon = another;
        }
        thread::sleep(LOOK);
    }
    daemon.kill().ok();
    daemon.wait().ok();
}

/// How often it is looked whether the keychain is there.
const LOOK: Duration = Duration::from_millis(50);

/// A bus that starts no programs: a keychain that it started would be locked.
const BUS_CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Where programs look for their session bus.
const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

impl Drop for Keychain {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
        if let Some(watcher) = self.watcher.take() {
            watcher.join().ok();
        }
        self.bus_daemon.kill().ok();
        self.bus_daemon.wait().ok();
    }
}

#[cfg(unix)]
fn private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> Result<()> {
    Ok(())
}
