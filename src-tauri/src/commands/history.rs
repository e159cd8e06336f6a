//! The history of drops.

use tauri::State;
use vault_core::model::{DropId, EventId, EventKind, MatterId};

use crate::shell::Shell;
use crate::views::{DropView, DropsPageView, EventKindView, EventView, EventsPageView, Names, Refusal, ReportProblem};

/// Drops on a page.
const DROPS: usize = 50;

/// Events on a page.
const EVENTS: usize = 200;

/// Drops of one matter or all, newest first, those before `before`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drops(
    shell: State<'_, Shell>,
    matter: Option<String>,
    before: Option<String>,
) -> Result<DropsPageView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let matter = matter.map(MatterId::new).transpose()?;
    let before = before.map(|id| id.parse::<DropId>()).transpose()?;
    let page = vault.mirror.drops(matter.as_ref(), before, DROPS).await?;
    let mut names = Names::new(vault);
    let mut drops = Vec::with_capacity(page.drops.len());
    for drop in page.drops {
        drops.push(DropView::of(drop, vault, &mut names).await?);
    }
    Ok(DropsPageView { drops, next: page.next.map(|id| id.to_string()) })
}

/// Events of a drop, of these kinds or, with none, of all; those after `after`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_events(
    shell: State<'_, Shell>,
    drop: String,
    kinds: Vec<EventKindView>,
    after: Option<String>,
) -> Result<EventsPageView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let after = after.map(|id| id.parse::<EventId>()).transpose()?;
    let kinds: Vec<EventKind> = kinds.into_iter().map(EventKind::from).collect();
    let page = vault.mirror.drop_events(drop.parse()?, &kinds, after, EVENTS).await?;
    let events = EventView::all(page.events, &page.sources, &mut Names::new(vault)).await?;
    Ok(EventsPageView { events, next: page.next.map(|id| id.to_string()) })
}

/// What was left out of a drop; known on the computer it was filed from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_left_out(shell: State<'_, Shell>, drop: String) -> Result<Vec<ReportProblem>, Refusal> {
    let entries = shell.open().await?.vault.left_out_of(drop.parse()?).await?;
    Ok(entries.into_iter().map(ReportProblem::from).collect())
}
