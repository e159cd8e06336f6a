//! The requests of the Firebase Storage API.

mod resumable;
mod send;

pub(super) use resumable::Place;
#[cfg(any(test, feature = "fuzzing"))]
pub(super) use resumable::place_of;
pub(super) use send::next_piece;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use url::Url;
use vault_core::model::FileHash;
use vault_core::ports::{Identity, PortError};

use super::failure::{of_status, offline, used_up};
use super::object::Object;
use super::retry_policy::{Repeats, RetryPolicy, Waits};
use super::upload_concurrency::{Turn, UploadConcurrency};
use crate::connection::Connection;
use crate::http;
use send::{Limit, Unanswered};

/// One page of names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    pub(super) next: Option<String>,
}

/// Content whose response has begun.
pub(super) struct Media {
    pub(super) response: Response,
}

impl Media {
    /// A response that begins at the requested offset.
    fn from(response: Response, from: u64) -> Result<Self, PortError> {
        let begins = if response.status() == StatusCode::PARTIAL_CONTENT {
            let range = response.headers().get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
            range.and_then(|text| text.strip_prefix("bytes ")?.split_once('-')?.0.parse().ok())
        } else {
            Some(0)
        };
        if begins == Some(from) { Ok(Self { response }) } else { Err(offline()) }
    }

    /// How many bytes remain, if the server states it.
    pub(super) fn left(&self) -> Option<u64> {
        self.response.content_length()
    }
}

impl Names {
    /// Reads the server's JSON; `None` if it is not a page of names.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            #[serde(default)]
            items: Vec<Item>,
            next_page_token: Option<String>,
        }
        #[derive(Deserialize)]
        struct Item {
            name: String,
        }
        let Wire { items, next_page_token } = serde_json::from_slice(bytes).ok()?;
        Some(Self { names: items.into_iter().map(|item| item.name).collect(), next: next_page_token })
    }
}

/// Outcome of sending content.
#[derive(Debug)]
pub(super) enum Reply {
    /// The object was created.
    Stored(Object),
    /// Received, but the object is not finalized; the number of bytes the server has, if it states it.
    Confirmed(Option<u64>),
    /// The upload is finalized; the object's metadata was not returned.
    Ended,
    /// The upload does not exist, or no longer.
    Gone,
    /// Writing the object was refused: it exists, or the user has no access.
    Forbidden,
    /// The server does not accept this, at least not at this offset.
    Misplaced(PortError),
    /// Whether anything arrived is unknown, and why; the delay that the server may have asked for.
    Unknown(PortError, Option<std::time::Duration>),
    /// It failed, and a retry would fail too.
    Failed(PortError),
}

/// A bucket, accessed as one user.
pub(super) struct Api {
    http: reqwest::Client,
    identity: Arc<dyn Identity>,
    objects: Url,
    pub(super) waits: Waits,
    upload_concurrency: UploadConcurrency,
    requests: AtomicU64,
}

impl Api {
    pub(super) fn new(connection: &Connection, identity: Arc<dyn Identity>, retry_policy: RetryPolicy) -> Self {
        let host = match connection.emulators {
            Some(emulators) => format!("http://{}", emulators.storage),
            None => "https://firebasestorage.googleapis.com".to_owned(),
        };
        let objects = Url::parse(&format!("{host}/v0/b/{}/o", connection.bucket));
        let objects = objects.unwrap_or_else(|_| unreachable!("a bucket's name was checked"));
        Self {
            http: http::patient_client(),
            identity,
            objects,
            waits: Waits::new(retry_policy),
            upload_concurrency: UploadConcurrency::default(),
            requests: AtomicU64::default(),
        }
    }

    /// How many requests were sent.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Waits until a file may begin.
    pub(super) async fn turn(&self) -> Turn<'_> {
        self.upload_concurrency.turn().await
    }

    /// An object's URL: its whole path is one segment.
    fn object(&self, path: &str) -> Url {
        let mut url = self.objects.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(path);
        }
        url
    }

    /// The metadata of the object at a path.
    pub(super) async fn metadata(&self, path: &str) -> Result<Option<Object>, PortError> {
        let url = self.object(path);
        let (status, _, body) = self.ask(|| self.http.request(Method::GET, url.clone())).await?;
        match status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Object::read(&body).map(Some).ok_or_else(offline),
            status => Err(of_status(status)),
        }
    }

    /// Whether the server answers a single request about a path, with anything but a busy status.
    pub(super) async fn answers(&self, path: &str) -> bool {
        let url = self.object(path);
        let answer = self.once(Limit::Answer, |_| self.http.request(Method::GET, url.clone())).await;
        answer.is_ok_and(|answer| !send::is_busy(answer.status()))
    }

    /// The bytes at a path from `from` on, as a stream.
    pub(super) async fn media(&self, path: &str, from: u64) -> Result<Option<Media>, PortError> {
        let mut url = self.object(path);
        url.set_query(Some("alt=media"));
        let mut repeats = Repeats::default();
        loop {
            let sent = self.once(Limit::Standstill, |_| {
                let request = self.http.request(Method::GET, url.clone());
                if from == 0 { request } else { request.header(RANGE, format!("bytes={from}-")) }
            });
            let (error, asked) = match sent.await {
                Ok(answer) if answer.status() == StatusCode::NOT_FOUND => return Ok(None),
                Ok(answer) if answer.status().is_success() => return Media::from(answer, from).map(Some),
                Ok(answer) if answer.status() == StatusCode::PAYMENT_REQUIRED => return Err(used_up()),
                Ok(answer) if !send::is_busy(answer.status()) => return Err(of_status(answer.status())),
                Ok(answer) => (of_status(answer.status()), http::retry_after(answer.headers())),
                Err(Unanswered::Lost) => (offline(), None),
                Err(Unanswered::Failed(error)) => return Err(error),
            };
            if !self.waits.again(&mut repeats, asked).await {
                return Err(error);
            }
        }
    }

    /// Names that begin with `prefix`, without those in folders below.
    pub(super) async fn names(&self, prefix: &str, page: Option<&str>) -> Result<Names, PortError> {
        let mut url = self.objects.clone();
        url.query_pairs_mut().append_pair("prefix", prefix).append_pair("delimiter", "/");
        url.query_pairs_mut().append_pair("maxResults", "1000").extend_pairs(page.map(|page| ("pageToken", page)));
        let (status, _, body) = self.ask(|| self.http.request(Method::GET, url.clone())).await?;
        if !status.is_success() {
            return Err(of_status(status));
        }
        Names::read(&body).ok_or_else(offline)
    }

    /// Sends an object in one request, without retries.
    pub(super) async fn upload(&self, path: &str, hash: FileHash, content: &Bytes) -> Reply {
        let (head, tail, kind) = envelope(path, hash);
        let mut url = self.objects.clone();
        url.query_pairs_mut().append_pair("name", path);
        let pieces = [head.into(), content.clone(), tail.into()];
        let length: usize = pieces.iter().map(Bytes::len).sum();
        let sent = self.carry(|moving| {
            let request = self.http.request(Method::POST, url.clone()).header(CONTENT_TYPE, &kind);
            let request = request.header("x-goog-upload-protocol", "multipart").header(CONTENT_LENGTH, length);
            request.body(moving.body(&pieces))
        });
        let sent = sent.await;
        match self.reply(sent).await {
            // A simple upload has no resumable state.
            Reply::Confirmed(_) | Reply::Ended | Reply::Gone => Reply::Unknown(offline(), None),
            Reply::Misplaced(error) => Reply::Failed(error),
            reply => reply,
        }
    }
}

/// The parts before and after the content of a multipart upload, and the content type of the whole.
fn envelope(path: &str, hash: FileHash) -> (String, String, String) {
    // No content of ours contains half of its own hash; the whole hash would exceed the boundary's limit (RFC 2046).
    let hash_text = hash.to_string();
    let boundary = format!("strongroom-{}", &hash_text[..32]);
    let metadata = metadata(path, hash);
    let head = format!(
        "--{boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{metadata}\r\n--{boundary}\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    (head, format!("\r\n--{boundary}--"), format!("multipart/related; boundary={boundary}"))
}

/// The object's custom metadata.
fn metadata(path: &str, hash: FileHash) -> serde_json::Value {
    serde_json::json!({
        "name": path,
        "contentType": "application/octet-stream",
        "metadata": { "sha256": hash.to_string() },
    })
}
