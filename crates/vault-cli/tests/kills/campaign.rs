//! One seed: a folder is filed and restored, killed at the moments of the seed, and checked after every step.

use std::fmt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::Value;

use crate::kill::{self, Kill};
use crate::log::{self, Log};
use crate::numbers::Numbers;
use crate::outside::{self, Permanent, Stored};
use crate::source;

/// How often the kills hit a running program.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) killed_filing: u64,
    pub(crate) killed_restoring: u64,
    filed: u64,
}

impl Totals {
    pub(crate) fn add(&mut self, other: &Self) {
        self.killed_filing += other.killed_filing;
        self.killed_restoring += other.killed_restoring;
        self.filed += other.filed;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { killed_filing, killed_restoring, filed } = self;
        write!(f, "{killed_filing} kills while filing, {killed_restoring} while restoring, {filed} files, none lost")
    }
}

struct Campaign<'a> {
    home: &'a Path,
    numbers: Numbers,
    by_call: bool,
}

/// Runs one seed; panics at the first violation.
pub(crate) fn run(seed: u64, by_call: bool) -> Totals {
    let place = tempfile::tempdir().unwrap();
    let folder = source::make(&place.path().join("source"), seed);
    let log = log::log(&place.path().join("source"));
    let home = place.path().join("home");
    let mut campaign = Campaign { home: &home, numbers: Numbers::new(seed), by_call };
    let mut totals = Totals { filed: log.len() as u64, ..Totals::default() };
    let mut permanent = Permanent::default();

    for _ in 0..=campaign.numbers.below(3) {
        let kill = campaign.kill(300, 120_000);
        totals.killed_filing += u64::from(kill::run(campaign.next_filing(&folder), kill));
        check_partial(&outside::look(&home, &mut permanent), &log);
    }
    finish(&campaign, &folder);
    check_whole(&outside::look(&home, &mut permanent), &log);
    assert_eq!(log::log(&place.path().join("source")), log, "a source was touched");
    campaign.ok(&["verify", "--json"]);

    let back = place.path().join("back");
    for _ in 0..campaign.numbers.below(3) {
        let mut restore = campaign.strongroom(&["restore", "--matter", "general", "--quiet"]);
        restore.arg(&back);
        let kill = campaign.kill(250, 60_000);
        totals.killed_restoring += u64::from(kill::run(restore, kill));
    }
    let mut restore = campaign.strongroom(&["restore", "--matter", "general", "--json"]);
    let output = restore.arg(&back).output().unwrap();
    assert!(output.status.success(), "{}", output_text(&output));
    assert_eq!(log::log(&back), log, "the restored folder differs from the received one");
    assert!(back.join("Box/Nothing in here").is_dir(), "an empty folder was not restored");
    outside::look(&home, &mut permanent);
    totals
}

impl Campaign<'_> {
    fn strongroom(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongroom"));
        command.args(args).env("STRONGROOM_HOME", self.home);
        command
    }

    fn ok(&self, args: &[&str]) -> Value {
        let output = self.strongroom(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", output_text(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// As a user would do now: resume an accepted drop, or else file.
    fn next_filing(&self, folder: &Path) -> Command {
        if self.home.join("journal.db").exists() && self.has_drop() {
            return self.strongroom(&["resume", "--quiet"]);
        }
        let mut file = self.strongroom(&["file", "--quiet", "--matter", "general"]);
        file.arg(folder);
        file
    }

    fn has_drop(&self) -> bool {
        let status = self.ok(&["status", "--json"]);
        let history = self.ok(&["history", "--json"]);
        let some = |value: &Value| value.as_array().is_some_and(|list| !list.is_empty());
        some(&status["unfinished"]) || some(&history["drops"])
    }

    fn kill(&mut self, calls: u64, micros: u64) -> Kill {
        if self.by_call && self.numbers.below(4) > 0 {
            // Most threads make few calls, and the first ones decide most: small numbers more often.
            let most = 1 + self.numbers.below(calls);
            return Kill::AtCall(1 + self.numbers.below(most));
        }
        Kill::After(Duration::from_micros(self.numbers.below(micros)))
    }
}

fn finish(campaign: &Campaign<'_>, folder: &Path) {
    let output = campaign.next_filing(folder).output().unwrap();
    assert!(output.status.success(), "{}", output_text(&output));
    let status = campaign.ok(&["status", "--json"]);
    assert_eq!(status["unfinished"].as_array().map(Vec::len), Some(0), "the queue did not drain: {status}");
}

/// In the middle: the stored files are a part of those handed over.
fn check_partial(stored: &[Stored], log: &Log) {
    for file in stored {
        let logged = log.get(&file.path).unwrap_or_else(|| panic!("a file that was never handed over: {file:?}"));
        assert_eq!((&file.sha256, file.size, file.modified), (&logged.sha256, logged.size, logged.modified));
    }
}

/// At the end: everything that was handed over is stored, once.
fn check_whole(stored: &[Stored], log: &Log) {
    check_partial(stored, log);
    let paths: Vec<&Vec<u8>> = stored.iter().map(|file| &file.path).collect();
    let logged: Vec<&Vec<u8>> = log.keys().collect();
    assert_eq!(paths, logged, "not every file has exactly one final event");
}

fn output_text(output: &Output) -> String {
    format!("{} {}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
