//! A test with its own environment: the environment of this process is shared, so a test runs itself again in
//! another process, with a private home and runtime folder.

use std::future::Future;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Selects the part of a test to run.
const PART: &str = "STRONGROOM_TEST_PART";

/// What the keychain of a session is locked with.
const PASSWORD: &str = "open sesame";

/// The part of this test to run, or `None` if it has yet to be started in its environment.
pub(crate) fn part() -> Option<usize> {
    std::env::var(PART).ok().map(|part| part.parse().expect("a number"))
}

/// Runs a part.
pub(crate) fn run(part: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("runtime").block_on(part);
}

/// Runs the parts of `test`, each in a new process, in a session with an unlocked keychain.
pub(crate) fn in_a_session(test: &str, parts: usize) {
    let home = tempfile::tempdir().expect("folder");
    // The daemon goes into the background once it is ready, and ends with its session.
    let script = r#"printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 9
        part=0; while [ "$part" -lt "$2" ]; do STRONGROOM_TEST_PART=$part "$3" --exact "$4" --nocapture || exit 1
        part=$((part + 1)); done"#;
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", script, "sh", PASSWORD, &parts.to_string()]).arg(own()).arg(test);
    let output = among(&mut command, home.path());
    let output = output.unwrap_or_else(|error| panic!("there is no dbus-run-session ({error}). {INSTALL}"));
    assert_ne!(output.status.code(), Some(9), "there is no gnome-keyring-daemon. {INSTALL}\n{}", said(&output));
    passed(&output, parts);
}

const INSTALL: &str = "Run `cargo xtask setup test`, or `sudo apt-get install dbus gnome-keyring`.";

/// Runs the only part of `test` with this address of a session bus, or none.
pub(crate) fn with_bus(test: &str, bus: Option<&Path>) {
    let home = tempfile::tempdir().expect("folder");
    let mut command = Command::new(own());
    command.args(["--exact", test, "--nocapture"]).env(PART, "0");
    match bus {
        Some(bus) => command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", bus.display())),
        None => command.env_remove("DBUS_SESSION_BUS_ADDRESS"),
    };
    passed(&among(&mut command, home.path()).expect("the test again"), 1);
}

fn own() -> std::path::PathBuf {
    std::env::current_exe().expect("this test")
}

fn among(command: &mut Command, home: &Path) -> std::io::Result<Output> {
    for variable in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(variable, home);
    }
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("GNOME_KEYRING_CONTROL");
    command.stdin(Stdio::null()).output()
}

fn passed(output: &Output, parts: usize) {
    let text = said(output);
    // An unknown test name would run nothing and succeed.
    assert_eq!(text.matches("test result: ok. 1 passed").count(), parts, "{text}");
    assert!(output.status.success(), "{text}");
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}
