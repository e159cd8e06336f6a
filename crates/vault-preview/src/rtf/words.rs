//! The meaning of control words.

use super::{FONTS, Reader};

/// Groups that are not text of the document.
const UNSEEN: &[&[u8]] = &[
    b"annotation",
    b"atnauthor",
    b"atnid",
    b"bkmkend",
    b"bkmkstart",
    b"colortbl",
    b"datafield",
    b"fldinst",
    b"filetbl",
    b"footer",
    b"footerf",
    b"footerl",
    b"footerr",
    b"ftncn",
    b"ftnsep",
    b"ftnsepc",
    b"header",
    b"headerf",
    b"headerl",
    b"headerr",
    b"info",
    b"nonshppict",
    b"objdata",
    b"pict",
    b"private",
    b"rxe",
    b"shprslt",
    b"sp",
    b"stylesheet",
    b"tc",
    b"tcn",
    b"txe",
    b"xe",
];

/// Groups that are text although a reader may ignore them.
const SEEN: &[&[u8]] = &[b"shpinst", b"shptxt", b"nesttableprops"];

impl Reader<'_> {
    /// Executes a control word.
    pub(super) fn obey(&mut self, word: &[u8], number: Option<i64>, optional: bool) {
        if UNSEEN.contains(&word) || optional && !SEEN.contains(&word) {
            self.flush();
            self.group.unseen = true;
        }
        match word {
            b"bin" => {
                let length = number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            b"u" => self.unicode(number),
            b"uc" => self.group.fallback = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(100),
            b"par" | b"sect" | b"row" | b"nestrow" => self.end_paragraph(),
            b"line" | b"page" => self.put("\n"),
            b"tab" | b"cell" | b"nestcell" => self.put("\t"),
            b"pard" => self.heading = 0,
            b"outlinelevel" => {
                self.heading =
                    number.and_then(|level| u8::try_from(level).ok()).map_or(0, |level| level.saturating_add(1).min(6));
            }
            b"footnote" => {
                self.put("[");
                if !std::mem::replace(&mut self.group.note, true) {
                    self.notes += 1;
                }
            }
            b"fonttbl" => self.group.fonts = true,
            b"f" => {
                self.flush();
                self.group.font = number.and_then(|font| i32::try_from(font).ok()).unwrap_or(0);
            }
            b"fcharset" if self.group.fonts => self.charset(number),
            b"ansicpg" => self.code_page = number.and_then(|page| u32::try_from(page).ok()).unwrap_or(1252),
            b"mac" => self.code_page = 10000,
            b"v" | b"deleted" | b"plain" => self.format(word, number != Some(0)),
            _ => {
                if let Some(character) = character(word) {
                    self.put(character);
                }
            }
        }
    }

    fn format(&mut self, word: &[u8], on: bool) {
        self.flush();
        match word {
            b"v" => self.group.hidden = on,
            b"deleted" => self.group.deleted = on,
            _ => {
                self.group.hidden = false;
                self.group.deleted = false;
            }
        }
    }

    /// A UTF-16 code unit, as a signed number; fallback characters follow.
    fn unicode(&mut self, number: Option<i64>) {
        let Some(unit) = number.filter(|unit| (-0x8000..=0xffff).contains(unit)) else { return };
        if self.seen() {
            if !self.pending.is_empty() {
                self.flush();
            }
            let unit = u16::try_from(unit & 0xffff).unwrap_or(0xfffd);
            self.pending_utf16.push(unit);
        }
        self.skip = self.group.fallback;
    }

    /// A font's code page, by its Windows character set. 2 is the symbol set, which has no code page.
    fn charset(&mut self, number: Option<i64>) {
        let page = match number {
            Some(77) => 10000,
            Some(128) => 932,
            Some(129) => 949,
            Some(134) => 936,
            Some(136) => 950,
            Some(161) => 1253,
            Some(162) => 1254,
            Some(163) => 1258,
            Some(177) => 1255,
            Some(178) => 1256,
            Some(186) => 1257,
            Some(204) => 1251,
            Some(222) => 874,
            Some(238) => 1250,
            _ => return,
        };
        if self.charsets.len() < FONTS {
            self.charsets.insert(self.group.font, page);
        }
    }
}

/// Words that stand for a character.
fn character(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"emdash" => "—",
        b"endash" => "–",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        b"emspace" | b"enspace" | b"qmspace" => " ",
        _ => return None,
    })
}
