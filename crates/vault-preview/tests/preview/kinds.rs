//! How kinds of documents are recognised, and their limits.

use vault_preview::{Kind, PreviewError, Text, kind, limits, text};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0";

#[test]
fn the_first_bytes_decide_and_the_name_only_where_they_leave_it_open() {
    let docx = crate::build::docx(&crate::build::paragraph("text"));
    let odt = crate::build::odt("<text:p>text</text:p>");
    let xlsx = crate::build::zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/styles.xml", b"<styleSheet/>")]);
    let cases: &[(&str, &[u8], Kind)] = &[
        ("brief.pdf", b"%PDF-1.7\n", Kind::Pdf),
        ("brief", b"%PDF-1.7\n", Kind::Pdf),
        ("brief.txt", b"%PDF-1.7\n", Kind::Pdf),
        ("scan.pdf", b"junk of a scanner\n%PDF-1.4\n", Kind::Pdf),
        ("about.md", b"A PDF begins with %PDF-", Kind::Text),
        ("photo.pdf", PNG, Kind::Image),
        ("photo", PNG, Kind::Image),
        ("picture.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", Kind::Text),
        ("scan.tif", b"II*\0\x08\0\0\0\x01\0\x02\0", Kind::None),
        ("note.txt", b"A note", Kind::Text),
        ("note", b"A note", Kind::Text),
        ("note.exe", b"A note", Kind::Text),
        ("page.html", b"<html><script>", Kind::Text),
        ("setup.txt", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", Kind::None),
        ("old.txt", b"NAME                          \0AMOUNT                    \0", Kind::Text),
        ("contract.docx", &docx, Kind::Text),
        ("contract", &docx, Kind::Text),
        ("contract.bin", &odt, Kind::Text),
        ("table.xlsx", &xlsx, Kind::None),
        ("letter.doc", b"{\\rtf1 text}", Kind::Text),
        ("letter.docx", b"not a package", Kind::Text),
        ("random", b"\x93\x01\x02\xc4\xe9\x07\x11\x12\x05", Kind::None),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(kind(name, bytes.len() as u64, bytes), *expected, "{name}");
        assert_eq!(text(name, bytes).is_ok(), *expected == Kind::Text, "{name}: {:?}", text(name, bytes));
    }
}

#[test]
fn a_document_that_is_too_large_is_not_shown() {
    assert_eq!(kind("a.pdf", limits::PDF, b"%PDF-1.7"), Kind::Pdf);
    assert_eq!(kind("a.pdf", limits::PDF + 1, b"%PDF-1.7"), Kind::TooLarge);
    assert_eq!(kind("a.png", limits::IMAGE + 1, PNG), Kind::TooLarge);
    assert_eq!(kind("a.txt", limits::TEXT + 1, b"text"), Kind::TooLarge);
    assert_eq!(kind("a.bin", u64::MAX, b"\0\x01\x02"), Kind::None, "there is nothing that size would change");
    let huge = [&PNG[..16], b"\0\0\xea\x60\0\0\xea\x60\x08\x06\0\0\0"].concat();
    assert_eq!(kind("a.png", 1_000, &huge), Kind::TooLarge, "60,000 by 60,000 pixels in a kilobyte");
    assert_eq!(kind("a.png", 1_000, &PNG[..20]), Kind::None, "it doesn't say how large it is");
    let long = vec![b'x'; usize::try_from(limits::TEXT).unwrap() + 1];
    assert!(matches!(text("a.txt", &long), Err(PreviewError::TooLarge { .. })));
}

#[test]
fn an_empty_document_has_an_empty_text_if_it_is_one() {
    for name in ["a.txt", "a.eml", "a.csv", "a.html"] {
        assert_eq!(kind(name, 0, b""), Kind::Text, "{name}");
        assert_eq!(text(name, b"").unwrap(), Text::Plain { text: String::new(), cut: false });
    }
    for name in ["a.pdf", "a.docx", "a.png", "a.msg", "a", ""] {
        assert_eq!(kind(name, 0, b""), Kind::None, "{name}");
        assert!(matches!(text(name, b""), Err(PreviewError::NoText { .. })), "{name}");
    }
}

#[test]
fn a_long_text_is_cut() {
    let of = |length: usize| match text("a.txt", "ä".repeat(length).as_bytes()).unwrap() {
        Text::Plain { text, cut } => (text.chars().count(), cut),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(limits::CHARACTERS), (limits::CHARACTERS, false));
    assert_eq!(of(limits::CHARACTERS + 1), (limits::CHARACTERS, true));
}

#[test]
fn a_name_in_a_message_is_safe_to_show() {
    let error = text("a\u{202e}\n.bin", b"\0\x01").unwrap_err();
    assert!(error.to_string().starts_with("“a[U+202E] .bin” has no text"), "{error}");
}
