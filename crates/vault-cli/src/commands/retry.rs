//! `strongroom retry`: the files that failed, once more.

use std::sync::Arc;

use vault_core::VaultError;
use vault_core::filing::{Finished, Halt};
use vault_core::ports::{DropPhase, JournaledDrop};

use super::filing::{Both, right_to_file};
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Try the files of a drop that failed once more
///
/// For after what held them up was put right: a file closed in Word, a drive connected again, a right to read given. A
/// folder that could not be read is read anew. `strongroom skip` gives up what will not be put right.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom retry --batch latest"
    "strongroom retry --batch 0199c0de"
])]
pub(crate) struct Args {
    /// The drop: its id, the beginning or end of it, or `latest` for the last one with failed files
    #[arg(long, short, value_name = "BATCH")]
    batch: String,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    let interrupt = Interrupt::listen();
    let _right = right_to_file(session, &opened, &interrupt).await?;
    let candidates = vault.journal.needing_attention().await?;
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    let id = drop.new.id;
    match drop.phase {
        DropPhase::Preparing => {
            let message = format!("The folders of drop {id} are not read yet. `strongroom resume` goes on with it.");
            return Err(Failure::invalid(message));
        }
        DropPhase::Cancelled => {
            let message =
                format!("Drop {id} was given up. File its folders again: what is stored is not stored twice.");
            return Err(Failure::invalid(message));
        }
        DropPhase::Filing | DropPhase::Finished => {}
    }
    let drop = if drop.attention == 0 && drop.waiting == 0 {
        session.output.note("Nothing of it needs to be tried again.");
        drop
    } else {
        let both = Arc::<Both>::default();
        let _line = session.watch(&interrupt, "Filing", both.clone());
        match vault.retry(id, &[], Arc::clone(&both.intake), Arc::clone(&both.filing)).await {
            Ok(Finished { drop, halt: Some(Halt::Paused(error)) }) => {
                JournaledDrop { paused: Some(error.to_string()), ..drop }
            }
            Ok(finished) => finished.drop,
            Err(VaultError::Stopped) => drop,
            Err(VaultError::Port(error)) => return Err(error.into()),
        }
    };
    let outcome = Outcome::of(vault, drop).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(outcome.exit())
}
