//! The observer of the jobs.

use vault_core::model::MatterId;

use crate::status::{JobId, JobStatus};

/// Receives notifications one at a time, in the order of the events; after a job's end comes nothing older than it. A
/// call must return quickly: later notifications wait for it.
pub trait Observer: Send + Sync + 'static {
    /// A job started, progressed or ended. Phases are reported at once, numbers at most four times a second for each
    /// job, and only if they changed.
    fn job(&self, job: &JobStatus);

    /// A job that had ended was cleared.
    fn job_gone(&self, id: JobId);

    /// Files or history of a matter changed, and the local copy has them. While a drop is filed, every few seconds.
    fn filed(&self, matter: &MatterId);

    /// A job ended while the user watched; see its phase. Called once for each end, after [`job`](Self::job), but not
    /// for jobs that had ended on an earlier day.
    fn ended(&self, job: &JobStatus);
}
