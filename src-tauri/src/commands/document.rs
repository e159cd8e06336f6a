//! One document.

use tauri::{State, WebviewWindow};
use vault_core::Vault;
use vault_core::model::{BlobRef, FileHash};
use vault_core::ports::Document;
use vault_preview::{HEAD, Kind, kind, may_open};

use crate::content;
use crate::os::show;
use crate::shell::{Shell, on_a_thread};
use crate::views::{DocumentView, PreviewBytes, Refusal, TextPreview};

/// Everything known of a content; the record `id` of `matter` first, if they are given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document(
    shell: State<'_, Shell>,
    content: String,
    matter: Option<String>,
    id: Option<String>,
) -> Result<DocumentView, Refusal> {
    let vault = &shell.open().await?.vault;
    let (mut document, blob) = find(vault, &content).await?;
    let head = content::head(vault, &blob, HEAD).await?;
    let (preview, _) = preview_of(&document, blob.size, &head);
    // Stable: the others stay in their order.
    document.records.sort_by_key(|record| {
        (Some(record.matter.as_str()), Some(record.metadata_hash.to_string())) != (matter.as_deref(), id.clone())
    });
    DocumentView::of(document, blob.size, preview.into(), vault).await
}

/// The verified bytes of a document that is previewed as an image or a PDF.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_bytes(shell: State<'_, Shell>, content: String) -> Result<PreviewBytes, Refusal> {
    let vault = &shell.open().await?.vault;
    let (document, blob) = find(vault, &content).await?;
    let head = content::head(vault, &blob, HEAD).await?;
    match preview_of(&document, blob.size, &head).0 {
        Kind::Pdf | Kind::Image => Ok(PreviewBytes(content::whole(vault, &blob).await?)),
        Kind::Text | Kind::None | Kind::TooLarge => Err(Refusal::invalid("This document is not shown as an image.")),
    }
}

/// The text of a document that is previewed as text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_text(shell: State<'_, Shell>, content: String) -> Result<TextPreview, Refusal> {
    let vault = &shell.open().await?.vault;
    let (document, blob) = find(vault, &content).await?;
    let head = content::head(vault, &blob, HEAD).await?;
    let (Kind::Text, name) = preview_of(&document, blob.size, &head) else {
        return Err(Refusal::invalid("This document is not shown as text."));
    };
    let name = name.to_owned();
    let bytes = content::whole(vault, &blob).await?;
    let text = on_a_thread(move || vault_preview::text(&name, &bytes)).await?;
    text.map(TextPreview::from).map_err(|error| Refusal::invalid(error.to_string()))
}

/// Opens a verified, read-only copy in the program the system has for it, under this one of its names.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_document(shell: State<'_, Shell>, content: String, name: String) -> Result<(), Refusal> {
    let vault = &shell.open().await?.vault;
    let (document, blob) = find(vault, &content).await?;
    if !document.records.iter().any(|record| record.original_name == name) {
        return Err(Refusal::not_found("No document in the vault has this content under this name."));
    }
    let refused = || {
        Refusal::invalid(format!(
            "“{name}” is not opened from here, because the system might run it as a program. Restore it if you need it."
        ))
    };
    if !may_open(&name) {
        return Err(refused());
    }
    let cannot = |error: std::io::Error| Refusal::later(format!("“{name}” could not be copied to be opened: {error}."));
    let copy = shell.copies.begin(&name).map_err(cannot)?.ok_or_else(refused)?;
    let copy = content::write_to(vault, &blob, copy).await?;
    show::file(copy.finish().map_err(cannot)?).await
}

/// Puts a text on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_text(shell: State<'_, Shell>, text: String) -> Result<(), Refusal> {
    let clipboard = shell.clipboard.clone();
    on_a_thread(move || clipboard.put(text)).await?
}

/// Opens the dialog to print what the page shows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn print_page(window: WebviewWindow) -> Result<(), Refusal> {
    window.print().map_err(|error| Refusal::later(format!("The dialog to print could not be opened: {error}.")))
}

/// What is known of a content, and where it lies.
async fn find(vault: &Vault, content: &str) -> Result<(Document, BlobRef), Refusal> {
    let found = vault.mirror.document(content.parse::<FileHash>()?).await?;
    let gone = || Refusal::not_found("This document is not in the vault.");
    let document = found.ok_or_else(gone)?;
    let record = document.records.first().ok_or_else(gone)?;
    let blob = BlobRef { path: record.storage_path.clone(), size: record.size };
    Ok((document, blob))
}

/// How a document can be looked at, and the name that says so: the first of its names that says anything.
fn preview_of<'a>(document: &'a Document, size: u64, head: &[u8]) -> (Kind, &'a str) {
    let mut kinds = document.records.iter().map(|record| {
        let name = record.original_name.as_str();
        (kind(name, size, head), name)
    });
    kinds.find(|(kind, _)| *kind != Kind::None).unwrap_or((Kind::None, ""))
}
