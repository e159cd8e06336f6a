//! The observer of a desk.

use vault_core::model::MatterId;

use crate::work::{Work, WorkId};

/// Receives notifications one at a time, in the order of the events; after a work's end comes nothing older than it. A
/// call must return quickly: later notifications wait for it.
pub trait Observer: Send + Sync + 'static {
    /// A work started, progressed or ended. Phases are reported at once, numbers at most four times a second for each
    /// work, and only if they changed.
    fn work(&self, work: &Work);

    /// A work that had ended was cleared.
    fn work_gone(&self, id: WorkId);

    /// Files or history of a matter changed, and the local copy has them. While a drop is filed, every few seconds.
    fn filed(&self, matter: &MatterId);

    /// A work ended while the user watched; see its phase. Called once for each end, after [`work`](Self::work), but
    /// not for work that had ended on an earlier day.
    fn ended(&self, work: &Work);
}
