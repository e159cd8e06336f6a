//! Who is at work.

use async_trait::async_trait;

use super::PortError;
use crate::model::{DeviceId, TeamId, UserId};

/// The person at work, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub user: UserId,
    /// The team whose vault is open; for somebody alone, the team of one with the id of the user.
    pub team: TeamId,
    /// What colleagues call the person.
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

/// Who am I, and a fresh token.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The person at work.
    async fn person(&self) -> Result<Person, PortError>;

    /// A token that is valid now; `None` where no server asks for one. After a server has refused the last one,
    /// `renew` asks for another.
    async fn token(&self, renew: bool) -> Result<Option<Token>, PortError>;
}
