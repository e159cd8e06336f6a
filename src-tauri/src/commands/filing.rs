//! Handing over, pre-flight, and what is under way.

use tauri::{State, WebviewWindow};
use vault_core::model::MatterId;
use vault_jobs::JobId;

use crate::listings::rows_at_once;
use crate::os::dialogs;
use crate::shell::Shell;
use crate::text::Texts;
use crate::views::{
    LocateIn, LocatedView, Offer, PreflightList, PreflightRow, ProblemView, QueueView, Refusal, SameNameView,
};

/// Names that are shown at most.
const SAME_NAMES: usize = 20;

/// Asks for files with the system's dialog; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_files(shell: State<'_, Shell>, window: WebviewWindow) -> Result<Option<Offer>, Refusal> {
    Ok(dialogs::files(&window).await?.map(|paths| shell.offers.keep(paths)))
}

/// Asks for folders with the system's dialog; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder(shell: State<'_, Shell>, window: WebviewWindow) -> Result<Option<Offer>, Refusal> {
    Ok(dialogs::folders(&window).await?.map(|paths| shell.offers.keep(paths)))
}

/// Files what was dropped or chosen to a matter: reads it, and then asks or goes on, as the person set. Returns the batch id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn submit(shell: State<'_, Shell>, offer: u32, matter: String) -> Result<String, Refusal> {
    let open = shell.open().await?;
    let sources = open.sources(shell.offers.paths(offer)?).await?;
    let id = open.jobs.submit(&MatterId::new(matter)?, sources).await?;
    shell.offers.discard(offer);
    Ok(id.to_string())
}

/// Forgets what was dropped or chosen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn discard(shell: State<'_, Shell>, offer: u32) -> Result<(), Refusal> {
    shell.offers.discard(offer);
    Ok(())
}

/// The person has seen the pre-flight and says *File*.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_drop(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.file(id.parse()?).await?)
}

/// Which dropped folders and files of a pre-flight are called the same: the first of them, where they are very many.
#[tauri::command]
#[specta::specta]
pub(crate) async fn same_names(shell: State<'_, Shell>, id: String) -> Result<Vec<SameNameView>, Refusal> {
    let same_names = shell.open().await?.jobs.same_names(id.parse()?)?;
    Ok(same_names.into_iter().take(SAME_NAMES).map(SameNameView::from).collect())
}

/// Rows of a list of a pre-flight.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preflight_rows(
    shell: State<'_, Shell>,
    id: String,
    list: PreflightList,
    offset: u64,
    limit: u32,
) -> Result<Vec<PreflightRow>, Refusal> {
    let open = shell.open().await?;
    let jobs = &open.jobs;
    let rows = jobs.preflight_rows(id.parse()?, list.into(), offset, rows_at_once(limit)).await?;
    Ok(rows.into_iter().map(PreflightRow::from).collect())
}

/// Pauses what is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.pause(id.parse()?)?)
}

/// Goes on with what was paused.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.resume(id.parse()?)?)
}

/// Gives up the rest of what is under way. What was filed stays filed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.cancel(id.parse()?)?)
}

/// Clears something ended away from the tray.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clear(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.clear(id.parse()?)?)
}

/// Files of a drop that need a person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn problems(shell: State<'_, Shell>, id: String) -> Result<Vec<ProblemView>, Refusal> {
    let rows = shell.open().await?.jobs.problems(id.parse()?).await?;
    Ok(rows.into_iter().map(ProblemView::from).collect())
}

/// Tries these files of a drop again; with none, all that need a person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry(shell: State<'_, Shell>, id: String, seqs: Vec<u32>) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.retry(id.parse::<JobId>()?, &wide(seqs))?)
}

/// Gives these files of a drop up; with none, all that need a person. The history keeps that they failed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dismiss_failed(shell: State<'_, Shell>, id: String, seqs: Vec<u32>) -> Result<(), Refusal> {
    Ok(shell.open().await?.jobs.dismiss_failed(id.parse::<JobId>()?, &wide(seqs)).await?)
}

/// Asks with the system's dialog where missing files of a drop are now, and looks there: for the file `seqs` names at a file,
/// for all that are missing in a folder. What is found is filed from there. Nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn locate(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    id: String,
    seqs: Vec<u32>,
    place: LocateIn,
) -> Result<Option<LocatedView>, Refusal> {
    let open = shell.open().await?;
    let chosen = match place {
        LocateIn::File => dialogs::one_file(&window, Texts::locate_file).await?,
        LocateIn::Folder => dialogs::one_folder(&window, Texts::locate_folder).await?,
    };
    let Some(place) = chosen else { return Ok(None) };
    let found = open.jobs.locate(id.parse::<JobId>()?, &wide(seqs), &place).await?;
    Ok(Some(found.into()))
}

/// Files of a drop that are still to be filed, from this place in the drop on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn queue(
    shell: State<'_, Shell>,
    id: String,
    from: u32,
    limit: u32,
) -> Result<Vec<QueueView>, Refusal> {
    let open = shell.open().await?;
    let rows = open.jobs.queue(id.parse::<JobId>()?, u64::from(from), rows_at_once(limit)).await?;
    Ok(rows.into_iter().map(QueueView::from).collect())
}

/// Takes these files out of a drop; the others go on. Returns how many were: one that is being filed just now is filed all
/// the same.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_files(shell: State<'_, Shell>, id: String, seqs: Vec<u32>) -> Result<u64, Refusal> {
    Ok(shell.open().await?.jobs.remove_files(id.parse::<JobId>()?, &wide(seqs)).await?)
}

fn wide(seqs: Vec<u32>) -> Vec<u64> {
    seqs.into_iter().map(u64::from).collect()
}
