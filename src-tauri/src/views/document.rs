//! One document: everything known of one content, and a look at it.

use serde::Serialize;
use specta::Type;
use vault_core::Vault;
use vault_core::model::{Matter, MetadataRecord};
use vault_core::ports::{Document, PortError};
use vault_preview::{Kind, Mail, Paragraph};

use super::{EventView, Names, Refusal};

/// Everything known of one content.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentView {
    /// Hash of the content: SHA-256 in 64 hexadecimal digits.
    pub(crate) content: String,
    /// Length in bytes.
    pub(crate) size: u64,
    /// Every name and time it was filed under, by matter and arrival; the one that was asked for first.
    pub(crate) records: Vec<DocumentRecord>,
    /// Every event, oldest first: each exact location, who filed it, when and from where.
    pub(crate) events: Vec<EventView>,
    /// How it can be looked at.
    pub(crate) preview: PreviewKind,
    /// Whether opening it in its own program is offered: for the kinds of documents that are opened, unless the content is
    /// plainly something else.
    pub(crate) can_open: bool,
}

/// One name and modified time a content was filed under, in one matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentRecord {
    /// Identity in its matter (the metadata hash).
    pub(crate) id: String,
    /// The matter.
    pub(crate) matter: String,
    /// The number of the matter, or `general`.
    pub(crate) matter_number: String,
    /// The title of the matter.
    pub(crate) matter_title: String,
    /// The name.
    pub(crate) name: String,
    /// When it was last modified.
    pub(crate) modified: i64,
    /// The folders, as kept on the record.
    pub(crate) folders: Vec<String>,
    /// Where the content is kept in the vault.
    pub(crate) storage_path: String,
    /// What whoever filed it first is called.
    pub(crate) person: String,
}

/// How a document can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PreviewKind {
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
pub(crate) enum TextPreview {
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
pub(crate) struct WordParagraph {
    /// 1 to 6 for a heading, 0 for other text.
    pub(crate) heading: u8,
    /// Its text.
    pub(crate) text: String,
}

/// The bytes of a document, sent as they are: the page gets an `ArrayBuffer`.
#[derive(Debug, Clone)]
pub(crate) struct PreviewBytes(pub(crate) Vec<u8>);

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

impl DocumentRecord {
    /// A record, with its matter and the name of who filed it.
    pub(crate) async fn of(
        record: MetadataRecord,
        matter: Option<Matter>,
        names: &mut Names<'_>,
    ) -> Result<Self, PortError> {
        let MetadataRecord {
            metadata_hash,
            matter: matter_id,
            original_name,
            last_modified,
            file_hash: _,
            size: _,
            folder_paths,
            storage_path,
            uploaded_by,
            updated_at: _,
            revision: _,
        } = record;
        let (number, title) =
            matter.map_or_else(Default::default, |matter| (matter.fields.number, matter.fields.title));
        Ok(Self {
            id: metadata_hash.to_string(),
            matter_number: if number.is_empty() { matter_id.to_string() } else { number },
            matter: matter_id.to_string(),
            matter_title: title,
            name: original_name,
            modified: last_modified.0,
            folders: folder_paths.iter().map(str::to_owned).collect(),
            storage_path: storage_path.to_string(),
            person: names.person(&uploaded_by).await?,
        })
    }
}

impl DocumentView {
    /// A document of `size` bytes, its records in their order, how it can be looked at and whether it can be opened.
    pub(crate) async fn of(
        document: Document,
        size: u64,
        (preview, can_open): (PreviewKind, bool),
        vault: &Vault,
    ) -> Result<Self, Refusal> {
        let Document { file_hash, records, events, sources } = document;
        let mut names = Names::new(vault);
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            let found = vault.mirror.find_matter(record.matter.as_str()).await?;
            let matter = found.map(|found| found.matter).filter(|matter| matter.id == record.matter);
            views.push(DocumentRecord::of(record, matter, &mut names).await?);
        }
        let events = EventView::all(events, &sources, &mut names).await?;
        Ok(Self { content: file_hash.to_string(), size, records: views, events, preview, can_open })
    }
}

impl From<Kind> for PreviewKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Pdf => Self::Pdf,
            Kind::Image => Self::Image,
            Kind::Text => Self::Text,
            Kind::None => Self::None,
            Kind::TooLarge => Self::TooLarge,
        }
    }
}

impl From<vault_preview::Text> for TextPreview {
    fn from(text: vault_preview::Text) -> Self {
        match text {
            vault_preview::Text::Plain { text, cut } => Self::Plain { text, cut },
            vault_preview::Text::Mail(mail) => {
                let Mail { from, to, cc, subject, date, text, cut, attachments } = mail;
                Self::Mail { from, to, cc, subject, date, text, cut, attachments }
            }
            vault_preview::Text::Word { paragraphs, cut } => {
                Self::Word { paragraphs: paragraphs.into_iter().map(WordParagraph::from).collect(), cut }
            }
        }
    }
}

impl From<Paragraph> for WordParagraph {
    fn from(paragraph: Paragraph) -> Self {
        let Paragraph { heading, text } = paragraph;
        Self { heading, text }
    }
}
