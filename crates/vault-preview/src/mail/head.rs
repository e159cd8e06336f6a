//! Headers of a message, and of a part of one.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, ContentType, HeaderName, HeaderValue, Message, MessageParser};

use crate::encoding;
use crate::limits;

/// A message's headers.
#[derive(Debug, Default)]
pub(crate) struct MessageHead {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cc: String,
    pub(crate) subject: String,
    /// Milliseconds since 1970 in UTC.
    pub(crate) date: Option<i64>,
}

impl MessageHead {
    /// Reads the headers of a message.
    pub(super) fn read(headers: &[u8]) -> MessageHead {
        let block = block(headers, limits::MAIL_HEADERS);
        let parser = MessageParser::new().with_address_headers().with_date_headers().header_text(HeaderName::Subject);
        let Some(message) = parser.parse_headers(&block) else { return MessageHead::default() };
        MessageHead {
            from: message.from().map(people).unwrap_or_default(),
            to: message.to().map(people).unwrap_or_default(),
            cc: message.cc().map(people).unwrap_or_default(),
            subject: message.subject().unwrap_or_default().to_owned(),
            date: message.date().filter(|date| date.is_valid()).and_then(|date| date.to_timestamp().checked_mul(1_000)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.from.is_empty() && self.to.is_empty() && self.subject.is_empty() && self.date.is_none()
    }
}

/// A part's headers.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Both halves of its type, in lower case.
    pub(super) main: String,
    pub(super) subtype: String,
    /// The boundary between its own parts, if it has any.
    pub(super) boundary: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) name: Option<String>,
    pub(super) encoded: Encoded,
    /// Whether it is an attachment, whatever its type: its disposition says so, or it has a name and is not marked as
    /// inline.
    pub(super) attached: bool,
}

impl Head {
    /// Reads the headers of a part, or of a whole message. The default type is text, and message within a digest.
    pub(super) fn read(headers: &[u8], in_digest: bool) -> Head {
        let block = block(headers, limits::PART_HEADERS);
        let parser = MessageParser::new().with_mime_headers();
        let default = if in_digest { ("message", "rfc822") } else { ("text", "plain") };
        let plain = Head { main: default.0.into(), subtype: default.1.into(), ..Head::default() };
        let Some(message) = parser.parse_headers(&block) else { return plain };
        let kind = structured(&message, HeaderName::ContentType);
        let disposition = structured(&message, HeaderName::ContentDisposition);
        let parameter = |header: Option<&ContentType<'_>>, name| header?.attribute(name).map(str::to_owned);
        let name = parameter(disposition, "filename").or_else(|| parameter(kind, "name"));
        Head {
            main: kind.map_or(plain.main, |kind| kind.ctype().to_ascii_lowercase()),
            subtype: kind.map_or(plain.subtype, |kind| kind.subtype().unwrap_or_default().to_ascii_lowercase()),
            boundary: parameter(kind, "boundary").filter(|boundary| !boundary.is_empty()),
            charset: parameter(kind, "charset"),
            attached: disposition.map_or(name.is_some(), ContentType::is_attachment),
            name,
            encoded: Encoded::named(message.header(HeaderName::ContentTransferEncoding)),
        }
    }

    pub(super) fn is_message(&self) -> bool {
        self.main == "message" && matches!(&self.subtype[..], "rfc822" | "global")
    }

    pub(super) fn full_type(&self) -> String {
        format!("{}/{}", self.main, self.subtype)
    }
}

/// A body's transfer encoding.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum Encoded {
    #[default]
    Not,
    Base64,
    QuotedPrintable,
}

impl Encoded {
    fn named(header: Option<&HeaderValue<'_>>) -> Encoded {
        let name = header.and_then(HeaderValue::as_text).unwrap_or_default().trim().to_ascii_lowercase();
        match &name[..] {
            "base64" => Encoded::Base64,
            "quoted-printable" => Encoded::QuotedPrintable,
            _ => Encoded::Not,
        }
    }

    /// The decoded body; unchanged if it is not encoded as declared.
    pub(super) fn decode(self, body: &[u8]) -> Cow<'_, [u8]> {
        let decoded = match self {
            Encoded::Not => None,
            Encoded::Base64 => base64_decode(body),
            Encoded::QuotedPrintable => quoted_printable_decode(body),
        };
        decoded.map_or(Cow::Borrowed(body), Cow::Owned)
    }
}

fn structured<'m>(message: &'m Message<'_>, name: HeaderName<'static>) -> Option<&'m ContentType<'m>> {
    message.header(name).and_then(HeaderValue::as_content_type)
}

/// Headers as the library requires them: in UTF-8 even if a program wrote another encoding, and terminated.
fn block(headers: &[u8], most: usize) -> Vec<u8> {
    let headers = &headers[..headers.len().min(most)];
    let mut block = match std::str::from_utf8(headers) {
        Ok(_) => headers.to_vec(),
        Err(_) => encoding::short(headers, None).into_bytes(),
    };
    block.extend_from_slice(b"\r\n\r\n");
    block
}

/// Names with their addresses, in the usual form.
fn people(addresses: &Address<'_>) -> String {
    let mut written = String::new();
    for person in addresses.iter() {
        let one = match (person.name(), person.address()) {
            (Some(name), Some(address)) if name != address => format!("{name} <{address}>"),
            (_, Some(address)) => address.to_owned(),
            (Some(name), None) => name.to_owned(),
            (None, None) => continue,
        };
        if !written.is_empty() {
            written.push_str(", ");
        }
        written.push_str(&one);
        // Far more than is shown.
        if written.len() > 8 * limits::LINE {
            break;
        }
    }
    written
}
