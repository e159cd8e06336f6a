//! How long a look at large documents takes. Prints only; build it with `--release` for what people see.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "it is for reading on a terminal")]

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::time::Instant;

use vault_preview::{HEAD, kind, text};
use zip::write::SimpleFileOptions;

fn main() {
    let line = "The plaintiff states – and the defendant denies – that the sum of 12,000 € was paid on 3 March.\r\n";
    let mib = |bytes: usize| line.repeat(bytes * 1024 * 1024 / line.len());
    time("text, UTF-8", "a.txt", mib(10).as_bytes());
    time("text, Windows-1252", "a.txt", &encoding_rs::WINDOWS_1252.encode(&mib(10)).0);
    time("document, a page's worth and far more", "a.docx", &docx(&mib(10), false));
    time("document, all of it deleted", "a.docx", &docx(&mib(10), true));
    time(
        "mail of HTML",
        "a.eml",
        format!("From: a@b\nContent-Type: text/html\n\n<p>{}", mib(10).replace("\r\n", "<br>")).as_bytes(),
    );
    let attachment = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\n".repeat(400_000);
    let mail = format!(
        "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n--b\nContent-Type: application/pdf; \
         name=a.pdf\nContent-Transfer-Encoding: base64\n\n{attachment}--b--\n"
    );
    time("mail with an attachment", "a.eml", mail.as_bytes());
}

fn time(what: &str, name: &str, bytes: &[u8]) {
    let begin = Instant::now();
    black_box(kind(name, bytes.len() as u64, &bytes[..bytes.len().min(HEAD)]));
    let told = begin.elapsed();
    let begin = Instant::now();
    let read = black_box(text(name, bytes));
    println!(
        "{what}: {} KiB, told in {told:.1?}, read in {:.1?} ({})",
        bytes.len() / 1024,
        begin.elapsed(),
        read.is_ok()
    );
}

fn docx(text: &str, deleted: bool) -> Vec<u8> {
    let (open, close) = if deleted { ("<w:del>", "</w:del>") } else { ("", "") };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<w:document><w:body>").unwrap();
    for (number, line) in text.lines().enumerate() {
        write!(zip, "<w:p>{open}<w:r><w:t>{number} {line}</w:t></w:r>{close}</w:p>").unwrap();
    }
    zip.write_all(b"</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}
