//! Waiting for a condition, with a timeout.

use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy computer.
pub const PATIENCE: Duration = Duration::from_mins(1);

const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// Polls until there is a value, and returns it.
///
/// # Panics
/// When it never comes.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let since = Instant::now();
    loop {
        if let Some(seen) = patiently(what, look()).await {
            return seen;
        }
        assert!(since.elapsed() < PATIENCE, "it never came: {what}");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Waits for an answer, with a timeout.
///
/// # Panics
/// When it never comes.
pub(crate) async fn patiently<T>(what: &str, answer: impl Future<Output = T>) -> T {
    let Ok(answer) = tokio::time::timeout(PATIENCE, answer).await else { panic!("no answer: {what}") };
    answer
}
