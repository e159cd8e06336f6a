//! The keychain, or as long as the program runs.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use vault_core::ports::{PortError, Secrets};

use crate::Keychain;
use crate::failure::Failure;

/// [`Secrets`] in the keychain; what cannot be kept there is kept until the program ends, and
/// [`is_lasting`](Secrets::is_lasting) says so.
///
/// Only a keychain that is there and locked fails to be read: then a person can unlock it, and need not sign in again.
#[derive(Default)]
pub struct KeychainWithFallback {
    keychain: Keychain,
    memory: Mutex<HashMap<String, String>>,
}

impl KeychainWithFallback {
    /// Memory behind a keychain.
    pub fn over(keychain: Keychain) -> Self {
        Self { keychain, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Secrets for KeychainWithFallback {
    async fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        let kept = self.memory().get(name).cloned();
        if kept.is_some() {
            return Ok(kept);
        }
        match self.keychain.read(name).await {
            Err(Failure::Absent) => Ok(None),
            read => Ok(read?),
        }
    }

    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError> {
        if self.keychain.write(name, secret).await.is_ok() {
            self.memory().remove(name);
        } else {
            self.memory().insert(name.to_owned(), secret.to_owned());
        }
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), PortError> {
        self.memory().remove(name);
        match self.keychain.erase(name).await {
            Err(Failure::Absent) => Ok(()),
            erased => Ok(erased?),
        }
    }

    fn is_lasting(&self) -> bool {
        self.memory().is_empty()
    }
}
