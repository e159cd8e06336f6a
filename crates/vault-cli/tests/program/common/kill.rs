//! Starting the program and killing it at a chosen point.

// Each test uses some of this.
#![allow(dead_code)]

use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// When to kill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kill {
    /// When a thread makes its nth system call that writes.
    AtCall(u64),
    /// After this time.
    After(Duration),
}

/// System calls after which something on the disk, or about to be on it, is different.
const WRITES: &str = "write,pwrite64,writev,pwritev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,\
                      rmdir,ftruncate,fsync,fdatasync,syncfs,utimensat,fchmod";

/// Those after which something is different on the other side of a connection, or here.
const SENDS: &str = "sendto,sendmsg,recvfrom,recvmsg,connect";

/// How often a condition is polled.
const LOOK: Duration = Duration::from_millis(2);

/// Whether programs can be traced, and killed, at a system call here.
pub(crate) fn can_trace() -> bool {
    let mut writes_once = Command::new("sh");
    writes_once.args(["-c", "echo"]);
    strace(&writes_once, WRITES, "SIGKILL", 1).output().is_ok_and(|output| killed(output.status))
}

/// A command that gets a signal when a thread of it makes its nth system call that writes.
pub(crate) fn signalled(command: &Command, signal: &str, when: u64) -> Command {
    strace(command, WRITES, signal, when)
}

fn strace(command: &Command, calls: &str, signal: &str, when: u64) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
    strace.arg("-e").arg(format!("inject={calls}:signal={signal}:when={when}"));
    strace.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            strace.env(name, value);
        }
    }
    strace
}

/// Runs a command until it ends or is killed; says whether it was killed.
pub(crate) fn run(mut command: Command, kill: Kill) -> bool {
    command.stdin(Stdio::null());
    match kill {
        Kill::AtCall(when) => {
            killed(strace(&command, WRITES, "SIGKILL", when).stdin(Stdio::null()).output().expect("strace").status)
        }
        Kill::After(time) => {
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("strongroom");
            thread::sleep(time);
            // It may have ended on its own.
            let _ = child.kill();
            let status = child.wait().expect("wait");
            status.code().is_none()
        }
    }
}

/// Runs a command that also talks with servers, until it ends or is killed: at the nth system call that writes or sends
/// anything, if `call` is set; when `enough` returns true, which is polled every other millisecond; and after `limit`,
/// whatever it waits for. Its output goes to files in the folder `said`. Returns its last output, and whether it was
/// killed.
pub(crate) fn run_online(
    command: Command,
    call: Option<u64>,
    enough: impl Fn(Duration) -> bool,
    limit: Duration,
    said: &Path,
) -> (Output, bool) {
    use std::os::unix::process::CommandExt as _;
    let mut command = match call {
        Some(when) => strace(&command, &format!("{WRITES},{SENDS}"), "SIGKILL", when),
        None => command,
    };
    let (out, err) = (said.join("stdout"), said.join("stderr"));
    command.stdin(Stdio::null()).stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap());
    // With strace they are two.
    let mut child = command.process_group(0).spawn().expect("strongroom");
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("wait") {
            break status;
        }
        if begun.elapsed() >= limit || enough(begun.elapsed()) {
            // It may have ended on its own.
            let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
            break child.wait().expect("wait");
        }
        thread::sleep(LOOK);
    };
    let output = Output { status, stdout: std::fs::read(&out).unwrap(), stderr: std::fs::read(&err).unwrap() };
    (output, killed(status))
}

fn killed(status: ExitStatus) -> bool {
    // strace ends as what it traced did.
    status.code().is_none() || status.code() == Some(137)
}
