//! A client's folder to try Strongroom with, and a second one that overlaps with it: small, and of every kind that the
//! window can show.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

/// An autumn day: when the sample's newest files were written.
const TODAY: u64 = 1_790_000_000;
const DAY: u64 = 86_400;

/// Makes both folders below `place`.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn make(place: &Path) -> Result<(PathBuf, PathBuf)> {
    let (first, second) = (place.join("Client binder"), place.join("Second box"));
    let agreement = pdf("MASTER SERVICES AGREEMENT", "between ABC Corporation and Northwind Trading");
    let amendment = "Amendment 2 to the Master Services Agreement\n".repeat(25).into_bytes();
    let first_files: [(&str, &[u8], u64); 8] = [
        ("Discovery/Master Services Agreement (signed).pdf", &agreement, 900),
        ("Discovery/Amendment 2.txt", &amendment, 400),
        ("Discovery/Exhibits/Exhibit A (scan).bmp", &scan(), 650),
        (
            "Discovery/Exhibits/Invoices 2022.csv",
            b"Number,Date,Amount\n1001,2022-03-01,1200.00\n1002,2022-04-01,980.50\n",
            640,
        ),
        ("Correspondence/2023/Thread re indemnity.eml", MAIL.as_bytes(), 700),
        ("Old office/Copies/Master Services Agreement (signed).pdf", &agreement, 900),
        ("Old office/empty.txt", b"", 2000),
        ("Thumbs.db", b"pictures", 10),
    ];
    let second_files: [(&str, &[u8], u64); 4] = [
        ("Contracts/MSA final.pdf", &agreement, 880),
        ("Contracts/Amendment 2.txt", &amendment, 400),
        ("Contracts/Amendment 3.txt", &"Amendment 3\n".repeat(30).into_bytes(), 30),
        ("Übergabe/Notiz – März.txt", "Rückruf Frau Öztürk\n".as_bytes(), 20),
    ];
    write(&first, &first_files)?;
    write(&second, &second_files)?;
    fs::create_dir_all(first.join("Pleadings (none yet)"))?;
    Ok((first, second))
}

fn write(folder: &Path, files: &[(&str, &[u8], u64)]) -> Result<()> {
    for (name, content, days) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        fs::write(&path, content)?;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(TODAY - days * DAY);
        File::options().write(true).open(&path)?.set_modified(time)?;
    }
    Ok(())
}

const MAIL: &str = "From: Jonathan Hale <hale@example.com>\r\nTo: Dana Ruiz <ruiz@example.com>\r\n\
    Subject: Re: indemnity, section 9\r\nDate: Wed, 22 Feb 2023 11:40:00 +0000\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n\
    Dana,\r\n\r\nthe cap in 9.2 is what we agreed in January. Please file this with the binder.\r\n\r\nJ.\r\n";

/// A page with a heading and lines of text: <https://www.iso.org/standard/75839.html>, as little of it as makes a document.
fn pdf(heading: &str, line: &str) -> Vec<u8> {
    let mut page = format!("BT /F1 18 Tf 72 720 Td ({heading}) Tj /F1 11 Tf 0 -36 Td ({line}) Tj ");
    for section in 1..=24 {
        let _ = write!(page, "0 -22 Td ({section}.  The parties agree as set out in schedule {section}.) Tj ");
    }
    page.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    let _ = write!(file, "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// A sheet of paper with a shadow, as a 24-bit bitmap of 240 by 320 pixels.
fn scan() -> Vec<u8> {
    const WIDTH: u32 = 240;
    const HEIGHT: u32 = 320;
    const HEAD: u32 = 54;
    let size = WIDTH * HEIGHT * 3;
    let mut file = b"BM".to_vec();
    for number in [HEAD + size, 0, HEAD, 40, WIDTH, HEIGHT, 0x0018_0001, 0, size, 2835, 2835, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let line = y % 16 < 3 && (24..WIDTH - 40).contains(&x) && (40..HEIGHT - 40).contains(&y);
            let shade = if line { 90 } else { 236 + u8::try_from((x + y) % 12).unwrap_or(0) };
            file.extend([shade.saturating_sub(12), shade, shade]);
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_pdf_points_at_its_objects() {
        let file = String::from_utf8(pdf("A", "B")).expect("text");
        let table = file.split("xref\n0 6\n").nth(1).expect("a table");
        for (number, line) in table.lines().skip(1).take(5).enumerate() {
            let at: usize = line[..10].parse().expect("an offset");
            assert!(file[at..].starts_with(&format!("{} 0 obj", number + 1)));
        }
    }
}
