//! `strongroom preflight`: shows the result of filing without filing.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use vault_core::SameName;
use vault_core::intake::IntakeProgress;
use vault_core::preflight::{Preflight, PreflightCounts};

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::{count, many, size};
use crate::interrupt::Interrupt;
use crate::json::{ListedJson, SameNameJson};
use crate::lists::{Listed, print_left_out, print_problems, print_same_names, warn_left_out};
use crate::names::title_of;
use crate::output::Output;
use crate::resolve;
use crate::session::Session;

/// Show what filing folders and files would do; nothing is stored
///
/// Reads them and reports what is new, what is already in the vault, and what would be left out, with the reason.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom preflight ~/Desktop/Box --matter 2024-001"
    "strongroom preflight Letters invoice.pdf -m 2024-001 --verbose"
    "strongroom preflight /media/usb -m general --json | jq .bytesToStore"
])]
pub(crate) struct Args {
    /// Folders and files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The matter they would be filed to: its id or number
    #[arg(long, short, value_name = "MATTER")]
    matter: String,
}

/// The numbers and lists of a pre-flight, as `file` prints them, too.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PreflightJson {
    found: u64,
    new: u64,
    already_stored: u64,
    repeated: u64,
    left_out: u64,
    problems: u64,
    bytes: u64,
    bytes_to_store: u64,
    same_names: Vec<SameNameJson>,
    left_out_files: Vec<ListedJson>,
    problem_files: Vec<ListedJson>,
}

impl PreflightJson {
    pub(super) fn new(
        counts: PreflightCounts,
        same_names: &[SameName],
        left_out: &[Listed],
        problems: &[Listed],
    ) -> Self {
        let PreflightCounts { found, new, already_stored, repeated, left_out: out, problems: bad, .. } = counts;
        Self {
            found,
            new,
            already_stored,
            repeated,
            left_out: out,
            problems: bad,
            bytes: counts.bytes,
            bytes_to_store: counts.bytes_to_store,
            same_names: same_names.iter().map(SameNameJson::from).collect(),
            left_out_files: left_out.iter().map(ListedJson::from).collect(),
            problem_files: problems.iter().map(ListedJson::from).collect(),
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let sources = session.home.sources(&args.paths)?;
    let opened = session.open_for_intake().await?;
    let matter = resolve::matter(&opened.vault, &args.matter).await?.matter;
    let interrupt = Interrupt::listen();
    let progress = Arc::<IntakeProgress>::default();
    let line = session.watch(&interrupt, "Reading", progress.clone());
    let planned = opened.vault.preflight(&matter.id, sources, progress).await;
    drop(line);
    let planned = planned?;
    let same_names = planned.same_names();
    let Preflight { counts, found, offline_estimate, .. } = planned;
    if offline_estimate {
        session.output.warn("The vault cannot be reached: these numbers are based on the local copy.");
    }
    let left_out: Vec<Listed> = found.left_out.iter().map(Listed::from).collect();
    let problems: Vec<Listed> = found.problems.iter().map(Listed::from).collect();
    let output = session.output;
    let nothing_filed = counts.left_out > 0 && counts.left_out == counts.found;
    warn_left_out(output, &left_out, nothing_filed);
    output.answer(&PreflightJson::new(counts, &same_names, &left_out, &problems), || {
        output.line(sentence(counts));
        print_same_names(output, &same_names);
        print_left_out(output, &left_out);
        print_unreadable(output, &problems);
        output.report(format_args!("\nNothing was stored. `strongroom file` files it to {}.", title_of(&matter)));
    });
    Ok(if problems.is_empty() && !nothing_filed { Exit::Well } else { Exit::SomeFailed })
}

/// The files that could not be read.
pub(super) fn print_unreadable(output: &Output, problems: &[Listed]) {
    print_problems(output, "Could not be read:", problems);
}

/// The result of a pre-flight, in one sentence.
pub(super) fn sentence(counts: PreflightCounts) -> String {
    if counts.found == 0 {
        return "No files found.".to_owned();
    }
    let new = match counts.new {
        0 => "nothing new".to_owned(),
        new => format!("{} new ({})", count(new), size(counts.bytes_to_store)),
    };
    let mut parts = vec![new];
    // Repeated content is in the vault when its turn comes, and is counted so from then on.
    let again = match counts.repeated {
        0 => String::new(),
        repeated => format!(" ({} again within this drop)", count(repeated)),
    };
    for (number, what) in [
        (counts.already_stored + counts.repeated, format!("already in the vault{again}")),
        (counts.left_out, "left out".to_owned()),
        (counts.problems, "that cannot be read".to_owned()),
    ] {
        if number > 0 {
            parts.push(format!("{} {what}", count(number)));
        }
    }
    format!("{} found: {}.", many(counts.found, "file"), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_in_one_sentence() {
        let counts = PreflightCounts {
            found: 2284,
            new: 1950,
            already_stored: 332,
            left_out: 2,
            bytes_to_store: 355_000_000,
            ..PreflightCounts::default()
        };
        let text = "2,284 files found: 1,950 new (355 MB), 332 already in the vault, 2 left out.";
        assert_eq!(sentence(counts), text);
        assert_eq!(sentence(PreflightCounts::default()), "No files found.");
        // The same number that `file` reports as already in the vault.
        let again =
            PreflightCounts { found: 48, new: 33, repeated: 15, bytes_to_store: 1000, ..PreflightCounts::default() };
        let text = "48 files found: 33 new (1.00 kB), 15 already in the vault (15 again within this drop).";
        assert_eq!(sentence(again), text);
        let known = PreflightCounts { found: 1, already_stored: 1, ..PreflightCounts::default() };
        assert_eq!(sentence(known), "1 file found: nothing new, 1 already in the vault.");
    }
}
