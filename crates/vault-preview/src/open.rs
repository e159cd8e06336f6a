//! Whether a document may be opened in the system's program for it.
//!
//! An allowlist: there is no end to the kinds of file that a system runs, installs, is configured by or follows, and
//! each version has new ones.

use memchr::memmem;

use crate::readable::hides;

/// The required content of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// A PDF signature within the first 1,024 bytes.
    Pdf,
    /// A zip archive, or a compound file if it is protected by a password.
    Package,
    /// Text, in any script.
    Text,
    /// Checked only for content that would be run or followed.
    Any,
}

/// Extensions of documents that are opened, sorted, each with its content. Two decisions:
///
/// - `doc`, `xls` and `ppt` can hold macros, but firms have too many of them to exclude. Word, Excel and `PowerPoint`
///   run no macros in a file that is marked as coming from outside, and every copy is; `LibreOffice` asks.
/// - `csv` is excluded: a spreadsheet treats its cells as formulas, and some of those start programs. The window shows
///   it as text.
#[rustfmt::skip]
const OPENED: &[(&str, Content)] = &[
    ("3gp", Content::Any), ("aac", Content::Any), ("aif", Content::Any), ("aiff", Content::Any), ("amr", Content::Any),
    ("avi", Content::Any), ("bmp", Content::Any), ("doc", Content::Any), ("docx", Content::Package),
    ("eml", Content::Text), ("flac", Content::Any), ("gif", Content::Any), ("heic", Content::Any), ("heif", Content::Any),
    ("jpeg", Content::Any), ("jpg", Content::Any), ("m4a", Content::Any), ("m4v", Content::Any), ("md", Content::Text),
    ("mkv", Content::Any), ("mov", Content::Any), ("mp3", Content::Any), ("mp4", Content::Any), ("mpeg", Content::Any),
    ("mpg", Content::Any), ("msg", Content::Any), ("odp", Content::Package), ("ods", Content::Package),
    ("odt", Content::Package), ("oga", Content::Any), ("ogg", Content::Any), ("ogv", Content::Any), ("opus", Content::Any),
    ("pdf", Content::Pdf), ("png", Content::Any), ("ppt", Content::Any), ("pptx", Content::Package), ("rtf", Content::Any),
    ("tif", Content::Any), ("tiff", Content::Any), ("txt", Content::Text), ("wav", Content::Any), ("webm", Content::Any),
    ("webp", Content::Any), ("wma", Content::Any), ("wmv", Content::Any), ("wpd", Content::Any), ("xls", Content::Any),
    ("xlsx", Content::Package),
];

/// Signatures of content that a system runs, or follows to another location: programs of Windows, Linux and macOS,
/// scripts, shortcuts, and spreadsheets of formulas (SYLK).
const RUN: &[&[u8]] = &[
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
    b"ID;P",
    b"[Desktop Entry]",
    b"[InternetShortcut]",
];

/// How a web page, an image with scripts or another markup file begins, in lower case.
const MARKUP: &[&[u8]] =
    &[b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<hta:", b"<job", b"<?xml"];

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether opening a document of this name in the system's program is offered: its last extension is on the list, and
/// no character in the name hides or makes it read differently. Everything else is restored instead.
#[must_use]
pub fn may_open(name: &str) -> bool {
    content(name).is_some()
}

/// Whether a document that [`may_open`] may be opened with this content, of which `head` is the beginning: the content
/// does not plainly contradict the name. An empty `head` is accepted.
#[must_use]
pub fn is_as_named(name: &str, head: &[u8]) -> bool {
    let Some(content) = content(name) else { return false };
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if head.is_empty() {
        return true;
    }
    // The two letters "MZ" mean a program only if the rest is not text.
    let program = head.starts_with(b"MZ") && (content != Content::Text || head.contains(&0));
    if program || RUN.iter().any(|run| text.trim_ascii_start().starts_with(run)) || is_markup(text) {
        return false;
    }
    match content {
        Content::Pdf => memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some(),
        Content::Package => head.starts_with(b"PK") || head.starts_with(COMPOUND),
        Content::Text | Content::Any => true,
    }
}

fn is_markup(text: &[u8]) -> bool {
    // UTF-16 is recognized by its BOM; in the letters used for tags, one byte is NUL.
    let text = match text {
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => {
            rest.iter().copied().filter(|byte| *byte != 0).take(256).collect()
        }
        _ => text.trim_ascii_start().iter().copied().take(256).collect::<Vec<u8>>(),
    };
    let text = text.trim_ascii_start();
    MARKUP.iter().any(|tag| text.get(..tag.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(tag)))
}

/// The content of a document of this name, if its kind is opened.
fn content(name: &str) -> Option<Content> {
    // On Windows, a colon begins an alternate stream of the file.
    if name.contains(|character| hides(character) || matches!(character, '/' | '\\' | ':')) {
        return None;
    }
    let (stem, ending) = name.rsplit_once('.')?;
    // Without a stem it is a hidden file on some systems, and has no extension.
    if stem.is_empty() {
        return None;
    }
    // ASCII only: letters of other scripts that case folding would turn into these do not match.
    let ending = ending.to_ascii_lowercase();
    let at = OPENED.binary_search_by(|(known, _)| (*known).cmp(&ending)).ok()?;
    Some(OPENED[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds that were opened with the earlier denylist, and kinds that nobody had thought of.
    #[rustfmt::skip]
    const RESTORED: &[&str] = &[
        // Run, installed or followed by Windows.
        "exe", "com", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "msi", "msix", "scr", "cpl", "lnk", "url", "hta",
        "reg", "scf", "pif", "jar", "xll", "settingcontent-ms", "appref-ms", "library-ms", "search-ms", "diagcab",
        "chm", "iso", "img", "vhdx", "rdp", "theme", "udl", "odc", "oft", "ics", "vcf", "contact", "group", "website",
        "partial", "printerexport", "wab", "xps", "application", "manifest",
        // Followed to another location by Office, or run by it.
        "slk", "iqy", "oqy", "rqy", "dqy", "one", "onepkg", "onetoc2", "docm", "dotm", "dotx", "xlsm", "xlsb", "xltm",
        "xla", "xlam", "xlw", "pptm", "ppsm", "pps", "ppsx", "potm", "ppam", "mdb", "accdb", "pub", "vsd", "csv", "tsv",
        "dif", "prn", "mht", "mhtml", "mcw", "sdw", "odb", "odg", "fodt", "sxw",
        // macOS.
        "app", "tool", "command", "terminal", "mailloc", "webloc", "inetloc", "fileloc", "afploc", "ftploc", "vncloc",
        "dmg", "pkg", "mobileconfig", "workflow", "scpt", "prefpane", "textclipping", "savedSearch",
        // Linux.
        "desktop", "AppImage", "run", "sh", "bash", "py", "deb", "rpm", "flatpakref", "directory", "so",
        // Pages with scripts.
        "html", "htm", "xhtml", "xht", "shtml", "svg", "svgz", "xml", "xsl", "swf", "php",
        // Archives, lists and the rest.
        "zip", "7z", "rar", "tar", "gz", "cab", "m3u", "m3u8", "pls", "wpl", "asx", "wvx", "asf", "torrent", "eps",
        "ps", "ttf", "p12", "pfx", "cer", "json", "log", "bin", "txt1", "pdf1",
        "{20D04FE0-3AEA-1069-A2D8-08002B30309D}", "{ED7BA470-8E54-465E-825C-99712043E01C}",
    ];

    #[test]
    fn endings_are_sorted_and_lower_case() {
        assert!(OPENED.is_sorted_by(|(one, _), (next, _)| one < next));
        assert!(OPENED.iter().all(|(ending, _)| ending.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())));
    }

    #[test]
    fn documents_are_opened() {
        for name in [
            "brief.pdf",
            "Brief.PDF",
            "contract.docx",
            "contract.final.v2.doc",
            "sheet.xlsx",
            "old sheet.xls",
            "slides.pptx",
            "note.txt",
            "note.md",
            "mail.eml",
            "mail.msg",
            "photo.jpeg",
            "IMG_0001.HEIC",
            "hearing.mp4",
            "dictation.wav",
            "a.exe.pdf",
            "a.{00021401-0000-0000-C000-000000000046}.pdf",
            "a.js.txt",
            "Ärztlicher Befund.odt",
            "חוזה.docx",
            "می\u{200c}خواهم.pdf",
        ] {
            assert!(may_open(name), "{name}");
        }
    }

    #[test]
    fn files_of_other_kinds_are_not_opened() {
        for ending in RESTORED {
            for name in [format!("a.{ending}"), format!("a.pdf.{ending}"), format!("A.{}", ending.to_uppercase())] {
                assert!(!may_open(&name), "{name}");
                assert!(!is_as_named(&name, b"%PDF-1.7"), "{name}");
            }
        }
    }

    #[test]
    fn names_without_an_ending_or_that_read_differently_are_not_opened() {
        for name in [
            "",
            "README",
            "pdf",
            ".pdf",
            ".hidden",
            "a.",
            "a.pdf.",
            "a.pdf ",
            "a.pdf\u{a0}",
            "a.exe . .",
            "a. pdf",
            "a.pd\u{17f}",
            "a.g\u{131}f",
            "a.\u{ff50}\u{ff44}\u{ff46}",
            "a.pdf\u{301}",
            "a\u{202e}fdp.docx",
            "a\u{2066}.pdf",
            "a\u{200b}.pdf",
            "a.pd\u{ad}f",
            "a\0.pdf",
            "a\n.pdf",
            "dir/a.pdf",
            "dir\\a.pdf",
            "a.pdf:a.exe",
            "C:a.pdf",
            "a.exe:b.pdf",
        ] {
            assert!(!may_open(name), "{name:?}");
        }
    }

    /// Characters that the rest of the program shows as hidden prevent opening, too.
    #[test]
    fn no_deceptive_character_is_in_a_name_that_is_opened() {
        for c in ('\0'..=char::MAX).filter(|c| vault_core::is_deceptive(*c)) {
            assert!(!may_open(&format!("a{c}b.pdf")), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn content_that_matches_its_name_is_opened() {
        for (name, head) in [
            ("a.pdf", &b""[..]),
            ("a.pdf", b"%PDF-1.7"),
            ("a.pdf", b"\n\n%PDF-1.4"),
            ("a.docx", b"PK\x03\x04"),
            ("a.xlsx", COMPOUND),
            ("a.doc", COMPOUND),
            ("a.doc", b"{\\rtf1"),
            ("a.xls", b"\t\x08\x10\0\0\x06\x05\0"),
            ("a.txt", b"MZ 12/2024: Mietzins"),
            ("a.txt", b"# heading"),
            ("a.txt", b"\xff\xfea\0b\0"),
            ("a.txt", b"<Herr Muster> schreibt"),
            ("a.eml", b"Received: from"),
            ("a.md", b"<!-- written in May -->"),
            ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ] {
            assert!(is_as_named(name, head), "{name} {}", head.escape_ascii());
        }
    }

    #[test]
    fn content_that_contradicts_its_name_is_not_opened() {
        for ending in ["pdf", "docx", "doc", "xls", "txt", "eml", "jpg", "mp4", "rtf"] {
            for head in [
                &b"MZ\x90\0\x03\0\0\0"[..],
                b"\x7fELF\x02\x01\x01\0",
                b"\xcf\xfa\xed\xfe\x07\0\0\x01",
                b"\xca\xfe\xba\xbe\0\0\0\x02",
                b"#!/bin/sh\n",
                b"\xef\xbb\xbf#!/bin/sh\n",
                b"<html><script>",
                b"  \r\n<!DOCTYPE HTML>",
                b"\xef\xbb\xbf<HTML>",
                b"<svg onload=",
                b"\xff\xfe<\0h\0t\0m\0l\0>\0",
                b"\xfe\xff\0 \0<\0S\0V\0G\0 ",
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
                b"L\0\0\0\x01\x14\x02\0\0\0",
                b"ID;PWXL;N;E",
                b"[InternetShortcut]\r\nURL=file:",
                b"[Desktop Entry]\nExec=",
            ] {
                assert!(!is_as_named(&format!("a.{ending}"), head), "{ending}: {}", head.escape_ascii());
            }
        }
        for (name, head) in
            [("a.pdf", &b"PK\x03\x04"[..]), ("a.pdf", b"Dear Sir"), ("a.docx", b"%PDF-"), ("a.exe", b"")]
        {
            assert!(!is_as_named(name, head), "{name}");
        }
    }
}
