//! Changes to clients and matters that have not reached the firm's vault: sent whenever a command reaches it.

use std::time::Duration;

use tokio::time::timeout;
use vault_core::model::{ClientId, MatterId};
use vault_core::ports::{Edited, PortError, WaitingEdit};
use vault_core::{Sending, Vault};

use crate::errors::{Code, Failure};
use crate::format::many;
use crate::output::Output;

/// How long another command waits for changes to be sent: unsent ones keep waiting.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends waiting changes, and prints the result. The command continues in any case: it is about something else.
pub(crate) async fn send(vault: &Vault, output: &Output) {
    match timeout(PATIENCE, vault.send_waiting()).await {
        Ok(Ok(Sending { sent, refused, left, stopped })) => {
            if sent > 0 {
                output.note(format_args!("Sent {} that waited.", many(sent, "change")));
            }
            if refused > 0 {
                output.warn(format_args!(
                    "The firm's vault has not accepted {}: `strongroom changes` shows both versions.",
                    many(refused, "change")
                ));
            }
            if let (1.., Some(why)) = (left, stopped) {
                output.note(format_args!("{} could not be sent: {why} Still waiting.", many(left, "change")));
            }
        }
        Ok(Err(error)) => output.warn(format_args!("Waiting changes could not be read: {error}")),
        Err(_) => output.note("Waiting changes were not sent in time. They still wait."),
    }
}

/// The same for a user who has just signed in again, if anything waits: their local copy may be old.
pub(crate) async fn send_after_signing_in(vault: &Vault, output: &Output) {
    let unsent = |edits: Vec<WaitingEdit>| edits.iter().any(|edit| edit.refused.is_none());
    if vault.waiting_edits().await.is_ok_and(unsent) && vault.sync_mirror().await.is_ok() {
        send(vault, output).await;
    }
}

/// Whether a change of this waits on this computer, instead of being in the firm's vault.
pub(crate) async fn is_kept(vault: &Vault, is_about: impl Fn(&Edited) -> bool) -> Result<bool, PortError> {
    Ok(vault.waiting_edits().await?.iter().any(|edit| is_about(&edit.what)))
}

/// The end of a sentence that states a change.
pub(crate) const KEPT: &str = "The firm's vault cannot be reached: the change waits on this computer, and is sent by the next command that reaches it.";

/// Rejects a change on top of one that the firm's vault has refused: first one version has to be chosen.
pub(crate) async fn none_undecided(vault: &Vault, is_about: impl Fn(&Edited) -> bool) -> Result<(), Failure> {
    let refused = |edit: &WaitingEdit| Some((edit.what.named(), edit.refused.clone()?));
    match vault.waiting_edits().await?.iter().filter(|edit| is_about(&edit.what)).find_map(refused) {
        None => Ok(()),
        Some((named, reason)) => Err(Failure::new(
            Code::Conflict,
            format!(
                "The firm's vault has not accepted an earlier change to {named}: {reason} Choose first: `strongroom \
                 changes` shows both versions."
            ),
        )),
    }
}

/// Whether a change is of this matter.
pub(crate) fn about_matter(matter: &MatterId) -> impl Fn(&Edited) -> bool {
    move |what| matches!(what, Edited::Matter { id, .. } if id == matter)
}

/// Whether a change is of this client.
pub(crate) fn about_client(client: &ClientId) -> impl Fn(&Edited) -> bool {
    move |what| matches!(what, Edited::Client { id, .. } if id == client)
}
