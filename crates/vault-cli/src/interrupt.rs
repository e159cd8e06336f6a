//! Ctrl-C, a terminal that is closed, and being asked to end: the first time stops cleanly, the second time at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::progress::Work;

/// What a shell reports for a program that Ctrl-C ended.
const ENDED_AT_ONCE: i32 = 130;

/// For so long after the first request, others are the same one.
const ONCE: Duration = Duration::from_millis(200);

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
            // Whoever ends a program by several signals in a row, as `timeout` and the end of a session do, asks once.
            let _ = tokio::time::timeout(ONCE, async {
                loop {
                    requests.next().await;
                }
            })
            .await;
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
    signals: Vec<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Requests {
    /// Ctrl-C, being asked to end, and a terminal that is closed; but none that whoever started the program keeps from it,
    /// as `nohup` does.
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
        let heard = kinds.into_iter().filter(|kind| !is_ignored(kind.as_raw_value()));
        // Where they cannot be listened for, they end the program as they always did.
        Self { signals: heard.filter_map(|kind| signal(kind).ok()).collect() }
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let came = self.signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

/// Whether a signal was kept from this program when it was started.
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored & (1 << (signal - 1)) != 0
}

/// Elsewhere nothing tells: only a closed terminal is left alone, as it is with `nohup`.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_ignored(signal: i32) -> bool {
    signal == tokio::signal::unix::SignalKind::hangup().as_raw_value()
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
