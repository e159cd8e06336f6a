//! What every kind of job is to the registry.

use std::any::Any;
use std::sync::Arc;

use async_trait::async_trait;
use vault_core::ports::PortError;

use crate::jobs::Jobs;
use crate::registered::JobKind;
use crate::registry::Registry;
use crate::runner::JobRunner;
use crate::status::JobId;

/// A job of one kind: how it runs, and what only this kind keeps. The registry keeps the rest: its status, the requests
/// for it, its task.
///
/// The list of jobs is locked while [`may_finish`](Self::may_finish) and [`let_go`](Self::let_go) run: they return at
/// once, and call nothing of the registry.
#[async_trait]
pub(crate) trait Job: Any + Send + Sync {
    /// Its kind.
    fn kind(&self) -> JobKind;

    /// Lists the jobs of this kind that earlier runs of the program left, once, when [`Jobs`] start.
    ///
    /// # Errors
    /// [`PortError`] if that cannot be read: then nothing starts.
    async fn take_up(_jobs: &Jobs) -> Result<(), PortError>
    where
        Self: Sized,
    {
        Ok(())
    }

    /// Runs the job from its current state until it has ended, or until the program wants it to be left
    /// ([`Request::Leave`](crate::desired::Request::Leave)). A job that has ended is run again if the user wants more of
    /// it. A panic ends the job as failed.
    async fn run(self: Arc<Self>, runner: JobRunner);

    /// The user cancelled it just now: records that where it survives a kill, because the running operation may take
    /// time to stop. Does not wait for it.
    fn cancelled(&self, _registry: &Registry, _id: JobId) {}

    /// Whether it may end as finished: not if the user wanted more of it meanwhile.
    fn may_finish(&self) -> bool {
        true
    }

    /// It has ended, or was left at the end of the program: drops what it kept for the user, and lets callers go.
    fn let_go(&self) {}
}
