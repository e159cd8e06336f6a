//! Short keys for values repeated in many rows. They are looked up once per batch and never retained: another process
//! may have emptied the tables in between.

use std::collections::HashMap;
use std::hash::Hash;

use sqlx::SqliteConnection;
use vault_core::model::{FileHash, MatterId, MetadataHash, StoragePath, UploadEvent, UserId};

use crate::db::{Columns, head, list};
use crate::error::Result;

/// A record by the key of its matter and its hash.
pub(super) type Identity = (i64, MetadataHash);

/// Keys that were looked up in this batch.
#[derive(Debug, Default)]
pub(super) struct Keys {
    matters: HashMap<MatterId, i64>,
    people: HashMap<UserId, i64>,
    places: HashMap<String, i64>,
    origins: HashMap<[String; 5], i64>,
    records: HashMap<Identity, (i64, FileHash)>,
}

fn known<K: Hash + Eq>(keys: &HashMap<K, i64>, of: &K) -> Option<i64> {
    keys.get(of).copied()
}

impl Keys {
    pub(super) async fn matter(&mut self, id: &MatterId, connection: &mut SqliteConnection) -> Result<i64> {
        if let Some(key) = known(&self.matters, id) {
            return Ok(key);
        }
        let key = key_of(
            "INSERT INTO matter_keys (id) VALUES (?1) ON CONFLICT DO UPDATE SET id = excluded.id RETURNING key",
            id.as_str(),
            connection,
        );
        let key = key.await?;
        self.matters.insert(id.clone(), key);
        Ok(key)
    }

    pub(super) async fn person(&mut self, id: &UserId, connection: &mut SqliteConnection) -> Result<i64> {
        if let Some(key) = known(&self.people, id) {
            return Ok(key);
        }
        let key = key_of(
            "INSERT INTO people (id) VALUES (?1) ON CONFLICT DO UPDATE SET id = excluded.id RETURNING key",
            id.as_str(),
            connection,
        );
        let key = key.await?;
        self.people.insert(id.clone(), key);
        Ok(key)
    }

    pub(super) async fn place(&mut self, path: &StoragePath, connection: &mut SqliteConnection) -> Result<i64> {
        let folder = path.folder();
        if let Some(key) = known(&self.places, &folder) {
            return Ok(key);
        }
        let key = key_of(
            "INSERT INTO places (folder) VALUES (?1) ON CONFLICT DO UPDATE SET folder = excluded.folder RETURNING key",
            &folder,
            connection,
        );
        let key = key.await?;
        self.places.insert(folder, key);
        Ok(key)
    }

    pub(super) async fn origin(&mut self, event: &UploadEvent, connection: &mut SqliteConnection) -> Result<i64> {
        let origin = [
            event.team.to_string(),
            event.matter.to_string(),
            event.user.to_string(),
            event.device.to_string(),
            event.app_version.clone(),
        ];
        if let Some(key) = known(&self.origins, &origin) {
            return Ok(key);
        }
        let key: i64 = sqlx::query_scalar(
            "INSERT INTO origins (team, matter, user, device, app_version) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO UPDATE SET team = excluded.team RETURNING key",
        )
        .bind(&origin[0])
        .bind(self.matter(&event.matter, connection).await?)
        .bind(&origin[2])
        .bind(&origin[3])
        .bind(&origin[4])
        .fetch_one(connection)
        .await?;
        self.origins.insert(origin, key);
        Ok(key)
    }
}

impl Keys {
    /// Records the key of a record of this content.
    pub(super) fn know_record(&mut self, identity: Identity, content: FileHash, key: i64) {
        self.records.insert(identity, (key, content));
    }

    /// The key of a record of this content, if it was looked up or written in this batch.
    pub(super) fn record(&self, identity: &Identity, content: FileHash) -> Option<i64> {
        self.records.get(identity).filter(|(_, of)| *of == content).map(|(key, _)| *key)
    }

    /// Looks up those of these records that exist.
    pub(super) async fn find_records(
        &mut self,
        identities: impl IntoIterator<Item = Identity>,
        connection: &mut SqliteConnection,
    ) -> Result<()> {
        let unknown: Vec<i64> = identities
            .into_iter()
            .filter(|identity| !self.records.contains_key(identity))
            .map(|(_, hash)| head(hash.as_bytes()))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let rows = sqlx::query(
            "SELECT r.matter, r.metadata_hash, r.key, r.file_hash FROM json_each(?1) w \
             CROSS JOIN records r ON r.metadata_head = w.value",
        )
        .bind(list(unknown))
        .fetch_all(connection)
        .await?;
        for row in &rows {
            let mut columns = Columns::of(row);
            let identity = (columns.next()?, columns.metadata_hash()?);
            let key = columns.next()?;
            self.know_record(identity, columns.file_hash()?, key);
        }
        Ok(())
    }
}

async fn key_of(sql: &'static str, text: &str, connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar(sql).bind(text).fetch_one(connection).await?)
}

/// The next free key of a table whose keys are assigned here.
macro_rules! next_key {
    ($table:literal, $connection:expr) => {
        sqlx::query_scalar::<_, i64>(concat!("SELECT ifnull(max(key), 0) + 1 FROM ", $table))
            .fetch_one(&mut *$connection)
            .await
            .map_err(crate::error::StoreError::from)
    };
}
pub(super) use next_key;
