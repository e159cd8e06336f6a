//! Clients of the firm.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{Address, Client, ClientFields, ClientId, ClientStatus, Timestamp};
use vault_core::rules::name_key;

use super::name_words::WordCache;
use super::sort_key::sort_key;
use super::wanted::{Fit, Wanted};
use crate::db::{Columns, Connections, ManyRows, Values, text_list};
use crate::error::{Result, StoreError};

static CLIENTS: ManyRows = ManyRows::new(
    "INSERT INTO clients (id, name, name_key, email, phone, street, city, state, zip, status, updated_at, removed)",
    12,
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, email = excluded.email, \
     phone = excluded.phone, street = excluded.street, city = excluded.city, state = excluded.state, \
     zip = excluded.zip, status = excluded.status, updated_at = excluded.updated_at, removed = excluded.removed \
     WHERE excluded.updated_at >= clients.updated_at",
);

/// SQL that reads clients, followed by a condition.
macro_rules! select_clients {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT id, name, email, phone, street, city, state, zip, status, updated_at, removed FROM ",
            $from,
            " ",
            $rest
        )
    };
    ($rest:literal) => {
        select_clients!("shown_clients", $rest)
    };
}

static WAITING: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO waiting_clients (id, name, name_key, email, phone, street, city, state, zip, status, updated_at, \
     removed)",
    12,
    "",
);

pub(super) async fn put(clients: &[&Client], connection: &mut SqliteConnection) -> Result<()> {
    CLIENTS.write(connection, clients, |values, client| add_to(values, client)).await
}

/// Shows exactly these clients instead of the vault's versions.
pub(super) async fn show_waiting(clients: &[Client], connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("DELETE FROM waiting_clients").execute(&mut *connection).await?;
    WAITING.write(connection, clients, add_to).await
}

fn add_to(values: &mut Values, client: &Client) {
    let ClientFields { name, email, phone, address, status } = &client.fields;
    values.add(client.id.as_str()).add(name.as_str()).add(name_key(name));
    values.add(email.as_str()).add(phone.as_str());
    values.add(address.street.as_str()).add(address.city.as_str());
    values.add(address.state.as_str()).add(address.zip.as_str()).add(status.as_str());
    values.add(client.updated_at.0).add(client.removed.map(|at| at.0));
}

/// The clients that are shown instead of the vault's versions.
pub(super) async fn waiting(db: &Connections) -> Result<BTreeSet<ClientId>> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM waiting_clients").fetch_all(&db.reading).await?;
    ids.into_iter().map(|id| ClientId::new(id).map_err(|_| StoreError::Unreadable("an id"))).collect()
}

fn read(row: &SqliteRow) -> Result<Client> {
    let mut columns = Columns::of(row);
    let id = columns.id(ClientId::new)?;
    let (name, email, phone) = (columns.next()?, columns.next()?, columns.next()?);
    let address =
        Address { street: columns.next()?, city: columns.next()?, state: columns.next()?, zip: columns.next()? };
    let status = ClientStatus::parse(columns.next()?).ok_or(StoreError::Unreadable("the status of a client"))?;
    let updated_at = Timestamp(columns.next()?);
    let removed = columns.next::<Option<i64>>()?.map(Timestamp);
    Ok(Client { id, fields: ClientFields { name, email, phone, address, status }, updated_at, removed })
}

/// The vault's version of a client, without its waiting change.
pub(super) async fn beneath(db: &Connections, id: &ClientId) -> Result<Option<Client>> {
    let row =
        sqlx::query(select_clients!("clients", "WHERE id = ?1")).bind(id.as_str()).fetch_optional(&db.reading).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn all(db: &Connections, removed: bool) -> Result<Vec<Client>> {
    let rows = if removed {
        sqlx::query(select_clients!("WHERE removed IS NOT NULL")).fetch_all(&db.reading).await?
    } else {
        sqlx::query(select_clients!("WHERE removed IS NULL")).fetch_all(&db.reading).await?
    };
    let mut clients: Vec<Client> = rows.iter().map(read).collect::<Result<_>>()?;
    clients.sort_by_cached_key(|client| (sort_key(&client.fields.name), client.id.clone()));
    Ok(clients)
}

pub(super) async fn called(db: &Connections, id_or_name: &str) -> Result<Vec<Client>> {
    let rows = sqlx::query(select_clients!("WHERE id = ?1 OR (name_key = ?2 AND removed IS NULL) ORDER BY id"))
        .bind(id_or_name)
        .bind(name_key(id_or_name))
        .fetch_all(&db.reading)
        .await?;
    let mut clients: Vec<Client> = rows.iter().map(read).collect::<Result<_>>()?;
    if clients.iter().any(|client| client.id.as_str() == id_or_name) {
        clients.retain(|client| client.id.as_str() == id_or_name);
    }
    Ok(clients)
}

/// The clients whose name has these words, best first. There are few enough to examine each name.
pub(super) async fn search(db: &Connections, cache: &WordCache, wanted: &Wanted, limit: usize) -> Result<Vec<Client>> {
    let names: String =
        sqlx::query_scalar("SELECT json_group_array(json_array(id, name)) FROM shown_clients WHERE removed IS NULL")
            .fetch_one(&db.reading)
            .await?;
    let names: Vec<(String, String)> =
        serde_json::from_str(&names).map_err(|_| StoreError::Unreadable("a list of clients"))?;
    let words = cache.words(names.iter().map(|(_, name)| name.as_str()));
    let fits = names.into_iter().zip(words).filter_map(|((id, name), words)| {
        let fit = wanted.fit_known(&name, &words)?;
        Some((Reverse(fit), sort_key(&name), id))
    });
    let mut fitting: Vec<(Reverse<Fit>, Vec<u8>, String)> = fits.collect();
    fitting.sort_unstable();
    fitting.truncate(limit);
    let rows = sqlx::query(select_clients!("WHERE id IN (SELECT value FROM json_each(?1))"))
        .bind(text_list(fitting.iter().map(|(.., id)| id.as_str())))
        .fetch_all(&db.reading)
        .await?;
    let mut clients: HashMap<String, Client> = rows
        .iter()
        .map(|row| {
            let client = read(row)?;
            Ok((client.id.to_string(), client))
        })
        .collect::<Result<_>>()?;
    Ok(fitting.iter().filter_map(|(.., id)| clients.remove(id)).collect())
}
