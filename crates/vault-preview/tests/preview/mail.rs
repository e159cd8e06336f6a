//! Previews of e-mails.

use crate::build::{Msg, mail};
use vault_preview::{Kind, PreviewError, Text, kind, text};

fn bytes(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

#[test]
fn a_simple_mail() {
    let read = mail(
        "a.eml",
        &bytes(
            "Received: from a by b\nFrom: \"Miller, Ann\" <ann@example.com>\nTo: Bob <bob@example.com>, carol@example.com\n\
             Cc: Team: dave@example.com, Eve <eve@example.com>;\nSubject: =?utf-8?Q?Entwurf_f=C3=BCr_M=C3=BCller?=\n\
             Date: Tue, 03 Mar 2026 10:15:30 +0100\n\nDear Bob,\nsee below.\n",
        ),
    );
    assert_eq!(read.from, "Miller, Ann <ann@example.com>");
    assert_eq!(read.to, "Bob <bob@example.com>, carol@example.com");
    assert_eq!(read.cc, "dave@example.com, Eve <eve@example.com>");
    assert_eq!(read.subject, "Entwurf für Müller");
    assert_eq!(read.date, Some(1_772_529_330_000));
    assert_eq!(read.text, "Dear Bob,\nsee below.");
    assert!(!read.cut && read.attachments.is_empty());
}

#[test]
fn the_plain_text_is_preferred_and_attachments_are_named() {
    let read = mail(
        "a.eml",
        &bytes(
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out er\"\n\npreamble\n\
             --out er\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain; charset=iso-8859-1\n\
             Content-Transfer-Encoding: quoted-printable\n\nCaf=E9 =\nau lait\n--in\nContent-Type: text/html\n\n<p>Caf&eacute;</p>\n\
             --in--\n--out er\nContent-Type: application/pdf; name*=utf-8''Anlage%20K1%20%C3%BC.pdf\n\
             Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n\
             --out er\nContent-Type: application/octet-stream\nContent-Disposition: attachment;\n filename*0=\"a very \";\n \
             filename*1=\"long name\u{202e}fdp.exe\"\n\nx\n--out er\nContent-Type: image/png\n\nx\n--out er--\nepilogue\n",
        ),
    );
    assert_eq!(read.text, "Café au lait");
    assert_eq!(read.attachments, ["Anlage K1 ü.pdf", "a very long name[U+202E]fdp.exe", "image/png"]);
}

#[test]
fn a_text_with_a_name_is_an_attachment_unless_it_belongs_to_the_text() {
    let with = |disposition: &str| {
        mail(
            "a.eml",
            &bytes(&format!(
                "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee log.\n--b\n\
                 Content-Type: text/plain; name=log.txt\n{disposition}\nerror\n--b--\n"
            )),
        )
    };
    for (disposition, text) in [
        ("", "See log."),
        ("Content-Disposition: attachment\n", "See log."),
        ("Content-Disposition: inline\n", "See log.\n\nerror"),
    ] {
        let read = with(disposition);
        assert_eq!((&read.text[..], &read.attachments[..]), (text, &["log.txt".to_owned()][..]), "{disposition}");
    }
    let alone = mail("a.eml", &bytes("From: a@example.com\nContent-Type: text/plain; name=body.txt\n\nText"));
    assert_eq!(alone.text, "Text");
}

#[test]
fn html_alone_is_read_without_its_markup() {
    let read = mail(
        "a.eml",
        &bytes(
            "From: a@example.com\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n\
             --b\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style></head><body><p>Dear\nBob</p>\
             <script>alert(1)</script><img src=\"https://example.com/x.png\"><div>Regards</div></body></html>\n--b--\n",
        ),
    );
    assert_eq!(read.text, "Dear Bob\n\nRegards");
}

#[test]
fn charsets() {
    let header = "From: a@example.com\nContent-Type: text/plain; charset=";
    let with = |charset: &str, body: &[u8]| [&bytes(&format!("{header}{charset}\n\n")), body].concat();
    let of = |bytes: &[u8]| mail("a.eml", bytes).text;
    assert_eq!(of(&with("windows-1252", b"\x80 5")), "€ 5");
    assert_eq!(of(&with("koi8-r", b"\xf3\xf5\xe4")), "СУД");
    assert_eq!(of(&with("iso-2022-jp", b"\x1b$B:[H=\x1b(B")), "裁判");
    assert_eq!(of(&with("gb18030", b"\xb7\xa8\xd4\xba")), "法院");
    assert_eq!(of(&with("us-ascii", "Zoë".as_bytes())), "Zoë", "the label contradicts the content");
    let raw =
        [b"From: Andr\xe9 <a@example.com>\r\nSubject: D\xe9claration du t\xe9moin\r\n\r\n".as_slice(), b"x"].concat();
    assert_eq!(mail("a.eml", &raw).subject, "Déclaration du témoin", "in the characters of the program that wrote it");
}

#[test]
fn messages_in_messages_follow_below_their_headers() {
    let inner =
        "From: Carol <carol@example.com>\nSubject: The offer\nDate: Tue, 03 Mar 2026 10:15:30 +0100\n\nWe offer 5.\n";
    let outer = |part: &str| {
        bytes(&format!(
            "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n--b\n{part}\n--b--\n"
        ))
    };
    let expected = "See attached.\n\nFrom: Carol <carol@example.com>\nDate: Tue, 3 Mar 2026 09:15:30 +0000\n\
                    Subject: The offer\n\n\nWe offer 5.";
    let plain = mail("a.eml", &outer(&format!("Content-Type: message/rfc822\n\n{inner}")));
    assert_eq!(plain.text, expected);
    assert_eq!(plain.attachments, ["The offer"]);
    let base64 = "RnJvbTogQ2Fyb2wgPGNhcm9sQGV4YW1wbGUuY29tPgpTdWJqZWN0OiBUaGUgb2ZmZXIKRGF0ZTogVHVl\n\
                  LCAwMyBNYXIgMjAyNiAxMDoxNTozMCArMDEwMAoKV2Ugb2ZmZXIgNS4K";
    let encoded =
        format!("Content-Type: message/rfc822; name=offer.eml\nContent-Transfer-Encoding: base64\n\n{base64}");
    let encoded = mail("a.eml", &outer(&encoded));
    assert_eq!(encoded.text, expected);
    assert_eq!(encoded.attachments, ["offer.eml"]);
}

#[test]
fn a_mail_is_known_without_its_ending() {
    let mail = bytes("Return-Path: <a@example.com>\nReceived: from x\n by y\nFrom: a@example.com\n\nText\n");
    assert_eq!(kind("message", 100, &mail), Kind::Text);
    assert!(matches!(text("message", &mail), Ok(Text::Mail(_))));
    assert!(matches!(text("message.txt", &mail), Ok(Text::Plain { .. })), "printed into a text");
    assert!(matches!(text("note", b"From: me\nTo: you\n\nCall me"), Ok(Text::Plain { .. })), "a note");
}

#[test]
fn a_preamble_before_a_mail_is_not_part_of_it() {
    for before in ["From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n", "1234      \n", "\u{feff}"] {
        let read = mail("a.eml", &bytes(&format!("{before}Subject: S\nFrom: a@example.com\n\nText")));
        assert_eq!((&read.subject[..], &read.text[..]), ("S", "Text"), "{before}");
    }
}

#[test]
fn a_multipart_mail_without_parts_is_shown_as_text() {
    let read = mail("a.eml", &bytes("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\nTorn off he"));
    assert_eq!(read.text, "Torn off he");
    let read = mail("a.eml", &bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nTorn off he"));
    assert_eq!(read.text, "Torn off he");
}

fn msg() -> Msg {
    let time = (1_772_529_330_000_u64 + 11_644_473_600_000) * 10_000;
    let mut msg = Msg::new()
        .fixed("", 32, &[(0x0039_0040, time), (0x3ffd_0003, 1251)])
        .text("", 0x0037, "The offer")
        .text("", 0x0c1a, "Ann Miller")
        .text("", 0x5d01, "ann@example.com");
    for (number, kind, name) in [(0, 1, "Bob"), (1, 2, "Carol")] {
        let path = format!("/__recip_version1.0_#{number:08X}");
        let address = format!("{}@example.com", name.to_lowercase());
        msg = msg
            .storage(&path)
            .fixed(&path, 8, &[(0x0c15_0003, kind)])
            .text(&path, 0x3001, name)
            .text(&path, 0x39fe, &address);
    }
    msg
}

#[test]
fn a_message_of_outlook() {
    let attachment = "/__attach_version1.0_#00000000";
    let bytes = msg().text("", 0x1000, "Dear Bob,\r\nsee attached.").storage(attachment).text(
        attachment,
        0x3707,
        "Offer 1.pdf",
    );
    let bytes = bytes.finish();
    assert_eq!(kind("offer.msg", bytes.len() as u64, &bytes), Kind::Text);
    assert_eq!(kind("no ending", bytes.len() as u64, &bytes), Kind::Text);
    let read = mail("offer.msg", &bytes);
    assert_eq!(read.from, "Ann Miller <ann@example.com>");
    assert_eq!(read.to, "Bob <bob@example.com>");
    assert_eq!(read.cc, "Carol <carol@example.com>");
    assert_eq!(read.subject, "The offer");
    assert_eq!(read.date, Some(1_772_529_330_000));
    assert_eq!(read.text, "Dear Bob,\nsee attached.");
    assert_eq!(read.attachments, ["Offer 1.pdf"]);
}

#[test]
fn a_message_of_outlook_without_plain_text() {
    let html = msg().stream("/__substg1.0_10130102", b"<p>Dear Bob</p><p>Regards").finish();
    assert_eq!(mail("a.msg", &html).text, "Dear Bob\n\nRegards");
    let rich = b"\0\0\0\0\0\0\0\0MELA\0\0\0\0{\\rtf1\\ansi Dear Bob\\par Regards\\par}";
    let rich = msg().stream("/__substg1.0_10090102", rich).finish();
    assert_eq!(mail("a.msg", &rich).text, "Dear Bob\nRegards");
    let old = msg().stream("/__substg1.0_1000001E", b"\xd1\xf3\xe4").finish();
    assert_eq!(mail("a.msg", &old).text, "Суд", "in the code page it names");
}

#[test]
fn a_message_of_outlook_in_another() {
    let inner = "/__attach_version1.0_#00000000/__substg1.0_3701000D";
    let bytes = msg()
        .text("", 0x1000, "See attached.")
        .storage(inner)
        .fixed(inner, 24, &[])
        .text("/__attach_version1.0_#00000000", 0x3001, "Inner")
        .text(inner, 0x0037, "Inner")
        .text(inner, 0x0e04, "Dave")
        .text(inner, 0x1000, "Hello")
        .finish();
    let read = mail("a.msg", &bytes);
    assert_eq!(read.text, "See attached.\n\nTo: Dave\nSubject: Inner\n\nHello");
    assert_eq!(read.attachments, ["Inner"]);
}

#[test]
fn a_word_document_of_old_is_no_message() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap();
    file.flush().unwrap();
    let bytes = file.into_inner().into_inner();
    assert_eq!(kind("brief.doc", bytes.len() as u64, &bytes), Kind::None);
    assert!(matches!(text("brief.doc", &bytes), Err(PreviewError::NoText { .. })));
    assert!(matches!(text("brief.msg", &bytes), Err(PreviewError::Broken { .. })));
}
