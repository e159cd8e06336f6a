//! What changed in the vault since the page was told, whoever changed it: this window, its desk, the command line.

use std::collections::HashMap;

use tokio::sync::Mutex;
use vault_core::Vault;
use vault_core::ports::{Cursor, DropEntry, PortError};

use crate::views::{MatterView, MattersView, WindowEvent};

/// What the page was told last.
#[derive(Default)]
pub(crate) struct Changes(Mutex<Option<Told>>);

struct Told {
    cursor: Option<Cursor>,
    matters: MattersView,
    /// The latest drops: how one ended comes after its files.
    drops: Vec<DropEntry>,
}

/// More drops than end between two looks.
const DROPS: usize = 10;

impl Told {
    async fn now(vault: &Vault) -> Result<Self, PortError> {
        // The cursor first: what comes between the two is then told twice rather than never.
        let cursor = vault.mirror.cursor().await?;
        let drops = vault.mirror.drops(None, None, DROPS).await?.drops;
        Ok(Self { cursor, matters: MattersView::of(vault).await?, drops })
    }
}

impl Changes {
    /// The vault that the page was told of is closed.
    pub(crate) async fn forget(&self) {
        *self.0.lock().await = None;
    }

    /// Everything the copy on this computer holds, for a page that loads; from here on it is told what changes.
    pub(crate) async fn shown(&self, vault: &Vault) -> Result<MattersView, PortError> {
        let mut told = self.0.lock().await;
        let now = Told::now(vault).await?;
        let matters = now.matters.clone();
        *told = Some(now);
        Ok(matters)
    }

    /// What to tell the page now of what the copy has taken in. A small question to the database where nothing changed;
    /// `surely` looks without asking: what waits for the firm's vault stands in the copy, and moves no cursor.
    pub(crate) async fn look(&self, vault: &Vault, surely: bool) -> Result<Vec<WindowEvent>, PortError> {
        let mut told = self.0.lock().await;
        // Before a page has asked for everything there is nothing it could be behind of.
        let Some(before) = told.as_mut() else { return Ok(Vec::new()) };
        if !surely && vault.mirror.cursor().await? == before.cursor {
            return Ok(Vec::new());
        }
        let now = Told::now(vault).await?;
        let mut events = difference(&before.matters, &now.matters);
        for matter in ended(&before.drops, &now.drops) {
            let filed = |event: &WindowEvent| matches!(event, WindowEvent::Filed { matter: of } if *of == matter);
            if !events.iter().any(filed) {
                events.push(WindowEvent::Filed { matter });
            }
        }
        *before = now;
        Ok(events)
    }
}

/// The matters with a drop that is told differently now.
fn ended(before: &[DropEntry], now: &[DropEntry]) -> impl Iterator<Item = String> {
    let changed = now.iter().filter(|entry| !before.contains(entry));
    changed.map(|entry| entry.summary.matter.to_string())
}

/// What to tell a page that knows `before`.
fn difference(before: &MattersView, now: &MattersView) -> Vec<WindowEvent> {
    if before == now {
        return Vec::new();
    }
    let filed = |matter: &MatterView| (matter.files, matter.last_filed);
    let known: HashMap<&str, _> = before.matters.iter().map(|matter| (matter.id.as_str(), filed(matter))).collect();
    // The files of a matter that was unknown until now are shown by nobody yet.
    let changed =
        now.matters.iter().filter(|matter| known.get(matter.id.as_str()).is_some_and(|old| *old != filed(matter)));
    let mut events = vec![WindowEvent::Matters { matters: now.clone() }];
    events.extend(changed.map(|matter| WindowEvent::Filed { matter: matter.id.clone() }));
    events
}

#[cfg(test)]
mod tests {
    use vault_core::model::{ClientFields, MatterId};

    use super::*;
    use crate::testing::Place;

    async fn look(changes: &Changes, place: &Place) -> Result<Vec<WindowEvent>, PortError> {
        place.vault.catch_up().await?;
        changes.look(&place.vault, false).await
    }

    #[tokio::test]
    async fn what_another_program_changes_is_told_once() {
        let place = Place::new().await;
        let changes = Changes::default();
        assert!(look(&changes, &place).await.unwrap().is_empty(), "no page has asked for anything yet");
        let shown = changes.shown(&place.vault).await.unwrap();
        assert_eq!(shown.matters[0].id, "general");
        assert!(look(&changes, &place).await.unwrap().is_empty());

        let fields = ClientFields { name: "ABC Corp".into(), ..ClientFields::default() };
        place.again().await.create_client(fields).await.unwrap();
        let told = look(&changes, &place).await.unwrap();
        let [WindowEvent::Matters { matters }] = &told[..] else { panic!("{told:?}") };
        assert_eq!(matters.clients[0].fields.name, "ABC Corp");
        assert!(look(&changes, &place).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn what_is_filed_is_told_for_its_matter() {
        let place = Place::new().await;
        let changes = Changes::default();
        changes.shown(&place.vault).await.unwrap();
        place.file(&[("a.txt", "one"), ("b.txt", "two")]).await;
        let told = look(&changes, &place).await.unwrap();
        let [WindowEvent::Matters { matters }, WindowEvent::Filed { matter }] = &told[..] else { panic!("{told:?}") };
        assert_eq!((matters.matters[0].files, matter.as_str()), (2, MatterId::general().as_str()));
    }
}
