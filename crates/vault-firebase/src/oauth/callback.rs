//! Parsing the browser's redirect request. Any program can connect to a local port, so every byte is treated as
//! hostile: anything but exactly the expected request is refused.

use httparse::{EMPTY_HEADER, Header, Request};
use subtle::ConstantTimeEq as _;
use url::Url;

/// The longest request head: more than any provider causes, and too little to exhaust memory.
pub(super) const MOST_BYTES: usize = 16 * 1024;

/// Several times as many headers as a browser sends.
const MOST_HEADERS: usize = 100;

/// The redirect path.
pub(super) const PATH: &str = "/signed-in";

/// The result that the browser brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Callback {
    /// The authorization code.
    Code(String),
    /// The provider or the user refused; the provider's error code.
    Denied(String),
}

/// The request is not the expected one; answered with 400 and otherwise ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotOurs;

/// Whether nothing is missing: the head of a request is complete, or this is no request.
pub(super) fn is_whole(head: &[u8]) -> bool {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    parse(&mut Request::new(&mut headers), head).is_none_or(|whole| whole)
}

/// Parses a head and returns whether it is complete; `None` if it is no request.
fn parse<'head>(request: &mut Request<'_, 'head>, head: &'head [u8]) -> Option<bool> {
    // The parser skips empty lines before a request; no browser sends them.
    let is_blank = matches!(head.first(), Some(b'\r' | b'\n'));
    if is_blank { None } else { Some(request.parse(head).ok()?.is_complete()) }
}

/// Reads the head of a request to `127.0.0.1:port` that must carry `state`.
pub(super) fn read(head: &[u8], port: u16, state: &str) -> Result<Callback, NotOurs> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut request = Request::new(&mut headers);
    if parse(&mut request, head) != Some(true)
        || (request.method, request.version) != (Some("GET"), Some(1))
        || !is_for_us(request.headers, port)
    {
        return Err(NotOurs);
    }
    let target = request.path.filter(|path| path.bytes().all(|byte| byte.is_ascii_graphic())).ok_or(NotOurs)?;
    // Compared literally: a path that a URL parser would normalize (dots, tabs, other spellings) is refused.
    if !target.strip_prefix(PATH).is_some_and(|rest| rest.starts_with('?')) || target.contains('#') {
        return Err(NotOurs);
    }
    let url = Url::parse("http://127.0.0.1").and_then(|base| base.join(target)).map_err(|_| NotOurs)?;
    let once = |name: &str| {
        let mut values = url.query_pairs().filter(|(found, _)| found == name).map(|(_, value)| value.into_owned());
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(NotOurs),
        }
    };
    let found = once("state")?.ok_or(NotOurs)?;
    if !bool::from(found.as_bytes().ct_eq(state.as_bytes())) {
        return Err(NotOurs);
    }
    match (once("code")?, once("error")?) {
        (Some(code), None) if !code.is_empty() => Ok(Callback::Code(code)),
        // RFC 6749, 4.1.2.1: printable ASCII.
        (None, Some(error)) if error.bytes().all(|b| b.is_ascii_graphic()) && error.len() <= 64 => {
            Ok(Callback::Denied(error))
        }
        _ => Err(NotOurs),
    }
}

/// Whether the one `Host` header names this very address: a web page whose own domain was made to resolve to this
/// computer (DNS rebinding) sends its own name.
fn is_for_us(headers: &[Header<'_>], port: u16) -> bool {
    let mut hosts = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.value == format!("127.0.0.1:{port}").as_bytes(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STATE: &str = "nJ3_state-0123456789";

    fn request(line: &str, headers: &str) -> Vec<u8> {
        format!("{line}\r\n{headers}\r\n\r\n").into_bytes()
    }

    fn good() -> (String, String) {
        let line = format!("GET {PATH}?state={STATE}&code=4%2F0Ab_c HTTP/1.1");
        (line, "Host: 127.0.0.1:4711\r\nUser-Agent: Mozilla/5.0".to_owned())
    }

    fn reading(line: &str, headers: &str) -> Result<Callback, NotOurs> {
        read(&request(line, headers), 4711, STATE)
    }

    #[test]
    fn a_callback_carries_a_code_or_a_refusal() {
        let (line, headers) = good();
        assert_eq!(reading(&line, &headers), Ok(Callback::Code("4/0Ab_c".to_owned())));
        let with_more = line.replace("&code", "&scope=openid%20email&authuser=0&code");
        assert_eq!(reading(&with_more, &headers), Ok(Callback::Code("4/0Ab_c".to_owned())));
        let denied = line.replace("code=4%2F0Ab_c", "error=access_denied");
        assert_eq!(reading(&denied, &headers), Ok(Callback::Denied("access_denied".to_owned())));
    }

    #[test]
    fn any_other_request_is_refused() {
        let (line, headers) = good();
        for (from, to) in [
            ("GET", "POST"),
            ("GET", "get"),
            ("HTTP/1.1", "HTTP/1.0"),
            ("HTTP/1.1", "HTTP/1.1 x"),
            (PATH, "/"),
            (PATH, "/signed-in/"),
            (PATH, "/x/../other"),
            (PATH, "/x/../signed-in"),
            (PATH, "/./signed-in"),
            (PATH, "/sig\tned-in"),
            (PATH, "/signed%2Din"),
            (STATE, "nJ3_\tstate-0123456789"),
            ("?state=", "#?state="),
            ("&code=4%2F0Ab_c", "&code=ü"),
            (PATH, "//evil.example/signed-in"),
            (PATH, "http://127.0.0.1/signed-in"),
            (STATE, "nJ3_state-0123456780"),
            (STATE, ""),
            ("state=", "State="),
            ("code=", "code=other&code="),
            ("&code=4%2F0Ab_c", ""),
            ("code=4%2F0Ab_c", "code="),
            ("code=", "error=access_denied&code="),
            ("code=4%2F0Ab_c", "error=%3Cscript%3E%20"),
        ] {
            assert_eq!(reading(&line.replacen(from, to, 1), &headers), Err(NotOurs), "{from} → {to}");
        }
        for bad in [
            "Host: localhost:4711",
            "Host: 127.0.0.1",
            "Host: 127.0.0.1:4712",
            "Host: evil.example:4711",
            "Host: 127.0.0.1:4711\r\nHost: evil.example",
            "X-Host: 127.0.0.1:4711",
            "no header",
        ] {
            assert_eq!(reading(&line, bad), Err(NotOurs), "{bad}");
        }
        assert_eq!(read(b"\xff\r\n\r\n", 4711, STATE), Err(NotOurs));
        assert_eq!(read(b"", 4711, STATE), Err(NotOurs));
    }

    #[test]
    fn a_request_is_waited_for_until_it_is_whole_or_none() {
        let (line, headers) = good();
        let whole = request(&line, &headers);
        for length in 0..whole.len() {
            assert!(!is_whole(&whole[..length]), "{length}");
            assert_eq!(read(&whole[..length], 4711, STATE), Err(NotOurs));
        }
        assert!(is_whole(&whole));
        for none in [&b"\r\n\r\n"[..], b"\x16\x03\x01 a TLS hello", b"GET / HTTP/9.9\r\n", b"no header\r\n\r\n"] {
            assert!(is_whole(none), "{none:?}");
            assert_eq!(read(none, 4711, STATE), Err(NotOurs));
        }
        let crowd = format!("{headers}{}", "\r\nA: b".repeat(MOST_HEADERS));
        assert!(is_whole(&request(&line, &crowd)));
        assert_eq!(reading(&line, &crowd), Err(NotOurs));
    }

    proptest! {
        #[test]
        fn a_callback_without_the_state_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,120}") {
            prop_assert_eq!(read(&bytes, 4711, STATE), Err(NotOurs));
            let (line, headers) = good();
            for around in [
                request(&text, &headers), request(&line.replace(STATE, &text.replace('&', "")), &headers),
                format!("{line}\r\n{text}\r\n\r\n").into_bytes(),
            ] {
                if text != STATE {
                    prop_assert_eq!(read(&around, 4711, STATE), Err(NotOurs));
                }
            }
        }

        #[test]
        fn any_code_is_parsed(code in "\\PC{1,60}") {
            let (line, headers) = good();
            let query: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
            prop_assert_eq!(reading(&line.replace("4%2F0Ab_c", &query), &headers), Ok(Callback::Code(code)));
        }
    }
}
