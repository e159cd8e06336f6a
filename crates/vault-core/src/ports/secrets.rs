//! Where secrets are kept between starts: the keychain of the operating system, or a file that a passphrase seals.

use async_trait::async_trait;

use super::PortError;

/// A place for a few short secrets. Where there is none, people are asked to sign in again; nothing is ever written
/// to a plain file instead.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret kept under `name`.
    async fn get(&self, name: &str) -> Result<Option<String>, PortError>;

    /// Keeps a secret, replacing the one before it.
    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError>;

    /// Forgets a secret; harmless if there is none.
    async fn remove(&self, name: &str) -> Result<(), PortError>;

    /// Whether all that is kept outlives the program.
    fn is_lasting(&self) -> bool {
        true
    }
}
