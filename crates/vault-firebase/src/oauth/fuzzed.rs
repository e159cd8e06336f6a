//! Arbitrary bytes as the browser's redirect request.

use super::callback::{Callback, is_whole, read};

const STATE: &str = "nJ3_state-0123456789";

/// Any accepted request carries the state and names this address.
pub fn request(bytes: &[u8]) {
    let Ok(callback) = read(bytes, 4711, STATE) else { return };
    assert!(is_whole(bytes), "it was not waited for the rest");
    // Headers other than `Host` may have any bytes.
    let text = String::from_utf8_lossy(bytes);
    assert!(text.starts_with("GET /signed-in?"), "another page");
    assert!(text.to_ascii_lowercase().contains("host:") && text.contains("127.0.0.1:4711"), "another address");
    let line = text.lines().next().unwrap_or_default();
    // The query, parsed by code other than ours.
    let query = line.split_once('?').and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let of =
        |name: &str| pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_ref()).collect::<Vec<_>>();
    assert_eq!(of("state"), [STATE]);
    match callback {
        Callback::Code(code) => assert!(of("code") == [code] && of("error").is_empty()),
        Callback::Denied(word) => {
            assert!(word.bytes().all(|byte| byte.is_ascii_graphic()) && word.len() <= 64);
            assert!(of("error") == [word] && of("code").is_empty());
        }
    }
}
