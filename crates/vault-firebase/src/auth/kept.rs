//! What is stored between runs: the refresh token; the account it belongs to, so that a user without a network keeps
//! their identity; and the key that seals their uploads. Separate entries, because a keychain entry is short (2,560
//! bytes on Windows).

use serde::{Deserialize, Serialize};
use vault_core::model::{TeamId, UserId};
use vault_core::ports::{PortError, Secrets};

use super::claims::{Claims, Role};
use crate::connection::Connection;

/// The names of a connection's keychain entries.
pub(super) struct Names {
    token: String,
    person: String,
    pub(super) upload_key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    user: String,
    team: String,
    role: String,
    display_name: String,
    email: String,
}

impl Names {
    /// Names derived from the whole connection: entries of a connection that differs in anything are not found.
    pub(super) fn of(connection: &Connection) -> Self {
        Self::at(&format!("{}/{}", connection.project, connection.fingerprint()))
    }

    /// Names that earlier versions used for every connection of a project.
    pub(super) fn of_project(connection: &Connection) -> Self {
        Self::at(&match connection.emulators {
            Some(emulators) => format!("{}@{}", connection.project, emulators.auth),
            None => connection.project.clone(),
        })
    }

    fn at(place: &str) -> Self {
        Self {
            token: format!("{place}/refresh-token"),
            person: format!("{place}/person"),
            upload_key: format!("{place}/upload-key"),
        }
    }

    /// Takes over what is stored under other names, if it is complete and nothing is stored under these.
    pub(super) async fn take_over(&self, other: &Self, secrets: &dyn Secrets) -> Result<(), PortError> {
        if secrets.get(&self.token).await?.is_some() {
            return Ok(());
        }
        for (from, to) in
            [(&other.upload_key, &self.upload_key), (&other.person, &self.person), (&other.token, &self.token)]
        {
            if let Some(kept) = secrets.get(from).await? {
                secrets.set(to, &kept).await?;
            }
        }
        other.forget(secrets).await
    }

    /// The stored session, if it is complete.
    pub(super) async fn recall(&self, secrets: &dyn Secrets) -> Result<Option<(String, Claims)>, PortError> {
        let Some(token) = secrets.get(&self.token).await? else { return Ok(None) };
        let Some(person) = secrets.get(&self.person).await? else { return Ok(None) };
        Ok(read(&person).map(|claims| (token, claims)))
    }

    pub(super) async fn keep(&self, secrets: &dyn Secrets, token: &str, claims: &Claims) -> Result<(), PortError> {
        secrets.set(&self.person, &write(claims)).await?;
        secrets.set(&self.token, token).await
    }

    pub(super) async fn forget(&self, secrets: &dyn Secrets) -> Result<(), PortError> {
        secrets.remove(&self.token).await?;
        secrets.remove(&self.person).await?;
        secrets.remove(&self.upload_key).await
    }
}

fn write(claims: &Claims) -> String {
    let Claims { user, team, role, display_name, email } = claims;
    let person = Person {
        user: user.to_string(),
        team: team.to_string(),
        role: role.as_str().to_owned(),
        display_name: display_name.clone(),
        email: email.clone(),
    };
    serde_json::to_string(&person).unwrap_or_default()
}

fn read(text: &str) -> Option<Claims> {
    let Person { user, team, role, display_name, email } = serde_json::from_str(text).ok()?;
    Some(Claims {
        user: UserId::new(user).ok()?,
        team: TeamId::new(team).ok()?,
        role: Role::parse(&role)?,
        display_name,
        email,
    })
}
