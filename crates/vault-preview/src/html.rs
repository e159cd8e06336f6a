//! The text of an HTML document, without its markup.
//!
//! Only scripts, style sheets, titles and comments are left out. Text that a style would hide is not: white text on
//! white is part of what was received.

use html5gum::emitters::default::{DefaultEmitter, Token};
use html5gum::{HtmlString, StringReader, Tokenizer};

use crate::readable::Page;

/// Elements whose contents are not text of the document. The tokenizer treats their contents as text, as browsers do.
const UNSEEN: &[&[u8]] = &[b"script", b"style", b"title"];

/// Elements that begin and end a line.
const LINES: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"body",
    b"center",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figure",
    b"footer",
    b"form",
    b"header",
    b"html",
    b"li",
    b"main",
    b"nav",
    b"section",
    b"tbody",
    b"tfoot",
    b"thead",
    b"tr",
];

/// Elements with an empty line before and after.
const PARAGRAPHS: &[&[u8]] =
    &[b"blockquote", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"hr", b"ol", b"p", b"pre", b"table", b"ul"];

/// Adds the text of an HTML document to the page until that is full.
pub(crate) fn read(html: &str, page: &mut Page) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut flow = Flow { page, breaks: 0, blank: false, begun: false, pre: 0 };
    let mut unseen: Option<HtmlString> = None;
    for token in Tokenizer::<StringReader, _>::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        if flow.page.is_cut() {
            return;
        }
        match token {
            Token::StartTag(tag) if unseen.is_none() => {
                if UNSEEN.contains(&&tag.name[..]) {
                    unseen = Some(tag.name);
                } else {
                    flow.start(&tag.name);
                }
            }
            Token::EndTag(tag) => match &unseen {
                Some(name) if *name == tag.name => unseen = None,
                Some(_) => {}
                None => flow.end(&tag.name),
            },
            Token::String(text) if unseen.is_none() => flow.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
}

/// Flowing text: runs of white space count as one, and line breaks are written only before further text.
struct Flow<'p> {
    page: &'p mut Page,
    breaks: usize,
    blank: bool,
    begun: bool,
    pre: usize,
}

impl Flow<'_> {
    fn start(&mut self, name: &[u8]) {
        match name {
            b"br" => self.breaks = (self.breaks + 1).min(2),
            b"td" | b"th" if self.begun && self.breaks == 0 => self.write('\t'),
            b"pre" => self.pre += 1,
            _ => {}
        }
        self.line(name);
        if name == b"li" {
            self.write('•');
            self.blank = true;
        }
    }

    fn end(&mut self, name: &[u8]) {
        if name == b"pre" {
            self.pre = self.pre.saturating_sub(1);
        }
        self.line(name);
    }

    fn line(&mut self, name: &[u8]) {
        let breaks = if PARAGRAPHS.contains(&name) { 2 } else { usize::from(LINES.contains(&name)) };
        self.breaks = self.breaks.max(breaks);
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            if self.pre > 0 && character == '\n' {
                self.breaks += 1;
            } else if self.pre > 0 && character.is_whitespace() {
                self.write(character);
            } else if character.is_whitespace() {
                self.blank = true;
            } else {
                self.write(character);
            }
        }
    }

    fn write(&mut self, character: char) {
        if self.begun {
            (0..self.breaks).for_each(|_| self.page.push('\n'));
            if self.blank && self.breaks == 0 {
                self.page.push(' ');
            }
        }
        self.breaks = 0;
        self.blank = false;
        self.begun = true;
        self.page.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        let mut page = Page::new(10_000);
        read(html, &mut page);
        page.finish().0
    }

    #[test]
    fn lines_break_where_a_browser_breaks_them() {
        assert_eq!(
            text("<html><body><div>Dear <b>Ms.</b>\n Miller,</div><div>see below.<br>Regards</div></body>"),
            "Dear Ms. Miller,\nsee below.\nRegards"
        );
        assert_eq!(text("<p>one</p><p>&nbsp;</p><p>two</p>"), "one\n\ntwo");
        assert_eq!(text("<ul><li>first<li>second</ul>after"), "• first\n• second\n\nafter");
        assert_eq!(text("<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>"), "a\tb\nc\td");
        assert_eq!(text("<pre>a\n  b</pre>"), "a\n  b");
    }

    #[test]
    fn scripts_styles_and_comments_are_not_text() {
        assert_eq!(
            text("<title>t</title><style>p{}</style>a<script>if (1 < 2) '<b>'</script>b<!-- c --><!-- <b>-->d"),
            "abd"
        );
        assert_eq!(text("<head><meta x>a"), "a", "a head that never ends hides nothing");
        assert_eq!(text("a<script>never ends"), "a");
        assert_eq!(text("<p style='display:none'>hidden</p>"), "hidden");
    }

    #[test]
    fn entities_are_decoded_once_into_characters() {
        assert_eq!(
            text("&lt;b&gt; &amp;amp; &auml;&#x20ac;&#0;&unknown; a &lt b"),
            "<b> &amp; ä€\u{fffd}&unknown; a < b"
        );
    }
}
