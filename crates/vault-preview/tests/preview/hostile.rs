//! Documents made to break a parser: each gets an answer, in bounded time and memory, and without a
//! panic.

use std::time::{Duration, Instant};

use crate::build::{Msg, document, docx, docx_with, mail, odt, paragraph, texts, zip};
use proptest::prelude::*;
use proptest::sample::select;
use vault_preview::{HEAD, Kind, PreviewError, Text, is_as_named, kind, limits, may_open, text};

/// Far more than any of these takes, and far less than quadratic time for a document would take.
const LIMIT: Duration = Duration::from_mins(1);

/// Parses a document, and checks what holds for all of them.
fn read(name: &str, bytes: &[u8]) -> Result<Text, PreviewError> {
    let begin = Instant::now();
    let kind = kind(name, bytes.len() as u64, &bytes[..bytes.len().min(HEAD)]);
    let read = text(name, bytes);
    assert_eq!(kind == Kind::Text, !matches!(read, Err(PreviewError::NoText { .. })), "{name}: {kind:?}, {read:?}");
    assert!(begin.elapsed() < LIMIT, "{name} took {:?}", begin.elapsed());
    match &read {
        Ok(text) => check(text),
        Err(PreviewError::Failed { .. }) => panic!("a reader of {name} panicked"),
        Err(_) => {}
    }
    read
}

fn check(text: &Text) {
    match text {
        Text::Plain { text, .. } => check_text(text, limits::CHARACTERS),
        Text::Mail(mail) => {
            check_text(&mail.text, limits::CHARACTERS);
            for line in [&mail.from, &mail.to, &mail.cc, &mail.subject].into_iter().chain(&mail.attachments) {
                check_text(line, limits::LINE + 1);
                assert!(!line.contains(['\n', '\t']), "{line:?}");
            }
            assert!(mail.attachments.len() <= limits::ATTACHMENTS);
        }
        Text::Word { paragraphs, .. } => {
            assert!(paragraphs.len() <= limits::PARAGRAPHS);
            assert!(paragraphs.iter().all(|paragraph| paragraph.heading <= 6 && !paragraph.text.is_empty()));
            let all = paragraphs.iter().map(|paragraph| &paragraph.text[..]).collect::<String>();
            check_text(&all, limits::CHARACTERS);
        }
    }
}

fn check_text(text: &str, most: usize) {
    assert!(text.chars().count() <= most);
    let acts = |c: char| {
        c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(acts), "{:?}", text.chars().find(|c| acts(*c)));
}

fn a_hundred_thousand(line: impl Fn(u32) -> String) -> String {
    (0..100_000).map(line).collect()
}

#[test]
fn a_document_that_expands_far_beyond_its_size_is_refused() {
    let bomb = document(&format!("<w:p><w:del>{}</w:del></w:p>", " ".repeat(24 << 20)));
    let bomb = zip(&[("word/document.xml", bomb.as_bytes())]);
    assert!(bomb.len() < 100_000, "it is a bomb: {}", bomb.len());
    assert!(matches!(read("bomb.docx", &bomb), Err(PreviewError::TooLarge { .. })));
}

#[test]
fn an_element_that_expands_far_beyond_its_size_is_refused() {
    let bomb = format!("<w:document><w:p a=\"{}\"/>", "a".repeat(24 << 20));
    let bomb = zip(&[("word/document.xml", bomb.as_bytes())]);
    assert!(matches!(read("bomb.docx", &bomb), Err(PreviewError::TooLarge { .. })));
}

#[test]
fn the_text_of_a_bomb_is_cut() {
    let bomb = docx(&paragraph(&"lorem ipsum ".repeat(1 << 20)));
    let Ok(Text::Word { paragraphs, cut: true }) = read("bomb.docx", &bomb) else { panic!("not cut") };
    assert_eq!(paragraphs[0].text.chars().count(), limits::CHARACTERS);
}

#[test]
fn more_paragraphs_than_a_window_holds() {
    let Ok(Text::Word { paragraphs, cut: true }) =
        read("a.docx", &docx(&paragraph("x").repeat(limits::PARAGRAPHS + 1)))
    else {
        panic!("not cut")
    };
    assert_eq!(paragraphs.len(), limits::PARAGRAPHS);
}

#[test]
fn entities_that_grow_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \
                \"file:///etc/passwd\">]><w:document><w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p></w:document>";
    let bytes = zip(&[("word/document.xml", bomb.as_bytes())]);
    let error = read("a.docx", &bytes).unwrap_err();
    assert!(error.to_string().contains("a document type of its own"), "{error}");
    assert_eq!(
        texts("a.docx", &docx(&paragraph("&b; &amp;amp;"))),
        ["&b; &amp;"],
        "an undefined entity is kept unchanged"
    );
}

#[test]
fn elements_nested_a_million_deep() {
    let bomb = format!("<w:document>{}", "<w:p>".repeat(1 << 20));
    let bytes = zip(&[("word/document.xml", bomb.as_bytes())]);
    assert!(matches!(read("a.docx", &bytes), Err(PreviewError::Broken { .. })));
    assert!(matches!(
        read("a.rtf", ["{\\rtf", &"{".repeat(1 << 20)].concat().as_bytes()),
        Err(PreviewError::Broken { .. })
    ));
}

#[test]
fn a_package_that_claims_more_entries_than_memory_holds() {
    let mut bytes = docx(&paragraph("text"));
    // The larger end of a zip, with its offset, before the end that refers to it.
    let end = bytes.len() - 22;
    let mut larger = b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0".to_vec();
    larger.extend_from_slice(&0x00ff_ffff_u64.to_le_bytes());
    larger.extend_from_slice(&0x00ff_ffff_u64.to_le_bytes());
    larger.extend_from_slice(&[0; 16]);
    larger.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    larger.extend_from_slice(&(end as u64).to_le_bytes());
    larger.extend_from_slice(b"\x01\0\0\0");
    bytes.splice(end..end, larger);
    assert!(matches!(read("a.docx", &bytes), Err(PreviewError::TooLarge { .. })));
}

#[test]
fn a_hundred_thousand_parts() {
    let beside = format!("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(100_000));
    assert!(mail("a.eml", beside.as_bytes()).cut);
    read("a.eml", beside.as_bytes()).unwrap();
}

#[test]
fn a_hundred_thousand_parts_in_parts() {
    let known = a_hundred_thousand(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    assert!(matches!(read("a.eml", known.as_bytes()), Ok(Text::Mail(mail)) if mail.cut));
    // Boundaries that never occur: each would be searched for to the end.
    let never = a_hundred_thousand(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n"));
    read("a.eml", never.as_bytes()).unwrap();
    let same = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(100_000);
    read("a.eml", same.as_bytes()).unwrap();
}

#[test]
fn a_hundred_thousand_messages_in_messages() {
    let bytes = "Subject: s\nContent-Type: message/rfc822\n\n".repeat(100_000);
    let read_ = read("a.eml", bytes.as_bytes());
    assert!(matches!(read_, Ok(Text::Mail(mail)) if mail.cut && mail.attachments.len() <= limits::ATTACHMENTS));
}

#[test]
fn headers_without_end() {
    for header in
        ["To: a@example.com, ", "To: (((((((((", "To: \"\\\\\\", "Subject: =?utf-8?Q?=C3?= ", "X", "To: a:b:c:,;;<<>>"]
    {
        let bytes = format!("From: a@example.com\n{}\n\ntext", header.repeat((8 << 20) / header.len()));
        read("a.eml", bytes.as_bytes()).unwrap();
    }
    let kind = a_hundred_thousand(|n| format!("; x{n}*{n}*=utf-8''%41"));
    read("a.eml", format!("From: a@b\nContent-Type: text/plain{kind}\n\nx").as_bytes()).unwrap();
    let fields = "Subject: a\nTo: b\n".repeat(500_000);
    read("a.eml", fields.as_bytes()).unwrap();
}

#[test]
fn markup_without_end() {
    for html in
        ["<", "<a ", "<div>", "&amp", "<!--", "</", "<a b='", "<pre>", "<a a=1 ", "&#x", "<script>", "<![CDATA["]
    {
        let html = html.repeat((1 << 20) / html.len());
        let bytes = format!("From: a@example.com\nContent-Type: text/html\n\n{html}");
        read("a.eml", bytes.as_bytes()).unwrap();
    }
}

/// One whole document of each kind that is read as text.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let notes = format!("<w:footnotes><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", paragraph("note"));
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Klausel\"/></w:pPr><w:r><w:t>Text</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let msg = Msg::new()
        .fixed("", 32, &[(0x0039_0040, 134_000_000_000_000_000)])
        .text("", 0x0037, "Subject")
        .text("", 0x1000, &"Body. ".repeat(1_000))
        .storage("/__attach_version1.0_#00000000/__substg1.0_3701000D")
        .fixed("/__attach_version1.0_#00000000/__substg1.0_3701000D", 24, &[])
        .finish();
    let mail = "From: =?utf-8?B?QQ==?= <a@b>\r\nDate: Tue, 03 Mar 2026 10:15:30 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
                Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E4&auml;</p>\r\n--b\r\n\
                Content-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\ntext\r\n--b\r\nContent-Disposition: attachment; filename*0*=utf-8''%41;\r\n \
                filename*1=b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--\r\n";
    let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}\f0\pard\outlinelevel1 H\'e4\u8364?\par{\*\x y}{\footnote n}\cell\row}";
    vec![
        ("a.docx", docx_with(body, &[("word/footnotes.xml", notes.as_bytes())])),
        ("a.odt", odt("<text:h text:outline-level=\"2\">Facts</text:h><text:p>a<text:s text:c=\"3\"/></text:p>")),
        ("a.msg", msg),
        ("a.eml", mail.as_bytes().to_vec()),
        ("a.rtf", rtf.as_bytes().to_vec()),
        ("a.txt", "Grüße\r\nBob\u{202e}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ]
}

#[test]
fn a_beginning_of_each_length() {
    for (name, bytes) in documents() {
        read(name, &bytes).unwrap();
        for length in (0..bytes.len()).step_by(1 + bytes.len() / 400) {
            let _ = read(name, &bytes[..length]);
        }
    }
}

#[test]
fn a_bit_that_is_not_what_it_was() {
    for (name, bytes) in documents() {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 1_500) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            let _ = read(name, &flipped);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(
        name in ".{0,3}\\.(txt|eml|docx|odt|msg|rtf|pdf|png|html|exe)?",
        magic in select(vec![
            "", "{\\rtf1", "PK\x03\x04", "%PDF-", "GIF89a", "BM", "RIFFxxxxWEBPVP8X", "From: a\nMessage-ID: b\n", "<html>", "\u{feff}",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let _ = read(&name, &[magic.as_bytes(), &rest].concat());
        let opened = may_open(&name);
        prop_assert!(opened || !is_as_named(&name, &rest));
    }

    #[test]
    fn any_images(magic in select(vec![&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"BM"]),
        rest in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read("image", &[magic, &rest].concat());
    }

    #[test]
    fn any_rich_text(words in proptest::collection::vec(select(vec![
        "{", "}", "\\par", "\\u-10179 ?", "\\u56832 ?", "\\'e4", "\\'", "\\*", "\\bin9", "\\uc0", "\\uc99 ", "\\footnote", "\\fonttbl",
        "\\f1", "\\fcharset128", "\\v", "\\v0", "\\deleted", "\\outlinelevel255", "\\outlinelevel-1", "\\u99999999999999999999", "x", "\\", "\x00", "\\plain",
    ]), 0..200)) {
        let _ = read("a.rtf", format!("{{\\rtf1{}", words.concat()).as_bytes());
    }

    #[test]
    fn any_mail(lines in proptest::collection::vec(select(vec![
        "", "Content-Type: multipart/alternative; boundary=a", "Content-Type: multipart/digest; boundary=\"b\"", "--a", "--b", "--a--", "--b--",
        "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "=?utf-8?B?/w==?=",
        "Subject: =?utf-8?B?/w==?=", " folded", "From: \"a\\\" <b", "To: a:;", "Date: Tue, 99 Mar 99999 99:99:99 +9999", "=", "=C3", "QUJD=",
        "Content-Type: text/html; charset=utf-16", "<p", "Content-Disposition: attachment; filename*0*=x'", "Content-Type: text/plain; charset=\"",
    ]), 0..60)) {
        let _ = read("a.eml", lines.join("\r\n").as_bytes());
    }

    #[test]
    fn any_body(elements in proptest::collection::vec(select(vec![
        "<p>", "</p>", "<p/>", "<tbl>", "</tbl>", "<tr>", "</tr>", "<tc>", "</tc>", "<r>", "</r>", "<t>", "</t>", "text", "&#x202e;", "&#0;", "&x;",
        "<del>", "</del>", "<pPr>", "</pPr>", "<footnoteReference id='1'/>", "<numId val='1'/>", "<vanish/>", "<tab/>", "<!---->", "<![CDATA[x]]>",
    ]), 0..80)) {
        let _ = read("a.docx", &zip(&[("word/document.xml", elements.concat().as_bytes())]));
        let _ = read("a.odt", &odt(&elements.concat()));
    }
}
