//! The keychain, asked by one at a time, with an end to every wait.

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

/// What all entries are kept under.
const SERVICE: &str = "Strongroom";

/// [`Secrets`] in the keychain of the operating system, of the person who is logged in.
///
/// Everything fails with [`PortError::TryLater`] if the keychain does not answer in time, and with
/// [`PortError::NeedsPerson`] if there is none, it is locked and stays so, or it does not take a secret: Windows takes
/// 2,560 bytes at most.
#[derive(Default)]
pub struct Keychain {
    timeouts: KeychainTimeouts,
    /// Of one who asks, even if nobody waits any more: keychains do not like to be asked by two at once, and a program
    /// that tries again and again must not gather threads that hang.
    turn: Arc<Mutex<()>>,
    /// Whether the one whose turn it is was given up: then nobody else need wait for the turn.
    given_up: AtomicBool,
}

impl Keychain {
    /// The keychain, with as much timeouts as a person needs to unlock it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with other limits.
    pub fn with_timeouts(timeouts: KeychainTimeouts) -> Self {
        Self { timeouts, ..Self::default() }
    }

    /// Whether this computer has a keychain. One that is locked, or does not answer, is there.
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

    /// Asks the keychain, once it has said that it is there.
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

    /// Does something that may never end, and waits for it so long. It is done in a thread that neither the program's
    /// end nor its runtime waits for; the turn comes back with the answer, and stays away as long as that does.
    async fn within<T: Send + 'static>(
        &self,
        limit: Duration,
        turn: OwnedMutexGuard<()>,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(T, OwnedMutexGuard<()>), Failure> {
        let (tell, told) = oneshot::channel();
        let asked = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            // Who asked may have given up.
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

/// A missing entry is an answer, too.
fn found<T>(answer: Result<T, Error>, nothing: T) -> Result<T, Failure> {
    match answer {
        Err(Error::NoEntry) => Ok(nothing),
        answer => answer.map_err(|error| Failure::of(&error)),
    }
}

/// Elsewhere the keychain is part of the system: it is there, and at once.
const NEEDS_GREETING: bool = cfg!(target_os = "linux");

/// What is never kept.
const GREETING: &str = "is there a keychain?";

/// Looks for something that is never there, which unlocks nothing and asks nobody.
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
