//! Processes, their children, and signals to them.

use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};

/// A process and its children.
pub fn processes(process: u32) -> Vec<u32> {
    let mut found = vec![process];
    let mut looked_at = 0;
    while let Some(process) = found.get(looked_at) {
        found.extend(children(*process));
        looked_at += 1;
    }
    found
}

pub(crate) fn children(process: u32) -> Vec<u32> {
    let output = Command::new("pgrep").arg("-P").arg(process.to_string()).output().expect("pgrep");
    String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| line.trim().parse().ok()).collect()
}

/// Sends a process a signal, if it is still there.
pub fn send(process: Pid, signal: Signal) {
    let _ = kill_process(process, signal);
}

/// A process that is suspended, with its children, until this value is dropped: requests to it are neither refused nor
/// answered.
pub struct Halted(Vec<u32>);

impl Halted {
    /// Halts it.
    pub fn new(process: u32) -> Self {
        let halted = Self(processes(process));
        halted.send(Signal::STOP);
        halted
    }

    fn send(&self, signal: Signal) {
        for process in self.0.iter().filter_map(|process| Pid::from_raw(process.cast_signed())) {
            send(process, signal);
        }
    }
}

impl Drop for Halted {
    fn drop(&mut self) {
        self.send(Signal::CONT);
    }
}
