//! One document.

use std::io::Read as _;
use std::time::Duration;

use tauri::{State, WebviewWindow};
use vault_core::Vault;
use vault_core::model::{BlobRef, FileHash};
use vault_core::ports::Document;
use vault_preview::{HEAD, Kind, is_as_named, kind, may_open};

use crate::os::show;
use crate::reason::WindowReason;
use crate::shell::{Shell, on_a_thread};
use crate::views::{DocumentView, PreviewBytes, Refusal, TextPreview};

/// How long the facts of a document wait for its first bytes.
const HEAD_PATIENCE: Duration = Duration::from_secs(3);

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
    // Stable: the others keep their order.
    looked.document.records.sort_by_key(|record| {
        (Some(record.matter.as_str()), Some(record.metadata_hash.to_string())) != (matter.as_deref(), id.clone())
    });
    let can_open = looked.can_open();
    DocumentView::of(looked.document, looked.size, (preview.into(), can_open), vault).await
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
        Kind::Text | Kind::None | Kind::TooLarge => Err(Refusal::invalid(WindowReason::NoImage)),
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
        return Err(Refusal::invalid(WindowReason::NoText));
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
        return Err(Refusal::not_found(WindowReason::NoSuchName));
    }
    if !may_open(&name) {
        return Err(Refusal::invalid(WindowReason::KindNotOpened { name }));
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
    found.ok_or_else(|| Refusal::not_found(WindowReason::DocumentNotThere))
}

/// The first bytes of a content, as far as they can be had.
async fn head_of(vault: &Vault, blob: &BlobRef) -> Vec<u8> {
    let Ok(Some(reader)) = vault.content(blob).await else { return Vec::new() };
    let read = move || {
        let mut head = Vec::new();
        let _ = reader.take(HEAD as u64).read_to_end(&mut head);
        head
    };
    on_a_thread(read).await.unwrap_or_default()
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
        // Its known properties are shown offline, too.
        let head = tokio::time::timeout(HEAD_PATIENCE, head_of(vault, &blob)).await.unwrap_or_default();
        Ok(Self { document, size, head })
    }

    /// How it can be looked at, and the name that says so: the first of its names that says anything.
    fn preview(&self) -> (Kind, &str) {
        let mut kinds = self.document.records.iter().map(|record| {
            let name = record.original_name.as_str();
            (kind(name, self.size, &self.head), name)
        });
        kinds.find(|(kind, _)| *kind != Kind::None).unwrap_or((Kind::None, ""))
    }

    /// Whether opening it is offered, under the first of its names and as far as its beginning is known.
    fn can_open(&self) -> bool {
        self.document.records.first().is_some_and(|record| is_as_named(&record.original_name, &self.head))
    }

    /// All bytes, verified.
    async fn bytes(&self, vault: &Vault) -> Result<Vec<u8>, Refusal> {
        let bytes = vault.read_verified(self.document.file_hash, self.size).await?;
        bytes.ok_or_else(|| Refusal::invalid(WindowReason::TooLargeToShow))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;
    use vault_core::VaultParts;
    use vault_core::model::MatterId;
    use vault_core::ports::PortError;
    use vault_firebase::{FirebaseBlobs, Matters, RetryPolicy};
    use vault_firm::Connection;

    use super::*;
    use crate::testing::Place;
    use crate::views::RefusalCode;

    struct Nothing;

    #[async_trait]
    impl Matters for Nothing {
        async fn ids(&self) -> Result<Vec<MatterId>, PortError> {
            Ok(Vec::new())
        }
    }

    /// The vault, with its content at a server that is not there.
    async fn without_a_line(place: &Place) -> Vault {
        let file = serde_json::json!({
            "projectId": "demo-strongroom", "apiKey": "any", "bucket": "b.example", "clientId": "strongroom",
            "authEmulator": "127.0.0.1:1", "firestoreEmulator": "127.0.0.1:1", "storageEmulator": "127.0.0.1:1",
        });
        let connection = Connection::from_file(file.to_string().as_bytes()).unwrap();
        let patience = RetryPolicy { repeats: 0, ..RetryPolicy::default() };
        let parts = place.vault.parts();
        let blobs =
            FirebaseBlobs::open_with(&connection, parts.identity.clone(), Arc::new(Nothing), patience).await.unwrap();
        Vault::new(VaultParts { blobs: Arc::new(blobs), ..parts })
    }

    #[tokio::test]
    async fn the_facts_of_a_document_are_shown_without_a_network() {
        let place = Place::new().await;
        place.file(&[("letter.txt", "Dear Sir")]).await;
        let vault = without_a_line(&place).await;
        let looked = Looked::at(&vault, &FileHash::of(b"Dear Sir").to_string()).await.unwrap();
        assert_eq!((&*looked.document.records[0].original_name, looked.size, looked.head.len()), ("letter.txt", 8, 0));
        let refused = looked.bytes(&vault).await.unwrap_err();
        assert_eq!(refused.code, RefusalCode::TryLater, "{}", refused.message);
    }
}
