//! Changes in the vault since the last update of the page, by this window, its jobs, or the command line.

use std::collections::{HashMap, HashSet};

use tokio::sync::Mutex;
use vault_core::ports::{Cursor, DropEntry, PortError, Unreadable};
use vault_core::{Vault, log_id};

use crate::views::{MatterView, MattersView, WindowEvent, how_many};

/// The state last sent to the page.
#[derive(Default)]
pub(crate) struct Changes(Mutex<Option<LastSent>>);

struct LastSent {
    cursor: Option<Cursor>,
    matters: MattersView,
    /// The latest drops: the end of one is reported after its files.
    drops: Vec<DropEntry>,
    /// The documents that were set aside because they cannot be read.
    unreadable: Vec<Unreadable>,
}

/// The initial state for a page that loads.
pub(crate) struct Shown {
    pub(crate) matters: MattersView,
    /// How many entries of the firm's vault cannot be read.
    pub(crate) unreadable: u32,
}

/// More drops than end between two checks.
const DROPS: usize = 10;

/// Documents that are logged at once: there may be any number that bypass the rules.
const LOGGED: usize = 100;

impl LastSent {
    async fn now(vault: &Vault) -> Result<Self, PortError> {
        // The cursor first: a change in between is then reported twice rather than never.
        let cursor = vault.mirror.cursor().await?;
        let drops = vault.mirror.drops(None, None, DROPS).await?.drops;
        let unreadable = vault.mirror.unreadable().await?;
        Ok(Self { cursor, matters: MattersView::of(vault).await?, drops, unreadable })
    }
}

impl Changes {
    /// The vault whose state was sent to the page is closed.
    pub(crate) async fn forget(&self) {
        *self.0.lock().await = None;
    }

    /// The full state of the local copy, for a page that loads; from here on it receives changes.
    pub(crate) async fn shown(&self, vault: &Vault) -> Result<Shown, PortError> {
        let mut told = self.0.lock().await;
        let now = LastSent::now(vault).await?;
        log_set_aside(told.as_ref().map_or(&[], |before| &before.unreadable), &now.unreadable);
        let shown = Shown { matters: now.matters.clone(), unreadable: how_many(&now.unreadable) };
        *told = Some(now);
        Ok(shown)
    }

    /// The changes in the local copy to send to the page now. A cheap query if nothing changed; `surely` compares in
    /// any case, because edits waiting for the firm's vault are in the copy and move no cursor.
    pub(crate) async fn look(&self, vault: &Vault, surely: bool) -> Result<Vec<WindowEvent>, PortError> {
        let mut told = self.0.lock().await;
        // A page that has not requested everything yet needs no changes.
        let Some(before) = told.as_mut() else { return Ok(Vec::new()) };
        if !surely && vault.mirror.cursor().await? == before.cursor {
            return Ok(Vec::new());
        }
        let now = LastSent::now(vault).await?;
        let mut events = difference(&before.matters, &now.matters);
        for matter in ended(&before.drops, &now.drops) {
            let filed = |event: &WindowEvent| matches!(event, WindowEvent::Filed { matter: of } if *of == matter);
            if !events.iter().any(filed) {
                events.push(WindowEvent::Filed { matter });
            }
        }
        if before.unreadable != now.unreadable {
            log_set_aside(&before.unreadable, &now.unreadable);
            events.push(WindowEvent::Unreadable { count: how_many(&now.unreadable) });
        }
        *before = now;
        Ok(events)
    }
}

/// The matters whose drop is shown differently now.
fn ended(before: &[DropEntry], now: &[DropEntry]) -> impl Iterator<Item = String> {
    let changed = now.iter().filter(|entry| !before.contains(entry));
    changed.map(|entry| entry.summary.matter.to_string())
}

/// Logs which documents have become unreadable: their ids, and nothing of their content.
fn log_set_aside(before: &[Unreadable], now: &[Unreadable]) {
    let known: HashSet<&str> = before.iter().map(|one| one.document.as_str()).collect();
    let new: Vec<&str> = now.iter().map(|one| one.document.as_str()).filter(|one| !known.contains(one)).collect();
    for document in new.iter().take(LOGGED) {
        // The author of the document chose its id, which may be a name.
        tracing::warn!(document = log_id(document), "cannot be read, and is set aside");
    }
    if !new.is_empty() || !known.is_empty() {
        tracing::warn!(new = new.len(), all = now.len(), "documents cannot be read");
    }
}

/// The changes to send to a page with the state `before`.
fn difference(before: &MattersView, now: &MattersView) -> Vec<WindowEvent> {
    if before == now {
        return Vec::new();
    }
    let filed = |matter: &MatterView| (matter.files, matter.last_filed);
    let known: HashMap<&str, _> = before.matters.iter().map(|matter| (matter.id.as_str(), filed(matter))).collect();
    // The files of a matter that was unknown until now are not shown yet.
    let changed =
        now.matters.iter().filter(|matter| known.get(matter.id.as_str()).is_some_and(|old| *old != filed(matter)));
    let mut events = vec![WindowEvent::Matters { matters: now.clone() }];
    events.extend(changed.map(|matter| WindowEvent::Filed { matter: matter.id.clone() }));
    events
}

#[cfg(test)]
mod tests {
    use vault_core::model::{ClientFields, MatterId};
    use vault_core::ports::{Change, ChangePage};

    use super::*;
    use crate::testing::Place;

    async fn look(changes: &Changes, place: &Place) -> Result<Vec<WindowEvent>, PortError> {
        place.vault.sync_mirror().await?;
        changes.look(&place.vault, false).await
    }

    #[tokio::test]
    async fn changes_by_another_program_are_reported_once() {
        let place = Place::new().await;
        let changes = Changes::default();
        assert!(look(&changes, &place).await.unwrap().is_empty(), "no page has asked for anything yet");
        let shown = changes.shown(&place.vault).await.unwrap();
        assert_eq!(shown.matters.matters[0].id, "general");
        assert!(look(&changes, &place).await.unwrap().is_empty());

        let fields = ClientFields { name: "ABC Corp".into(), ..ClientFields::default() };
        place.again().await.create_client(fields).await.unwrap();
        let events = look(&changes, &place).await.unwrap();
        let [WindowEvent::Matters { matters }] = &events[..] else { panic!("{events:?}") };
        assert_eq!(matters.clients[0].fields.name, "ABC Corp");
        assert!(look(&changes, &place).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn filed_documents_are_reported_for_their_matter() {
        let place = Place::new().await;
        let changes = Changes::default();
        changes.shown(&place.vault).await.unwrap();
        place.file(&[("a.txt", "one"), ("b.txt", "two")]).await;
        let events = look(&changes, &place).await.unwrap();
        let [WindowEvent::Matters { matters }, WindowEvent::Filed { matter }] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!((matters.matters[0].files, matter.as_str()), (2, MatterId::general().as_str()));
    }

    #[tokio::test]
    async fn unreadable_documents_are_counted_and_reported_on_change() {
        let place = Place::new().await;
        let (mirror, changes) = (&place.vault.mirror, Changes::default());
        let set_aside = async |documents: &[&str], reason: &str| {
            let cursor = mirror.cursor().await.unwrap().unwrap();
            let unreadable = |document: &&str| Unreadable { document: (*document).into(), reason: reason.into() };
            let changes = documents.iter().map(unreadable).map(Change::Unreadable).collect();
            mirror.apply(&ChangePage { changes, cursor, more: false }).await.unwrap();
        };
        set_aside(&["clients/abc"], "It has no name.").await;
        assert_eq!(changes.shown(&place.vault).await.unwrap().unreadable, 1);
        assert!(changes.look(&place.vault, true).await.unwrap().is_empty());

        set_aside(&["matters/m-1/drops/\u{202e}", "userInfo/ann"], "It has no time.").await;
        let events = changes.look(&place.vault, true).await.unwrap();
        assert!(matches!(events[..], [WindowEvent::Unreadable { count: 3 }]), "{events:?}");
        assert!(changes.look(&place.vault, true).await.unwrap().is_empty());

        set_aside(&["clients/abc"], "It has no status.").await;
        let events = changes.look(&place.vault, true).await.unwrap();
        assert!(
            matches!(events[..], [WindowEvent::Unreadable { count: 3 }]),
            "as many, for another reason: {events:?}"
        );
    }
}
