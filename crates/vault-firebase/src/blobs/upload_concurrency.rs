//! Limits concurrent uploads to what the connection can carry. On a slow one, too many uploads would each move so
//! rarely that they look stalled and are needlessly sent again. So it starts with a few slots, doubles them as long as
//! all succeed, and halves them when an upload is lost (as TCP does, RFC 5681).

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// Initial number of slots.
const FIRST: usize = 8;

/// Maximum number of slots: three batches of 32.
pub(super) const MOST: usize = 96;

/// How many more files than slots may have begun: the history records a file's beginning before it takes a slot, and
/// meanwhile the slots should not idle.
pub(super) const AHEAD: usize = 16;

/// The upload slots of one server.
pub(super) struct UploadConcurrency {
    room: Semaphore,
    state: Mutex<State>,
    /// Notified when a file may begin.
    freed: Notify,
}

struct State {
    /// Files that have begun and are not finished.
    begun: usize,
    /// Number of slots.
    open: usize,
    /// How many more slots are in use than exist: they close when they are released.
    owed: usize,
    /// Uploads that succeeded since a slot was last added; `None` until the first loss, when each success adds one.
    came: Option<usize>,
    /// When the slots were last halved.
    halved: Instant,
}

/// A file whose turn it is: it may begin, and then takes an upload slot.
pub(super) struct Turn<'a>(&'a UploadConcurrency);

/// An upload slot in use.
pub(super) struct UploadSlot<'a> {
    upload_concurrency: &'a UploadConcurrency,
    since: Instant,
    permit: Option<SemaphorePermit<'a>>,
}

impl Default for UploadConcurrency {
    fn default() -> Self {
        let state = State { begun: 0, open: FIRST, owed: 0, came: None, halved: Instant::now() };
        Self { room: Semaphore::new(FIRST), state: Mutex::new(state), freed: Notify::new() }
    }
}

impl UploadConcurrency {
    /// Waits until a file may begin: as many as there are slots, and a few more.
    pub(super) async fn turn(&self) -> Turn<'_> {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            {
                let mut state = self.state();
                if state.begun < state.open + AHEAD {
                    state.begun += 1;
                    return Turn(self);
                }
            }
            freed.await;
        }
    }

    /// Waits for a slot.
    pub(super) async fn take(&self) -> UploadSlot<'_> {
        // It is never closed.
        let permit = self.room.acquire().await.ok();
        UploadSlot { upload_concurrency: self, since: Instant::now(), permit }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn open_one(&self, state: &mut State) {
        if state.open < MOST {
            state.open += 1;
            match state.owed.checked_sub(1) {
                Some(owed) => state.owed = owed,
                None => self.room.add_permits(1),
            }
            self.freed.notify_waiters();
        }
    }
}

impl UploadSlot<'_> {
    /// The upload was transmitted, whatever the server's response.
    pub(super) fn carried(self) {
        let mut state = self.upload_concurrency.state();
        match &mut state.came {
            None => self.upload_concurrency.open_one(&mut state),
            Some(came) => {
                *came += 1;
                if *came >= state.open {
                    state.came = Some(0);
                    self.upload_concurrency.open_one(&mut state);
                }
            }
        }
    }

    /// The upload was lost. Concurrent uploads lost at the same time have the same cause.
    pub(super) fn lost(self) {
        let mut state = self.upload_concurrency.state();
        if self.since < state.halved {
            return;
        }
        let left = (state.open / 2).max(1);
        let closed = state.open - left;
        let forgotten = self.upload_concurrency.room.forget_permits(closed);
        state.owed += closed - forgotten;
        (state.open, state.came, state.halved) = (left, Some(0), Instant::now());
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().begun -= 1;
        self.0.freed.notify_waiters();
    }
}

impl Drop for UploadSlot<'_> {
    fn drop(&mut self) {
        let Some(permit) = self.permit.take() else { return };
        let mut state = self.upload_concurrency.state();
        if let Some(owed) = state.owed.checked_sub(1) {
            state.owed = owed;
            permit.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt as _;

    use super::*;

    /// Takes all slots.
    fn all(upload_concurrency: &UploadConcurrency) -> Vec<UploadSlot<'_>> {
        std::iter::from_fn(|| tokio::task::unconstrained(upload_concurrency.take()).now_or_never()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn slots_double_without_losses_up_to_the_maximum() {
        let upload_concurrency = UploadConcurrency::default();
        for expected in [8, 16, 32, 64, 96, 96] {
            let taken = all(&upload_concurrency);
            assert_eq!(taken.len(), expected);
            taken.into_iter().for_each(UploadSlot::carried);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_files_start_than_the_slots_and_a_few_ahead() {
        let upload_concurrency = UploadConcurrency::default();
        let turn = || tokio::task::unconstrained(upload_concurrency.turn()).now_or_never();
        let mut begun: Vec<_> = std::iter::from_fn(turn).collect();
        assert_eq!(begun.len(), FIRST + AHEAD);
        drop(begun.pop());
        begun.extend(turn());
        assert!(turn().is_none(), "one has ended, one has begun");
        all(&upload_concurrency).into_iter().for_each(UploadSlot::carried);
        begun.extend(std::iter::from_fn(turn));
        assert_eq!(begun.len(), 2 * FIRST + AHEAD, "more upload_concurrency are open");
    }

    #[tokio::test(start_paused = true)]
    async fn simultaneous_losses_halve_the_slots_once_and_one_slot_always_remains() {
        let upload_concurrency = UploadConcurrency::default();
        for expected in [8, 4, 2, 1, 1, 1] {
            tokio::time::advance(Duration::from_mins(1)).await;
            let taken = all(&upload_concurrency);
            assert_eq!(taken.len(), expected);
            tokio::time::advance(Duration::from_mins(1)).await;
            taken.into_iter().for_each(UploadSlot::lost);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_loss_each_round_adds_one_slot() {
        let upload_concurrency = UploadConcurrency::default();
        let taken = all(&upload_concurrency);
        tokio::time::advance(Duration::from_mins(1)).await;
        taken.into_iter().for_each(UploadSlot::lost);
        for expected in [4, 5, 6, 7] {
            tokio::time::advance(Duration::from_secs(1)).await;
            let taken = all(&upload_concurrency);
            assert_eq!(taken.len(), expected);
            taken.into_iter().for_each(UploadSlot::carried);
        }
    }

    /// Slots in use when their number is halved close on release, whatever the outcome.
    #[tokio::test(start_paused = true)]
    async fn slots_beyond_the_limit_close_on_release() {
        let upload_concurrency = UploadConcurrency::default();
        let mut taken = all(&upload_concurrency);
        tokio::time::advance(Duration::from_mins(1)).await;
        taken.pop().expect("one").lost();
        assert_eq!(all(&upload_concurrency).len(), 0, "seven are in use, and there are four");
        drop(taken.split_off(4));
        assert_eq!(all(&upload_concurrency).len(), 0);
        drop(taken);
        assert_eq!(all(&upload_concurrency).len(), 4);
    }
}
