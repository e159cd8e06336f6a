//! `cargo xtask test`: every stage, whatever became of the one before.

use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::report::{Line, Report, Verdict, heading};
use crate::setup;
use crate::sh::Sh;
use crate::stages::{self, Outcome, Stage};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run this stage alone; may be repeated.
    #[arg(long, value_name = "STAGE", value_parser = stages::known)]
    only: Vec<String>,
    /// Run the quick stages alone: layout, lints, and the tests that need neither emulators nor a desktop.
    #[arg(long, conflicts_with = "only")]
    quick: bool,
    /// Leave this stage out; may be repeated.
    #[arg(long, value_name = "STAGE", value_parser = stages::known)]
    skip: Vec<String>,
}

/// `cargo xtask test`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    let chosen = stages::ALL.iter().filter(|stage| chooses(args, stage)).collect::<Vec<_>>();
    ensure!(!chosen.is_empty(), "no stage is left to run");

    heading("setup: what the stages need");
    let mut needs = Vec::new();
    for group in chosen.iter().flat_map(|stage| stage.needs) {
        if !needs.contains(group) {
            needs.push(*group);
        }
    }
    setup::ensure(sh, &needs)?;
    println!("Everything is in place.");

    let mut report = Report::default();
    for stage in chosen {
        heading(&format!("{}: {}", stage.name, stage.title));
        report.add(look(sh, stage));
    }

    heading("summary");
    println!("{report}");
    match report.failed().as_slice() {
        [] => Ok(()),
        failed => bail!("{} failed", failed.join(", ")),
    }
}

fn chooses(args: &Args, stage: &Stage) -> bool {
    let named = |names: &[String]| names.iter().any(|name| stage.is_called(name));
    (args.only.is_empty() || named(&args.only)) && !named(&args.skip) && (stage.is_quick() || !args.quick)
}

/// Runs one stage and says how it ended.
fn look(sh: &Sh, stage: &Stage) -> Line {
    let started = Instant::now();
    let verdict = match (stage.check)(sh) {
        Ok(Outcome::Passed) => Verdict::Passed(None),
        Ok(Outcome::PassedTests(tests)) => Verdict::Passed(Some(tests)),
        Ok(Outcome::Skipped(reason)) => Verdict::Skipped(reason),
        Err(error) => Verdict::Failed(format!("{error:#}")),
    };
    let took = started.elapsed();
    let seconds = took.as_secs_f64();
    match &verdict {
        Verdict::Passed(_) => println!("{} passed in {seconds:.1} s", stage.name),
        Verdict::Skipped(reason) => println!("{} is skipped: {reason}", stage.name),
        Verdict::Failed(reason) => println!("{} FAILED after {seconds:.1} s: {reason}", stage.name),
    }
    Line { stage: stage.name, verdict, took }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(only: &[&str], skip: &[&str]) -> Vec<&'static str> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let args = Args { only: owned(only), skip: owned(skip), quick: false };
        stages::ALL.iter().filter(|stage| chooses(&args, stage)).map(|stage| stage.name).collect()
    }

    #[test]
    fn only_chooses_and_skip_leaves_out() {
        assert_eq!(chosen(&[], &[]).len(), stages::ALL.len());
        assert_eq!(chosen(&["fmt", "cross"], &["cross-mac"]), ["fmt", "cross-win"]);
        let quick = Args { only: Vec::new(), skip: vec!["clippy".to_owned()], quick: true };
        let quick =
            stages::ALL.iter().filter(|stage| chooses(&quick, stage)).map(|stage| stage.name).collect::<Vec<_>>();
        assert_eq!(quick, ["fmt", "workflows", "ui-format", "ui-lint", "ui-types", "ui-test", "test"]);
        assert!(!chosen(&[], &["ui"]).iter().any(|name| name.starts_with("ui")));
    }
}
