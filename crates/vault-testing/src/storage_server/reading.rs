//! Metadata, content and names.

use std::io;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use hyper::header::{CONTENT_LENGTH, CONTENT_RANGE};
use hyper::{Response, StatusCode};
use serde_json::json;

use super::faults::Fault;
use super::serve::{Answer, Going, json as answer, plain};
use super::state::lock;
use super::{BUCKET, serve};

/// How much of an object is sent at a time.
const PIECE: usize = 64 << 10;

pub(super) fn metadata(going: &Going) -> Answer {
    let mut state = lock(&going.state);
    let path = &going.asked.path;
    state.doubted.remove(path);
    match state.objects.get(path) {
        Some(kept) => answer(200, &kept.metadata(path, going.fault == Some(Fault::WrongChecksums))),
        None => plain(404),
    }
}

pub(super) fn media(going: &Going) -> Answer {
    let kept = lock(&going.state).objects.get(&going.asked.path).cloned();
    let Some(kept) = kept else { return plain(404) };
    let Some(mut bytes) = kept.content.bytes else { return plain(501) };
    if let Some(Fault::FlipBit(bit)) = going.fault {
        let mut changed = bytes.to_vec();
        changed[usize::try_from(bit / 8).expect("in memory")] ^= 1 << (bit % 8);
        bytes = changed.into();
    }
    if let Some(Fault::Shorten(by)) = going.fault {
        bytes.truncate(bytes.len() - usize::try_from(by).expect("in memory"));
    }
    if let Some(Fault::Lengthen(by)) = going.fault {
        let mut longer = bytes.to_vec();
        longer.resize(longer.len() + usize::try_from(by).expect("in memory"), 0);
        bytes = longer.into();
    }
    let (whole, from) = (bytes.len(), usize::try_from(going.asked.offset).expect("in memory"));
    if from > 0 && from >= whole {
        return plain(416);
    }
    let bytes = bytes.split_off(from);
    let length = bytes.len();
    let end = match going.fault {
        Some(Fault::CutAt(at)) => Some((at, false)),
        Some(Fault::StallAt(at)) => Some((at, true)),
        _ => None,
    };
    let given = end.map_or(length, |(at, _)| usize::try_from(at).expect("in memory").min(length));
    lock(&going.state).log.given += given as u64;
    let pieces = Pieces { bytes: bytes.slice(..given), then: end.map(|(_, stalls)| stalls) };
    let body = StreamBody::new(stream::unfold(pieces, Pieces::next));
    let mut answer = Response::new(body.boxed_unsync());
    answer.headers_mut().insert(CONTENT_LENGTH, length.into());
    if from > 0 {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {from}-{}/{whole}", whole - 1);
        answer.headers_mut().insert(CONTENT_RANGE, range.parse().expect("a header"));
    }
    answer
}

/// Content being sent, and whether it stalls or is cut at its end.
struct Pieces {
    bytes: Bytes,
    then: Option<bool>,
}

impl Pieces {
    async fn next(mut self) -> Option<(Result<Frame<Bytes>, io::Error>, Self)> {
        if !self.bytes.is_empty() {
            let piece = self.bytes.split_to(PIECE.min(self.bytes.len()));
            return Some((Ok(Frame::data(piece)), self));
        }
        match self.then {
            None => None,
            Some(true) => std::future::pending().await,
            Some(false) => Some((Err(io::ErrorKind::ConnectionReset.into()), self)),
        }
    }
}

/// A page of names; names in folders below are left out.
pub(super) fn list(going: &Going) -> serve::Answer {
    let text = |name: &str| going.query.get(name).map_or("", String::as_str);
    let (prefix, after) = (text("prefix"), text("pageToken"));
    let most: usize = text("maxResults").parse().unwrap_or(1000).min(1000);
    let state = lock(&going.state);
    let names = state.objects.keys().filter(|path| path.strip_prefix(prefix).is_some_and(|rest| !rest.contains('/')));
    let mut items: Vec<&String> = names.filter(|path| path.as_str() > after).take(most + 1).collect();
    let next = (items.len() > most).then(|| {
        items.truncate(most);
        items.last().map(|path| (*path).clone())
    });
    let items: Vec<_> = items.into_iter().map(|path| json!({ "name": path, "bucket": BUCKET })).collect();
    let mut page = json!({ "prefixes": [], "items": items });
    if let Some(next) = next.flatten() {
        page["nextPageToken"] = next.into();
    }
    answer(200, &page)
}
