//! Running a command and looking at it: time, and memory at its highest.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// One run of a command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) time: Duration,
    /// Resident memory at its highest, in bytes; 0 where the system does not tell.
    pub(super) memory: u64,
}

/// Runs a command to its end, its output thrown away.
///
/// # Errors
/// When it cannot be started or fails; the message holds what it said.
pub(super) fn once(command: &mut Command) -> Result<Duration> {
    let begun = Instant::now();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {command:?}"))?;
    let time = begun.elapsed();
    if !output.status.success() {
        bail!("{command:?} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(time)
}

/// Runs a command to its end and watches its memory.
///
/// # Errors
/// As [`once`].
pub(super) fn watched(command: &mut Command) -> Result<Sample> {
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let status = loop {
        memory = memory.max(high_water(Path::new(&status_file)));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // The system keeps the highest value itself, so looking seldom misses only the last moment.
        std::thread::sleep(Duration::from_millis(20));
    };
    if !status.success() {
        bail!("{command:?} failed ({status})");
    }
    Ok(Sample { time: begun.elapsed(), memory })
}

/// `VmHWM` of `proc_pid_status(5)`.
fn high_water(status: &Path) -> u64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// The middle one.
pub(super) fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
