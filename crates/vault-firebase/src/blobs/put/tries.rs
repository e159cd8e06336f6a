//! Deciding whether one file is stuck, or the whole connection.
//!
//! A file that makes no progress is tried a few times. Then the storage is asked something else: if it answers, the
//! file waits by itself and the others continue ([`PutFailure::Later`]); if not, or if several files in a row make no
//! progress, the whole batch ends. Once all other files are done, stuck files are not waited for longer than the stall
//! timeout of content.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use vault_core::intake::Problem;
use vault_core::model::MatterId;
use vault_core::ports::{Attention, PortError, Put, PutFailure};

use super::super::failure::stuck;
use super::super::retry_policy::Repeats;
use super::{AT_ONCE, Batch, Stored};

/// After this many failing files in a row, without a success, the files are not the cause.
const TOO_MANY: usize = AT_ONCE;

/// Progress of the files of a batch.
pub(super) struct BatchHealth {
    /// Unfinished files.
    left: AtomicUsize,
    /// Unfinished files that failed since they last made progress.
    troubled: AtomicUsize,
    /// Files that finally failed since one last made progress.
    in_vain: AtomicUsize,
    /// Files that were refused since one last made progress.
    refused: AtomicUsize,
    /// Whether any file made progress.
    got_on: AtomicBool,
}

impl BatchHealth {
    pub(super) fn of(files: usize) -> Self {
        let left = AtomicUsize::new(files);
        let [troubled, in_vain, refused] = [(); 3].map(|()| AtomicUsize::default());
        Self { left, troubled, in_vain, refused, got_on: AtomicBool::default() }
    }

    /// A file is finished.
    pub(super) fn ended(&self) {
        self.left.fetch_sub(1, Ordering::SeqCst);
    }

    /// Whether only files without progress are left.
    fn only_troubled(&self) -> bool {
        let left = self.left.load(Ordering::SeqCst);
        self.got_on.load(Ordering::SeqCst) && self.troubled.load(Ordering::SeqCst) >= left
    }
}

/// The attempts to send one file.
pub(super) struct Tries<'a> {
    batch: &'a Batch<'a>,
    repeats: Repeats,
    /// When it last stopped making progress.
    since: Option<Instant>,
}

impl<'a> Tries<'a> {
    pub(super) fn new(batch: &'a Batch<'a>) -> Self {
        Self { batch, repeats: Repeats::default(), since: None }
    }

    /// Progress was made: the next failure counts as the first.
    pub(super) fn got_on(&mut self) {
        self.repeats.got_on();
        self.out_of_trouble();
        let standing = &self.batch.standing;
        standing.in_vain.store(0, Ordering::SeqCst);
        standing.refused.store(0, Ordering::SeqCst);
        standing.got_on.store(true, Ordering::SeqCst);
    }

    /// Waits before the next attempt; `asked` is the delay the server asked for. `false` if there are no attempts left.
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

/// Whether the storage refuses this, and would refuse it again.
const fn is_refusal(reason: &PortError) -> bool {
    matches!(reason, PortError::NeedsPerson { kind: Attention::Invalid, .. })
}

impl Batch<'_> {
    /// Whether a file's failure for this reason ends the batch. A refusal does not, unless several files in a row are
    /// refused: then the files are not the cause.
    pub(super) fn ends(&self, reason: &PortError) -> bool {
        if !is_refusal(reason) {
            return true;
        }
        self.standing.refused.fetch_add(1, Ordering::SeqCst) + 1 >= TOO_MANY
    }

    /// Reviews refusals once all files were tried: unless several in a row were refused, the refused file itself is at
    /// fault.
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

    /// Classifies a file's failure.
    pub(super) async fn judged(&self, put: &Put, stored: Stored) -> Stored {
        let Err(PutFailure::Vault(error @ PortError::TryLater { .. })) = stored else { return stored };
        let in_vain = self.standing.in_vain.fetch_add(1, Ordering::SeqCst) + 1;
        if in_vain < TOO_MANY && self.ended.get().is_none() && self.storage_answers().await {
            self.vault.stuck.note(&put.blob.path.to_string());
            tracing::info!(in_vain, "an upload makes no progress; the others continue");
            Err(PutFailure::Later(stuck()))
        } else {
            Err(PutFailure::Vault(error))
        }
    }

    /// Whether the storage answers at all: it is asked for an object that does not exist.
    async fn storage_answers(&self) -> bool {
        let nothing = "0".repeat(64);
        let path = format!("teams/{}/matters/{}/files/{nothing}", self.vault.team, MatterId::general());
        self.vault.api.answers(&path).await
    }
}
