//! Keeping the local copy of a firm's documents current.
//!
//! ```text
//! CatchingUp ─► Current ◄─► (news: apply the changes)
//!     ▲            │
//!     └─ Offline ◄─┴─► SignIn: until the user signs in again
//! ```

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use vault_core::Vault;
use vault_core::model::{TeamId, Timestamp};
use vault_core::ports::{Attention, Following, News, PortError};

use crate::mark::Mark;

/// State of the local copy compared with the firm's vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// Up to date.
    Current,
    /// Changes are being applied.
    CatchingUp,
    /// The firm's vault cannot be reached; retried automatically.
    Offline,
    /// No user is signed in any more, or the user has no access: the user has to act.
    SignIn,
}

/// State and progress of the local copy, for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    /// The state.
    pub state: SyncState,
    /// When it was last up to date, accurate to half a minute after a start; `None` if never.
    pub since: Option<Timestamp>,
    /// Documents applied by the current catch-up.
    pub taken: u64,
    /// Why it is offline, or why the user has to sign in; empty otherwise.
    pub message: String,
}

impl Sync {
    /// The same state with `taken` documents applied. A vault that is being followed stays `Current`.
    fn catching_up(&self, taken: u64) -> Self {
        let state = if self.state == SyncState::Current { self.state } else { SyncState::CatchingUp };
        Self { state, since: self.since, taken, message: String::new() }
    }
}

/// Receives state changes.
#[async_trait]
pub trait LiveObserver: Send + std::marker::Sync {
    /// The state or progress changed.
    fn sync(&self, sync: &Sync);

    /// The local copy changed.
    async fn changed(&self);

    /// The firm's vault is reachable and the local copy is current: waiting work can be sent.
    async fn reached(&self);

    /// The user now works in another team: close this vault and open that team's.
    async fn moved(&self);
}

/// Waits before the first, second, … new attempt to reach the vault.
const WAITS: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_secs(1))
    .with_max_delay(Duration::from_secs(20))
    .without_max_times();

/// Delay before a change that could not be sent is sent again while the vault is followed.
const SENT_AGAIN: Duration = Duration::from_secs(20);

/// How often progress is reported.
const TOLD: Duration = Duration::from_millis(250);

/// Keeps the local copy current until it is stopped or dropped.
pub struct Live {
    shared: Arc<Shared>,
    task: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    vault: Vault,
    observer: Arc<dyn LiveObserver>,
    /// The team whose vault this is.
    team: TeamId,
    /// When the local copy was last current, for the next start.
    mark: Mark,
    sync: Mutex<Sync>,
    now: Notify,
}

impl Live {
    pub(crate) fn start(vault: Vault, team: TeamId, mark: Mark, observer: Arc<dyn LiveObserver>) -> Self {
        let sync = Sync { state: SyncState::CatchingUp, since: mark.last(), taken: 0, message: String::new() };
        let shared = Arc::new(Shared { vault, observer, team, mark, sync: Mutex::new(sync), now: Notify::new() });
        let task = tokio::spawn(keep_current(Arc::clone(&shared)));
        Self { shared, task: Mutex::new(Some(task)) }
    }

    /// The current state.
    pub fn sync(&self) -> Sync {
        self.shared.sync()
    }

    /// Retries now instead of after the wait.
    pub fn try_now(&self) {
        self.shared.now.notify_one();
    }

    /// Stops, and returns once nothing is being applied any more.
    pub async fn stop(&self) {
        let task = self.task.lock().take();
        if let Some(task) = task {
            task.abort();
            // An error means that the task was aborted.
            let _ = task.await;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().take() {
            task.abort();
        }
    }
}

impl Shared {
    fn sync(&self) -> Sync {
        self.sync.lock().clone()
    }

    fn tell(&self, change: impl FnOnce(&mut Sync)) {
        let (before, now) = {
            let mut sync = self.sync.lock();
            let before = sync.clone();
            change(&mut sync);
            (before, sync.clone())
        };
        if before != now {
            self.observer.sync(&now);
        }
    }

    /// Applies what changed.
    async fn sync_mirror(&self) -> Result<(), PortError> {
        let before = self.vault.mirror.cursor().await?;
        let told = Mutex::new(tokio::time::Instant::now());
        let tell = |taken| {
            let mut told = told.lock();
            if told.elapsed() >= TOLD {
                *told = tokio::time::Instant::now();
                self.tell(|sync| *sync = sync.catching_up(taken));
            }
        };
        let taken = self.vault.sync_mirror_watched(&tell).await;
        // Changes applied before an error are visible, too.
        if self.vault.mirror.cursor().await? != before {
            self.observer.changed().await;
        }
        taken
    }

    /// Whether the user now works in another team.
    async fn has_moved(&self) -> Result<bool, PortError> {
        Ok(self.vault.person().await?.team != self.team)
    }

    /// Finds out why the vault refuses this user, with a token that carries their current rights.
    async fn refused(&self) -> Result<(), PortError> {
        self.vault.renew_token().await?;
        if self.has_moved().await? {
            self.observer.moved().await;
            return Ok(());
        }
        let caught_up = forget_if_refused(&self.vault, self.sync_mirror().await).await;
        if caught_up.as_ref().is_err_and(is_refusal) {
            self.observer.changed().await;
        }
        caught_up
    }

    /// Whether a change waits to be sent and does not need the user.
    async fn something_waits(&self) -> Result<bool, PortError> {
        Ok(self.vault.waiting_edits().await?.iter().any(|edit| edit.refused.is_none()))
    }

    /// What has to happen once the vault is reached, before the state is `Current`.
    async fn arrive(&self) -> Result<(), PortError> {
        // Waiting changes are sent before anything that depends on them.
        let sending = self.vault.send_waiting().await?;
        if sending.sent + sending.refused > 0 {
            self.observer.changed().await;
        }
        if self.has_moved().await? {
            self.observer.moved().await;
        }
        Ok(())
    }

    /// Marks the local copy as current.
    async fn current(&self) {
        let at = self.vault.now();
        self.mark.set(at);
        let was = self.sync().state;
        self.tell(|sync| *sync = Sync { state: SyncState::Current, since: Some(at), taken: 0, message: String::new() });
        if was != SyncState::Current {
            tracing::info!("the local copy is current");
            self.observer.reached().await;
        }
    }
}

/// Connects, follows, and reconnects until aborted.
async fn keep_current(shared: Arc<Shared>) {
    let mut back_off = WAITS.build();
    loop {
        let mut ended = match follow(&shared, &mut back_off).await {
            Ok(never) => match never {},
            Err(error) => Err(error),
        };
        if ended.as_ref().is_err_and(is_refusal) {
            ended = shared.refused().await;
        }
        match ended {
            // No longer refused.
            Ok(()) => {}
            Err(PortError::TryLater { message }) => {
                shared.tell(|sync| *sync = Sync { state: SyncState::Offline, message, taken: 0, ..sync.clone() });
                if let Some(wait) = back_off.next() {
                    tracing::info!(delay_ms = wait.as_millis(), "the firm's vault cannot be reached");
                    let _ = timeout(wait, shared.now.notified()).await;
                }
            }
            Err(PortError::NeedsPerson { kind, message }) => {
                tracing::info!(?kind, "the firm's vault needs a person");
                shared.tell(|sync| *sync = Sync { state: SyncState::SignIn, message, taken: 0, ..sync.clone() });
                shared.now.notified().await;
            }
        }
    }
}

/// Wipes the local copy if catching up was refused with a token that carries the user's current rights: a user who has
/// left the firm keeps no copy. Queued files belong to the user and stay.
async fn forget_if_refused<T>(vault: &Vault, caught_up: Result<T, PortError>) -> Result<T, PortError> {
    if caught_up.as_ref().is_err_and(is_refusal) {
        tracing::warn!("the firm's vault refuses this user; the local copy is wiped");
        vault.mirror.clear().await?;
    }
    caught_up
}

/// Brings the local copy of a firm's documents up to date once, for a program that does not follow it. If the vault
/// refuses this user with a token that carries their current rights, the local copy is wiped.
///
/// # Errors
/// As the vault reports them; [`Attention::NoAccess`] after the copy was wiped.
pub async fn catch_up_or_forget(vault: &Vault) -> Result<(), PortError> {
    match vault.sync_mirror().await {
        Err(error) if is_refusal(&error) => {
            vault.renew_token().await?;
            forget_if_refused(vault, vault.sync_mirror().await).await.map(drop)
        }
        caught_up => caught_up.map(drop),
    }
}

const fn is_refusal(error: &PortError) -> bool {
    matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess, .. })
}

/// Uninhabited: following only ends with an error.
enum Never {}

async fn follow(shared: &Shared, back_off: &mut ExponentialBackoff) -> Result<Never, PortError> {
    // If the local copy is not empty, listening replaces the first query: nothing is read unless something changed.
    let mut since = shared.vault.mirror.cursor().await?;
    if since.is_none() {
        shared.sync_mirror().await?;
        since = shared.vault.mirror.cursor().await?;
    }
    let mut following: Box<dyn Following> = shared.vault.follow(since.as_ref()).await?;
    loop {
        let waits = shared.something_waits().await?;
        let news = tokio::select! {
            news = following.next() => news?,
            // A manual retry reads everything that changed.
            () = shared.now.notified() => News::Changed,
            // A failed send is retried even if nothing else happens.
            () = sleep(SENT_AGAIN), if waits => News::Current,
        };
        if news == News::Changed {
            shared.sync_mirror().await?;
        }
        *back_off = WAITS.build();
        shared.arrive().await?;
        shared.current().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_that_stays_out_of_reach_is_tried_every_twenty_seconds() {
        let seconds: Vec<u64> = WAITS.build().take(7).map(|wait| wait.as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 20, 20]);
    }
}
