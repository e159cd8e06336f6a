//! Telling the observer: by one task, in the order in which things happened.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use vault_core::model::MatterId;

use crate::observer::Observer;
use crate::work::{Work, WorkId};

/// Something to tell.
pub(crate) enum DeskEvent {
    Work(Work),
    Gone(WorkId),
    Filed(MatterId),
    Ended(Work),
    /// Everything before this has been told.
    SoFar(oneshot::Sender<()>),
}

/// Passes on what is to be told. What it is given first is told first, so giving it something while the list of works
/// is locked makes the order of the list the order of the telling.
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
        // The other end goes only with the runtime.
        let _ = self.0.send(told);
    }

    /// Waits until everything has been told.
    pub(crate) async fn so_far(&self) {
        let (reached, told) = oneshot::channel();
        self.tell(DeskEvent::SoFar(reached));
        let _ = told.await;
    }
}
