//! E-mails as they are sent: RFC 5322 and MIME.
//!
//! The library reads headers and decodes bodies. Splitting a message into parts is done here ([`parts`]), because its
//! cost must be bounded: libraries search for the end of each part anew, and copy each nested message.

mod draft;
mod head;
mod parts;

use std::collections::HashSet;

pub(crate) use draft::Draft;
pub(crate) use head::MessageHead;
use parts::Part;

use crate::error::Stop;
use crate::limits;
use crate::readable::Page;
use crate::text::Mail;
use crate::{encoding, html};

/// Reads a mail.
pub(crate) fn read(bytes: &[u8]) -> Result<Mail, Stop> {
    let bytes = without_envelope(bytes);
    let mut draft = Draft::new();
    let mut left = limits::PARTS;
    let head = MessageHead::read(parts::head(bytes));
    let is_mail = !head.is_empty();
    draft.begin(head);
    add(&mut draft, bytes, 0, &mut left);
    let mail = draft.finish();
    if !is_mail && mail.text.is_empty() && mail.attachments.is_empty() {
        return Err(Stop::Broken("it has neither headers nor text"));
    }
    Ok(mail)
}

/// Skips what mailbox programs put before the first header: a line "From …", or the length of the mail.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    let first = bytes[..end].trim_ascii();
    let is_length = !first.is_empty() && first.iter().all(u8::is_ascii_digit);
    if first.starts_with(b"From ") || first.starts_with(b">From ") || is_length { &bytes[end..] } else { bytes }
}

/// Adds the texts of a message, and the names of its attachments.
fn add(draft: &mut Draft, bytes: &[u8], deep: usize, left: &mut usize) {
    let (mut parts, whole) = parts::parts(bytes, left);
    if let [only] = &mut parts[..] {
        // There is no other text, so it is shown as the message's text.
        only.head.attached = false;
    }
    if !whole {
        draft.page.cut();
    }
    let in_plain_text = parts.iter().filter(|part| is_plain_text(part)).filter_map(|part| part.alternative);
    let in_plain_text = in_plain_text.collect::<HashSet<_>>();
    for part in &parts {
        let is_there_twice = part.alternative.is_some_and(|choice| in_plain_text.contains(&choice));
        if is_text(part) && part.head.subtype == "html" && is_there_twice {
            continue;
        }
        if is_text(part) {
            add_text(&mut draft.page, part);
            if part.head.name.is_some() {
                draft.attach(part.head.name.as_deref(), String::new);
            }
        } else if part.head.is_message() {
            add_message(draft, part, deep, left);
        } else {
            draft.attach(part.head.name.as_deref(), || part.head.full_type());
        }
    }
}

fn is_text(part: &Part<'_>) -> bool {
    part.head.main == "text" && matches!(&part.head.subtype[..], "plain" | "html") && !part.head.attached
}

/// Non-empty text: some programs send an empty one beside the HTML.
fn is_plain_text(part: &Part<'_>) -> bool {
    is_text(part) && part.head.subtype == "plain" && !part.body.trim_ascii().is_empty()
}

fn add_text(page: &mut Page, part: &Part<'_>) {
    if page.is_cut() || part.body.trim_ascii().is_empty() {
        return;
    }
    let bytes = part.head.encoded.decode(part.body);
    let charset = part.head.charset.as_deref();
    if !page.as_str().is_empty() {
        page.push_str("\n\n");
    }
    if part.head.subtype == "html" {
        let mut source = Page::new(limits::MARKUP);
        encoding::read(&bytes, charset, &mut source);
        html::read(source.as_str(), page);
        if source.is_cut() {
            page.cut();
        }
    } else {
        encoding::read(&bytes, charset, page);
    }
}

fn add_message(draft: &mut Draft, part: &Part<'_>, deep: usize, left: &mut usize) {
    let bytes = part.head.encoded.decode(part.body);
    let head = MessageHead::read(parts::head(&bytes));
    let name = part.head.name.as_deref().unwrap_or(&head.subject);
    draft.attach(Some(name), || part.head.full_type());
    if deep == limits::MESSAGES_DEEP {
        draft.page.cut();
        return;
    }
    draft.begin_attached(&head);
    add(draft, &bytes, deep + 1, left);
}
