//! One document.

use std::io::Read as _;

use tauri::{State, WebviewWindow};
use vault_core::Vault;
use vault_core::model::{BlobRef, FileHash};
use vault_core::ports::Document;
use vault_preview::{HEAD, Kind, kind, may_open};

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
    let open = shell.open().await?;
    let vault = &open.vault;
    let mut looked = Looked::at(vault, &content).await?;
    let (preview, _) = looked.preview();
    // Stable: the others stay in their order.
    looked.document.records.sort_by_key(|record| {
        (Some(record.matter.as_str()), Some(record.metadata_hash.to_string())) != (matter.as_deref(), id.clone())
    });
    DocumentView::of(looked.document, looked.size, preview.into(), vault).await
}

/// The verified bytes of a document that is previewed as an image or a PDF.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_bytes(shell: State<'_, Shell>, content: String) -> Result<PreviewBytes, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let looked = Looked::at(vault, &content).await?;
    match looked.preview().0 {
        Kind::Pdf | Kind::Image => Ok(PreviewBytes(looked.bytes(vault).await?)),
        Kind::Text | Kind::None | Kind::TooLarge => Err(Refusal::invalid("This document is not shown as an image.")),
    }
}

/// The text of a document that is previewed as text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_text(shell: State<'_, Shell>, content: String) -> Result<TextPreview, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let looked = Looked::at(vault, &content).await?;
    let (Kind::Text, name) = looked.preview() else {
        return Err(Refusal::invalid("This document is not shown as text."));
    };
    let (name, bytes) = (name.to_owned(), looked.bytes(vault).await?);
    let text = on_a_thread(move || vault_preview::text(&name, &bytes)).await?;
    text.map(TextPreview::from).map_err(|error| Refusal::invalid(error.to_string()))
}

/// Opens a verified, read-only copy in the program the system has for it, under this one of its names.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_document(shell: State<'_, Shell>, content: String, name: String) -> Result<(), Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let content: FileHash = content.parse()?;
    let document = find(vault, content).await?;
    if !document.records.iter().any(|record| record.original_name == name) {
        return Err(Refusal::not_found("No document in the vault has this content under this name."));
    }
    if !may_open(&name) {
        return Err(Refusal::invalid(format!(
            "“{name}” is not opened from here, because the system might run it as a program. Restore it if you need it."
        )));
    }
    show::file(shell.copies.make(vault, content, &name).await?).await
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

/// What is known of a content.
async fn find(vault: &Vault, content: FileHash) -> Result<Document, Refusal> {
    let found = vault.mirror.document(content).await?.filter(|found| !found.records.is_empty());
    found.ok_or_else(|| Refusal::not_found("This document is not in the vault."))
}

/// A document, with enough of it to say how it can be looked at.
struct Looked {
    document: Document,
    /// Length in bytes.
    size: u64,
    /// Its first bytes, which nothing has vouched for yet; empty if they cannot be read, which whoever reads all says.
    head: Vec<u8>,
}

impl Looked {
    async fn at(vault: &Vault, content: &str) -> Result<Self, Refusal> {
        let document = find(vault, content.parse()?).await?;
        let record = &document.records[0];
        let (blob, size) = (BlobRef { path: record.storage_path.clone(), size: record.size }, record.size);
        let reader = vault.blobs.get(&blob).await?;
        let read = move || {
            let mut head = Vec::new();
            if let Some(reader) = reader {
                let _ = reader.take(HEAD as u64).read_to_end(&mut head);
            }
            head
        };
        Ok(Self { document, size, head: on_a_thread(read).await? })
    }

    /// How it can be looked at, and the name that says so: the first of its names that says anything.
    fn preview(&self) -> (Kind, &str) {
        let mut kinds = self.document.records.iter().map(|record| {
            let name = record.original_name.as_str();
            (kind(name, self.size, &self.head), name)
        });
        kinds.find(|(kind, _)| *kind != Kind::None).unwrap_or((Kind::None, ""))
    }

    /// All bytes, verified.
    async fn bytes(&self, vault: &Vault) -> Result<Vec<u8>, Refusal> {
        let bytes = vault.read_verified(self.document.file_hash, self.size).await?;
        bytes.ok_or_else(|| Refusal::invalid("This document is too large to be shown here. Restore it."))
    }
}
