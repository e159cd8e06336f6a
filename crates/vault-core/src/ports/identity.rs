//! Who is signed in.

use async_trait::async_trait;

use super::PortError;
use crate::model::{DeviceId, TeamId, UserId};

/// The signed-in user, and the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user.
    pub user: UserId,
    /// The team whose vault is open; for a solo user, the team whose id is the user's id.
    pub team: TeamId,
    /// The name that colleagues see.
    pub display_name: String,
    /// This computer.
    pub device: DeviceId,
}

/// Proof of identity for one request to a server. Never written anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The signed-in user, and access tokens.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The signed-in user.
    async fn person(&self) -> Result<Person, PortError>;

    /// A valid token; `None` where no server asks for one. `renew` requests a new one after a server refused the last.
    async fn token(&self, renew: bool) -> Result<Option<Token>, PortError>;
}
