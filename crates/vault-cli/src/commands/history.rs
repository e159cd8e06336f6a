//! `strongroom history`: what was filed, when, by whom and from where.

mod batch;
mod drops;
mod events;

pub(super) use events::{to_json, with_sources, word};

use std::num::NonZeroUsize;

use vault_core::Vault;
use vault_core::model::{DropId, DropSummary, EventKind, MatterId};

use crate::args::{at_least_one, examples};
use crate::errors::{Exit, Failure};
use crate::resolve;
use crate::session::Session;

/// The page size of drops and events.
const PAGE: usize = 1000;

/// Show what was filed, when, by whom and from where
///
/// Newest first. With `--batch`, everything about one drop; with `--event`, the files with that outcome.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom history"
    "strongroom history --matter 2024-001 --limit 5"
    "strongroom history --batch latest --verbose"
    "strongroom history --event interrupted        What had begun when filing stopped?"
    "strongroom history --batch latest --json | jq '.events[].fileName'"
])]
pub(crate) struct Args {
    /// Only what was filed to this matter: its id or number
    #[arg(long, short, value_name = "MATTER")]
    matter: Option<String>,
    /// One drop: its id, the beginning or end of it, or `latest`
    #[arg(long, short, value_name = "BATCH")]
    batch: Option<String>,
    /// Only files with this outcome
    #[arg(long, short, value_name = "EVENT")]
    event: Option<Event>,
    /// The maximum number of lines [default: 20; with --json or --verbose: all]
    #[arg(long, short = 'n', value_name = "N", value_parser = at_least_one)]
    limit: Option<NonZeroUsize>,
}

/// The outcomes of a file, as command-line values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Event {
    /// Filing stopped while it was being stored
    Interrupted,
    /// Its content was stored
    Success,
    /// It could not be filed
    Failed,
    /// Its content was in the vault; name and location were recorded
    Skipped,
}

impl Event {
    const fn kind(self) -> EventKind {
        match self {
            Self::Interrupted => EventKind::Interrupted,
            Self::Success => EventKind::Success,
            Self::Failed => EventKind::Failed,
            Self::Skipped => EventKind::AlreadyStored,
        }
    }
}

impl Args {
    fn limit(&self, session: &Session<'_>) -> usize {
        const LINES: usize = 20;
        let all = session.output.is_json() || session.output.verbose;
        self.limit.map_or(if all { usize::MAX } else { LINES }, NonZeroUsize::get)
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    let matter = match &args.matter {
        Some(text) => Some(resolve::matter(vault, text).await?.matter.id),
        None => None,
    };
    let limit = args.limit(session);
    match (&args.batch, args.event) {
        (Some(text), event) => {
            let id = resolve::batch(vault, text).await?;
            batch::show(session, vault, id, matter.as_ref(), event.map(Event::kind), limit).await?;
        }
        (None, Some(event)) => events::show(session, vault, matter.as_ref(), event.kind(), limit).await?,
        (None, None) => drops::show(session, vault, matter.as_ref(), limit).await?,
    }
    Ok(Exit::Well)
}

/// At most this many drops, newest first, of one matter or all; and whether there are more.
async fn drops_of(vault: &Vault, matter: Option<&MatterId>, limit: usize) -> Result<(Vec<DropSummary>, bool), Failure> {
    let mut drops = Vec::new();
    let mut before: Option<DropId> = None;
    while drops.len() < limit {
        let page = vault.mirror.drops(matter, before, PAGE.min(limit - drops.len())).await?;
        drops.extend(page.drops.into_iter().map(|drop| drop.summary));
        before = page.next;
        if before.is_none() {
            return Ok((drops, false));
        }
    }
    Ok((drops, true))
}
