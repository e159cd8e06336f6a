//! The text of a connection file as editors, mail programs and browsers save it, and recognition of other files.

use serde_json::error::Category;
use vault_core::text_file;

/// The text, trimmed.
///
/// # Errors
/// What the file is instead, to complete a sentence that begins “This is no connection file: ”.
pub(super) fn of(bytes: &[u8]) -> Result<String, String> {
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    for (begins, kind) in KINDS {
        if bytes.starts_with(begins) {
            return Err(format!("it is {kind}"));
        }
    }
    let text = text_file::decode(bytes).map_err(|error| format!("{error}").trim_end_matches('.').to_owned())?;
    let text = text.trim();
    match text.chars().next() {
        None => Err("it is empty".to_owned()),
        Some('<') => Err("it is a web page. Save the file itself, not the page that shows it".to_owned()),
        Some('{') => Ok(text.to_owned()),
        Some(_) => Err("it holds something else".to_owned()),
    }
}

/// The link that a file contains instead of an object.
pub(super) fn link(bytes: &[u8]) -> Option<String> {
    let text = text_file::decode(bytes).ok()?;
    let text = text.trim();
    text.starts_with("strongroom://").then(|| text.to_owned())
}

/// Signatures of other file types.
const KINDS: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a ZIP archive or an Office document. If the connection file is in it, take it out first"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"{\\rtf", "a document of a word processor. Save it as plain text"),
    (b"\xD0\xCF\x11\xE0", "a document of a word processor. Save it as plain text"),
];

/// The error of a text that begins like a connection file.
pub(super) fn fault(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "its end is missing".to_owned(),
        // Our own message; the position does not help a user who was sent the file.
        Category::Data => {
            let said = error.to_string();
            said.rsplit_once(" at line ").map_or(said.clone(), |(said, _)| said.to_owned())
        }
        Category::Syntax | Category::Io => {
            format!("it was changed, or is damaged, in line {} (character {})", error.line(), error.column())
        }
    }
}
