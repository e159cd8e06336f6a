//! Clients.

use sqlx::{FromRow, SqliteConnection};
use vault_core::model::{Address, Client, ClientFields, ClientId, ClientStatus, Timestamp};
use vault_core::ports::PortError;
use vault_core::rules;

use crate::db::{Db, Result, Write, fault, unreadable};

/// Writes a client, as [`put_client`](vault_core::ports::Records::put_client) says.
pub(super) async fn put(
    db: &Db,
    id: &ClientId,
    fields: ClientFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Result<Client> {
    rules::client_fields(&fields)?;
    let mut write = db.write().await?;
    let standing = one(write.connection(), id).await?;
    if let Some(standing) = &standing {
        if standing.fields == fields && standing.removed.is_some() == removed {
            return Ok(standing.clone());
        }
        if Some(standing.updated_at) != based_on {
            return Err(rules::conflict(&format!("the client “{}”", standing.fields.name)));
        }
    } else if based_on.is_some() {
        return Err(PortError::invalid(format!("There is no client {id}.")));
    }
    if removed {
        without_matters(&mut write, id, &fields.name).await?;
    }
    let updated_at = write.now_after(standing.as_ref().map(|client| client.updated_at));
    let removed = removed.then(|| standing.and_then(|client| client.removed).unwrap_or(updated_at));
    let client = Client { id: id.clone(), fields, updated_at, removed };
    store(&mut write, &client).await?;
    write.commit().await?;
    Ok(client)
}

async fn without_matters(write: &mut Write, id: &ClientId, name: &str) -> Result<()> {
    let titles: Vec<String> =
        sqlx::query_scalar("SELECT title FROM matter WHERE client_id = ?1 AND removed IS NULL ORDER BY title LIMIT 4")
            .bind(id.as_str())
            .fetch_all(write.connection())
            .await
            .map_err(fault)?;
    if titles.is_empty() {
        return Ok(());
    }
    Err(rules::client_with_matters(name, &titles))
}

async fn store(write: &mut Write, client: &Client) -> Result<()> {
    let ClientFields { name, email, phone, address: Address { street, city, state, zip }, status } = &client.fields;
    let revision = write.next_revision();
    sqlx::query(
        "INSERT INTO client (id, name, email, phone, street, city, state, zip, status, removed, updated_at, revision) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, \
         street = excluded.street, city = excluded.city, state = excluded.state, zip = excluded.zip, \
         status = excluded.status, removed = excluded.removed, updated_at = excluded.updated_at, \
         revision = excluded.revision",
    )
    .bind(client.id.as_str())
    .bind(name)
    .bind(email)
    .bind(phone)
    .bind(street)
    .bind(city)
    .bind(state)
    .bind(zip)
    .bind(status.as_str())
    .bind(client.removed.map(|time| time.0))
    .bind(client.updated_at.0)
    .bind(revision)
    .execute(write.connection())
    .await
    .map_err(fault)?;
    Ok(())
}

/// The client, removed or not.
pub(super) async fn one(connection: &mut SqliteConnection, id: &ClientId) -> Result<Option<Client>> {
    let found = sqlx::query_as("SELECT * FROM client WHERE id = ?1").bind(id.as_str()).fetch_optional(connection);
    Ok(found.await.map_err(fault)?.map(read).transpose()?.map(|(_, client)| client))
}

/// Clients changed after a revision, each with its own.
pub(super) async fn changed(connection: &mut SqliteConnection, since: i64, limit: i64) -> Result<Vec<(i64, Client)>> {
    let rows = sqlx::query_as("SELECT * FROM client WHERE revision > ?1 ORDER BY revision LIMIT ?2")
        .bind(since)
        .bind(limit)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    rows.into_iter().map(read).collect()
}

/// A row of the table `client`, without what is derived from the others.
#[derive(FromRow)]
struct ClientRow {
    id: String,
    name: String,
    email: String,
    phone: String,
    street: String,
    city: String,
    state: String,
    zip: String,
    status: String,
    removed: Option<i64>,
    updated_at: i64,
    revision: i64,
}

fn read(row: ClientRow) -> Result<(i64, Client)> {
    let fields = ClientFields {
        name: row.name,
        email: row.email,
        phone: row.phone,
        address: Address { street: row.street, city: row.city, state: row.state, zip: row.zip },
        status: ClientStatus::parse(&row.status).ok_or_else(|| unreadable("the status of a client"))?,
    };
    let client = Client {
        id: ClientId::new(row.id).map_err(|_| unreadable("the id of a client"))?,
        fields,
        removed: row.removed.map(Timestamp),
        updated_at: Timestamp(row.updated_at),
    };
    Ok((row.revision, client))
}
