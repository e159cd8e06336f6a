//! The requests of the Firebase Storage API.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use url::Url;
use vault_core::model::FileHash;
use vault_core::ports::{Identity, PortError};

use super::failure::{of_status, offline};
use super::object::Object;
use crate::connection::Connection;
use crate::http;

/// A small request that takes longer is given up. Bytes on their way have no such limit, but must keep coming.
const LIMIT: Duration = Duration::from_secs(30);

/// How often a request is repeated that got no answer, or that the server was too busy for.
const REPEATS: u32 = 2;

/// Whoever is to wait longer is told that the server is busy.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// One page of names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    pub(super) next: Option<String>,
}

/// A bucket, as one user.
#[derive(Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    identity: Arc<dyn Identity>,
    objects: Url,
}

impl Api {
    pub(super) fn new(connection: &Connection, identity: Arc<dyn Identity>) -> Self {
        let host = match connection.emulators {
            Some(emulators) => format!("http://{}", emulators.storage),
            None => "https://firebasestorage.googleapis.com".to_owned(),
        };
        let objects = Url::parse(&format!("{host}/v0/b/{}/o", connection.bucket));
        let objects = objects.unwrap_or_else(|_| unreachable!("a bucket's name was checked"));
        Self { http: http::client(), identity, objects }
    }

    /// An object's own address: its whole path is one segment.
    fn object(&self, path: &str) -> Url {
        let mut url = self.objects.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(path);
        }
        url
    }

    /// What stands at a path.
    pub(super) async fn metadata(&self, path: &str) -> Result<Option<Object>, PortError> {
        let url = self.object(path);
        let answer = self.send(|| Some(self.http.request(Method::GET, url.clone()).timeout(LIMIT))).await?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                let body = answer.bytes().await.map_err(|_| offline())?;
                Object::read(&body).map(Some).ok_or_else(offline)
            }
            status => Err(of_status(status)),
        }
    }

    /// The bytes at a path, as they come.
    pub(super) async fn media(&self, path: &str) -> Result<Option<Response>, PortError> {
        let mut url = self.object(path);
        url.set_query(Some("alt=media"));
        let answer = self.send(|| Some(self.http.request(Method::GET, url.clone()))).await?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(answer)),
            status => Err(of_status(status)),
        }
    }

    /// Names that begin with `prefix`, without those in folders below.
    pub(super) async fn names(&self, prefix: &str, page: Option<&str>) -> Result<Names, PortError> {
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
        let mut url = self.objects.clone();
        url.query_pairs_mut().append_pair("prefix", prefix).append_pair("delimiter", "/");
        url.query_pairs_mut().append_pair("maxResults", "1000").extend_pairs(page.map(|page| ("pageToken", page)));
        let answer = self.send(|| Some(self.http.request(Method::GET, url.clone()).timeout(LIMIT))).await?;
        if !answer.status().is_success() {
            return Err(of_status(answer.status()));
        }
        let body = answer.bytes().await.map_err(|_| offline())?;
        let Wire { items, next_page_token } = serde_json::from_slice(&body).map_err(|_| offline())?;
        Ok(Names { names: items.into_iter().map(|item| item.name).collect(), next: next_page_token })
    }

    /// Stores an object in one request. `body` gives the content, as often as it is asked; once it gives none, the
    /// request is not repeated. An answer is what the server says it is, success or not.
    pub(super) async fn upload(
        &self,
        path: &str,
        hash: FileHash,
        size: u64,
        body: impl Fn() -> Option<Content>,
    ) -> Result<Response, PortError> {
        let (head, tail, kind) = envelope(path, hash);
        let mut url = self.objects.clone();
        url.query_pairs_mut().append_pair("name", path);
        self.send(|| {
            let length = head.len() as u64 + size + tail.len() as u64;
            let body = match body()? {
                Content::Whole(bytes) => Body::from([head.as_bytes(), &bytes, tail.as_bytes()].concat()),
                Content::Stream(stream) => stream(Bytes::from(head.clone()), Bytes::from(tail.clone())),
            };
            let request = self.http.request(Method::POST, url.clone()).header(CONTENT_TYPE, &kind);
            let request = request.header("x-goog-upload-protocol", "multipart");
            Some(request.header("content-length", length).body(body))
        })
        .await
    }

    /// Sends a request as the user; once more with another token if this one is refused, and again if the server
    /// was busy or did not answer.
    async fn send(&self, request: impl Fn() -> Option<RequestBuilder>) -> Result<Response, PortError> {
        let (mut renewed, mut repeats) = (false, 0);
        let mut last = Err(offline());
        while let Some(request) = request() {
            let request = match self.identity.token(renewed).await? {
                Some(token) => request.bearer_auth(token.0),
                None => request,
            };
            last = request.send().await.map_err(|_| offline());
            let status = last.as_ref().map_or(StatusCode::SERVICE_UNAVAILABLE, Response::status);
            if status == StatusCode::UNAUTHORIZED && !renewed {
                renewed = true;
            } else if is_busy(status) && repeats < REPEATS {
                repeats += 1;
                let asked = last.as_ref().ok().and_then(|answer| http::retry_after(answer.headers()));
                let wait = asked.unwrap_or_default().max(Duration::from_millis(100 << repeats));
                tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
            } else {
                break;
            }
        }
        last
    }
}

fn is_busy(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..)
}

/// The content of an upload.
pub(super) enum Content {
    /// All of it.
    Whole(Bytes),
    /// Made from what has to stand before and after it.
    Stream(Box<dyn FnOnce(Bytes, Bytes) -> Body + Send>),
}

/// What stands before and after the content of an upload in one request, and the type of the whole.
fn envelope(path: &str, hash: FileHash) -> (String, String, String) {
    // No content of ours can hold its own hash.
    let boundary = format!("strongroom-{hash}");
    let metadata = serde_json::json!({
        "name": path,
        "contentType": "application/octet-stream",
        "metadata": { "sha256": hash.to_string() },
    });
    let head = format!(
        "--{boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{metadata}\r\n--{boundary}\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    (head, format!("\r\n--{boundary}--"), format!("multipart/related; boundary={boundary}"))
}
