//! Whether a document may be handed to the program the system has for it.

use crate::readable::sets_direction;

/// Endings that are not offered for opening, because a system runs the file, installs it, sets itself up by it, or goes
/// where it points. Sorted, so that a second one is seen.
///
/// From what Windows runs (`PATHEXT`) and what Outlook holds back as *Level 1*, without databases and other documents of
/// programs; from the packages, scripts and links of macOS and of Linux desktops. Documents with macros are not here:
/// their programs ask before they run any.
#[rustfmt::skip]
const NEVER: &[&str] = &[
    "action", "ade", "adp", "apk", "app", "appcontent-ms", "appimage", "appinstaller", "applescript", "application",
    "appref-ms", "appx", "appxbundle", "asp", "aspx", "bas", "bash", "bat", "bin", "cab", "cer", "cgi", "chm",
    "class", "cmd", "cnt", "com", "command", "cpl", "crt", "csh", "deb", "der", "desktop", "diagcab", "diagcfg",
    "diagpack", "dll", "dmg", "drv", "dylib", "elf", "exe", "exec", "fileloc", "fish", "flatpak", "flatpakref",
    "flatpakrepo", "fxp", "gadget", "grp", "hlp", "hpj", "hta", "htc", "img", "inetloc", "inf", "ins", "ipa", "iso",
    "isp", "its", "jar", "jnlp", "js", "jse", "kdelnk", "kext", "ksh", "library-ms", "lnk", "lua", "mad", "maf",
    "mag", "mam", "maq", "mar", "mas", "mau", "mav", "maw", "mcf", "mjs", "mobileconfig", "mpkg", "msc", "msh",
    "msh1", "msh1xml", "msh2", "msh2xml", "mshxml", "msi", "msix", "msixbundle", "msp", "mst", "msu", "ocx", "ops",
    "osax", "osd", "out", "p12", "pcd", "pfx", "php", "pif", "pkg", "pl", "plg", "prefpane", "prf", "prg", "ps1",
    "ps1xml", "ps2", "ps2xml", "psc1", "psc2", "psd1", "psdm1", "psm1", "pssc", "py", "pyc", "pyo", "pyw", "pyz",
    "pyzw", "rb", "rdp", "reg", "rpm", "run", "saver", "scf", "scpt", "scptd", "scr", "sct", "search-ms",
    "searchconnector-ms", "service", "settingcontent-ms", "sh", "shb", "shs", "snap", "so", "sys", "tcl", "terminal",
    "theme", "themepack", "url", "vb", "vbe", "vbp", "vbs", "vbscript", "vhd", "vhdx", "vsmacros", "vsto", "vsw",
    "wasm", "webloc", "webpnp", "website", "widget", "wll", "workflow", "ws", "wsb", "wsc", "wsf", "wsh", "xbap",
    "xip", "xll", "xnk", "zsh",
];

/// Whether opening a document of this name in the system's program is offered. It isn't
///
/// - for endings that a system runs, installs or follows;
/// - for names that a system or a person reads differently from what they are: that end in a dot or a blank (Windows
///   drops those, and what is left may be a program), that hold a colon or a slash, a control character, or a character
///   that turns the direction of writing.
///
/// A name without an ending is offered: no system runs such a file unless it is marked as a program, so a copy made for
/// opening must not be.
#[must_use]
pub fn may_open(name: &str) -> bool {
    let misread = |character: char| {
        character.is_control()
            || sets_direction(character)
            || matches!(character, '/' | '\\' | ':' | '\u{2028}' | '\u{2029}')
    };
    if name.is_empty() || name.contains(misread) || name.ends_with(|end: char| end == '.' || end.is_whitespace()) {
        return false;
    }
    let Some((_, ending)) = name.rsplit_once('.') else { return true };
    // There and back, so that a long s or an i without its dot does not pass as another letter.
    let ending = ending.trim().to_uppercase().to_lowercase();
    NEVER.binary_search(&ending.as_str()).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_sorted_and_lower_case() {
        assert!(NEVER.is_sorted_by(|one, next| one < next));
        assert!(
            NEVER.iter().all(|ending| ending.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
    }

    #[test]
    fn documents_are_offered() {
        for name in [
            "brief.pdf",
            "Brief.PDF",
            "contract.docx",
            "contract.final.v2.doc",
            "model.docm",
            "sheet.xlsx",
            "list.csv",
            "note.txt",
            "mail.eml",
            "mail.msg",
            "photo.jpeg",
            "page.html",
            "archive.zip",
            "README",
            ".hidden",
            "exe",
            "a.exe.pdf",
            "Ärztlicher Befund.odt",
            "חוזה.docx",
            "x.txt1",
            "a.js.txt",
        ] {
            assert!(may_open(name), "{name}");
        }
    }

    #[test]
    fn programs_and_links_are_not() {
        for name in [
            "setup.exe",
            "SETUP.EXE",
            "invoice.pdf.exe",
            "a.com",
            "a.bat",
            "a.cmd",
            "a.ps1",
            "a.vbs",
            "a.js",
            "a.jse",
            "a.wsf",
            "a.msi",
            "a.scr",
            "a.lnk",
            "a.url",
            "a.desktop",
            "a.sh",
            "a.app",
            "a.command",
            "a.jar",
            "a.hta",
            "a.reg",
            "a.scf",
            "a.pif",
            "a.cpl",
            "a.AppImage",
            "a.run",
            "a.py",
            "a.webloc",
            "a.iso",
            "a.deb",
            "a.xll",
            "a.settingcontent-ms",
            ".exe",
            "a. exe",
            "a.j\u{17f}",
        ] {
            assert!(!may_open(name), "{name}");
        }
    }

    #[test]
    fn names_that_read_differently_are_not() {
        for name in [
            "",
            "a.pdf.",
            "a.exe.",
            "a.pdf ",
            "a.exe . .",
            "a.pdf\u{a0}",
            "a\u{202e}fdp.docx",
            "a\u{2066}.pdf",
            "a\0.pdf",
            "a\n.pdf",
            "dir/a.pdf",
            "dir\\a.pdf",
            "a.pdf:a.exe",
            "C:a.pdf",
        ] {
            assert!(!may_open(name), "{name:?}");
        }
    }
}
