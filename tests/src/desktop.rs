//! A throwaway desktop: a virtual screen, a session bus, a window manager, and a home of its own.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The desktop. It ends the processes it started.
pub struct Desktop {
    folder: TempDir,
    display: String,
    bus: String,
    programs: Vec<Child>,
}

impl Desktop {
    /// Starts one whose screen has this many pixels.
    ///
    /// # Panics
    /// When one of its programs is missing; `cargo xtask setup` installs them.
    pub fn start(width: u32, height: u32) -> Self {
        let folder = tempfile::Builder::new().prefix("desktop").tempdir().expect("a folder for the desktop");
        for name in ["home", "run", "home/.local/share", "home/.config", "home/.cache", "home/tmp"] {
            fs::create_dir_all(folder.path().join(name)).expect("a folder for the desktop");
        }
        private(&folder.path().join("run"));
        let screen = format!("{width}x{height}x24");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb");
        let display = format!(":{}", first_line(&mut server));
        let mut desktop = Self { folder, display, bus: String::new(), programs: vec![server] };
        let mut bus = desktop.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus = bus.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("dbus-daemon");
        desktop.bus = first_line(&mut bus);
        desktop.programs.push(bus);
        let manager = desktop.command("openbox").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("openbox");
        desktop.programs.push(manager);
        desktop
    }

    /// Gives the desktop an unlocked keychain, as it is after a user has logged in.
    ///
    /// # Panics
    /// When it does not start.
    pub fn unlock_keychain(&mut self) {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
        let mut daemon = daemon.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("gnome-keyring-daemon");
        // The input before its end unlocks it.
        daemon.stdin.take().expect("a pipe").write_all(b"password").expect("a password");
        self.programs.push(daemon);
    }

    /// The home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A program, to be run on this desktop.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let home = self.home();
        command
            .current_dir(&home)
            .env("HOME", &home)
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("TMPDIR", home.join("tmp"))
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .env_remove("LANGUAGE")
            .env_remove("STRONGROOM_HOME")
            .env_remove("WAYLAND_DISPLAY")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .stdin(Stdio::null());
        command
    }

    /// Moves the pointer and presses keys with these `xdotool` arguments; returns its output.
    ///
    /// # Panics
    /// When it fails.
    pub fn xdotool<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let output = self.command("xdotool").args(args).output().expect("xdotool");
        assert!(output.status.success(), "xdotool: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Whether this name is taken on the session bus.
    ///
    /// # Panics
    /// When the bus does not answer.
    pub fn is_on_bus(&self, name: &str) -> bool {
        self.ask_bus("NameHasOwner", &[&format!("string:{name}")]).contains("boolean true")
    }

    /// How many connections there are to the session bus.
    ///
    /// # Panics
    /// When the bus does not answer.
    pub fn connections(&self) -> usize {
        self.ask_bus("ListNames", &[]).matches("string \":").count()
    }

    fn ask_bus(&self, what: &str, about: &[&str]) -> String {
        let mut ask = self.command("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        let output = ask.arg(format!("org.freedesktop.DBus.{what}")).args(about).output().expect("dbus-send");
        assert!(output.status.success(), "dbus-send: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The visible window whose title matches, if there is one.
    pub fn find_window(&self, title: &str) -> Option<String> {
        let output = self.command("xdotool").args(["search", "--onlyvisible", "--name", title]).output().ok()?;
        String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            crate::look::take(self, "failed");
        }
        // The screen last: programs complain when it goes first.
        for program in self.programs.iter_mut().rev() {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

fn first_line(program: &mut Child) -> String {
    let mut line = String::new();
    let pipe = program.stdout.take().expect("a pipe");
    BufReader::new(pipe).read_line(&mut line).expect("a line");
    line.trim().to_owned()
}

fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).expect("permissions");
}
