//! A keychain of its own for tests, on a session bus that nobody else uses: unlocked, as after somebody has logged in.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::sh::Sh;

/// The keychain, and the bus; both end with this value.
pub(crate) struct Keychain {
    bus: String,
    programs: Vec<Child>,
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
        let mut keychain = Self { bus: String::new(), programs: Vec::new() };
        let mut bus = sh.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]).stdout(Stdio::piped());
        let bus = keychain.begin(&mut bus, folder)?;
        let pipe = bus.stdout.take().context("dbus-daemon has no output")?;
        let mut address = String::new();
        BufReader::new(pipe).read_line(&mut address).context("dbus-daemon does not say where it is")?;
        address.trim().clone_into(&mut keychain.bus);
        let mut daemon = sh.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
        daemon.env(BUS, &keychain.bus);
        let daemon = keychain.begin(&mut daemon, folder)?;
        // It is unlocked with what comes before the end.
        daemon.stdin.take().context("gnome-keyring-daemon takes no password")?.write_all(b"password")?;
        Ok(keychain)
    }

    /// Tells a program where the keychain is.
    pub(crate) fn introduce(&self, command: &mut Command) {
        command.env(BUS, &self.bus);
    }

    fn begin(&mut self, command: &mut Command, folder: &Path) -> Result<&mut Child> {
        command.env("HOME", folder).env("XDG_RUNTIME_DIR", folder.join("run")).stderr(Stdio::null());
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, folder.join(name));
        }
        let name = command.get_program().to_string_lossy().into_owned();
        let child =
            command.spawn().with_context(|| format!("cannot start {name}: cargo xtask setup test installs it"))?;
        self.programs.push(child);
        self.programs.last_mut().context("it was begun")
    }
}

/// Where programs look for their session bus.
const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";

impl Drop for Keychain {
    fn drop(&mut self) {
        for program in self.programs.iter_mut().rev() {
            program.kill().ok();
            program.wait().ok();
        }
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
