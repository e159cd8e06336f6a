//! Documents as their programs write them, built here so that a test shows their content.
#![allow(dead_code, reason = "each test uses its own part of it")]
#![allow(clippy::unwrap_used, reason = "this is for tests only")]

use std::io::{Cursor, Write};

use vault_preview::{Mail, Text, text};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"#;

pub(crate) const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Klausel"><w:name w:val="Klausel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Abschnitt"><w:name w:val="Abschnitt"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>"#;

/// A package of these entries.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A Word document with this body and more parts.
pub(crate) fn docx_with(body: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let document = document(body);
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", RELATIONSHIPS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
    ];
    entries.extend(parts);
    zip(&entries)
}

/// The part of a Word document that has the text.
pub(crate) fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body>\
         </w:document>"
    )
}

/// A paragraph of a Word document.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// An ODF text with this body.
pub(crate) fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\">\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    zip.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The content of an Outlook message: storages, and streams by their paths.
pub(crate) struct Msg(cfb::CompoundFile<Cursor<Vec<u8>>>);

impl Msg {
    pub(crate) fn new() -> Msg {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_storage("/__nameid_version1.0").unwrap();
        Msg(file)
    }

    pub(crate) fn storage(mut self, path: &str) -> Msg {
        self.0.create_storage_all(path).unwrap();
        self
    }

    pub(crate) fn stream(mut self, path: &str, bytes: &[u8]) -> Msg {
        self.0.create_stream(path).unwrap().write_all(bytes).unwrap();
        self
    }

    /// A text, in UTF-16.
    pub(crate) fn text(self, storage: &str, id: u16, text: &str) -> Msg {
        let bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        self.stream(&format!("{storage}/__substg1.0_{id:04X}001F"), &bytes)
    }

    /// The properties of fixed length, after so many other bytes.
    pub(crate) fn fixed(self, storage: &str, before: usize, values: &[(u32, u64)]) -> Msg {
        let mut bytes = vec![0; before];
        for (tag, value) in values {
            bytes.extend_from_slice(&tag.to_le_bytes());
            bytes.extend_from_slice(&6_u32.to_le_bytes());
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        self.stream(&format!("{storage}/__properties_version1.0"), &bytes)
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.0.flush().unwrap();
        self.0.into_inner().into_inner()
    }
}

/// The paragraphs of a document: the level of each, and its text.
pub(crate) fn paragraphs(name: &str, bytes: &[u8]) -> Vec<(u8, String)> {
    match text(name, bytes).unwrap() {
        Text::Word { paragraphs, cut: false } => {
            paragraphs.into_iter().map(|paragraph| (paragraph.heading, paragraph.text)).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// The texts of a document's paragraphs.
pub(crate) fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    paragraphs(name, bytes).into_iter().map(|(_, text)| text).collect()
}

/// A mail.
pub(crate) fn mail(name: &str, bytes: &[u8]) -> Mail {
    match text(name, bytes).unwrap() {
        Text::Mail(mail) => mail,
        other => panic!("{other:?}"),
    }
}
