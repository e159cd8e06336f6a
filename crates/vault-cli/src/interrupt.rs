//! Ctrl-C, a closed terminal, and a request to end: the first one stops cleanly, the second one at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::progress::Work;

/// The exit code that a shell reports for a program ended by Ctrl-C.
const ENDED_AT_ONCE: i32 = 130;

/// For this long after the first request, others count as the same one.
const ONCE: Duration = Duration::from_millis(200);

#[derive(Default)]
struct State {
    stopped: AtomicBool,
    /// The current work.
    work: Mutex<Option<Arc<dyn Work>>>,
    changed: Notify,
}

/// Listens for requests to stop, from its creation until the program ends.
#[derive(Clone)]
pub(crate) struct Interrupt(Arc<State>);

impl Interrupt {
    /// Starts to listen; before this, a request ends the program.
    pub(crate) fn listen() -> Self {
        let state = Arc::new(State::default());
        let listening = Arc::clone(&state);
        let mut requests = Requests::new();
        tokio::spawn(async move {
            requests.next().await;
            listening.stopped.store(true, Ordering::SeqCst);
            if let Some(work) = &*listening.work.lock() {
                work.stop();
            }
            listening.changed.notify_waiters();
            // Several signals in a row, as sent by `timeout` and at the end of a session, count as one request.
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

    /// Whether a stop was requested.
    pub(crate) fn asked(&self) -> bool {
        self.0.stopped.load(Ordering::SeqCst)
    }

    /// Waits until a stop is requested.
    pub(crate) async fn wait(&self) {
        let changed = self.0.changed.notified();
        if !self.asked() {
            changed.await;
        }
    }

    /// From now on a stop applies to this work; at once, if it was already requested.
    pub(crate) fn concerns(&self, work: Arc<dyn Work>) {
        let mut current = self.0.work.lock();
        if self.asked() {
            work.stop();
        }
        *current = Some(work);
    }
}

/// Requests to stop, of every kind this system has.
struct Requests {
    #[cfg(unix)]
    signals: Vec<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Requests {
    /// Ctrl-C, a request to end, and a closed terminal; but none that the parent process made the program ignore, as
    /// `nohup` does.
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
        let heard = kinds.into_iter().filter(|kind| !is_ignored(kind.as_raw_value()));
        // If they cannot be handled, they end the program as usual.
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

/// Whether the program was started with this signal ignored.
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored & (1 << (signal - 1)) != 0
}

/// On other systems this is unknown: only a closed terminal is ignored, as with `nohup`.
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
