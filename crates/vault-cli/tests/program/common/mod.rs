//! What the tests of the command line share: the real program, in a separate home.

// Other systems than Linux have fewer tests, which use less of this.
#![allow(dead_code)]

#[cfg(target_os = "linux")]
pub(crate) mod drive;
pub(crate) mod folder;
#[cfg(target_os = "linux")]
pub(crate) mod kill;
#[cfg(unix)]
pub(crate) mod running;

use std::ffi::OsStr;
#[cfg(unix)]
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The program.
pub(crate) const STRONGROOM: &str = env!("CARGO_BIN_EXE_strongroom");

/// An ordinary user that every system has.
const NOBODY: u32 = 65534;

/// What users never read, whatever fails: the numbers and words of the system, and of the databases.
const SYSTEM_WORDS: [&str; 8] = [
    "os error",
    "File exists",
    "Operation not permitted",
    "No such file or directory",
    "File name too long",
    "unable to open database",
    "(code: ",
    "stream did not contain",
];

/// Longer than any run here takes, on a busy computer too.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// A place for one test: a home for the vault, and room for folders beside it.
pub(crate) struct Place {
    dir: TempDir,
    wrapper: Vec<String>,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        Self { dir, wrapper: Vec::new() }
    }

    /// A place where the program runs as an unprivileged user; `None` if that cannot be arranged.
    #[cfg(unix)]
    pub(crate) fn of_an_ordinary_user() -> Option<Self> {
        use std::os::unix::fs::{PermissionsExt as _, chown};
        let mut place = Self::new();
        if !rustix::process::getuid().is_root() {
            return Some(place);
        }
        let ids = [format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"), "--clear-groups".to_owned()];
        place.wrapper = [vec!["setpriv".to_owned()], ids.to_vec()].concat();
        fs::set_permissions(place.path(""), fs::Permissions::from_mode(0o755)).expect("permissions");
        let copy = place.path("strongroom");
        fs::copy(STRONGROOM, &copy).expect("a copy of the program that anyone can run");
        chown(place.path(""), Some(NOBODY), Some(NOBODY)).expect("the user's own place");
        let works = Command::new("setpriv").args(&place.wrapper[1..]).arg("true").status();
        works.is_ok_and(|status| status.success()).then_some(place)
    }

    /// Makes the user of the program the owner of a folder in this place.
    pub(crate) fn hand_over(&self, folder: &Path) {
        if !self.wrapper.is_empty() {
            let owner = format!("{NOBODY}:{NOBODY}");
            let done = Command::new("chown").args(["-hR", &owner]).arg(folder).status();
            assert!(done.is_ok_and(|status| status.success()), "chown, of coreutils");
        }
    }

    /// A path in this place.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Where the vault is kept.
    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    /// The program, to be run in this place with its home.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = match self.wrapper.split_first() {
            Some((wrapper, rest)) => {
                let mut command = Command::new(wrapper);
                command.args(rest).arg(self.path("strongroom"));
                command
            }
            None => Command::new(STRONGROOM),
        };
        command.args(args).current_dir(self.dir.path()).env("STRONGROOM_HOME", self.home()).env("TZ", "UTC");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        Ran::by(self.command(args).spawn().expect("the program runs"))
    }

    /// Runs the program, which must end with 0, and returns its output.
    pub(crate) fn well<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stdout
    }

    /// Runs the program with `--json`, and returns its exit code with the one document it printed.
    pub(crate) fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> (i32, Value) {
        let mut command = self.command(args);
        Ran::by(command.arg("--json").spawn().expect("the program runs")).document()
    }

    /// As [`json`](Self::json), for a command that must succeed.
    pub(crate) fn document<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        let (code, document) = self.json(args);
        assert_eq!(code, 0, "{document:#}");
        document
    }

    /// Adds a matter and returns its id.
    pub(crate) fn matter(&self, number: &str) -> String {
        self.well(["matters", "add", "--number", number, "--title", "A matter"]).trim().to_owned()
    }

    /// Files a folder in this place to `general`, which must succeed.
    pub(crate) fn file(&self, folder: &str) -> Value {
        self.document(["file", folder, "--matter", "general"])
    }
}

impl Ran {
    /// Waits for the program to end. One that hangs is killed, and fails the test instead of blocking all others.
    pub(crate) fn by(mut child: Child) -> Self {
        let stdout = read_on(child.stdout.take());
        let stderr = read_on(child.stderr.take());
        let read = stdout.recv_timeout(PATIENCE).and_then(|out| Ok((out, stderr.recv_timeout(PATIENCE)?)));
        let Ok((stdout, stderr)) = read else {
            let _ = child.kill();
            panic!("the program does not end");
        };
        let status = child.wait().expect("the program ends");
        Self::of(Output { status, stdout, stderr })
    }

    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        let code = output.status.code().unwrap_or(-1);
        let ran = Self { code, stdout: text(output.stdout), stderr: text(output.stderr) };
        for words in SYSTEM_WORDS {
            assert!(!ran.stdout.contains(words) && !ran.stderr.contains(words), "the system's words: {ran:?}");
        }
        ran
    }

    /// The one document on stdout.
    pub(crate) fn document(self) -> (i32, Value) {
        let document = serde_json::from_str(&self.stdout);
        (self.code, document.unwrap_or_else(|error| panic!("not one document ({error}): {self:?}")))
    }
}

/// Reads a pipe to its end in the background; nothing, if the test closed it.
fn read_on(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (done, read) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if pipe.is_none_or(|mut pipe| pipe.read_to_end(&mut bytes).is_ok()) {
            let _ = done.send(bytes);
        }
    });
    read
}

/// The number at `field`.
pub(crate) fn number(document: &Value, field: &str) -> u64 {
    document[field].as_u64().unwrap_or_else(|| panic!("no number {field} in {document:#}"))
}

/// The text at `field`.
pub(crate) fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document[field].as_str().unwrap_or_else(|| panic!("no text {field} in {document:#}"))
}

/// The list at `field`.
pub(crate) fn list<'a>(document: &'a Value, field: &str) -> &'a Vec<Value> {
    document[field].as_array().unwrap_or_else(|| panic!("no list {field} in {document:#}"))
}

/// The paths in a list of `{path, reason}`; every reason must have a text.
pub(crate) fn paths<'a>(document: &'a Value, field: &str) -> Vec<&'a str> {
    let listed = list(document, field);
    assert!(listed.iter().all(|entry| !text(entry, "reason").is_empty()), "{document:#}");
    listed.iter().map(|entry| text(entry, "path")).collect()
}

/// The names of all fields, in order.
pub(crate) fn fields(document: &Value) -> Vec<&str> {
    let object = document.as_object().unwrap_or_else(|| panic!("no object: {document:#}"));
    object.keys().map(String::as_str).collect()
}

/// What `preflight` and `file` promise of their counts.
pub(crate) fn assert_adds_up(document: &Value) {
    let parts = ["new", "alreadyStored", "repeated", "leftOut", "problems"];
    let sum: u64 = parts.iter().map(|part| number(document, part)).sum();
    assert_eq!(number(document, "found"), sum, "{document:#}");
    assert_eq!(number(document, "leftOut"), list(document, "leftOutFiles").len() as u64, "{document:#}");
    assert_eq!(number(document, "problems"), list(document, "problemFiles").len() as u64, "{document:#}");
    if document.get("batchId").is_some() {
        let ended = ["stored", "skipped", "failed", "leftOut", "waiting", "cancelled"];
        let sum: u64 = ended.iter().map(|end| number(document, end)).sum();
        assert_eq!(number(document, "found"), sum, "{document:#}");
        assert_eq!(number(document, "failed"), number(document, "problems"), "{document:#}");
    }
}
