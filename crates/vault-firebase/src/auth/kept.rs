//! What outlives the program: the refresh token, and beside it who it belongs to, so that somebody without a network
//! is still who they are, and the key that seals their uploads. Entries of their own, because a keychain's entry is short
//! (2,560 bytes on Windows).

use serde::{Deserialize, Serialize};
use vault_core::model::{TeamId, UserId};
use vault_core::ports::{PortError, Secrets};

use super::claims::{Claims, Role};
use crate::connection::Connection;

/// The names of a connection's entries.
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
    /// Those of the whole connection: what was kept over one that differs in anything is not found.
    pub(super) fn of(connection: &Connection) -> Self {
        Self::at(&format!("{}/{}", connection.project, connection.fingerprint()))
    }

    /// Those that versions before used, for every connection of a project.
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

    /// Takes over what is kept under other names, if it is whole and nothing is kept here.
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

    /// What was kept, if it is whole.
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
