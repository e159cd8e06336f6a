//! Edits of clients and matters while the vault is unreachable: kept in the outbox, shown in the mirror, sent later,
//! and resolved by the user if the vault refuses them.

use std::sync::Arc;

use crate::browse::sync_mirror;
use crate::model::{ClientFields, ClientId, EditId, MatterFields, MatterId, MatterStatus, Timestamp};
use crate::ports::{Attention, Edited, Mirror, Outbox, PortError, Records, StatusFilter, WaitingEdit};
use crate::reason::Reason;
use crate::rules;
use crate::vault::{Vault, reached};

/// The result of sending the waiting edits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sending {
    /// Edits that the vault accepted.
    pub sent: u64,
    /// Edits that the vault refused: they wait for the user to choose ([`WaitingEdit::refused`]).
    pub refused: u64,
    /// Edits that are still to be sent.
    pub left: u64,
    /// Why some are left.
    pub stopped: Option<PortError>,
}

/// Which version of a client or a matter to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// The user's edit, applied to the vault's current version.
    Mine,
    /// The vault's version; the user's edit is discarded.
    Theirs,
    /// A corrected edit, applied to the vault's current version: for example, a free number instead of one that was
    /// taken.
    Corrected(Edited),
}

/// The edits that wait until the vault can be reached, and what is needed to send them.
#[derive(Clone, Copy)]
pub(crate) struct WaitingEdits<'a> {
    /// `None` for a local vault, which never lets edits wait.
    pub(crate) outbox: Option<&'a Arc<dyn Outbox>>,
    pub(crate) records: &'a dyn Records,
    pub(crate) mirror: &'a dyn Mirror,
}

impl WaitingEdits<'_> {
    /// Whether edits can wait: the vault is remote.
    pub(crate) const fn are_possible(&self) -> bool {
        self.outbox.is_some()
    }

    /// As [`Vault::show_waiting`].
    async fn show(&self) -> Result<(), PortError> {
        let Some(outbox) = self.outbox else { return Ok(()) };
        loop {
            let waiting = outbox.waiting().await?;
            self.mirror.show_waiting(&waiting).await?;
            // A concurrent change to the outbox may have been shown before this older list was.
            if outbox.waiting().await? == waiting {
                return Ok(());
            }
        }
    }

    /// As [`Vault::send_waiting`].
    async fn send_all(&self) -> Result<Sending, PortError> {
        let Some(outbox) = self.outbox else { return Ok(Sending::default()) };
        let mut to_send = outbox.waiting().await?;
        to_send.retain(|edit| edit.refused.is_none());
        if to_send.is_empty() {
            return Ok(Sending::default());
        }
        let mut round = Round::default();
        // An invalid edit may only depend on a later one: an older matter that was assigned to a new client.
        while round.stopped.is_none() && !to_send.is_empty() {
            let before = round.sent.len();
            let invalid = self.send_round(outbox, to_send, &mut round).await?;
            if round.sent.len() == before && round.stopped.is_none() {
                for (edit, reason) in &invalid {
                    outbox.refuse(edit.id, reason).await?;
                }
                round.refused += invalid.len() as u64;
                break;
            }
            to_send = invalid.into_iter().map(|(edit, _)| edit).collect();
        }
        self.confirm_sent(outbox, round).await
    }

    /// Sends each of these once; returns those that are not valid for the current state of the vault, with the reason.
    async fn send_round(
        &self,
        outbox: &Arc<dyn Outbox>,
        edits: Vec<WaitingEdit>,
        round: &mut Round,
    ) -> Result<Vec<(WaitingEdit, String)>, PortError> {
        let mut invalid = Vec::new();
        for edit in edits {
            match self.send(&edit).await {
                Ok(at) => round.sent.push((edit, at)),
                Err(PortError::NeedsPerson { kind: Attention::Invalid, message }) => invalid.push((edit, message)),
                Err(PortError::NeedsPerson { kind: Attention::Conflict | Attention::NoAccess, message }) => {
                    outbox.refuse(edit.id, &rules::conflict_to_decide(&message)).await?;
                    round.refused += 1;
                }
                Err(error) => {
                    round.stopped = Some(error);
                    break;
                }
            }
        }
        Ok(invalid)
    }

    /// Writes an edit to the vault; returns the `updated_at` of the stored version.
    async fn send(&self, edit: &WaitingEdit) -> Result<Timestamp, PortError> {
        let (records, removed, based_on) = (self.records, edit.removed, edit.based_on);
        Ok(match &edit.what {
            Edited::Client { id, fields } => {
                records.put_client(id, fields.clone(), removed, based_on).await?.updated_at
            }
            Edited::Matter { id, fields } => {
                records.put_matter(id, fields.clone(), removed, based_on).await?.updated_at
            }
        })
    }

    /// Synchronizes the mirror before it deletes the sent edits: until then the mirror shows the edits. An edit that is
    /// not deleted is sent again, which changes nothing.
    async fn confirm_sent(&self, outbox: &Arc<dyn Outbox>, round: Round) -> Result<Sending, PortError> {
        let Round { sent, refused, mut stopped } = round;
        let mut confirmed = 0;
        if !sent.is_empty() {
            match sync_mirror(self.records, self.mirror, &|_| ()).await {
                Ok(()) => {
                    for (edit, at) in &sent {
                        outbox.sent(edit, *at).await?;
                    }
                    confirmed = sent.len() as u64;
                }
                Err(error) => stopped = stopped.or(Some(error)),
            }
        }
        self.show().await?;
        let left = outbox.waiting().await?.iter().filter(|edit| edit.refused.is_none()).count() as u64;
        let class = stopped.as_ref().map_or("none", PortError::class);
        tracing::info!(sent = confirmed, refused, left, halt = class, "waiting edits are sent");
        Ok(Sending { sent: confirmed, refused, left, stopped })
    }

    /// Ensures that the vault has the matter, so that files can be filed to it; sends waiting edits if it does not.
    ///
    /// # Errors
    /// `TryLater` while the vault does not have it, `Invalid` if it refuses it, and as
    /// [`Vault::send_waiting`].
    pub(crate) async fn matter_has_arrived(&self, id: &MatterId) -> Result<(), PortError> {
        let Some(outbox) = self.outbox else { return Ok(()) };
        if of_matter(outbox, id).await?.is_none() {
            return Ok(());
        }
        let stopped = self.send_all().await?.stopped;
        let Some(edit) = of_matter(outbox, id).await? else { return Ok(()) };
        let beneath = self.mirror.server_matter(id).await?;
        if beneath.is_some_and(|matter| matter.removed.is_none() && matter.fields.status != MatterStatus::Closed) {
            return Ok(());
        }
        let name = edit.what.named();
        if let Some(reason) = edit.refused {
            return Err(PortError::invalid(format!(
                "The firm's vault has not taken {name}: {reason} Choose which version is to stay, then go on with the files."
            )));
        }
        match stopped {
            Some(error @ PortError::NeedsPerson { .. }) => Err(error),
            _ => Err(PortError::later(format!(
                "The change to {name} has not reached the firm's vault yet. Its files can be filed once it has."
            ))),
        }
    }
}

impl Vault {
    /// Shows the waiting edits in the mirror. Call it after opening the vault; methods that change the edits call it
    /// themselves. Does nothing without an outbox.
    ///
    /// # Errors
    /// [`PortError`] if this computer's own data cannot be read or written.
    pub async fn show_waiting(&self) -> Result<(), PortError> {
        self.edits().show().await
    }

    /// The waiting edits, oldest first; none without an outbox.
    ///
    /// # Errors
    /// [`PortError`] if this computer's own data cannot be read.
    pub async fn waiting_edits(&self) -> Result<Vec<WaitingEdit>, PortError> {
        match &self.outbox {
            Some(outbox) => outbox.waiting().await,
            None => Ok(Vec::new()),
        }
    }

    /// Sends the waiting edits, oldest first, until the vault becomes unreachable. Edits that the vault refuses wait
    /// for the user. An edit that the vault has already (its response was lost) counts as sent.
    ///
    /// # Errors
    /// [`PortError`] if this computer's own data cannot be read or written; edits that were not sent still wait.
    pub async fn send_waiting(&self) -> Result<Sending, PortError> {
        self.edits().send_all().await
    }

    /// Applies the user's choice of a version. [`Keep::Mine`] is sent at once, if the vault can be reached.
    ///
    /// # Errors
    /// [`PortError`] if the edit no longer waits, a corrected one is not valid, or this computer's own data cannot be
    /// read or written.
    pub async fn resolve(&self, id: EditId, keep: Keep) -> Result<Sending, PortError> {
        let gone = || PortError::invalid(Reason::EditGone);
        let outbox = self.outbox.as_ref().ok_or_else(gone)?;
        reached(self.sync_mirror().await)?;
        let edit = outbox.waiting().await?.into_iter().find(|edit| edit.id == id).ok_or_else(gone)?;
        match keep {
            Keep::Theirs => {
                self.nothing_waits_for(&edit).await?;
                outbox.confirm_sent(id).await?;
                self.show_waiting().await?;
                return Ok(Sending::default());
            }
            Keep::Mine => outbox.take_up(id, self.state_beneath(&edit).await?).await?,
            Keep::Corrected(what) if what.is_about(&edit.what) => {
                self.may_become(&what, edit.removed).await?;
                outbox.take_up(id, self.state_beneath(&edit).await?).await?;
                outbox.keep(&WaitingEdit { what, ..edit }).await?;
            }
            Keep::Corrected(_) => return Err(gone()),
        }
        self.show_waiting().await?;
        self.send_waiting().await
    }

    /// Refuses to discard a matter that only this computer knows while files wait to be filed to it.
    async fn nothing_waits_for(&self, edit: &WaitingEdit) -> Result<(), PortError> {
        let Edited::Matter { id, .. } = &edit.what else { return Ok(()) };
        if self.mirror.server_matter(id).await?.is_some() {
            return Ok(());
        }
        let (unfinished, attention) = (self.journal.unfinished().await?, self.journal.needing_attention().await?);
        let waits = unfinished.iter().chain(&attention).any(|drop| drop.new.matter == *id && !drop.is_cancelling());
        if !waits {
            return Ok(());
        }
        Err(PortError::invalid(format!(
            "Files wait to be filed to {}, which the firm's vault has not got. Cancel those drops first, or keep your version.",
            edit.what.named()
        )))
    }

    /// The version an edit has to be based on in order to replace the vault's current one.
    async fn state_beneath(&self, edit: &WaitingEdit) -> Result<Option<Timestamp>, PortError> {
        let beneath = match &edit.what {
            Edited::Client { id, .. } => self.mirror.client_beneath(id).await?.map(|client| client.updated_at),
            Edited::Matter { id, .. } => self.mirror.server_matter(id).await?.map(|matter| matter.updated_at),
        };
        Ok(beneath.or(edit.based_on))
    }

    /// Stores an edit to be sent later, and shows it.
    pub(crate) async fn keep_waiting(
        &self,
        outbox: &Arc<dyn Outbox>,
        what: Edited,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Result<WaitingEdit, PortError> {
        self.may_become(&what, removed).await?;
        let (id, made) = (EditId::new(self.clock.unique()), self.clock.now());
        let kept = outbox.keep(&WaitingEdit { id, what, removed, based_on, made, refused: None }).await?;
        self.show_waiting().await?;
        Ok(kept)
    }

    /// Checks an edit as far as possible without the vault, which decides when it is sent.
    async fn may_become(&self, what: &Edited, removed: bool) -> Result<(), PortError> {
        match what {
            Edited::Client { id, fields } => self.client_may_become(id, fields, removed).await,
            Edited::Matter { id, fields } => self.matter_may_become(id, fields, removed).await,
        }
    }

    async fn client_may_become(&self, id: &ClientId, fields: &ClientFields, removed: bool) -> Result<(), PortError> {
        rules::client_fields(fields)?;
        if !removed {
            return Ok(());
        }
        let matters = self.mirror.matters(StatusFilter::Present).await?;
        let its =
            matters.into_iter().map(|found| found.matter.fields).filter(|matter| matter.client.as_ref() == Some(id));
        let titles: Vec<String> = its.map(|matter| matter.title).collect();
        if titles.is_empty() { Ok(()) } else { Err(rules::client_with_matters(&fields.name, &titles)) }
    }

    async fn matter_may_become(&self, id: &MatterId, fields: &MatterFields, removed: bool) -> Result<(), PortError> {
        let standing = self.mirror.server_matter(id).await?;
        rules::matter_fields(id, fields, removed, standing.as_ref())?;
        if removed || id.is_general() {
            return Ok(());
        }
        if let Some(client) = &fields.client {
            match self.mirror.find_client(client.as_str()).await?.filter(|found| found.id == *client) {
                None => return Err(PortError::invalid(format!("There is no client {client}."))),
                Some(found) if found.removed.is_some() => {
                    return Err(rules::removed_client(&found.fields.name, standing.as_ref()));
                }
                Some(_) => {}
            }
        }
        let key = rules::name_key(&fields.number);
        if key.is_empty() || rules::has_number(standing.as_ref(), &key) {
            return Ok(());
        }
        let others = self.mirror.matters(StatusFilter::Present).await?.into_iter().map(|found| found.matter);
        let taken = others.filter(|other| other.id != *id).find(|other| rules::name_key(&other.fields.number) == key);
        taken.map_or(Ok(()), |other| Err(rules::number_taken(&other.fields.title, &fields.number)))
    }
}

/// The result of sending so far.
#[derive(Default)]
struct Round {
    sent: Vec<(WaitingEdit, Timestamp)>,
    refused: u64,
    stopped: Option<PortError>,
}

/// Whether an edit of the same document waits.
pub(crate) async fn waits(outbox: &Arc<dyn Outbox>, what: &Edited) -> Result<bool, PortError> {
    Ok(outbox.waiting().await?.iter().any(|edit| edit.what.is_about(what)))
}

async fn of_matter(outbox: &Arc<dyn Outbox>, matter: &MatterId) -> Result<Option<WaitingEdit>, PortError> {
    let waiting = outbox.waiting().await?;
    Ok(waiting.into_iter().find(|edit| matches!(&edit.what, Edited::Matter { id, .. } if id == matter)))
}
