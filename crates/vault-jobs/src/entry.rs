//! A job on the list, with what the registry keeps of it.

use std::any::Any;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::desired::{DesiredState, Request};
use crate::job::Job;
use crate::status::JobStatus;

/// A job on the list.
pub(crate) struct Entry {
    pub(crate) status: JobStatus,
    pub(crate) job: Arc<dyn Job>,
    pub(crate) desired: watch::Sender<DesiredState>,
    /// Its running task, if any.
    pub(crate) task: Option<JoinHandle<()>>,
    /// Stops its running operation.
    pub(crate) stop: Option<Box<dyn Fn() + Send>>,
}

impl Entry {
    pub(crate) fn new(status: JobStatus, job: Arc<dyn Job>) -> Self {
        Self { status, job, desired: watch::Sender::default(), task: None, stop: None }
    }

    /// The job, if it is of this kind.
    pub(crate) fn job_as<J: Job>(&self) -> Option<Arc<J>> {
        let job: Arc<dyn Any + Send + Sync> = Arc::<dyn Job>::clone(&self.job);
        job.downcast().ok()
    }

    /// Sets the requested state, and stops the running operation if it is not to continue. A job that is running or
    /// waiting is polled once more.
    pub(crate) fn request(&self, go: Request) {
        self.desired.send_modify(|desired| desired.request(go));
        self.stop_unless_wanted();
    }

    /// Registers how to stop the running operation of the job from now on.
    pub(crate) fn being_done(&mut self, stop: impl Fn() + Send + 'static) {
        self.stop = Some(Box::new(stop));
        self.stop_unless_wanted();
    }

    fn stop_unless_wanted(&self) {
        if let Some(stop) = &self.stop
            && self.desired.borrow().go != Request::On
        {
            stop();
        }
    }

    /// Polls the job once more: something else than the requested state has changed.
    pub(crate) fn poll(&self) {
        self.desired.send_modify(|_| ());
    }

    /// The user confirmed that the job goes on from where it waits for them.
    pub(crate) fn confirm(&self) {
        self.desired.send_modify(|desired| desired.confirmed = true);
    }

    /// Whether the user confirmed it; with `at_once`, it is assumed.
    pub(crate) fn is_confirmed(&self, at_once: bool) -> bool {
        if at_once {
            self.confirm();
        }
        self.desired.borrow().confirmed
    }

    /// Whether it is being cancelled, which cannot be undone.
    pub(crate) fn is_cancelling(&self) -> bool {
        self.desired.borrow().go == Request::Cancel
    }

    /// Whether its job is running or waiting.
    pub(crate) const fn is_going(&self) -> bool {
        self.task.is_some()
    }

    pub(crate) fn leave(&mut self) -> Option<JoinHandle<()>> {
        self.request(Request::Leave);
        self.task.take()
    }
}
