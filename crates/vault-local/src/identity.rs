//! The identity of this computer's user, as a team of one.

use std::sync::Arc;

use async_trait::async_trait;
use vault_core::model::{DeviceId, MatterId, TeamId, UserId};
use vault_core::ports::{Clock, Identity, Person, PortError, Token};

use crate::db::{Db, Result, Write, fault, unreadable};

/// [`Identity`] of the embedded vault: the same user since the vault was made. No server, so no token.
#[derive(Debug, Clone)]
pub struct LocalIdentity {
    person: Arc<Person>,
}

#[async_trait]
impl Identity for LocalIdentity {
    async fn person(&self) -> std::result::Result<Person, PortError> {
        Ok((*self.person).clone())
    }

    async fn token(&self, _renew: bool) -> std::result::Result<Option<Token>, PortError> {
        Ok(None)
    }
}

impl LocalIdentity {
    /// Reads the owner of the vault; in a new vault, creates the owner and `general`.
    pub(crate) async fn open(db: &Db) -> Result<Self> {
        let mut write = db.write().await?;
        let person = match read(&mut write).await? {
            Some(person) => person,
            None => create(&mut write, &*db.clock).await?,
        };
        write.commit().await?;
        Ok(Self { person: Arc::new(person) })
    }

    /// The user.
    pub(crate) fn of(&self) -> &Arc<Person> {
        &self.person
    }
}

async fn read(write: &mut Write) -> Result<Option<Person>> {
    let row: Option<(String, String, String)> = sqlx::query_as("SELECT user_id, display_name, device_id FROM identity")
        .fetch_optional(write.connection())
        .await
        .map_err(fault)?;
    let Some((user, display_name, device)) = row else { return Ok(None) };
    let bad = |_| unreadable("an identity");
    Ok(Some(Person {
        team: TeamId::new(user.clone()).map_err(bad)?,
        user: UserId::new(user).map_err(bad)?,
        display_name,
        device: DeviceId::new(device).map_err(bad)?,
    }))
}

async fn create(write: &mut Write, clock: &dyn Clock) -> Result<Person> {
    let bad = |_| unreadable("an identity");
    let id = clock.unique().to_string();
    let tail = clock.unique().into_bytes();
    let suffix = u32::from_be_bytes([tail[12], tail[13], tail[14], tail[15]]);
    let person = Person {
        team: TeamId::new(id.clone()).map_err(bad)?,
        user: UserId::new(id).map_err(bad)?,
        display_name: display_name(),
        device: DeviceId::of_computer(&whoami::hostname().unwrap_or_default(), suffix),
    };
    let revision = write.next_revision();
    sqlx::query("INSERT INTO identity (one, user_id, display_name, device_id, revision) VALUES (1, ?1, ?2, ?3, ?4)")
        .bind(person.user.as_str())
        .bind(&person.display_name)
        .bind(person.device.as_str())
        .bind(revision)
        .execute(write.connection())
        .await
        .map_err(fault)?;
    let revision = write.next_revision();
    let now = write.now();
    sqlx::query(
        "INSERT INTO matter (id, title, description, number, number_key, status, priority, assigned_to, updated_at, \
         revision) VALUES (?1, 'General', 'Documents of the firm that belong to no client.', '', '', 'active', \
         'medium', '', ?2, ?3)",
    )
    .bind(MatterId::general().as_str())
    .bind(now.0)
    .bind(revision)
    .execute(write.connection())
    .await
    .map_err(fault)?;
    Ok(person)
}

/// The user's name in the operating system.
fn display_name() -> String {
    [whoami::realname(), whoami::username()]
        .into_iter()
        .flatten()
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "You".to_owned())
}
