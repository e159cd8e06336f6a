//! Starting the program and killing it at a chosen point.

use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Where to kill.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kill {
    /// When a thread makes its nth system call that writes.
    AtCall(u64),
    /// After this time.
    After(Duration),
}

/// System calls after which something on the disk, or about to be on it, is different.
const WRITES: &str = "write,pwrite64,writev,pwritev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,\
                      rmdir,ftruncate,fsync,fdatasync,syncfs,utimensat,fchmod";

/// Whether programs can be traced, and killed, at a system call here.
pub(crate) fn can_trace() -> bool {
    let mut writes_once = Command::new("sh");
    writes_once.args(["-c", "echo"]);
    strace(&writes_once, 1).output().is_ok_and(|output| killed(&output))
}

fn strace(command: &Command, when: u64) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={WRITES}")]);
    strace.arg("-e").arg(format!("inject={WRITES}:signal=SIGKILL:when={when}"));
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
        Kill::AtCall(when) => killed(&strace(&command, when).stdin(Stdio::null()).output().expect("strace")),
        Kill::After(time) => {
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("strongroom");
            std::thread::sleep(time);
            // It may have ended by itself.
            let _ = child.kill();
            let status = child.wait().expect("wait");
            status.code().is_none()
        }
    }
}

fn killed(output: &Output) -> bool {
    // strace ends as what it traced did.
    output.status.code().is_none() || output.status.code() == Some(137)
}
