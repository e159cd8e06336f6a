//! Keeping the copy of a firm's documents on this computer current.
//!
//! ```text
//! CatchingUp ─► Current ◄─► (news: what changed is taken in)
//!     ▲            │
//!     └─ Offline ◄─┴─► SignIn: until somebody signs in again
//! ```

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use vault_core::Vault;
use vault_core::model::{TeamId, Timestamp};
use vault_core::ports::{Attention, Following, News, PortError};

use crate::mark::Mark;

/// How the copy stands to the firm's vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// It is the same.
    Current,
    /// What changed is being taken in.
    CatchingUp,
    /// The firm's vault cannot be reached; it is tried again by itself.
    Offline,
    /// Nobody is signed in any more, or they have no access: a person has to do something.
    SignIn,
}

/// How the copy stands to the firm's vault, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    /// How.
    pub state: SyncState,
    /// When it was last the same, to half a minute after a start; `None` if never.
    pub since: Option<Timestamp>,
    /// Documents that the present catching up has taken in.
    pub taken: u64,
    /// Why it is offline, or why somebody has to sign in; empty otherwise.
    pub message: String,
}

impl Sync {
    /// The same, so many documents later. A vault that is being followed counts as followed.
    fn catching_up(&self, taken: u64) -> Self {
        let state = if self.state == SyncState::Current { self.state } else { SyncState::CatchingUp };
        Self { state, since: self.since, taken, message: String::new() }
    }
}

/// Whoever is told.
#[async_trait]
pub trait LiveObserver: Send + std::marker::Sync {
    /// It stands differently now.
    fn sync(&self, sync: &Sync);

    /// The copy has taken something in.
    async fn changed(&self);

    /// The firm's vault can be reached, and the copy is current: what waited can go out.
    async fn reached(&self);

    /// The person works in another team now, whose vault is another: this one is to be closed, and that one opened.
    async fn moved(&self);
}

/// How long the first, second, … attempt to reach the vault waits; the last stays.
const WAITS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
];

/// When a change is sent again that could not be, though the vault is followed.
const SENT_AGAIN: Duration = Duration::from_secs(20);

/// How often the page is told of progress.
const TOLD: Duration = Duration::from_millis(250);

/// What keeps the copy current, until it is stopped or dropped.
pub struct Live {
    shared: Arc<Shared>,
    task: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    vault: Vault,
    observer: Arc<dyn LiveObserver>,
    /// The team whose vault this is.
    team: TeamId,
    /// When the copy was last current, for the next start.
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

    /// How it stands.
    pub fn sync(&self) -> Sync {
        self.shared.sync()
    }

    /// Tries at once what would be tried later.
    pub fn try_now(&self) {
        self.shared.now.notify_one();
    }

    /// Stops, and returns when nothing is being taken in any more.
    pub async fn stop(&self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            task.abort();
            // An error says that it was stopped.
            let _ = task.await;
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

impl Shared {
    fn sync(&self) -> Sync {
        self.sync.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, change: impl FnOnce(&mut Sync)) {
        let (before, now) = {
            let mut sync = self.sync.lock().unwrap_or_else(PoisonError::into_inner);
            let before = sync.clone();
            change(&mut sync);
            (before, sync.clone())
        };
        if before != now {
            self.observer.sync(&now);
        }
    }

    /// Takes in what changed.
    async fn sync_mirror(&self) -> Result<(), PortError> {
        let before = self.vault.mirror.cursor().await?;
        let told = Mutex::new(tokio::time::Instant::now());
        let tell = |taken| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.elapsed() >= TOLD {
                *told = tokio::time::Instant::now();
                self.tell(|sync| *sync = sync.catching_up(taken));
            }
        };
        let taken = self.vault.sync_mirror_watched(&tell).await;
        // Even what was taken in before it broke off is there to see.
        if self.vault.mirror.cursor().await? != before {
            self.observer.changed().await;
        }
        taken
    }

    /// Whether the person works in another team by now.
    async fn has_moved(&self) -> Result<bool, PortError> {
        Ok(self.vault.identity.person().await?.team != self.team)
    }

    /// What it means that the vault refuses this person, asked with a token that says what they may do now.
    async fn refused(&self) -> Result<(), PortError> {
        self.vault.identity.token(true).await?;
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

    /// Whether a change waits to be sent, and not for a person.
    async fn something_waits(&self) -> Result<bool, PortError> {
        let Some(outbox) = &self.vault.outbox else { return Ok(false) };
        Ok(outbox.waiting().await?.iter().any(|edit| edit.refused.is_none()))
    }

    /// What is to be done when the vault is reached, before it counts as that.
    async fn arrive(&self) -> Result<(), PortError> {
        // What waited goes out before anything that builds on it does.
        let sending = self.vault.send_waiting().await?;
        if sending.sent + sending.refused > 0 {
            self.observer.changed().await;
        }
        if self.has_moved().await? {
            self.observer.moved().await;
        }
        Ok(())
    }

    /// The copy is current now.
    async fn current(&self) {
        let at = self.vault.clock.now();
        self.mark.set(at);
        let was = self.sync().state;
        self.tell(|sync| *sync = Sync { state: SyncState::Current, since: Some(at), taken: 0, message: String::new() });
        if was != SyncState::Current {
            self.observer.reached().await;
        }
    }
}

/// Connects, follows, and connects again, for ever.
async fn keep_current(shared: Arc<Shared>) {
    let mut failures = 0;
    loop {
        let mut ended = match follow(&shared, &mut failures).await {
            Ok(never) => match never {},
            Err(error) => Err(error),
        };
        if ended.as_ref().is_err_and(is_refusal) {
            ended = shared.refused().await;
        }
        match ended {
            // What was refused is not any more.
            Ok(()) => {}
            Err(PortError::TryLater { message }) => {
                tracing::info!("the firm's vault cannot be reached");
                shared.tell(|sync| *sync = Sync { state: SyncState::Offline, message, taken: 0, ..sync.clone() });
                let wait = WAITS[failures.min(WAITS.len() - 1)];
                failures += 1;
                let _ = timeout(wait, shared.now.notified()).await;
            }
            Err(PortError::NeedsPerson { kind, message }) => {
                tracing::info!(?kind, "the firm's vault needs a person");
                shared.tell(|sync| *sync = Sync { state: SyncState::SignIn, message, taken: 0, ..sync.clone() });
                shared.now.notified().await;
            }
        }
    }
}

/// Wipes the copy of the firm's documents if catching up, with a token that says what this user may do *now*, was refused:
/// who has left the firm keeps none. What waits to be filed is the user's own, and stays.
async fn forget_if_refused<T>(vault: &Vault, caught_up: Result<T, PortError>) -> Result<T, PortError> {
    if caught_up.as_ref().is_err_and(is_refusal) {
        vault.mirror.clear().await?;
    }
    caught_up
}

/// Brings the copy of a firm's documents up to date, once, for a program that does not follow it. If the vault refuses this
/// user with a token that says what they may do *now*, the copy is wiped.
///
/// # Errors
/// As the vault reports them; [`Attention::NoAccess`] after the copy was wiped.
pub async fn catch_up_or_forget(vault: &Vault) -> Result<(), PortError> {
    match vault.sync_mirror().await {
        Err(error) if is_refusal(&error) => {
            vault.identity.token(true).await?;
            forget_if_refused(vault, vault.sync_mirror().await).await.map(drop)
        }
        caught_up => caught_up.map(drop),
    }
}

const fn is_refusal(error: &PortError) -> bool {
    matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess, .. })
}

/// What never happens.
enum Never {}

async fn follow(shared: &Shared, failures: &mut usize) -> Result<Never, PortError> {
    // A copy that has something is asked about by listening: where nothing changed, nothing else need be read.
    let mut since = shared.vault.mirror.cursor().await?;
    if since.is_none() {
        shared.sync_mirror().await?;
        since = shared.vault.mirror.cursor().await?;
    }
    let mut following: Box<dyn Following> = shared.vault.records.follow(since.as_ref()).await?;
    loop {
        let waits = shared.something_waits().await?;
        let news = tokio::select! {
            news = following.next() => news?,
            // Somebody who asks gets everything there is.
            () = shared.now.notified() => News::Changed,
            // What could not be sent once is not left until something else happens.
            () = sleep(SENT_AGAIN), if waits => News::Current,
        };
        if news == News::Changed {
            shared.sync_mirror().await?;
        }
        *failures = 0;
        shared.arrive().await?;
        shared.current().await;
    }
}
