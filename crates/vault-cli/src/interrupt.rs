//! Ctrl-C, and being asked to end: the first time stops cleanly, the second time at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::progress::Work;

/// What a shell reports for a program that Ctrl-C ended.
const ENDED_AT_ONCE: i32 = 130;

#[derive(Default)]
struct State {
    stopped: AtomicBool,
    /// What is going on now.
    work: Mutex<Option<Arc<dyn Work>>>,
    changed: Notify,
}

/// Listens for requests to stop, from when it is made until the program ends.
#[derive(Clone)]
pub(crate) struct Interrupt(Arc<State>);

impl Interrupt {
    /// Begins to listen; before this, a request ends the program.
    pub(crate) fn listen() -> Self {
        let state = Arc::new(State::default());
        let listening = Arc::clone(&state);
        let mut requests = Requests::new();
        tokio::spawn(async move {
            requests.next().await;
            listening.stopped.store(true, Ordering::SeqCst);
            if let Some(work) = &*listening.work.lock().unwrap_or_else(PoisonError::into_inner) {
                work.stop();
            }
            listening.changed.notify_waiters();
            requests.next().await;
            std::process::exit(ENDED_AT_ONCE);
        });
        Self(state)
    }

    /// Whether a stop was asked for.
    pub(crate) fn asked(&self) -> bool {
        self.0.stopped.load(Ordering::SeqCst)
    }

    /// Waits until a stop is asked for.
    pub(crate) async fn wait(&self) {
        let changed = self.0.changed.notified();
        if !self.asked() {
            changed.await;
        }
    }

    /// From now on a stop concerns this work; at once, if it was asked for already.
    pub(crate) fn concerns(&self, work: Arc<dyn Work>) {
        let mut current = self.0.work.lock().unwrap_or_else(PoisonError::into_inner);
        if self.asked() {
            work.stop();
        }
        *current = Some(work);
    }
}

/// Requests to stop, of whatever kind this system knows.
struct Requests {
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    interrupt: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Requests {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        // Where they cannot be listened for, they end the program as they always did.
        Self { terminate: signal(SignalKind::terminate()).ok(), interrupt: signal(SignalKind::interrupt()).ok() }
    }

    async fn next(&mut self) {
        async fn one(signal: Option<&mut tokio::signal::unix::Signal>) {
            match signal {
                Some(signal) => {
                    signal.recv().await;
                }
                None => std::future::pending().await,
            }
        }
        tokio::select! {
            () = one(self.terminate.as_mut()) => {}
            () = one(self.interrupt.as_mut()) => {}
        }
    }
}

#[cfg(not(unix))]
impl Requests {
    fn new() -> Self {
        Self {}
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
