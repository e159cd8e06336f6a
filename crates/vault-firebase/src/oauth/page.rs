//! The final page in the browser: no script, no external content, nothing from the request.

/// The response to a valid request.
pub(super) fn done(signed_in: bool) -> String {
    let (title, text) = if signed_in {
        ("You are signed in", "You can close this page and go back to Strongroom.")
    } else {
        ("You are not signed in", "Close this page, and try again in Strongroom if you want to.")
    };
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Strongroom</title><style>body{{font:16px/1.5 \
         system-ui,sans-serif;margin:20vh auto;max-width:26rem;padding:0 1rem;color-scheme:light dark}}</style>\
         <h1>{title}</h1><p>{text}</p></html>"
    );
    answer("200 OK", &body)
}

/// The response to any other request.
pub(super) fn refused() -> String {
    answer("400 Bad Request", "")
}

fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\r\n{body}",
        body.len()
    )
}
