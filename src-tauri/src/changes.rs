//! What changed in the vault since the page was told, whoever changed it: this window, its desk, the command line.

use std::collections::HashMap;

use tokio::sync::Mutex;
use vault_core::Vault;
use vault_core::ports::{Cursor, PortError};

use crate::views::{MatterView, MattersView, WindowEvent};

/// What the page was told last.
#[derive(Default)]
pub(crate) struct Changes(Mutex<Option<Told>>);

struct Told {
    cursor: Option<Cursor>,
    matters: MattersView,
}

impl Told {
    async fn now(vault: &Vault) -> Result<Self, PortError> {
        // The cursor first: what comes between the two is then told twice rather than never.
        let cursor = vault.mirror.cursor().await?;
        Ok(Self { cursor, matters: MattersView::of(vault).await? })
    }
}

impl Changes {
    /// Everything, for a page that loads; from here on it is told what changes.
    pub(crate) async fn shown(&self, vault: &Vault) -> Result<MattersView, PortError> {
        let mut told = self.0.lock().await;
        vault.catch_up().await?;
        let now = Told::now(vault).await?;
        let matters = now.matters.clone();
        *told = Some(now);
        Ok(matters)
    }

    /// What to tell the page now. Two small questions to the databases where nothing changed.
    pub(crate) async fn look(&self, vault: &Vault) -> Result<Vec<WindowEvent>, PortError> {
        let mut told = self.0.lock().await;
        // Before a page has asked for everything there is nothing it could be behind of.
        let Some(before) = told.as_mut() else { return Ok(Vec::new()) };
        vault.catch_up().await?;
        if vault.mirror.cursor().await? == before.cursor {
            return Ok(Vec::new());
        }
        let now = Told::now(vault).await?;
        let events = difference(&before.matters, &now.matters);
        *before = now;
        Ok(events)
    }
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

    #[tokio::test]
    async fn what_another_program_changes_is_told_once() {
        let place = Place::new().await;
        let changes = Changes::default();
        assert!(changes.look(&place.vault).await.unwrap().is_empty(), "no page has asked for anything yet");
        let shown = changes.shown(&place.vault).await.unwrap();
        assert_eq!(shown.matters[0].id, "general");
        assert!(changes.look(&place.vault).await.unwrap().is_empty());

        let fields = ClientFields { name: "ABC Corp".into(), ..ClientFields::default() };
        place.again().await.create_client(fields).await.unwrap();
        let told = changes.look(&place.vault).await.unwrap();
        let [WindowEvent::Matters { matters }] = &told[..] else { panic!("{told:?}") };
        assert_eq!(matters.clients[0].fields.name, "ABC Corp");
        assert!(changes.look(&place.vault).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn what_is_filed_is_told_for_its_matter() {
        let place = Place::new().await;
        let changes = Changes::default();
        changes.shown(&place.vault).await.unwrap();
        place.file(&[("a.txt", "one"), ("b.txt", "two")]).await;
        let told = changes.look(&place.vault).await.unwrap();
        let [WindowEvent::Matters { matters }, WindowEvent::Filed { matter }] = &told[..] else { panic!("{told:?}") };
        assert_eq!((matters.matters[0].files, matter.as_str()), (2, MatterId::general().as_str()));
    }
}
