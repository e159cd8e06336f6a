//! Messages saved by Outlook (.msg): properties as streams of a compound file, by [MS-OXMSG].

mod compressed_rtf;
mod properties;

use properties::{Message, Storage};

use crate::error::Stop;
use crate::limits;
use crate::mail::{Draft, MessageHead};
use crate::readable::Page;
use crate::text::Mail;
use crate::{encoding, html, rtf};

// Properties by their numbers ([MS-OXPROPS]); those of fixed length with their type.
const SUBJECT: u16 = 0x0037;
const SENT_FOR_NAME: u16 = 0x0042;
const SENT_FOR_ADDRESS: u16 = 0x0065;
const SENT_FOR_SMTP: u16 = 0x5d02;
const SENDER_NAME: u16 = 0x0c1a;
const SENDER_ADDRESS: u16 = 0x0c1f;
const SENDER_SMTP: u16 = 0x5d01;
const DISPLAY_CC: u16 = 0x0e03;
const DISPLAY_TO: u16 = 0x0e04;
const BODY: u16 = 0x1000;
const RICH_TEXT: u16 = 0x1009;
const HTML: u16 = 0x1013;
const DISPLAY_NAME: u16 = 0x3001;
const ADDRESS: u16 = 0x3003;
const SMTP_ADDRESS: u16 = 0x39fe;
const FILE_NAME: u16 = 0x3704;
const LONG_FILE_NAME: u16 = 0x3707;
const MIME_TYPE: u16 = 0x370e;
const RECIPIENT_TYPE: u32 = 0x0c15_0003;
const SUBMITTED: u32 = 0x0039_0040;
const DELIVERED: u32 = 0x0e06_0040;

/// Reads a message.
pub(crate) fn read(bytes: &[u8]) -> Result<Mail, Stop> {
    let mut message = Message::open(bytes)?;
    let root = Storage::root();
    let mut draft = Draft::new();
    let mut left = limits::PARTS;
    draft.begin(head(&mut message, &root));
    add(&mut draft, &mut message, &root, 0, &mut left);
    Ok(draft.finish())
}

fn head(message: &mut Message<'_>, storage: &Storage) -> MessageHead {
    let (to, cc) = recipients(message, storage);
    let name = message.first(storage, &[SENT_FOR_NAME, SENDER_NAME]);
    let address = message.first(storage, &[SENT_FOR_SMTP, SENDER_SMTP, SENT_FOR_ADDRESS, SENDER_ADDRESS]);
    let date = message.fixed(storage, SUBMITTED).or_else(|| message.fixed(storage, DELIVERED));
    MessageHead {
        from: person(name, address),
        to: if to.is_empty() { message.first(storage, &[DISPLAY_TO]) } else { to },
        cc: if cc.is_empty() { message.first(storage, &[DISPLAY_CC]) } else { cc },
        subject: message.first(storage, &[SUBJECT]),
        date: date.and_then(milliseconds),
    }
}

/// The recipients, and the copy recipients.
fn recipients(message: &mut Message<'_>, storage: &Storage) -> (String, String) {
    let (mut to, mut cc) = (Vec::new(), Vec::new());
    for recipient in message.recipients(storage) {
        let name = message.first(&recipient, &[DISPLAY_NAME]);
        let address = message.first(&recipient, &[SMTP_ADDRESS, ADDRESS]);
        let person = person(name, address);
        match message.fixed(&recipient, RECIPIENT_TYPE).map(|kind| kind & 0xf) {
            Some(1) => to.push(person),
            Some(2) => cc.push(person),
            _ => {}
        }
    }
    (to.join(", "), cc.join(", "))
}

/// Within a firm's own Exchange an address is a directory path, which is meaningless to readers.
fn person(name: String, address: String) -> String {
    let address = if address.starts_with('/') && !name.is_empty() { String::new() } else { address };
    match (name.is_empty() || name == address, address.is_empty()) {
        (false, false) => format!("{name} <{address}>"),
        (false, true) => name,
        _ => address,
    }
}

/// Windows counts tenths of microseconds since 1601.
fn milliseconds(time: u64) -> Option<i64> {
    i64::try_from(time / 10_000).ok()?.checked_sub(11_644_473_600_000)
}

fn add(draft: &mut Draft, message: &mut Message<'_>, storage: &Storage, deep: usize, left: &mut usize) {
    add_text(&mut draft.page, message, storage);
    for attachment in message.attachments(storage) {
        if *left == 0 {
            draft.page.cut();
            return;
        }
        *left -= 1;
        let name = message.first(&attachment, &[LONG_FILE_NAME, FILE_NAME, DISPLAY_NAME]);
        let kind = message.first(&attachment, &[MIME_TYPE]);
        draft.attach(Some(&name), || kind);
        match message.message(&attachment) {
            Some(_) if deep == limits::MESSAGES_DEEP => draft.page.cut(),
            Some(attached) => {
                draft.begin_attached(&head(message, &attached));
                add(draft, message, &attached, deep + 1, left);
            }
            None => {}
        }
    }
}

/// The plain text, else the text of its HTML, or of its Rich Text. Outlook stores plain text beside the others.
fn add_text(page: &mut Page, message: &mut Message<'_>, storage: &Storage) {
    if page.is_cut() {
        return;
    }
    if let Some(text) = message.long(storage, BODY).filter(|text| !text.trim().is_empty()) {
        separate(page);
        page.push_str(&text);
    } else if let Some(html) = html_of(message, storage) {
        separate(page);
        html::read(html.as_str(), page);
        if html.is_cut() {
            page.cut();
        }
    } else if let Some(rich) = message.binary(storage, RICH_TEXT).and_then(|packed| compressed_rtf::unpack(&packed))
        && let Ok((paragraphs, cut)) = rtf::read(&rich)
    {
        separate(page);
        for paragraph in paragraphs {
            page.push_str(&paragraph.text);
            page.push('\n');
        }
        if cut {
            page.cut();
        }
    }
}

fn html_of(message: &mut Message<'_>, storage: &Storage) -> Option<Page> {
    let mut source = Page::new(limits::MARKUP);
    if let Some(bytes) = message.binary(storage, HTML) {
        let label = message.internet_code_page(storage);
        encoding::read(&bytes, label.as_deref(), &mut source);
    } else {
        source.push_str(&message.long(storage, HTML)?);
    }
    Some(source)
}

fn separate(page: &mut Page) {
    if !page.as_str().is_empty() {
        page.push('\n');
    }
}
