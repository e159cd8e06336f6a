//! Display names of users.

use sqlx::SqliteConnection;
use vault_core::model::UserId;

use crate::db::{Connections, ManyRows};
use crate::error::Result;

static PEOPLE: ManyRows = ManyRows::new(
    "INSERT INTO people (id, display_name)",
    2,
    "ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name",
);

pub(super) async fn put(people: &[(&UserId, &str)], connection: &mut SqliteConnection) -> Result<()> {
    PEOPLE
        .write(connection, people, |values, (user, name)| {
            values.add(user.as_str()).add(*name);
        })
        .await
}

pub(super) async fn display_name(db: &Connections, user: &UserId) -> Result<Option<String>> {
    let name: Option<Option<String>> = sqlx::query_scalar("SELECT display_name FROM people WHERE id = ?1")
        .bind(user.as_str())
        .fetch_optional(&db.reading)
        .await?;
    Ok(name.flatten())
}
