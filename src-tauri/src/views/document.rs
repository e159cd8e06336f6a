//! One document: everything known of one content, and a look at it.

use serde::Serialize;
use specta::Type;

use super::EventView;

/// Everything known of one content.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    /// Hash of the content: SHA-256 in 64 hexadecimal digits.
    pub content: String,
    /// Length in bytes.
    pub size: u64,
    /// Every name and time it was filed under, by matter and arrival; the one that was asked for first.
    pub records: Vec<DocumentRecord>,
    /// Every event, oldest first: each exact location, who filed it, when and from where.
    pub events: Vec<EventView>,
    /// How it can be looked at.
    pub preview: PreviewKind,
    /// Whether opening it in its own program is offered; not for what the system would run as a program.
    pub can_open: bool,
}

/// One name and modified time a content was filed under, in one matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRecord {
    /// Identity in its matter (the metadata hash).
    pub id: String,
    /// The matter.
    pub matter: String,
    /// The number of the matter, or `general`.
    pub matter_number: String,
    /// The title of the matter.
    pub matter_title: String,
    /// The name.
    pub name: String,
    /// When it was last modified.
    pub modified: i64,
    /// The folders, as kept on the record.
    pub folders: Vec<String>,
    /// Where the content is kept in the vault.
    pub storage_path: String,
    /// What whoever filed it first is called.
    pub person: String,
}

/// How a document can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PreviewKind {
    /// As a PDF: ask for its bytes.
    Pdf,
    /// As an image: ask for its bytes.
    Image,
    /// As text, an e-mail or the text of a Word document: ask for its text.
    Text,
    /// Not at all: of a kind that has no preview.
    None,
    /// Not here: it is too large.
    TooLarge,
}

/// What can be read of a document. Nothing in it is markup, and nothing in it is fetched.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum TextPreview {
    /// Plain text.
    #[serde(rename_all = "camelCase")]
    Plain {
        /// The beginning of the text.
        text: String,
        /// Whether there is more.
        cut: bool,
    },
    /// An e-mail.
    #[serde(rename_all = "camelCase")]
    Mail {
        /// Sender.
        from: String,
        /// Recipients.
        to: String,
        /// Copy recipients; empty for none.
        cc: String,
        /// Subject.
        subject: String,
        /// When it was sent, if it says so.
        date: Option<i64>,
        /// The beginning of its text.
        text: String,
        /// Whether there is more.
        cut: bool,
        /// Names of what is attached.
        attachments: Vec<String>,
    },
    /// A Word document.
    #[serde(rename_all = "camelCase")]
    Word {
        /// Its paragraphs.
        paragraphs: Vec<WordParagraph>,
        /// Whether there are more.
        cut: bool,
    },
}

/// One paragraph of a Word document.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WordParagraph {
    /// 1 to 6 for a heading, 0 for other text.
    pub heading: u8,
    /// Its text.
    pub text: String,
}

/// The bytes of a document, sent as they are: the page gets an `ArrayBuffer`.
#[derive(Debug, Clone)]
pub struct PreviewBytes(pub Vec<u8>);

impl tauri::ipc::IpcResponse for PreviewBytes {
    fn body(self) -> tauri::Result<tauri::ipc::InvokeResponseBody> {
        Ok(tauri::ipc::InvokeResponseBody::Raw(self.0))
    }
}

impl specta::Type for PreviewBytes {
    fn definition(_: &mut specta::Types) -> specta::datatype::DataType {
        specta_typescript::define("ArrayBuffer").into()
    }
}
