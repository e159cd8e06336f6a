//! Splitting a message into parts (RFC 2046, 5.1), in one pass over its lines.

use super::head::Head;
use crate::limits;

/// A leaf part.
pub(super) struct Part<'a> {
    pub(super) head: Head,
    pub(super) body: &'a [u8],
    /// The outermost `multipart/alternative` that contains it.
    pub(super) alternative: Option<usize>,
}

/// A part with parts of its own, currently being read.
struct Open {
    boundary: Vec<u8>,
    digest: bool,
    alternative: Option<usize>,
}

/// The meaning of a boundary line.
enum Mark {
    /// A part of this open part begins.
    Begin(usize),
    /// This open part ends.
    End(usize),
}

/// The headers of a message.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..end_of_head(bytes, 0, &[])]
}

/// The parts of a message in order, as long as some are `left`, and whether these are all.
pub(super) fn parts<'a>(bytes: &'a [u8], left: &mut usize) -> (Vec<Part<'a>>, bool) {
    let mut parts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut whole = true;
    let mut at = 0;
    loop {
        if *left == 0 {
            return (parts, false);
        }
        *left -= 1;
        let body = end_of_head(bytes, at, &open);
        let around = open.last();
        let head = Head::read(&bytes[at..body], around.is_some_and(|open| open.digest));
        let alternative = around.and_then(|open| open.alternative);
        let level = open.len();
        let boundary = head.boundary.as_ref().filter(|_| head.main == "multipart");
        whole &= boundary.is_none() || level < limits::PARTS_DEEP;
        if let Some(boundary) = boundary.filter(|_| level < limits::PARTS_DEEP) {
            let choice = (head.subtype == "alternative").then_some(body);
            open.push(Open {
                boundary: boundary.trim_end().as_bytes().to_vec(),
                digest: head.subtype == "digest",
                alternative: alternative.or(choice),
            });
        }
        let divided = open.len() > level;
        let (end, next) = next_mark(bytes, body, &open);
        let met = matches!(next, Some((Mark::Begin(met) | Mark::End(met), _)) if met == level);
        // A multipart without parts is shown as the text it may be.
        if !divided || !met {
            let head = if divided { undivided(head) } else { head };
            parts.push(Part { head, body: &bytes[body..end], alternative });
        }
        match begin(bytes, next, &mut open) {
            Some(begin) => at = begin,
            None => return (parts, whole),
        }
    }
}

fn undivided(head: Head) -> Head {
    Head { main: "text".into(), subtype: "plain".into(), boundary: None, ..head }
}

/// Where the next part begins; skips text after the end of an open part's last part.
fn begin(bytes: &[u8], mark: Option<(Mark, usize)>, open: &mut Vec<Open>) -> Option<usize> {
    let mut mark = mark;
    loop {
        match mark? {
            (Mark::Begin(at), after) => {
                open.truncate(at + 1);
                return Some(after);
            }
            (Mark::End(at), after) => {
                open.truncate(at);
                if open.is_empty() {
                    return None;
                }
                mark = next_mark(bytes, after, open).1;
            }
        }
    }
}

/// The next boundary line of an open part: where the text before it ends, and what follows it.
fn next_mark(bytes: &[u8], from: usize, open: &[Open]) -> (usize, Option<(Mark, usize)>) {
    let mut at = from;
    while at < bytes.len() && !open.is_empty() {
        let next = next_line(bytes, at);
        if let Some(mark) = mark(&bytes[at..next], open) {
            // The preceding line end belongs to the boundary.
            let text = &bytes[from..at];
            let text = text.strip_suffix(b"\n").map_or(text, |text| text.strip_suffix(b"\r").unwrap_or(text));
            return (from + text.len(), Some((mark, next)));
        }
        at = next;
    }
    (bytes.len(), None)
}

/// The boundary that a line is, innermost first.
fn mark(line: &[u8], open: &[Open]) -> Option<Mark> {
    let line = line.strip_prefix(b"--")?.trim_ascii_end();
    open.iter().enumerate().rev().find_map(|(level, open)| match line.strip_prefix(&open.boundary[..]) {
        Some(b"") => Some(Mark::Begin(level)),
        Some(b"--") => Some(Mark::End(level)),
        _ => None,
    })
}

/// Where the headers that begin here end: after the empty line, or at the next boundary.
fn end_of_head(bytes: &[u8], from: usize, open: &[Open]) -> usize {
    let mut at = from;
    while at < bytes.len() {
        let next = next_line(bytes, at);
        let line = &bytes[at..next];
        if line.trim_ascii().is_empty() {
            return next;
        }
        if mark(line, open).is_some() {
            return at;
        }
        at = next;
    }
    bytes.len()
}

fn next_line(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1)
}
