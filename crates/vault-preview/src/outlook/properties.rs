use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::encoding;
use crate::error::Stop;
use crate::limits;

/// How much of a short property is read, in bytes: four times what is shown of it, in UTF-16.
const SHORT: u64 = 8 * limits::LINE as u64;

/// A compound file that is a message.
pub(super) struct Message<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
}

/// An object with properties: the message, a recipient, an attachment, or an attached message.
#[derive(Clone)]
pub(super) struct Storage {
    path: String,
    /// How many bytes precede its fixed-length properties.
    before: usize,
}

impl Storage {
    /// The message itself.
    pub(super) fn root() -> Storage {
        Storage { path: String::new(), before: 32 }
    }
}

impl<'a> Message<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Message<'a>, Stop> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Stop::Broken("it is damaged or incomplete"))?;
        let message = Message { file };
        if message.file.is_stream("/__properties_version1.0") {
            Ok(message)
        } else {
            Err(Stop::Broken("it has none of a message's properties"))
        }
    }

    /// The recipients, or the attachments, of a message.
    pub(super) fn recipients(&self, message: &Storage) -> Vec<Storage> {
        self.within(message, "__recip_version1.0_")
    }

    /// See [`Message::recipients`].
    pub(super) fn attachments(&self, message: &Storage) -> Vec<Storage> {
        self.within(message, "__attach_version1.0_")
    }

    fn within(&self, message: &Storage, prefix: &str) -> Vec<Storage> {
        let Ok(entries) = self.file.read_storage(format!("{}/", message.path)) else { return Vec::new() };
        entries
            .filter(|entry| entry.is_storage() && entry.name().starts_with(prefix))
            .take(limits::ATTACHMENTS + 1)
            .map(|entry| Storage { path: format!("{}/{}", message.path, entry.name()), before: 8 })
            .collect()
    }

    /// The attached message, if the attachment is one.
    pub(super) fn message(&self, attachment: &Storage) -> Option<Storage> {
        let path = format!("{}/__substg1.0_3701000D", attachment.path);
        self.file.is_storage(&path).then_some(Storage { path, before: 24 })
    }

    /// A short text.
    pub(super) fn line(&mut self, storage: &Storage, id: u16) -> Option<String> {
        self.text(storage, id, SHORT)
    }

    /// The first of these short texts that is not empty.
    pub(super) fn first(&mut self, storage: &Storage, ids: &[u16]) -> String {
        ids.iter().find_map(|id| self.line(storage, *id).filter(|text| !text.trim().is_empty())).unwrap_or_default()
    }

    /// A text of any length.
    pub(super) fn long(&mut self, storage: &Storage, id: u16) -> Option<String> {
        self.text(storage, id, limits::TEXT)
    }

    fn text(&mut self, storage: &Storage, id: u16, most: u64) -> Option<String> {
        if let Some(bytes) = self.stream(storage, id, 0x001f, most) {
            return Some(encoding::short(&bytes, Some("utf-16le")).trim_end_matches('\0').to_owned());
        }
        let bytes = self.stream(storage, id, 0x001e, most)?;
        let page = self.code_page(&Storage::root());
        Some(encoding::short(&bytes, page.as_deref()).trim_end_matches('\0').to_owned())
    }

    /// Bytes of any length.
    pub(super) fn binary(&mut self, storage: &Storage, id: u16) -> Option<Vec<u8>> {
        self.stream(storage, id, 0x0102, limits::TEXT)
    }

    /// The label of its HTML's encoding.
    pub(super) fn internet_code_page(&mut self, message: &Storage) -> Option<String> {
        self.fixed(message, 0x3fde_0003)
            .and_then(|page| u32::try_from(page & 0xffff_ffff).ok())
            .and_then(encoding::label_of_code_page)
    }

    fn code_page(&mut self, message: &Storage) -> Option<String> {
        self.fixed(message, 0x3ffd_0003)
            .and_then(|page| u32::try_from(page & 0xffff_ffff).ok())
            .and_then(encoding::label_of_code_page)
    }

    /// A fixed-length property, by its whole tag ([MS-OXMSG], 2.4).
    pub(super) fn fixed(&mut self, storage: &Storage, tag: u32) -> Option<u64> {
        let bytes = self.read(&format!("{}/__properties_version1.0", storage.path), SHORT)?;
        let entries = bytes.get(storage.before..)?;
        let entry = entries.chunks_exact(16).find(|entry| entry[..4] == tag.to_le_bytes())?;
        Some(u64::from_le_bytes(entry[8..].try_into().ok()?))
    }

    fn stream(&mut self, storage: &Storage, id: u16, kind: u16, most: u64) -> Option<Vec<u8>> {
        self.read(&format!("{}/__substg1.0_{id:04X}{kind:04X}", storage.path), most)
    }

    fn read(&mut self, path: &str, most: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let stream = self.file.open_stream(path).ok()?;
        stream.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}
