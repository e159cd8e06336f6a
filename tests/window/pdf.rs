//! A scanned PDF used in a hurry.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use journeys::{Desktop, Page, Window, look, write};

use crate::steps::{client_and_matter, drag_onto};

/// Width and height of the scan, in pixels: as an office scanner makes of a letter.
const SCAN: (usize, usize) = (2552, 3300);

#[tokio::test]
async fn a_scanned_page_keeps_its_orientation_however_fast_it_is_zoomed() {
    let desktop = Desktop::start(1280, 900);
    let folder = scans(&desktop.home());
    let window = Window::open(&desktop).await;
    let page = window.page();
    client_and_matter(&page).await;
    drag_onto(&desktop, &window, &folder, "main").await;
    page.press("File 1 file").await;
    page.wait_says("1 stored").await;
    page.type_keys(&format!("{}k{}", journeys::key::CONTROL, journeys::key::CONTROL)).await;
    page.wait_for("[role=combobox]").await;
    page.type_keys("scanned letter").await;
    page.press("Scanned letter.pdf").await;
    page.wait_for("[data-page]").await;
    // Pressed three times at once, whichever picture is being drawn: the first or the one before.
    for _ in 0..3 {
        page.run("document.querySelector('button[aria-label=\"Zoom in\"]').click()").await;
        let seen = page.run(CORNERS).await;
        assert!(
            seen.is_null() || seen == RIGHT,
            "the picture shown is not the page, and is not marked as loading: {seen}"
        );
    }
    page.wait_for("[data-page='1'][aria-busy=true], [data-page='1'] canvas").await;
    page.wait_gone("[aria-busy=true]").await;
    look(&desktop, "scanned").await;
    assert_eq!(page.run(CORNERS).await, RIGHT);
    assert!(!page.says("Loading page…").await);
    // The other way round: zooming out, in and out while it is drawn.
    for button in ["Zoom out", "Zoom out", "Zoom in", "Zoom in", "Zoom out"] {
        page.run(&format!("document.querySelector('button[aria-label=\"{button}\"]').click()")).await;
    }
    page.wait_gone("[aria-busy=true]").await;
    assert_eq!(page.run(CORNERS).await, RIGHT);
    close_while_drawing(&page).await;
    window.close(&desktop).await;
}

/// The panel is closed while a page is being drawn, and nothing of it stays.
async fn close_while_drawing(page: &Page) {
    page.run("document.querySelector('button[aria-label=\"Zoom in\"]').click()").await;
    page.press("Close the document").await;
    page.wait_gone("[data-page]").await;
}

/// How dark the four corners of the first page are, by tenths, row by row from the top left; null while the page is
/// marked as loading.
const CORNERS: &str = r"
    const sheet = document.querySelector('[data-page=\'1\']');
    if (sheet.getAttribute('aria-busy') === 'true') return null;
    const canvas = sheet.querySelector('canvas');
    if (!canvas) return 'no picture';
    const { width, height } = canvas;
    const context = canvas.getContext('2d');
    const dark = (x, y) => {
        const { data } = context.getImageData(width * x, height * y, width / 5, height / 5);
        let sum = 0;
        for (let at = 0; at < data.length; at += 4) sum += 255 - data[at];
        return Math.round((sum / (data.length / 4)) * 10 / 255);
    };
    return [dark(0, 0), dark(0.8, 0), dark(0, 0.8), dark(0.8, 0.8)].join(' ');
";

/// Black at the top left, half of it at the top right, white below.
const RIGHT: &str = "10 5 0 0";

/// A folder with a letter from the scanner.
fn scans(place: &Path) -> PathBuf {
    let folder = place.join("From the scanner");
    write(&folder.join("Scanned letter.pdf"), &scan(), 1_680_000_000_000);
    folder
}

/// A PDF with one page that is one picture in black and white: a fifth of it black at the top left, striped at the top
/// right.
fn scan() -> Vec<u8> {
    let (width, height) = SCAN;
    let row = width / 8;
    let mut picture = vec![0xff; row * height];
    for line in picture.chunks_exact_mut(row).take(height / 5) {
        line[..row / 5].fill(0);
        line[row - row / 5..].fill(0x55);
    }
    let image = format!(
        "/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 1 /ColorSpace /DeviceGray"
    );
    let objects: [(&str, &[u8]); 5] = [
        ("/Type /Catalog /Pages 2 0 R", b""),
        ("/Type /Pages /Count 1 /Kids [3 0 R]", b""),
        (
            "/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /Im 5 0 R >> >> /Contents 4 0 R",
            b"",
        ),
        ("", b"q 612 0 0 792 0 0 cm /Im Do Q"),
        (&image, &picture),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (at, (is, bytes)) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        if bytes.is_empty() {
            write!(file, "{} 0 obj\n<< {is} >>\nendobj\n", at + 1).unwrap();
        } else {
            write!(file, "{} 0 obj\n<< {is} /Length {} >>\nstream\n", at + 1, bytes.len()).unwrap();
            file.extend_from_slice(bytes);
            file.extend_from_slice(b"\nendstream\nendobj\n");
        }
    }
    let table = file.len();
    write!(file, "xref\n0 6\n0000000000 65535 f \n{places}").unwrap();
    write!(file, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file
}
