//! Shared by all commands that file: the filing lock, and continuing unfinished drops.

use std::sync::Arc;

use vault_core::Progress;
use vault_core::filing::{Finished, Halt};
use vault_core::intake::IntakeProgress;
use vault_core::model::DropId;
use vault_core::ports::{FilingGuard, JournaledDrop};
use vault_core::queue::PauseReason;
use vault_core::{Vault, VaultError};
use vault_home::Opened;

use crate::errors::{Code, Failure};
use crate::format::{count, many, moment, printable};
use crate::interrupt::Interrupt;
use crate::names::Names;
use crate::session::Session;

/// Takes the filing lock; waits for its holder, and reports that.
pub(super) async fn filing_lock(
    session: &Session<'_>,
    opened: &Opened,
    interrupt: &Interrupt,
) -> Result<FilingGuard, Failure> {
    if let Some(right) = opened.right.try_take().await? {
        return Ok(right);
    }
    session.output.note("Waiting for another Strongroom to finish filing…");
    let right = tokio::select! {
        right = opened.right.take() => right?,
        () = interrupt.wait() => {
            let message = "Stopped while another Strongroom was filing. Nothing was begun.";
            return Err(Failure::new(Code::Interrupted, message));
        }
    };
    // The other program has changed the queue.
    opened.vault.sync_mirror().await?;
    Ok(right)
}

/// Continues unfinished drops, except `own` and those that wait for the user. Their results are printed, and in the
/// history.
pub(super) async fn go_on_with_others(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    own: DropId,
) -> Result<(), Failure> {
    for drop in vault.unfinished_drops().await? {
        if drop.new.id == own || drop.waits_for_user() || interrupt.asked() {
            continue;
        }
        announce(session, vault, &drop).await?;
        match go_on(session, vault, interrupt, &drop).await {
            Ok(finished) => say_what_became(session, &finished),
            Err(VaultError::Port(error)) if error.is_damage() => return Err(error.into()),
            Err(VaultError::Port(error)) => session.output.warn(format_args!("Drop {}: {error}", drop.new.id)),
            Err(VaultError::Stopped) => {}
        }
    }
    Ok(())
}

/// Prints which drop is being continued.
pub(super) async fn announce(session: &Session<'_>, vault: &Vault, drop: &JournaledDrop) -> Result<(), Failure> {
    let matter = Names::new(vault).matter_name(&drop.new.matter).await?;
    let from = places(drop);
    let when = moment(drop.new.started);
    let waiting = if drop.waiting > 0 { format!(" ({} waiting)", many(drop.waiting, "file")) } else { String::new() };
    session.output.note(format_args!("Continuing what was dropped on {matter} at {when}: {from}{waiting}."));
    Ok(())
}

/// Where the folders and files of a drop are on this computer.
pub(super) fn places(drop: &JournaledDrop) -> String {
    let places = drop.new.sources.iter().map(|source| printable(&source.display().to_string()).into_owned());
    places.collect::<Vec<_>>().join(", ")
}

/// Continues a drop from its current state.
pub(super) async fn go_on(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    drop: &JournaledDrop,
) -> Result<Finished, VaultError> {
    let both = Arc::<Both>::default();
    let _line = session.watch(interrupt, "Filing", both.clone());
    vault.resume(drop, Arc::clone(&both.intake), Arc::clone(&both.filing)).await
}

/// The state of a drop after filing, with the reason for a pause if that could not be recorded.
pub(super) fn stands(finished: Finished) -> JournaledDrop {
    match finished {
        Finished { drop, halt: Some(Halt::Paused(error)) } => {
            JournaledDrop { paused: Some(PauseReason::Blocked(error.to_string())), ..drop }
        }
        Finished { drop, .. } => drop,
    }
}

/// Prints only the essentials about a drop that was continued.
fn say_what_became(session: &Session<'_>, finished: &Finished) {
    let Finished { drop, halt } = finished;
    let output = session.output;
    match halt {
        None => {
            let (stored, skipped) = (count(drop.counts.stored), count(drop.counts.skipped));
            output.note(format_args!("Done: {stored} stored, {skipped} already in the vault."));
        }
        Some(Halt::Paused(error)) => {
            output.warn(format_args!("Drop {} is paused: {error} To continue: strongroom resume", drop.new.id));
        }
        Some(Halt::Waiting { .. }) => {
            let waiting = many(drop.later, "file");
            output.warn(format_args!(
                "Drop {}: {waiting} cannot be stored at the moment. To try again: strongroom resume",
                drop.new.id
            ));
        }
        Some(Halt::Stopped) => {}
    }
    if drop.attention > 0 {
        let (files, id) = (many(drop.attention, "file"), drop.new.id);
        output.warn(format_args!(
            "{files} of drop {id} could not be filed. `strongroom history --batch {id}` lists them."
        ));
    }
}

/// Reads and files, one after the other.
#[derive(Default)]
pub(super) struct Both {
    pub(super) intake: Arc<IntakeProgress>,
    pub(super) filing: Arc<Progress>,
}

impl crate::progress::Work for Both {
    fn look(&self) -> vault_core::ProgressSample {
        if self.filing.counts().files > 0 { self.filing.look() } else { self.intake.look() }
    }

    fn stop(&self) {
        self.intake.stop();
        self.filing.stop();
    }
}
