//! Secrets where there is no keychain.

use std::collections::HashMap;

use async_trait::async_trait;
use parking_lot::Mutex;
use vault_core::ports::{PortError, Secrets};

/// [`Secrets`] that last until the program ends: the user is asked to sign in again next time.
#[derive(Default)]
pub struct MemorySecrets(Mutex<HashMap<String, String>>);

impl MemorySecrets {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<String, String>) -> T) -> T {
        act(&mut self.0.lock())
    }
}

#[async_trait]
impl Secrets for MemorySecrets {
    async fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        Ok(self.with(|kept| kept.get(name).cloned()))
    }

    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError> {
        self.with(|kept| kept.insert(name.to_owned(), secret.to_owned()));
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), PortError> {
        self.with(|kept| kept.remove(name));
        Ok(())
    }

    fn is_lasting(&self) -> bool {
        false
    }
}
