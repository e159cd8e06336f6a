//! Where secrets are kept between starts: the keychain of the operating system, or a file that a passphrase seals.

use async_trait::async_trait;

use super::PortError;

/// Stores a few short secrets. Where there is no such place, the user has to sign in again; secrets are never written
/// to a plain file instead.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret stored under `name`, if there is one.
    async fn get(&self, name: &str) -> Result<Option<String>, PortError>;

    /// Stores a secret, replacing an earlier one.
    async fn set(&self, name: &str, secret: &str) -> Result<(), PortError>;

    /// Deletes a secret; does nothing if there is none.
    async fn remove(&self, name: &str) -> Result<(), PortError>;

    /// Whether secrets outlive the program.
    fn is_lasting(&self) -> bool {
        true
    }
}
