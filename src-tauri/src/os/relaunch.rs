//! A start that meets another instance of the same program which is ending: asked to end, or killed.
//!
//! Only one instance may be open, so a start that finds another hands over to it and ends. If that one is ending, the
//! user would be left with none: then the program is started again once the other is gone.

use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use parking_lot::Mutex;
use tauri::{AppHandle, Manager};

use crate::shell::Shell;

/// The environment variable that counts how often a start was repeated.
const REPEATED: &str = "STRONGROOM_START_REPEATED";

/// How often a start is repeated. A killed instance is gone within moments, unless a disk delays it.
const TIMES: u32 = 20;

const PAUSE: Duration = Duration::from_millis(250);

/// The last start that arrived while the program was ending.
#[derive(Default)]
pub(crate) struct Relaunch(Mutex<Option<Start>>);

struct Start {
    arguments: Vec<String>,
    folder: PathBuf,
}

impl Relaunch {
    /// Keeps a start, with its arguments and working folder, until this program is gone.
    pub(crate) fn keep(&self, arguments: Vec<String>, folder: PathBuf) {
        *self.0.lock() = Some(Start { arguments, folder });
    }

    fn take(&self) -> Option<Start> {
        self.0.lock().take()
    }
}

/// Lets another start be the instance from here on, and starts one if it was requested while this program was ending.
pub(crate) fn hand_over(app: &AppHandle) {
    // First, so that a start is either recorded by now, or an instance of its own.
    tauri_plugin_single_instance::destroy(app);
    let Some(start) = app.state::<Shell>().relaunch.take() else { return };
    let Ok(program) = tauri::process::current_binary(&app.env()) else { return };
    let mut command = Command::new(program);
    command.args(start.arguments).current_dir(start.folder).env_remove(REPEATED);
    if let Err(error) = command.spawn() {
        tracing::warn!(kind = ?error.kind(), "the program could not be started again");
    }
}

/// Repeats this start if the instance it handed over to went away meanwhile; returns if that does not help.
pub(crate) fn repeat(error: &tauri::Error) {
    if !matches!(error, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance") {
        return;
    }
    let times = std::env::var(REPEATED).ok().and_then(|times| times.parse().ok()).unwrap_or(0_u32);
    let Ok(program) = std::env::current_exe() else { return };
    if times >= TIMES {
        return;
    }
    thread::sleep(PAUSE);
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1)).env(REPEATED, (times + 1).to_string());
    become_it(command);
}

/// Replaces this program by another; returns if the system refuses.
fn become_it(mut command: Command) {
    #[cfg(unix)]
    {
        let _ = std::os::unix::process::CommandExt::exec(&mut command);
    }
    #[cfg(not(unix))]
    if command.spawn().is_ok() {
        std::process::exit(0);
    }
}
