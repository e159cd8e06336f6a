//! A program that has children of its own, which must not outlive it.

use std::process::{Child, Command};

use crate::sh::{self, Sh};

/// A program that, on Linux, is interrupted when this one is killed.
pub(super) fn watching(sh: &Sh, program: &str) -> Command {
    if !(cfg!(target_os = "linux") && sh::exists("setpriv")) {
        return sh.command(program);
    }
    let mut command = sh.command("setpriv");
    command.args(["--pdeathsig", "INT", program]);
    command
}

/// Keeps Ctrl-C for this program: interrupted twice, firebase-tools would leave its children behind.
#[cfg(unix)]
pub(super) fn keep_apart(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
pub(super) fn keep_apart(_command: &mut Command) {}

/// Asks it to end in order.
#[cfg(unix)]
pub(super) fn interrupt(child: &Child) {
    if let Some(pid) = pid(child) {
        // It may have ended this very moment.
        rustix::process::kill_process(pid, rustix::process::Signal::INT).ok();
    }
}

#[cfg(not(unix))]
pub(super) fn interrupt(child: &Child) {
    end_children(child);
}

#[cfg(unix)]
fn pid(child: &Child) -> Option<rustix::process::Pid> {
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
}

/// Ends the programs that firebase-tools has started: they are in groups of their own.
#[cfg(unix)]
pub(super) fn end_children(child: &Child) {
    Command::new("pkill").args(["-KILL", "-P", &child.id().to_string()]).status().ok();
}

#[cfg(not(unix))]
pub(super) fn end_children(child: &Child) {
    Command::new("taskkill").args(["/T", "/F", "/PID", &child.id().to_string()]).status().ok();
}
