//! The list of drops.

use serde::Serialize;
use vault_core::Vault;
use vault_core::model::{DropSummary, MatterId};

use super::drops_of;
use crate::errors::Failure;
use crate::format::{count, moment, size};
use crate::json::DropJson;
use crate::names::Names;
use crate::session::Session;
use crate::table::{Set, Table};

#[derive(Debug, Serialize)]
struct Document {
    drops: Vec<DropJson>,
}

/// Shows the drops of one matter or all.
pub(super) async fn show(
    session: &Session<'_>,
    vault: &Vault,
    matter: Option<&MatterId>,
    limit: usize,
) -> Result<(), Failure> {
    let (drops, more) = drops_of(vault, matter, limit).await?;
    let mut names = Names::new(vault);
    if session.output.is_json() {
        let mut document = Document { drops: Vec::with_capacity(drops.len()) };
        for drop in drops {
            document.drops.push(DropJson::new(drop, &mut names).await?);
        }
        session.output.document(&document);
        return Ok(());
    }
    if drops.is_empty() {
        session.output.report("Nothing has been filed yet.");
        return Ok(());
    }
    print(session, drops, &mut names).await?;
    if more {
        session.output.report(format_args!("… there are more; --limit N shows more of them."));
    }
    Ok(())
}

async fn print(session: &Session<'_>, drops: Vec<DropSummary>, names: &mut Names<'_>) -> Result<(), Failure> {
    let mut table = Table::new([
        ("BATCH", Set::Left),
        ("WHEN", Set::Left),
        ("MATTER", Set::Left),
        ("WHO", Set::Left),
        ("STORED", Set::Right),
        ("ALREADY IN", Set::Right),
        ("FAILED", Set::Right),
        ("LEFT OUT", Set::Right),
        ("SIZE", Set::Right),
        ("FROM", Set::Left),
    ]);
    for drop in drops {
        let who = names.person(&drop.user).await?.unwrap_or_else(|| drop.user.to_string());
        let unfinished = if drop.finished.is_none() { " (not finished)" } else { "" };
        table.row([
            short(&drop.id.to_string()),
            format!("{}{unfinished}", moment(drop.started)),
            names.short(&drop.matter).await?,
            who,
            count(drop.counts.stored),
            count(drop.counts.skipped),
            count(drop.counts.failed),
            count(drop.counts.left_out),
            size(drop.counts.bytes),
            drop.sources.join(", "),
        ]);
    }
    table.print(session.output);
    Ok(())
}

/// The end of a batch id, which is enough to identify it; the beginning is the time.
pub(crate) fn short(id: &str) -> String {
    id.chars().skip(id.len().saturating_sub(12)).collect()
}
