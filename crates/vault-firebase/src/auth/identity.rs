//! The session as the `Identity` that the rest of the vault uses.

use async_trait::async_trait;
use vault_core::ports::{Identity, Person, PortError, Token};

use super::Session;

#[async_trait]
impl Identity for Session {
    async fn person(&self) -> Result<Person, PortError> {
        Ok(self.account().await.person)
    }

    async fn token(&self, renew: bool) -> Result<Option<Token>, PortError> {
        Ok(Some(self.id_token(renew).await?))
    }
}
