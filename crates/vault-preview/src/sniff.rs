//! Detecting a document's format from its first bytes.

use memchr::memmem;

use crate::encoding;
use crate::image;
use crate::limits::HEAD;

/// A document's format, as far as previews distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Image,
    /// Plain text. HTML, XML and SVG are shown as source.
    Plain,
    /// A message of RFC 5322.
    Mail,
    /// A message saved by Outlook.
    Outlook,
    /// A .docx: a package of XML.
    Word,
    /// The same as an ODF text (.odt).
    Odt,
    Rtf,
    /// Anything else, including Word documents of before 2007.
    Unknown,
}

const TEXT_ENDINGS: &[&str] = &[
    "asc", "csv", "css", "htm", "html", "ics", "ini", "json", "jsonl", "log", "markdown", "md", "nfo", "ps", "srt",
    "svg", "tex", "text", "toml", "tsv", "txt", "vcf", "vtt", "xhtml", "xml", "yaml", "yml",
];

const MAIL_ENDINGS: &[&str] = &["eml", "emlx", "mht", "mhtml"];

/// How many bytes are examined to distinguish text from binary data.
const SAMPLE: usize = 8 * 1024;

/// A document's format; reads at most [`HEAD`] bytes, so that callers who have only these get the same result.
pub(crate) fn format(name: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(HEAD)];
    let ending = ending(name);
    let ending = ending.as_str();
    if is_pdf(head, ending) {
        Format::Pdf
    } else if image::is_image(head) {
        Format::Image
    } else if head.starts_with(b"{\\rtf") {
        Format::Rtf
    } else if head.starts_with(b"PK\x03\x04") {
        package(head, ending)
    } else if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        if ending == "msg" || is_outlook(head) { Format::Outlook } else { Format::Unknown }
    } else {
        text(head, ending)
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.trim().to_lowercase()).unwrap_or_default()
}

/// PDF readers accept a signature within the first kilobyte. Here that needs the extension `pdf`.
fn is_pdf(head: &[u8], ending: &str) -> bool {
    head.starts_with(b"%PDF-") || ending == "pdf" && memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some()
}

/// A zip: the names of its first entries decide.
fn package(head: &[u8], ending: &str) -> Format {
    let begins = |name: &[u8]| {
        memmem::find_iter(head, b"PK\x03\x04")
            .any(|at| head.get(at + 30..).is_some_and(|entry| entry.starts_with(name)))
    };
    if head.get(30..).is_some_and(|entry| entry.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text")) {
        Format::Odt
    } else if matches!(ending, "docx" | "docm" | "dotx" | "dotm") || begins(b"word/") {
        Format::Word
    } else {
        Format::Unknown
    }
}

/// A compound file is a message if its directory has a message's names, in UTF-16.
fn is_outlook(head: &[u8]) -> bool {
    let name = "__nameid_version".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    memmem::find(head, &name).is_some()
}

fn text(head: &[u8], ending: &str) -> Format {
    let mail = MAIL_ENDINGS.contains(&ending);
    let named = mail || TEXT_ENDINGS.contains(&ending);
    if head.is_empty() {
        return if named { Format::Plain } else { Format::Unknown };
    }
    if !looks_like_text(head, named) {
        Format::Unknown
    } else if mail || !named && looks_like_mail(head) {
        Format::Mail
    } else {
        Format::Plain
    }
}

/// Few control characters, if any. A file with a text extension may have more: tables from old systems are padded with
/// zeros.
fn looks_like_text(head: &[u8], named: bool) -> bool {
    if encoding::of_unicode(head).is_some() {
        return true;
    }
    let sample = &head[..head.len().min(SAMPLE)];
    let acts = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let acting = sample.iter().filter(|byte| acts(byte)).count();
    if named { acting * 10 <= sample.len() } else { !sample.contains(&0) && acting * 100 <= sample.len() }
}

/// Headers that include a sender and one that no user would type.
fn looks_like_mail(head: &[u8]) -> bool {
    let mut from = false;
    let mut made = false;
    for (number, line) in head[..head.len().min(SAMPLE)].split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if line[0] == b' ' || line[0] == b'\t' || number == 0 && line.starts_with(b"From ") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { return false };
        let name = line[..colon].to_ascii_lowercase();
        if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return false;
        }
        from |= name == b"from";
        made |= matches!(&name[..], b"received" | b"return-path" | b"mime-version" | b"message-id");
    }
    from && made
}
