//! The desk: what may be asked.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::Vault;
use vault_core::intake::LeftOutRules;
use vault_core::model::MatterId;
use vault_core::ports::{PortError, RightToFile};
use vault_core::restore::RestoreScope;

use crate::{DeskError, Observer, Options, PreflightList, PreflightRow, ProblemRow, Report, Work, WorkId};

/// What is under way on this computer. Cheap to clone; all clones are the same desk.
///
/// What a person asks of a work ([`pause`](Self::pause), [`cancel`](Self::cancel), …) is noted at once and done as soon
/// as may be; the [`Observer`] is told when it is done.
#[derive(Clone)]
pub struct Desk;

impl Desk {
    /// Takes up what the journal holds: drops that are not finished go on by themselves (one whose folders were not read
    /// yet is read, and then waits for the person unless [`Options::file_at_once`]), finished ones with files that need
    /// a person are shown. Must be called inside a Tokio runtime, which does the work.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read.
    pub async fn start(
        vault: Vault,
        right: Arc<dyn RightToFile>,
        observer: Arc<dyn Observer>,
        options: Options,
    ) -> Result<Self, PortError> {
        let _ = (vault, right, observer, options);
        todo!()
    }

    /// What is under way, what ended since the start, and drops of earlier days with files that need a person; oldest
    /// first.
    pub fn works(&self) -> Vec<Work> {
        todo!()
    }

    /// One of [`works`](Self::works).
    pub fn work(&self, id: WorkId) -> Option<Work> {
        let _ = id;
        todo!()
    }

    /// Whether something happens or will happen by itself: reason enough to ask before the window closes.
    pub fn is_busy(&self) -> bool {
        todo!()
    }

    /// From now on, drops are filed as soon as they are read, or wait for the person. Drops that wait already go on
    /// waiting.
    pub fn set_file_at_once(&self, at_once: bool) {
        let _ = at_once;
        todo!()
    }

    /// What is left out of drops that are read from now on.
    pub fn set_left_out(&self, rules: LeftOutRules) {
        let _ = rules;
        todo!()
    }

    /// Accepts a drop of what stands at `sources` (as `vault_home::Home::sources` gives them). When this returns the
    /// journal has it; its folders are read in the background, and then it is [`Ready`](crate::Phase::Ready), or
    /// filed if the person set that.
    ///
    /// # Errors
    /// [`DeskError::Vault`] if nothing can be filed to the matter, or the journal cannot be written.
    pub async fn take(&self, matter: &MatterId, sources: Vec<PathBuf>) -> Result<WorkId, DeskError> {
        let _ = (matter, sources);
        todo!()
    }

    /// The person has seen the pre-flight and says *File*. When this returns, the journal has that too: it holds after a
    /// restart.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] unless the work is [`Ready`](crate::Phase::Ready), [`DeskError::NotFound`].
    pub async fn file(&self, id: WorkId) -> Result<(), DeskError> {
        let _ = id;
        todo!()
    }

    /// Pauses a work. One that is read or checked is begun again by [`resume`](Self::resume); of one that is filed or
    /// restored, what is done stays done. Does nothing to a work that is paused.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that waits for the person or has ended, [`DeskError::NotFound`].
    pub fn pause(&self, id: WorkId) -> Result<(), DeskError> {
        let _ = id;
        todo!()
    }

    /// Goes on with a work that is paused, held or failed. Does nothing to a work that is going on.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that has ended otherwise, [`DeskError::NotFound`].
    pub fn resume(&self, id: WorkId) -> Result<(), DeskError> {
        let _ = id;
        todo!()
    }

    /// Gives up the rest of a work. What was filed or restored stays.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that is finished, [`DeskError::NotFound`].
    pub fn cancel(&self, id: WorkId) -> Result<(), DeskError> {
        let _ = id;
        todo!()
    }

    /// Takes a work that has ended off the list. A drop with files that need a person comes back at the next start.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that has not ended, [`DeskError::NotFound`].
    pub fn clear(&self, id: WorkId) -> Result<(), DeskError> {
        let _ = id;
        todo!()
    }

    /// Rows `offset..offset + limit` of a list of a pre-flight; fewer at its end. Takes time for the rows alone, however
    /// large the drop.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] unless the work is [`Ready`](crate::Phase::Ready); what is left out and what could not be
    /// read can be asked for as long as the drop is listed. [`DeskError::NotFound`].
    pub async fn preflight_rows(
        &self,
        id: WorkId,
        list: PreflightList,
        offset: u64,
        limit: usize,
    ) -> Result<Vec<PreflightRow>, DeskError> {
        let _ = (id, list, offset, limit);
        todo!()
    }

    /// Files of a drop that need a person, by their place in the drop.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for what is no drop, [`DeskError::Vault`], [`DeskError::NotFound`].
    pub async fn problems(&self, id: WorkId) -> Result<Vec<ProblemRow>, DeskError> {
        let _ = id;
        todo!()
    }

    /// Tries these files of a drop again; with none, all that need a person. While the drop is being filed, they come
    /// after the rest; of a drop that is only read yet, the folders are read again.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for what is no drop or was given up, [`DeskError::NotFound`].
    pub fn retry(&self, id: WorkId, seqs: &[u64]) -> Result<(), DeskError> {
        let _ = (id, seqs);
        todo!()
    }

    /// Gives these files of a finished drop up; with none, all that need a person. The history keeps that they failed.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] unless the drop is finished, [`DeskError::Vault`], [`DeskError::NotFound`].
    pub async fn skip(&self, id: WorkId, seqs: &[u64]) -> Result<(), DeskError> {
        let _ = (id, seqs);
        todo!()
    }

    /// Gives back what `scope` names, to the folder `destination`. `names` is what the person chose, for the list.
    ///
    /// # Errors
    /// [`DeskError::Ending`]; what goes wrong later is told by the work.
    pub async fn restore(
        &self,
        scope: RestoreScope,
        names: Vec<String>,
        destination: PathBuf,
    ) -> Result<WorkId, DeskError> {
        let _ = (scope, names, destination);
        todo!()
    }

    /// Checks everything that is stored.
    ///
    /// # Errors
    /// [`DeskError::Ending`]; what goes wrong later is told by the work.
    pub fn verify(&self) -> Result<WorkId, DeskError> {
        todo!()
    }

    /// What became of a restore or a check, in detail.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a drop and for what has not ended, [`DeskError::NotFound`].
    pub fn report(&self, id: WorkId) -> Result<Report, DeskError> {
        let _ = id;
        todo!()
    }

    /// Pauses everything that is going on.
    pub fn pause_all(&self) {
        todo!()
    }

    /// Stops everything and leaves the queue so that the next start goes on. When this returns nothing is written any
    /// more, and the observer has been told everything.
    pub async fn shutdown(&self) {
        todo!()
    }
}
