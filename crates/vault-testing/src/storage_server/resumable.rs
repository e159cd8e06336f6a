//! An object in chunks: started, continued at its offset, queried, cancelled.

use std::sync::Arc;

use parking_lot::Mutex;

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::{HeaderMap, Request};

use super::faults::{Fault, Step};
use super::hashing::Taken;
use super::log::Violation;
use super::serve::{Answer, Cut, Going, header, json, plain, whole};
use super::state::{Session, Shared, lock};
use super::{BUCKET, GRANULARITY};

/// The upload that a request is for.
fn session(going: &Going) -> Option<Shared> {
    let id: u64 = going.query.get("upload_id")?.parse().ok()?;
    let found = lock(&going.state).sessions.get(&id).cloned();
    found.filter(|session| lock(session).path == going.asked.path)
}

/// The client gets an error: before it sends more, it has to query.
pub(super) fn doubt(going: &Going) {
    if matches!(going.asked.step, Step::Upload | Step::Finalize)
        && let Some(session) = session(going)
    {
        lock(&session).in_doubt = true;
    }
}

pub(super) async fn start(going: &Going, request: Request<Incoming>) -> Result<Answer, Cut> {
    let path = going.asked.path.clone();
    let size = header(&request, "x-goog-upload-header-content-length").and_then(|text| text.parse().ok());
    let body = request.into_body().collect().await.map_err(|_| Cut)?.to_bytes();
    let metadata: Option<serde_json::Value> = serde_json::from_slice(&body).ok();
    let (Some(size), Some(metadata)) = (size, metadata) else {
        return Ok(going.violated(Violation::Malformed(format!("the beginning of {path}"))));
    };
    let mut state = lock(&going.state);
    if state.objects.contains_key(&path) {
        return Ok(plain(403));
    }
    state.last_session += 1;
    let id = state.last_session;
    let said = metadata["metadata"]["sha256"].as_str().map(str::to_owned);
    let taken = Some(Taken::new(state.options));
    let session = Session { path: path.clone(), size, said, taken, turn: 0, in_doubt: false };
    state.sessions.insert(id, Arc::new(Mutex::new(session)));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("name", &path)
        .append_pair("upload_id", &id.to_string())
        .append_pair("upload_protocol", "resumable")
        .finish();
    let mut answer = whole("".into());
    let url = format!("http://{}/v0/b/{BUCKET}/o?{query}", state.address);
    set(answer.headers_mut(), "x-goog-upload-url", &url);
    set(answer.headers_mut(), "x-goog-upload-status", "active");
    set(answer.headers_mut(), "x-goog-upload-chunk-granularity", &GRANULARITY.to_string());
    Ok(answer)
}

pub(super) fn query(going: &Going) -> Answer {
    let Some(session) = session(going) else { return plain(404) };
    let options = lock(&going.state).options;
    let mut session = lock(&session);
    session.take_over(options);
    session.in_doubt = false;
    let mut answer = whole("".into());
    if session.taken.is_some() {
        set(answer.headers_mut(), "x-goog-upload-status", "active");
        set(answer.headers_mut(), "x-goog-upload-size-received", &session.received().to_string());
    } else {
        set(answer.headers_mut(), "x-goog-upload-status", "final");
    }
    answer
}

pub(super) fn cancel(going: &Going) -> Answer {
    let Some(_) = session(going) else { return plain(404) };
    let id = going.query.get("upload_id").and_then(|id| id.parse().ok());
    id.map(|id: u64| lock(&going.state).sessions.remove(&id));
    let mut answer = whole("".into());
    set(answer.headers_mut(), "x-goog-upload-status", "cancelled");
    answer
}

pub(super) async fn chunk(going: &Going, request: Request<Incoming>) -> Result<Answer, Cut> {
    let Some(session) = session(going) else { return going.refuse(request, plain(404)).await };
    let said: Option<u64> = header(&request, "content-length").and_then(|text| text.parse().ok());
    let last = going.asked.step == Step::Finalize;
    let turn = match begin(going, &session, said, last) {
        Ok(turn) => turn,
        Err(violation) => return going.refuse(request, going.violated(violation)).await,
    };
    let taken = going.body(request.into_body(), |bytes| take(&session, turn, bytes)).await;
    if taken.is_err() || going.fault == Some(Fault::LoseReply) {
        lock(&session).in_doubt = true;
    }
    if going.fault == Some(Fault::LoseReply) {
        // All of it arrived, and counts.
        keep_all(&session);
    }
    taken?;
    if last { finish(going, &session) } else { Ok(confirmed(&session)) }
}

/// Whether a chunk may be sent as announced. Returns the turn of the request.
fn begin(going: &Going, session: &Shared, said: Option<u64>, last: bool) -> Result<u64, Violation> {
    let options = lock(&going.state).options;
    let mut session = lock(session);
    let (path, offset, received) = (session.path.clone(), going.asked.offset, session.received());
    let length = said.unwrap_or_default();
    if session.in_doubt {
        return Err(Violation::Blind(path));
    }
    if offset < received {
        return Err(Violation::Resent(path, offset, received));
    }
    if offset > received {
        return Err(Violation::Skipped(path, offset, received));
    }
    if !last && (length == 0 || !length.is_multiple_of(GRANULARITY)) {
        return Err(Violation::Misaligned(path, length));
    }
    let end = offset + length;
    if end > session.size || (last && end != session.size) {
        return Err(Violation::Length(path, session.size, end));
    }
    Ok(session.take_over(options))
}

fn take(session: &Shared, turn: u64, bytes: &[u8]) -> bool {
    let mut session = lock(session);
    let mine = session.turn == turn;
    if let (true, Some(taken)) = (mine, &mut session.taken) {
        taken.take(bytes);
    }
    mine
}

/// Counts the received bytes, whole blocks or not.
fn keep_all(session: &Shared) {
    if let Some(taken) = &mut lock(session).taken {
        taken.count_all();
    }
}

fn confirmed(session: &Shared) -> Answer {
    keep_all(session);
    let mut answer = whole("".into());
    set(answer.headers_mut(), "x-goog-upload-status", "active");
    set(answer.headers_mut(), "x-goog-upload-size-received", &lock(session).received().to_string());
    answer
}

fn finish(going: &Going, session: &Shared) -> Result<Answer, Cut> {
    let (path, content, said) = {
        let mut session = lock(session);
        (session.path.clone(), session.taken.take().ok_or(Cut)?.finish(), session.said.clone())
    };
    let mut state = lock(&going.state);
    let mut answer = if state.finalise(&going.asked, content, said) {
        json(200, &state.objects[&path].metadata(&path, going.fault == Some(Fault::WrongChecksums)))
    } else {
        plain(403)
    };
    set(answer.headers_mut(), "x-goog-upload-status", "final");
    Ok(answer)
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).expect("a header"));
}
