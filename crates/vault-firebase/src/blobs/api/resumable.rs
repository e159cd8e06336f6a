//! Uploads in chunks, as Firebase's own libraries make them: start, send chunks, query the offset, finalize with the
//! last chunk.

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder, StatusCode};
use url::Url;
use vault_core::model::FileHash;
use vault_core::ports::PortError;

use super::super::failure::{of_status, offline};
use super::send::Limit;
use super::{Api, Reply, metadata};

/// State of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::blobs) enum Place {
    /// The server has this many bytes.
    At(u64),
    /// Finalized: it is an object, or was refused.
    Ended,
    /// The upload does not exist, or no longer.
    Gone,
}

impl Api {
    /// Starts an upload; `None` if the object may not be written.
    pub(in crate::blobs) async fn start(
        &self,
        path: &str,
        hash: FileHash,
        size: u64,
    ) -> Result<Option<Url>, PortError> {
        let mut url = self.objects.clone();
        url.query_pairs_mut().append_pair("name", path);
        let about = metadata(path, hash).to_string();
        // If the response is lost, a second upload is started; the server discards the first after a week.
        let begun = self.ask(|| {
            let request = self.http.request(Method::POST, url.clone());
            command(request, "start")
                .header("x-goog-upload-protocol", "resumable")
                .header("x-goog-upload-header-content-length", size)
                .header("x-goog-upload-header-content-type", "application/octet-stream")
                .header(CONTENT_TYPE, "application/json; charset=utf-8")
                .body(about.clone())
        });
        let (status, headers, _) = begun.await?;
        self.begun(status, &headers)
    }

    /// Reads the response to a start: the upload's URL; `None` if the object may not be written.
    pub(in crate::blobs) fn begun(&self, status: StatusCode, headers: &HeaderMap) -> Result<Option<Url>, PortError> {
        match status.as_u16() {
            200..300 => {
                let address = headers.get("x-goog-upload-url").and_then(|value| value.to_str().ok());
                address.and_then(|text| self.upload_address(text)).map(Some).ok_or_else(offline)
            }
            403 | 409 | 412 => Ok(None),
            _ => Err(of_status(status)),
        }
    }

    /// The URL of an upload; `None` if it leads to another server, which would receive a token.
    pub(in crate::blobs) fn upload_address(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        (url.origin() == self.objects.origin() && url.path() == self.objects.path()).then_some(url)
    }

    /// The state of an upload.
    pub(in crate::blobs) async fn place(&self, upload: &Url) -> Result<Place, PortError> {
        let (status, headers, _) =
            self.ask(|| command(self.http.request(Method::POST, upload.clone()), "query").body("")).await?;
        place_of(status, &headers)
    }

    /// Sends more of an upload, without retries; the `last` chunk finalizes the object.
    pub(in crate::blobs) async fn chunk(&self, upload: &Url, offset: u64, content: Bytes, last: bool) -> Reply {
        let what = match (last, content.is_empty()) {
            (false, _) => "upload",
            (true, false) => "upload, finalize",
            (true, true) => "finalize",
        };
        let sent = self.carry(|moving| {
            command(self.http.request(Method::POST, upload.clone()), what)
                .header("x-goog-upload-offset", offset)
                .header(CONTENT_LENGTH, content.len())
                .body(moving.body(std::slice::from_ref(&content)))
        });
        let sent = sent.await;
        match self.reply(sent).await {
            // The server may already have what it does not accept here.
            Reply::Misplaced(error) => Reply::Unknown(error, None),
            reply => reply,
        }
    }

    /// Cancels an upload. A single request: the server would discard it by itself.
    pub(in crate::blobs) async fn cancel(&self, upload: &Url) {
        let cancel =
            self.once(Limit::Answer, |_| command(self.http.request(Method::POST, upload.clone()), "cancel").body(""));
        if cancel.await.is_err() {
            tracing::debug!("an upload is not cancelled; the server discards it later");
        }
    }
}

/// Reads the response to a state query.
pub(in crate::blobs) fn place_of(status: StatusCode, headers: &HeaderMap) -> Result<Place, PortError> {
    match (status.as_u16(), state(headers)) {
        (200..300, "cancelled") => Ok(Place::Gone),
        (200..300, "active") => received(headers).map(Place::At).ok_or_else(offline),
        (200..300, _) => Ok(Place::Ended),
        (401..=403 | 408 | 429, _) => Err(of_status(status)),
        // 404 and 410: the server has discarded it; 499: it was cancelled.
        (400..500, _) => Ok(Place::Gone),
        _ => Err(of_status(status)),
    }
}

fn command(request: RequestBuilder, command: &str) -> RequestBuilder {
    request.header("x-goog-upload-command", command)
}

fn state(headers: &HeaderMap) -> &str {
    headers.get("x-goog-upload-status").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(super) fn is_active(headers: &HeaderMap) -> bool {
    state(headers) == "active"
}

pub(super) fn received(headers: &HeaderMap) -> Option<u64> {
    headers.get("x-goog-upload-size-received")?.to_str().ok()?.parse().ok()
}
