//! Connections, and the handling of one request: its operation, its permission, and its fault.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use parking_lot::Mutex;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, RANGE, RETRY_AFTER};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

use super::faults::{Asked, Fault, Step};
use super::log::Violation;
use super::state::{State, lock};
use super::{BUCKET, multipart, reading, resumable};

pub(super) type Answer = Response<UnsyncBoxBody<Bytes, io::Error>>;

/// The connection is to be closed, without a response.
#[derive(Debug, thiserror::Error)]
#[error("cut")]
pub(super) struct Cut;

pub(super) type Served = Result<Answer, Cut>;

/// A request that may be performed, with its fault.
pub(super) struct Going {
    pub(super) asked: Asked,
    pub(super) fault: Option<Fault>,
    pub(super) query: HashMap<String, String>,
    pub(super) state: Arc<Mutex<State>>,
}

pub(super) async fn all(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => drop(connections.spawn(connection(stream, Arc::clone(&state)))),
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<Mutex<State>>) {
    // A client that disconnects is no error of the server.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| one(request, Arc::clone(&state)));
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn one(request: Request<Incoming>, state: Arc<Mutex<State>>) -> Served {
    let Some((mut asked, query)) = understand(&request) else {
        lock(&state).log.violations.push(Violation::Malformed(format!("{} {}", request.method(), request.uri())));
        return Ok(plain(400));
    };
    let (fault, refusal) = admit(&mut lock(&state), &mut asked, &query, token(&request));
    let going = Going { asked, fault, query, state };
    if let Some(answer) = refusal.or_else(|| scripted(&going)) {
        return going.refuse(request, answer).await;
    }
    let question = matches!(going.asked.step, Step::Start | Step::Query | Step::Cancel | Step::Metadata | Step::List);
    match fault {
        Some(Fault::CutAt(_)) if question => return Err(Cut),
        Some(Fault::StallAt(_)) if question => return std::future::pending().await,
        Some(Fault::Pause(millis)) => tokio::time::sleep(Duration::from_millis(millis)).await,
        _ => {}
    }
    let answer = match going.asked.step {
        Step::Multipart => multipart::store(&going, request).await?,
        Step::Start => resumable::start(&going, request).await?,
        Step::Upload | Step::Finalize => resumable::chunk(&going, request).await?,
        Step::Query => resumable::query(&going),
        Step::Cancel => resumable::cancel(&going),
        Step::Metadata => reading::metadata(&going),
        Step::Media => reading::media(&going),
        Step::List => reading::list(&going),
    };
    if fault == Some(Fault::LoseReply) { Err(Cut) } else { Ok(answer) }
}

/// Logs a request; returns its fault, and the refusal if the user lacks permission.
fn admit(
    state: &mut State,
    asked: &mut Asked,
    query: &HashMap<String, String>,
    token: Option<&str>,
) -> (Option<Fault>, Option<Answer>) {
    asked.number = state.log.asked.len() as u64;
    let fault = state.script.fault(asked);
    state.log.asked.push((asked.clone(), fault, Instant::now()));
    if query.contains_key("token") {
        state.log.violations.push(Violation::DownloadToken(asked.path.clone()));
    }
    if fault == Some(Fault::Forget) {
        state.forget();
    }
    if state.app_check {
        // In the words of Google's own server.
        let why = serde_json::json!({ "error": { "code": 401, "message": "Firebase App Check token is invalid." } });
        return (fault, Some(json(401, &why)));
    }
    if !token.is_some_and(|token| state.tokens.take(token)) {
        state.log.refused += 1;
        return (fault, Some(plain(401)));
    }
    (fault, state.revoked.then(|| plain(403)))
}

/// The response that the script has for a request.
fn scripted(going: &Going) -> Option<Answer> {
    let answer = match going.fault? {
        // A refused token leaves no doubt.
        Fault::Answer(401) => return Some(plain(401)),
        Fault::Answer(status) => plain(status),
        Fault::RetryAfter(status, seconds) => {
            let mut answer = plain(status);
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
            answer
        }
        _ => return None,
    };
    resumable::doubt(going);
    Some(answer)
}

fn token(request: &Request<Incoming>) -> Option<&str> {
    request.headers().get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// A header, as text.
pub(super) fn header<'a>(request: &'a Request<Incoming>, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// The operation of a request, and its query.
fn understand(request: &Request<Incoming>) -> Option<(Asked, HashMap<String, String>)> {
    let url = Url::parse(&format!("http://strict{}", request.uri())).ok()?;
    let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
    let rest = url.path().strip_prefix("/v0/b/")?.strip_prefix(BUCKET)?.strip_prefix("/o")?;
    let object = match rest.strip_prefix('/') {
        Some(segment) if !segment.contains('/') => {
            let unescaped: String =
                url::form_urlencoded::parse(format!("n={}", segment.replace('+', "%2B")).as_bytes())
                    .map(|(_, value)| value.into_owned())
                    .collect();
            Some(unescaped)
        }
        None if rest.is_empty() => None,
        _ => return None,
    };
    let command = header(request, "x-goog-upload-command");
    let (step, path) = match (request.method(), object, command) {
        (&Method::GET, None, None) => (Step::List, String::new()),
        (&Method::GET, Some(path), None) if query.get("alt").is_some_and(|alt| alt == "media") => (Step::Media, path),
        (&Method::GET, Some(path), None) => (Step::Metadata, path),
        (&Method::POST, None, command) => {
            let step = match (command, header(request, "x-goog-upload-protocol")) {
                (None, Some("multipart")) => Step::Multipart,
                (Some("start"), Some("resumable")) => Step::Start,
                (Some("upload"), _) => Step::Upload,
                (Some("upload, finalize" | "finalize"), _) => Step::Finalize,
                (Some("query"), _) => Step::Query,
                (Some("cancel"), _) => Step::Cancel,
                _ => return None,
            };
            (step, query.get("name")?.clone())
        }
        _ => return None,
    };
    let range = header(request, RANGE.as_str()).map(|text| text.strip_prefix("bytes=")?.strip_suffix('-'));
    let offset = range.or_else(|| header(request, "x-goog-upload-offset").map(Some));
    let offset = offset.map_or(Some(0), |text| text?.parse().ok())?;
    Some((Asked { number: 0, step, path, offset }, query))
}

impl Going {
    /// Reads the body, piece by piece, until it ends or fails. `take` returns whether to continue.
    pub(super) async fn body(&self, mut body: Incoming, mut take: impl FnMut(&[u8]) -> bool) -> Result<(), Cut> {
        let (limit, stalls) = match self.fault {
            Some(Fault::CutAt(limit)) => (Some(limit), false),
            Some(Fault::StallAt(limit)) => (Some(limit), true),
            _ => (None, false),
        };
        let mut left = limit.unwrap_or(u64::MAX);
        while left > 0 {
            let Some(frame) = body.frame().await else { break };
            let Ok(bytes) = frame.map_err(|_| Cut)?.into_data() else { continue };
            let now = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
            left -= now as u64;
            lock(&self.state).log.received += now as u64;
            if !take(&bytes[..now]) {
                return Err(Cut);
            }
        }
        match limit {
            Some(_) if stalls => std::future::pending().await,
            Some(_) => Err(Cut),
            None => Ok(()),
        }
    }

    /// Reads the body and discards it: a response before the end of a body may be lost.
    pub(super) async fn refuse(&self, request: Request<Incoming>, answer: Answer) -> Served {
        self.body(request.into_body(), |_| true).await?;
        Ok(answer)
    }

    pub(super) fn violated(&self, violation: Violation) -> Answer {
        lock(&self.state).log.violations.push(violation);
        plain(400)
    }
}

/// A response with only its status.
pub(super) fn plain(status: u16) -> Answer {
    let body = serde_json::json!({ "error": { "code": status, "message": "as the test wants it" } });
    json(status, &body)
}

pub(super) fn json(status: u16, body: &serde_json::Value) -> Answer {
    let mut answer = whole(body.to_string().into());
    *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
    answer.headers_mut().insert(CONTENT_TYPE, "application/json".parse().expect("a header"));
    answer
}

pub(super) fn whole(bytes: Bytes) -> Answer {
    Response::new(Full::new(bytes).map_err(|never| match never {}).boxed_unsync())
}
