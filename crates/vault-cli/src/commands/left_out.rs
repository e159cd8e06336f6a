//! `strongroom left-out`: the list of names left out of drops.

use serde::Serialize;
use vault_core::intake::LeftOutRules;

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::session::Session;

/// Show the list of names that are left out of drops
///
/// These are files that operating systems and programs leave behind. The list is a text file that you can edit; each
/// file it leaves out is listed with its reason.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom left-out"
    "$EDITOR \"$(strongroom left-out --json | jq -r .path)\""
])]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
struct LeftOutJson<'a> {
    path: String,
    patterns: Vec<&'a str>,
}

/// Performs the command.
pub(super) fn run(session: &Session<'_>, _args: &Args) -> Result<Exit, Failure> {
    session.make_home()?;
    session.home.left_out_rules()?;
    let text = session.home.left_out_text()?;
    let patterns: Vec<&str> = LeftOutRules::patterns(&text).map(|(_, pattern)| pattern).collect();
    let path = session.home.left_out().display().to_string();
    let document = LeftOutJson { path, patterns };
    session.output.answer(&document, || {
        session.output.report(format_args!("The list is {}\n", document.path));
        document.patterns.iter().for_each(|pattern| session.output.line(pattern));
    });
    Ok(Exit::Well)
}
