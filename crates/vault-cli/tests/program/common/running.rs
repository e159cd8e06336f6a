//! Watching the program while it runs.

use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::PATIENCE;
use super::folder::write;

/// How often a condition is polled.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// Polls until the condition holds; between polls, the watched programs need the processor.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < PATIENCE, "never: {what}");
        std::thread::park_timeout(LOOK_AGAIN);
    }
}

/// Sends a signal to a running program.
pub(crate) fn interrupt(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("a signal");
}

/// A folder of many small files, so that filing it takes many steps.
pub(crate) fn many_files(folder: &Path, files: usize) {
    for index in 0..files {
        write(folder.join(format!("{:03}/{index}.txt", index / 100)), format!("file {index}"), 1_700_000_000_000);
    }
}

/// Whether any content has been stored.
pub(crate) fn has_content(vault: &Path) -> bool {
    let files = vault.join("teams").read_dir().into_iter().flatten().flatten();
    files
        .map(|team| team.path().join("matters/general/files"))
        .any(|files| files.read_dir().is_ok_and(|mut entries| entries.next().is_some()))
}
