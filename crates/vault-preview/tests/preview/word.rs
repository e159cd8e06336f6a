//! Previews of word processors' documents.

use crate::build::{docx, docx_with, odt, paragraph, paragraphs, texts, zip};
use vault_preview::{PreviewError, text};

#[test]
fn paragraphs_and_headings_by_style() {
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("Titel", "Contract"),
        styled("berschrift1", "Parties"),
        paragraph("Miller &amp; Sons &#8212; the &#x201C;Seller&#x201D;"),
        styled("Klausel", "Price"),
        styled("Abschnitt", "Taxes"),
        styled("Unknown", "No style"),
        "<w:p/>".into(),
        "<w:p><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>".into(),
    ];
    let expected = [
        (1, "Contract"),
        (1, "Parties"),
        (0, "Miller & Sons — the “Seller”"),
        (1, "Price"),
        (3, "Taxes"),
        (0, "No style"),
        (0, "Text"),
    ];
    assert_eq!(paragraphs("contract.docx", &docx(&body.concat())), expected.map(|(level, text)| (level, text.into())));
}

#[test]
fn a_document_is_read_as_if_its_changes_were_accepted() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">The price is </w:t></w:r>\
                <w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>10,000</w:delText></w:r></w:del>\
                <w:ins w:id=\"2\" w:author=\"A\"><w:r><w:t>12,000</w:t></w:r></w:ins>\
                <w:moveFrom w:id=\"3\"><w:r><w:t> here</w:t></w:r></w:moveFrom>\
                <w:moveTo w:id=\"4\"><w:r><w:t> there</w:t></w:r></w:moveTo>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
                <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>.</w:t></w:r></w:p>";
    assert_eq!(texts("a.docx", &docx(body)), ["The price is 12,000 there."]);
}

#[test]
fn fields_show_their_last_value_and_drawings_are_read_once() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
                <w:r><w:t>7</w:t><w:tab/><w:t>of</w:t><w:br/><w:t>9</w:t></w:r></w:p>\
                <w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>\
                </mc:Choice><mc:Fallback><w:p><w:r><w:t>in a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>";
    assert_eq!(texts("a.docx", &docx(body)), ["7\tof\n9", "in a box"]);
}

#[test]
fn lists_have_bullets_and_tables_have_rows() {
    let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>";
    let cell = |text: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", text.split('|').map(paragraph).collect::<String>());
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let table = format!("<w:tbl><w:tblPr/>{}{}</w:tbl>", row(&["Item", "Price"]), row(&["House|with garden", ""]));
    let body = format!("{item}{}{item}{table}{}", item.replace("\"3\"", "\"0\""), paragraph("after"));
    assert_eq!(
        texts("a.docx", &docx(&body)),
        ["• item", "item", "• item", "Item\tPrice", "House with garden", "after"]
    );
}

#[test]
fn footnotes_follow_numbered_as_they_are_referred_to() {
    let body = "<w:p><w:r><w:t>Settled law</w:t><w:footnoteReference w:id=\"5\"/><w:t>, so</w:t>\
                <w:footnoteReference w:id=\"2\"/><w:endnoteReference w:id=\"2\"/></w:r></w:p>";
    let note = |id: i32, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", paragraph(text));
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>{}{}{}</w:footnotes>",
        note(2, "See below."),
        note(3, "Not referred to."),
        note(5, "BGH, 1 StR 1/20.")
    );
    let ends = format!("<w:endnotes><w:endnote w:id=\"2\">{}</w:endnote></w:endnotes>", paragraph("End."));
    let document = docx_with(body, &[("word/footnotes.xml", notes.as_bytes()), ("word/endnotes.xml", ends.as_bytes())]);
    assert_eq!(
        texts("a.docx", &document),
        ["Settled law[1], so[2][E1]", "[2] See below.", "[1] BGH, 1 StR 1/20.", "[E1] End."]
    );
}

#[test]
fn the_document_is_found_through_the_package_relations() {
    let relationships = crate::build::RELATIONSHIPS.replace("word/document.xml", "/word/document2.xml");
    let document = crate::build::document(&paragraph("here"));
    let bytes = zip(&[("_rels/.rels", relationships.as_bytes()), ("word/document2.xml", document.as_bytes())]);
    assert_eq!(texts("a.docx", &bytes), ["here"]);
}

#[test]
fn a_broken_part_of_a_document_is_reported() {
    let bytes = docx(&paragraph("whole"));
    let error = text("brief.docx", &bytes[..bytes.len() / 2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "“brief.docx” can't be read as a Word document: its package is damaged or incomplete. It is kept exactly as it was \
         received; ask whoever sent it for a better copy, or try to open it in its own program."
    );
    let torn = zip(&[("word/document.xml", b"<w:document><w:body><w:p>")]);
    assert!(matches!(text("a.docx", &torn), Err(PreviewError::Broken { .. })));
    let empty = zip(&[("word/other.xml", b"<a/>")]);
    assert!(matches!(text("a.docx", &empty), Err(PreviewError::Broken { why: "it has no text", .. })));
}

#[test]
fn an_odf_text_is_read_by_the_same_rules() {
    let bytes = odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>\
                     </text:changed-region></text:tracked-changes>\
                     <text:h text:outline-level=\"2\">Facts</text:h>\
                     <text:p>On 1<text:s text:c=\"3\"/>May<text:tab/>the\n   plaintiff<text:line-break/>left\
                     <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Exhibit</text:p><text:p>A</text:p>\
                     </text:note-body></text:note>.</text:p>\
                     <text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>\
                     <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
                     <table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row></table:table>\
                     <office:annotation><text:p>comment</text:p></office:annotation>",
    );
    let expected = [(2, "Facts"), (0, "On 1   May\tthe plaintiff\nleft[Exhibit A]."), (0, "• one"), (0, "a\tb c")];
    assert_eq!(paragraphs("facts.odt", &bytes), expected.map(|(level, text)| (level, text.into())));
    assert_eq!(paragraphs("no ending", &bytes).len(), 4);
}

#[test]
fn rich_text_is_read_by_the_same_rules() {
    let bytes = br"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}
{\colortbl;\red0\green0\blue0;}{\*\generator Riched20;}{\info{\author Somebody}}
{\header Page one}\pard\outlinelevel0 Facts\par
\pard\plain Caf\'e9 \u8364?100\emdash {\f1\'ef\'f0\'e0\'e2\'ee}\uc2\u55357 ??\u56832 ??\uc1 {\b bold}\line next\tab x\par
{\v hidden}{\deleted gone}kept{\footnote See {\i below}\par and above.}\par
{\listtext 1.\tab}first\par
\trowd\cellx100\cellx200\intbl a\cell b\cell\row
{\pict\bin4 }}{{}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par
a\{b\}\\c\~d\_e\par}";
    let expected = [
        (1, "Facts"),
        (0, "Café €100—право😀bold\nnext\tx"),
        (0, "kept[See below and above.]"),
        (0, "1.\tfirst"),
        (0, "a\tb"),
        (0, "link"),
        (0, "a{b}\\c\u{a0}d\u{2011}e"),
    ];
    assert_eq!(paragraphs("facts.rtf", bytes), expected.map(|(level, text)| (level, text.into())));
    assert!(matches!(text("a.rtf", br"{\rtf1 {\b torn"), Err(PreviewError::Broken { .. })));
}
