//! Notifies the observer: in one task, in the order of the events.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use vault_core::model::MatterId;

use crate::observer::Observer;
use crate::status::{JobId, JobStatus};

/// A notification.
pub(crate) enum JobEvent {
    Changed(JobStatus),
    Gone(JobId),
    Filed(MatterId),
    Ended(JobStatus),
    /// All earlier notifications have been delivered.
    SoFar(oneshot::Sender<()>),
}

/// Delivers notifications in the order it receives them, so sending one while the list of jobs is locked gives them
/// the order of the list.
pub(crate) struct Teller(UnboundedSender<JobEvent>);

impl Teller {
    pub(crate) fn new(observer: Arc<dyn Observer>, runtime: &Handle) -> Self {
        let (sender, mut told) = unbounded_channel();
        runtime.spawn(async move {
            while let Some(told) = told.recv().await {
                match told {
                    JobEvent::Changed(job) => observer.job(&job),
                    JobEvent::Gone(id) => observer.job_gone(id),
                    JobEvent::Filed(matter) => observer.filed(&matter),
                    JobEvent::Ended(job) => observer.ended(&job),
                    JobEvent::SoFar(reached) => drop(reached.send(())),
                }
            }
        });
        Self(sender)
    }

    pub(crate) fn tell(&self, told: JobEvent) {
        // The receiver ends only with the runtime.
        let _ = self.0.send(told);
    }

    /// Waits until all notifications have been delivered.
    pub(crate) async fn so_far(&self) {
        let (reached, told) = oneshot::channel();
        self.tell(JobEvent::SoFar(reached));
        let _ = told.await;
    }
}
