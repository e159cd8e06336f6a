use mail_parser::DateTime;

use super::head::MessageHead;
use crate::limits;
use crate::readable::{self, Page};
use crate::text::Mail;

/// A mail while it is being read.
pub(crate) struct Draft {
    head: MessageHead,
    pub(crate) page: Page,
    attachments: Vec<String>,
}

impl Draft {
    pub(crate) fn new() -> Draft {
        Draft { head: MessageHead::default(), page: Page::new(limits::CHARACTERS), attachments: Vec::new() }
    }

    /// Sets the headers of the mail itself.
    pub(crate) fn begin(&mut self, head: MessageHead) {
        self.head = head;
    }

    /// Adds the headers of an attached message; its text follows.
    pub(crate) fn begin_attached(&mut self, head: &MessageHead) {
        if !self.page.as_str().is_empty() {
            self.page.push_str("\n\n");
        }
        let date = head.date.and_then(written).unwrap_or_default();
        let lines =
            [("From", &head.from), ("To", &head.to), ("Cc", &head.cc), ("Date", &date), ("Subject", &head.subject)];
        for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.page.push_str(&format!("{name}: {}\n", readable::line(value)));
        }
    }

    /// Adds an attachment's name, or its kind if it has no name.
    pub(crate) fn attach(&mut self, name: Option<&str>, kind: impl FnOnce() -> String) {
        if self.attachments.len() == limits::ATTACHMENTS {
            self.page.cut();
            return;
        }
        let name = name.map(readable::line).filter(|name| !name.is_empty());
        self.attachments.push(name.unwrap_or_else(|| readable::line(&kind())));
    }

    pub(crate) fn finish(self) -> Mail {
        let (text, cut) = self.page.finish();
        Mail {
            from: readable::line(&self.head.from),
            to: readable::line(&self.head.to),
            cc: readable::line(&self.head.cc),
            subject: readable::line(&self.head.subject),
            date: self.head.date,
            text: text.trim_end().to_owned(),
            cut,
            attachments: self.attachments,
        }
    }
}

/// A mail's time in UTC, as text.
fn written(milliseconds: i64) -> Option<String> {
    // Up to the year 9999: later times are invalid for a mail.
    (0..253_402_300_800_000)
        .contains(&milliseconds)
        .then(|| DateTime::from_timestamp(milliseconds.div_euclid(1_000)).to_rfc822())
}
