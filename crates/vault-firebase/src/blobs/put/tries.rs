//! Whether one file is stuck, or the whole line.
//!
//! A file that does not get on is tried a few times. Then the storage is asked something else: if it answers, the file
//! waits by itself and the others go on ([`PutFailure::Later`]); if not, or if one file after the other does not get on,
//! the whole batch ends. And once all others are done, files that do not get on are not waited for longer than content on
//! its way may stand still.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use vault_core::intake::Problem;
use vault_core::model::MatterId;
use vault_core::ports::{Attention, PortError, Put, PutFailure};

use super::super::failure::stuck;
use super::super::retry_policy::Repeats;
use super::{AT_ONCE, Batch, Stored};

/// So many files in a row that do not get on, and none that does: then it is not the files.
const TOO_MANY: usize = AT_ONCE;

/// How the files of a batch get on.
pub(super) struct BatchHealth {
    /// Files that have not come to an end.
    left: AtomicUsize,
    /// Those of them that were tried in vain since they last got on.
    troubled: AtomicUsize,
    /// Files that came to their end in vain, since one last got on.
    in_vain: AtomicUsize,
    /// Files that were refused, since one last got on.
    refused: AtomicUsize,
    /// Whether any file got on.
    got_on: AtomicBool,
}

impl BatchHealth {
    pub(super) fn of(files: usize) -> Self {
        let left = AtomicUsize::new(files);
        let [troubled, in_vain, refused] = [(); 3].map(|()| AtomicUsize::default());
        Self { left, troubled, in_vain, refused, got_on: AtomicBool::default() }
    }

    /// A file has come to its end.
    pub(super) fn ended(&self) {
        self.left.fetch_sub(1, Ordering::SeqCst);
    }

    /// Whether files that do not get on are all that is waited for.
    fn only_troubled(&self) -> bool {
        let left = self.left.load(Ordering::SeqCst);
        self.got_on.load(Ordering::SeqCst) && self.troubled.load(Ordering::SeqCst) >= left
    }
}

/// The attempts to send one file.
pub(super) struct Tries<'a> {
    batch: &'a Batch<'a>,
    repeats: Repeats,
    /// Since when it does not get on.
    since: Option<Instant>,
}

impl<'a> Tries<'a> {
    pub(super) fn new(batch: &'a Batch<'a>) -> Self {
        Self { batch, repeats: Repeats::default(), since: None }
    }

    /// It got on: the next failure is a first one.
    pub(super) fn got_on(&mut self) {
        self.repeats.got_on();
        self.out_of_trouble();
        let standing = &self.batch.standing;
        standing.in_vain.store(0, Ordering::SeqCst);
        standing.refused.store(0, Ordering::SeqCst);
        standing.got_on.store(true, Ordering::SeqCst);
    }

    /// Waits for the time to try it again; `asked` is what the server asked for. `false` if it was tried often enough.
    pub(super) async fn again(&mut self, asked: Option<Duration>) -> bool {
        let (standing, waits) = (&self.batch.standing, &self.batch.vault.api.waits);
        let since = *self.since.get_or_insert_with(|| {
            standing.troubled.fetch_add(1, Ordering::SeqCst);
            Instant::now()
        });
        if since.elapsed() >= waits.retry_policy.standstill && standing.only_troubled() {
            return false;
        }
        waits.again(&mut self.repeats, asked).await
    }

    fn out_of_trouble(&mut self) {
        if self.since.take().is_some() {
            self.batch.standing.troubled.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Tries<'_> {
    fn drop(&mut self) {
        self.out_of_trouble();
    }
}

/// Whether the storage does not take this, and would not the next time.
const fn is_refusal(reason: &PortError) -> bool {
    matches!(reason, PortError::NeedsPerson { kind: Attention::Invalid, .. })
}

impl Batch<'_> {
    /// Whether a file that was not stored for this reason ends the batch. One that is refused does not, unless one
    /// after the other is: then it is not the files.
    pub(super) fn ends(&self, reason: &PortError) -> bool {
        if !is_refusal(reason) {
            return true;
        }
        self.standing.refused.fetch_add(1, Ordering::SeqCst) + 1 >= TOO_MANY
    }

    /// What it means that a file was refused, now that all of them were tried: unless one after the other was,
    /// something about this one is not as it must be.
    pub(super) fn in_the_end(&self, stored: &mut [Stored]) {
        let by_themselves = !self.ended.get().is_some_and(is_refusal);
        for stored in stored.iter_mut().filter(|_| by_themselves) {
            if let Err(PutFailure::Vault(reason)) = stored
                && is_refusal(reason)
            {
                *stored = Err(PutFailure::Source(Problem::Refused(reason.to_string())));
            }
        }
    }

    /// What it means that a file was not stored.
    pub(super) async fn judged(&self, put: &Put, stored: Stored) -> Stored {
        let Err(PutFailure::Vault(error @ PortError::TryLater { .. })) = stored else { return stored };
        let in_vain = self.standing.in_vain.fetch_add(1, Ordering::SeqCst) + 1;
        if in_vain < TOO_MANY && self.ended.get().is_none() && self.storage_answers().await {
            self.vault.stuck.note(&put.blob.path.to_string());
            Err(PutFailure::Later(stuck()))
        } else {
            Err(PutFailure::Vault(error))
        }
    }

    /// Whether the storage answers at all: it is asked for something that nobody has.
    async fn storage_answers(&self) -> bool {
        let nothing = "0".repeat(64);
        let path = format!("teams/{}/matters/{}/files/{nothing}", self.vault.team, MatterId::general());
        self.vault.api.answers(&path).await
    }
}
