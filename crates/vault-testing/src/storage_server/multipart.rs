//! An object in one request: its metadata and its content, one after the other.

use hyper::Request;
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;

use super::faults::Fault;
use super::hashing::Taken;
use super::log::Violation;
use super::serve::{Answer, Cut, Going, header, json, plain};
use super::state::lock;

pub(super) async fn store(going: &Going, request: Request<Incoming>) -> Result<Answer, Cut> {
    if lock(&going.state).doubted.contains(&going.asked.path) {
        let answer = going.violated(Violation::Blind(going.asked.path.clone()));
        return going.refuse(request, answer).await;
    }
    if matches!(going.fault, Some(Fault::LoseReply | Fault::CutAt(_) | Fault::StallAt(_))) {
        lock(&going.state).doubted.insert(going.asked.path.clone());
    }
    let kind = header(&request, CONTENT_TYPE.as_str()).unwrap_or_default();
    let boundary = kind.strip_prefix("multipart/related; boundary=").map(str::to_owned);
    // RFC 2046, 5.1.1.
    let boundary = boundary.filter(|boundary| (1..=70).contains(&boundary.len()));
    let mut all = Vec::new();
    going
        .body(request.into_body(), |bytes| {
            all.extend_from_slice(bytes);
            true
        })
        .await?;
    let path = &going.asked.path;
    let parts = boundary.and_then(|boundary| parts(&all, &boundary));
    let Some((metadata, content)) = parts else {
        return Ok(going.violated(Violation::Malformed(format!("multipart upload of {path}"))));
    };
    if metadata["name"].as_str() != Some(path) {
        return Ok(going.violated(Violation::Malformed(format!("the name of {path}"))));
    }
    let options = lock(&going.state).options;
    let mut taken = Taken::new(options);
    taken.take(content);
    let said = metadata["metadata"]["sha256"].as_str().map(str::to_owned);
    let mut state = lock(&going.state);
    if !state.finalise(&going.asked, taken.finish(), said) {
        return Ok(plain(403));
    }
    Ok(json(200, &state.objects[path].metadata(path, going.fault == Some(Fault::WrongChecksums))))
}

fn parts<'a>(all: &'a [u8], boundary: &str) -> Option<(serde_json::Value, &'a [u8])> {
    let rest = all.strip_prefix(format!("--{boundary}\r\n").as_bytes())?;
    let (_, rest) = split(rest, b"\r\n\r\n")?;
    let (metadata, rest) = split(rest, format!("\r\n--{boundary}\r\n").as_bytes())?;
    let (_, rest) = split(rest, b"\r\n\r\n")?;
    let content = rest.strip_suffix(format!("\r\n--{boundary}--").as_bytes())?;
    Some((serde_json::from_slice(metadata).ok()?, content))
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let begin = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..begin], &bytes[begin + at.len()..]))
}
