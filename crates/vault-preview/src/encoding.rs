//! Decoding bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::limits::CHARACTERS;
use crate::readable::Page;

/// How many bytes are examined to detect a text's encoding: all that fits into a page, however it is encoded.
const WINDOW: usize = 4 * CHARACTERS + 4;

/// How much is decoded at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// Adds the text to the page until that is full, in the encoding of a known `label` (as in mails), else in the detected
/// one.
pub(crate) fn read(bytes: &[u8], label: Option<&str>, page: &mut Page) {
    let (encoding, skip) = choose(bytes, label);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = &bytes[skip..];
    loop {
        let (chunk, more) = rest.split_at(rest.len().min(CHUNK));
        rest = more;
        let room = decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(4 * CHUNK);
        let mut text = String::with_capacity(room);
        let _ = decoder.decode_to_string(chunk, &mut text, rest.is_empty());
        page.push_str(&text);
        if rest.is_empty() || page.is_cut() {
            return;
        }
    }
}

/// Decodes a short text, in the encoding of this label, else in the detected one.
pub(crate) fn short(bytes: &[u8], label: Option<&str>) -> String {
    let (encoding, skip) = match label.and_then(|label| Encoding::for_label(label.trim().as_bytes())) {
        Some(encoding) => (encoding, 0),
        None => choose(bytes, None),
    };
    encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned()
}

/// The encoding, and the length of its BOM. A BOM overrides the label; so does detection if the label is only "Western"
/// or ASCII, or wrongly UTF-8.
fn choose(bytes: &[u8], label: Option<&str>) -> (&'static Encoding, usize) {
    if let Some(found) = of_unicode(bytes) {
        return found;
    }
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let vague = label.is_none_or(|label| label.trim().eq_ignore_ascii_case("us-ascii"));
    match named {
        Some(encoding) if !vague && encoding != UTF_8 => (encoding, 0),
        _ => (guess(bytes), 0),
    }
}

/// The encoding of text with a BOM, and the BOM's length; or UTF-16 without one: most upper bytes are zero, and hardly
/// any lower ones.
pub(crate) fn of_unicode(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some(found) = Encoding::for_bom(bytes) {
        return Some(found);
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    let mostly = |zeros: usize| pairs >= 2 && zeros * 10 >= pairs * 7;
    let hardly = |zeros: usize| zeros * 100 <= pairs * 2;
    if mostly(odd) && hardly(even) {
        Some((UTF_16LE, 0))
    } else if mostly(even) && hardly(odd) {
        Some((UTF_16BE, 0))
    } else {
        None
    }
}

/// The label of a Windows code page.
pub(crate) fn label_of_code_page(page: u32) -> Option<String> {
    Some(match page {
        874 | 1250..=1258 => format!("windows-{page}"),
        932 => "shift_jis".to_owned(),
        936 | 20936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        50220..=50222 => "iso-2022-jp".to_owned(),
        51932 => "euc-jp".to_owned(),
        54936 => "gb18030".to_owned(),
        65001 => "utf-8".to_owned(),
        _ => return None,
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let window = &bytes[..bytes.len().min(WINDOW)];
    let is_utf8 = match std::str::from_utf8(window) {
        Ok(_) => true,
        // The window ends inside a character.
        Err(error) => window.len() < bytes.len() && error.error_len().is_none(),
    };
    // Japanese mail (ISO-2022-JP) has only ASCII bytes, and switches by escape sequences.
    let switches = memmem::find(window, b"\x1b$").is_some();
    if is_utf8 && !switches {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(window, window.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    if is_utf8 && guess != ISO_2022_JP { UTF_8 } else { guess }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8], label: Option<&str>) -> String {
        let mut page = Page::new(CHARACTERS);
        read(bytes, label, &mut page);
        page.finish().0
    }

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn the_encoding_is_found() {
        let german =
            "Sehr geehrte Frau Müller, anbei die Klageschrift für das Landgericht Köln. Mit freundlichen Grüßen";
        assert_eq!(read_all(german.as_bytes(), None), german);
        assert_eq!(read_all(&[b"\xef\xbb\xbf", german.as_bytes()].concat(), None), german);
        assert_eq!(read_all(&utf16(german, u16::to_le_bytes), None), german);
        assert_eq!(read_all(&utf16(german, u16::to_be_bytes), None), german);
        assert_eq!(read_all(&[&b"\xff\xfe"[..], &utf16(german, u16::to_le_bytes)].concat(), None), german);
        assert_eq!(read_all(&encoding_rs::WINDOWS_1252.encode(german).0, None), german);
        let russian = "Уважаемый суд, прошу приобщить к материалам дела следующие документы.";
        assert_eq!(read_all(&encoding_rs::WINDOWS_1251.encode(russian).0, None), russian);
        let japanese = "裁判所へ提出する書類の写しを添付いたします。ご確認ください。";
        assert_eq!(read_all(&encoding_rs::SHIFT_JIS.encode(japanese).0, None), japanese);
        assert_eq!(read_all(&encoding_rs::ISO_2022_JP.encode(japanese).0, None), japanese);
    }

    #[test]
    fn a_charset_label_is_used_unless_it_is_meaningless() {
        assert_eq!(read_all(b"\xe4", Some("windows-1251")), "д");
        assert_eq!(read_all("Zoë".as_bytes(), Some("us-ascii")), "Zoë");
        assert_eq!(read_all("Zoë".as_bytes(), Some("no such thing")), "Zoë");
        assert_eq!(
            read_all(b"Caf\xe9 de la Paix, place de l'Op\xe9ra", Some("utf-8")),
            "Café de la Paix, place de l'Opéra"
        );
    }

    #[test]
    fn a_long_text_is_decoded_up_to_the_limit() {
        let text = "ä€𝄞\r\n".repeat(CHUNK);
        let mut page = Page::new(1_001);
        read(text.as_bytes(), None, &mut page);
        let (read, cut) = page.finish();
        assert!(cut);
        assert_eq!(read, "ä€𝄞\n".repeat(250) + "ä");
        assert_eq!(read_all(text.as_bytes(), None), "ä€𝄞\n".repeat(CHUNK), "characters lie across chunks");
    }
}
