//! Notifies the observer: in one task, in the order of the events.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use vault_core::model::MatterId;

use crate::observer::Observer;
use crate::work::{Work, WorkId};

/// A notification.
pub(crate) enum DeskEvent {
    Work(Work),
    Gone(WorkId),
    Filed(MatterId),
    Ended(Work),
    /// All earlier notifications have been delivered.
    SoFar(oneshot::Sender<()>),
}

/// Delivers notifications in the order it receives them, so sending one while the list of works is locked gives them
/// the order of the list.
pub(crate) struct Teller(UnboundedSender<DeskEvent>);

impl Teller {
    pub(crate) fn new(observer: Arc<dyn Observer>, runtime: &Handle) -> Self {
        let (sender, mut told) = unbounded_channel();
        runtime.spawn(async move {
            while let Some(told) = told.recv().await {
                match told {
                    DeskEvent::Work(work) => observer.work(&work),
                    DeskEvent::Gone(id) => observer.work_gone(id),
                    DeskEvent::Filed(matter) => observer.filed(&matter),
                    DeskEvent::Ended(work) => observer.ended(&work),
                    DeskEvent::SoFar(reached) => drop(reached.send(())),
                }
            }
        });
        Self(sender)
    }

    pub(crate) fn tell(&self, told: DeskEvent) {
        // The receiver ends only with the runtime.
        let _ = self.0.send(told);
    }

    /// Waits until all notifications have been delivered.
    pub(crate) async fn so_far(&self) {
        let (reached, told) = oneshot::channel();
        self.tell(DeskEvent::SoFar(reached));
        let _ = told.await;
    }
}
