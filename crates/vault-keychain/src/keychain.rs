//! The keychain, with one request at a time and a time limit for each.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use keyring::{Entry, Error};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use tokio::time::timeout;
use vault_core::ports::{PortError, Secrets};

use crate::KeychainTimeouts;
use crate::failure::Failure;

/// The service name of all entries.
const SERVICE: &str = "Strongroom";

/// [`Secrets`] in the operating system's keychain of the logged-in user.
///
/// Everything fails with [`PortError::TryLater`] if the keychain does not answer in time, and with
/// [`PortError::NeedsPerson`] if there is none, it is locked and stays so, or it does not take a secret: Windows takes
/// 2,560 bytes at most.
#[derive(Default)]
pub struct Keychain {
    timeouts: KeychainTimeouts,
    /// Held during a request, even after its caller stopped waiting: keychains do not handle concurrent requests well,
    /// and a program that retries must not accumulate blocked threads.
    turn: Arc<Mutex<()>>,
    /// Whether the current request timed out: then other callers do not wait for their turn.
    given_up: AtomicBool,
}

impl Keychain {
    /// The keychain, with timeouts long enough for a user to unlock it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with other timeouts.
    pub fn with_timeouts(timeouts: KeychainTimeouts) -> Self {
        Self { timeouts, ..Self::default() }
    }

    /// Whether this computer has a keychain. A locked or unresponsive one counts.
    pub async fn is_there(&self) -> bool {
        !matches!(self.read(GREETING).await, Err(Failure::Absent))
    }

    pub(crate) async fn read(&self, name: &str) -> Result<Option<String>, Failure> {
        let name = name.to_owned();
        let read = self.ask(move || Entry::new(SERVICE, &name)?.get_password().map(Some)).await?;
        found(read, None)
    }

    pub(crate) async fn write(&self, name: &str, secret: &str) -> Result<(), Failure> {
        let (name, secret) = (name.to_owned(), secret.to_owned());
        self.ask(move || Entry::new(SERVICE, &name)?.set_password(&secret)).await?.map_err(|error| Failure::of(&error))
    }

    pub(crate) async fn erase(&self, name: &str) -> Result<(), Failure> {
        let name = name.to_owned();
        found(self.ask(move || Entry::new(SERVICE, &name)?.delete_credential()).await?, ())
    }

    /// Sends a request to the keychain after checking that it responds.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<Result<T, Error>, Failure> {
        let KeychainTimeouts { there, answer } = self.timeouts;
        let limit = if self.given_up.load(Relaxed) { Duration::ZERO } else { answer };
        let mut turn = timeout(limit, self.turn.clone().lock_owned()).await.map_err(|_| Failure::Silent)?;
        self.given_up.store(false, Relaxed);
        if NEEDS_GREETING {
            let greeted = self.within(there, turn, greet).await?;
            greeted.0?;
            turn = greeted.1;
        }
        Ok(self.within(answer, turn, question).await?.0)
    }

    /// Runs something that may never return, with a time limit. It runs on a thread that neither the program's end nor
    /// the runtime waits for; the turn is returned with the result, and remains taken until then.
    async fn within<T: Send + 'static>(
        &self,
        limit: Duration,
        turn: OwnedMutexGuard<()>,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(T, OwnedMutexGuard<()>), Failure> {
        let (tell, told) = oneshot::channel();
        let asked = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            // The caller may have stopped waiting.
            let _ = tell.send((question(), turn));
        });
        asked.map_err(|_| Failure::Silent)?;
        if let Ok(Ok(answer)) = timeout(limit, told).await {
            return Ok(answer);
        }
        self.given_up.store(true, Relaxed);
        Err(Failure::Silent)
    }
}

/// A missing entry is a valid result.
fn found<T>(answer: Result<T, Error>, nothing: T) -> Result<T, Failure> {
    match answer {
        Err(Error::NoEntry) => Ok(nothing),
        answer => answer.map_err(|error| Failure::of(&error)),
    }
}

/// On other systems the keychain is built in and responds at once.
const NEEDS_GREETING: bool = cfg!(target_os = "linux");

/// The name of an entry that is never stored.
const GREETING: &str = "is there a keychain?";

/// Reads an entry that never exists, which unlocks nothing and shows no prompt.
fn greet() -> Result<(), Failure> {
    match Entry::new(SERVICE, GREETING).and_then(|entry| entry.get_password()) {
        Ok(_) | Err(Error::NoEntry) => Ok(()),
        Err(_) => Err(Failure::Absent),
    }
}

#[async_trait]
impl Secrets for Keychain {
    async fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        Ok(self.read(name).await?)
    }

    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError> {
        Ok(self.write(name, secret).await?)
    }

    async fn remove(&self, name: &str) -> Result<(), PortError> {
        Ok(self.erase(name).await?)
    }
}
