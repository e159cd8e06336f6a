//! The keychain, with memory as a fallback.

use std::collections::HashMap;

use async_trait::async_trait;
use parking_lot::{Mutex, MutexGuard};
use vault_core::ports::{PortError, Secrets};

use crate::Keychain;
use crate::failure::Failure;

/// [`Secrets`] in the keychain; secrets that cannot be stored there last until the program ends, as
/// [`is_lasting`](Secrets::is_lasting) reports.
///
/// Reading fails only if the keychain exists and is locked: then the user can unlock it instead of signing in again.
#[derive(Default)]
pub struct KeychainWithFallback {
    keychain: Keychain,
    memory: Mutex<HashMap<String, String>>,
}

impl KeychainWithFallback {
    /// Adds a memory fallback to a keychain.
    pub fn over(keychain: Keychain) -> Self {
        Self { keychain, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.memory.lock()
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
