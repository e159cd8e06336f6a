//! Arbitrary bytes as a response of the storage: a status, headers, an empty line and a body.

use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::runtime::Runtime;
use vault_core::ports::{Identity, Person, PortError, Token};

use super::RetryPolicy;
use super::api::{Api, Names, Place, Reply, place_of};
use super::object::Object;
use crate::connection::Connection;

/// No user: reading needs no token here.
struct Nobody;

#[async_trait]
impl Identity for Nobody {
    async fn person(&self) -> Result<Person, PortError> {
        Err(PortError::invalid("There is nobody."))
    }

    async fn token(&self, _renew: bool) -> Result<Option<Token>, PortError> {
        Ok(None)
    }
}

static STORAGE: LazyLock<(Runtime, Api)> = LazyLock::new(|| {
    let file = br#"{"projectId": "demo-fuzz", "apiKey": "any", "bucket": "fuzz.example", "clientId": "fuzz"}"#;
    let connection = Connection::from_file(file).expect("a connection");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    (runtime, Api::new(&connection, Arc::new(Nobody), RetryPolicy::default()))
});

/// No error message repeats the response, and no token is sent to another server.
pub fn reply(bytes: &[u8]) {
    let Some((status, headers, body)) = answer(bytes) else { return };
    let (runtime, api) = &*STORAGE;
    match place_of(status, &headers) {
        Ok(Place::At(_)) => assert!(status.is_success() && headers.contains_key("x-goog-upload-size-received")),
        Ok(Place::Ended | Place::Gone) => {}
        Err(error) => is_ours(&error),
    }
    match api.begun(status, &headers) {
        Ok(Some(upload)) => {
            assert_eq!(upload.host_str(), Some("firebasestorage.googleapis.com"));
            assert_eq!((upload.scheme(), upload.port()), ("https", None));
            assert!(upload.username().is_empty() && upload.password().is_none(), "somebody else's name in {upload}");
        }
        Ok(None) => assert!(!status.is_success()),
        Err(error) => is_ours(&error),
    }
    let _ = (Object::read(body), Names::read(body));
    let mut sent = tonic::codegen::http::Response::new(body.to_vec());
    *sent.status_mut() = status;
    *sent.headers_mut() = headers;
    match runtime.block_on(api.reply(Ok(Response::from(sent)))) {
        Reply::Stored(object) => assert_eq!(Object::read(body), Some(object)),
        Reply::Confirmed(_) | Reply::Ended => assert!(status.is_success()),
        Reply::Gone | Reply::Forbidden => assert!(!status.is_success()),
        Reply::Misplaced(error) | Reply::Failed(error) => is_ours(&error),
        Reply::Unknown(error, wait) => {
            is_ours(&error);
            assert!(wait.is_none_or(|wait| wait.as_secs() <= 3600), "nobody waits for so long");
        }
    }
}

/// The message is one of our own.
fn is_ours(error: &PortError) {
    let message = error.to_string();
    assert!(message.ends_with('.') && message.len() < 300 && message.is_ascii() | message.contains('—'), "{message}");
}

fn answer(bytes: &[u8]) -> Option<(StatusCode, HeaderMap, &[u8])> {
    let end = bytes.windows(2).position(|two| two == b"\n\n")?;
    let mut lines = bytes[..end].split(|byte| *byte == b'\n');
    let status = StatusCode::from_bytes(lines.next()?).ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        headers.append(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?);
    }
    Some((status, headers, &bytes[end + 2..]))
}
