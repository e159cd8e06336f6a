//! Measures how long programs take to show their window, and how much memory they use then.
//!
//! `start_up ROUNDS PROGRAM…` starts each program in turn, on one desktop, and prints the median of the rounds.

#![cfg_attr(target_os = "linux", allow(clippy::print_stdout, reason = "printing is its purpose"))]

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    linux::run().await;
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use journeys::{Desktop, processes, until};

    struct Start {
        shown: Duration,
        /// Resident memory of all its processes, in kB.
        resident: u64,
        /// The same, with shared memory counted once, in kB.
        proportional: u64,
    }

    pub(super) async fn run() {
        let mut args = std::env::args().skip(1);
        let rounds: usize = args.next().and_then(|text| text.parse().ok()).expect("how many rounds, then programs");
        let programs: Vec<PathBuf> = args.map(PathBuf::from).collect();
        let desktop = Desktop::start(1280, 900);
        let mut starts: Vec<Vec<Start>> = programs.iter().map(|_| Vec::new()).collect();
        // The first round warms the page cache and is not counted.
        for round in 0..=rounds {
            for (program, starts) in programs.iter().zip(&mut starts) {
                let start = start(&desktop, program).await;
                if round > 0 {
                    starts.push(start);
                }
            }
        }
        for (program, starts) in programs.iter().zip(&mut starts) {
            let shown = middle(starts.iter().map(|start| u64::try_from(start.shown.as_millis()).unwrap_or(u64::MAX)));
            let resident = middle(starts.iter().map(|start| start.resident)) / 1024;
            let proportional = middle(starts.iter().map(|start| start.proportional)) / 1024;
            let name = program.file_name().unwrap_or_default().to_string_lossy();
            println!(
                "{name}: its window is there after {shown} ms, {resident} MB resident, {proportional} MB with shared pages once"
            );
        }
    }

    async fn start(desktop: &Desktop, program: &Path) -> Start {
        let since = Instant::now();
        let mut app = desktop.command(program).stderr(Stdio::null()).spawn().expect("a program");
        let id = app.id().to_string();
        let search = ["search", "--onlyvisible", "--pid", &id, "--name", "."];
        until("its window", || async {
            let found = desktop.command("xdotool").args(search).output().ok()?;
            (!found.stdout.is_empty()).then_some(())
        })
        .await;
        let shown = since.elapsed();
        // Memory is measured once nothing moves any more.
        tokio::time::sleep(Duration::from_secs(4)).await;
        let mut memory = (0, 0);
        for process in processes(app.id()) {
            memory.0 += kilobytes(&format!("/proc/{process}/status"), "VmRSS:");
            memory.1 += kilobytes(&format!("/proc/{process}/smaps_rollup"), "Pss:");
        }
        let _ = app.kill();
        let _ = app.wait();
        Start { shown, resident: memory.0, proportional: memory.1 }
    }

    fn kilobytes(file: &str, field: &str) -> u64 {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(field));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    fn middle(values: impl Iterator<Item = u64>) -> u64 {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        values[values.len() / 2]
    }
}
