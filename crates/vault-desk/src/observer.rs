//! Who is told of what happens.

use vault_core::model::MatterId;

use crate::work::{Work, WorkId};

/// Is told of what happens, one call at a time and in the order in which it happened; nothing comes after a work's end
/// that is older than it. A call must not take long: those after it wait.
pub trait Observer: Send + Sync + 'static {
    /// A work began, moved or ended. Phases come at once, numbers at most four times a second for each work; while
    /// nothing changes, nothing comes.
    fn work(&self, work: &Work);

    /// A work that had ended was cleared away.
    fn work_gone(&self, id: WorkId);

    /// Files or history of a matter changed; the copy for browsing has it. While a drop is filed, every few seconds.
    fn filed(&self, matter: &MatterId);

    /// A work ended, as its phase says, in front of the person: comes once for each end, after
    /// [`work`](Self::work); not for what had ended on an earlier day.
    fn ended(&self, work: &Work);
}
