//! Applying a page of changes: all of it or nothing.

use vault_core::model::{Client, DropSummary, Matter, MetadataRecord, UploadEvent, UserId};
use vault_core::ports::{Change, ChangePage};

use super::filed::Filed;
use super::keys::Keys;
use super::{clients, drops, events, matters, people, progress, records, unreadable};
use crate::db::Connections;
use crate::error::Result;

/// The changes of a page, by kind. References are by id, so the order of kinds does not matter.
#[derive(Default)]
struct ByKind<'a> {
    clients: Vec<&'a Client>,
    matters: Vec<&'a Matter>,
    people: Vec<(&'a UserId, &'a str)>,
    records: Vec<&'a MetadataRecord>,
    events: Vec<&'a UploadEvent>,
    drops: Vec<&'a DropSummary>,
}

impl<'a> ByKind<'a> {
    fn of(changes: &'a [Change]) -> Self {
        let mut by_kind = Self::default();
        for change in changes {
            match change {
                Change::Client(client) => by_kind.clients.push(client),
                Change::Matter(matter) => by_kind.matters.push(matter),
                Change::Record(record) => by_kind.records.push(record),
                Change::Event(event) => by_kind.events.push(event),
                Change::Drop(drop) => by_kind.drops.push(drop),
                Change::Person { user, display_name } => by_kind.people.push((user, display_name)),
                Change::Unreadable(_) => {}
            }
        }
        by_kind
    }
}

pub(super) async fn apply(db: &Connections, page: &ChangePage) -> Result<()> {
    let changes = ByKind::of(&page.changes);
    let mut keys = Keys::default();
    let mut filed = Filed::default();
    let mut write = db.write().await?;
    let connection = &mut *write;
    unreadable::put(&page.changes, connection).await?;
    people::put(&changes.people, connection).await?;
    clients::put(&changes.clients, connection).await?;
    matters::put(&changes.matters, &mut keys, connection).await?;
    records::put(&changes.records, &mut keys, &mut filed, connection).await?;
    drops::meet(&page.changes, &mut keys, connection).await?;
    events::put(&changes.events, &mut keys, &mut filed, connection).await?;
    drops::put(&changes.drops, &mut keys, connection).await?;
    filed.write(connection).await?;
    progress::set_cursor(&page.cursor, connection).await?;
    write.commit().await
}
