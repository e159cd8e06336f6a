//! The list of waiting changes.

use serde::Serialize;
use vault_core::Vault;

use crate::errors::{Exit, Failure};
use crate::format::{count, moment, printable};
use crate::json::{ChangeJson, Differs};
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, Serialize)]
struct Document {
    changes: Vec<ChangeJson>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, vault: &Vault) -> Result<Exit, Failure> {
    let mut changes = Vec::new();
    for edit in vault.waiting_edits().await? {
        changes.push(ChangeJson::of(vault, edit).await?);
    }
    let output = session.output;
    if output.is_json() {
        output.document(&Document { changes });
        return Ok(Exit::Well);
    }
    if changes.is_empty() {
        output.line("No change waits.");
    }
    let (refused, unsent): (Vec<_>, Vec<_>) = changes.into_iter().partition(ChangeJson::is_refused);
    section(output, &unsent, "waits to be sent", "wait to be sent");
    section(output, &refused, "waits for you to choose", "wait for you to choose");
    if let Some(one) = refused.first() {
        output.line(format_args!("\nTo choose: strongroom changes keep-mine {0} | take-theirs {0}", one.id()));
    }
    Ok(Exit::Well)
}

/// `1 change waits to be sent`
pub(in crate::commands) fn heading(number: usize, one: &str, several: &str) -> String {
    if number == 1 { format!("1 change {one}") } else { format!("{} changes {several}", count(number as u64)) }
}

fn section(output: &Output, changes: &[ChangeJson], one: &str, several: &str) {
    if changes.is_empty() {
        return;
    }
    output.line(format_args!("{}:", heading(changes.len(), one, several)));
    for change in changes {
        let made = moment(change.at);
        output.line(format_args!("\n  {}", printable(&change.sentence())));
        output.line(format_args!("    Change {} of {made}", change.id()));
        if let Some(reason) = change.reason() {
            output.line(format_args!("    {}", printable(reason)));
        }
        for Differs { name, mine, theirs } in change.differences() {
            output.line(format_args!("    {name:<12} mine:   {}", printable(&mine)));
            if let Some(theirs) = theirs {
                output.line(format_args!("    {:<12} theirs: {}", "", printable(&theirs)));
            }
        }
    }
}
