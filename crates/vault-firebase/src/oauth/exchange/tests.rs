//! The whole flow against a minimal provider that makes a real one's checks.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};

use oauth2::PkceCodeChallenge;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// Begins a sign-in with a provider whose token endpoint is at this address.
async fn begin(token: SocketAddr) -> Flow {
    let url = |text: &str| Url::parse(text).expect("url");
    let provider = Provider {
        id: "oidc.fake".to_owned(),
        client_id: "strongroom".to_owned(),
        client_secret: None,
        issuer: url("https://login.example"),
    };
    let authorization = url("https://login.example/authorize");
    Flow::at(Endpoints { authorization, token: url(&format!("http://{token}/token")) }, &provider).await.expect("begin")
}

/// Nothing listens on the discard port.
const NOBODY: ([u8; 4], u16) = ([127, 0, 0, 1], 9);

fn id_token(claims: &serde_json::Value) -> String {
    format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// Answers one token request and returns its form.
async fn exchange_once(listener: TcpListener, status: &str, body: String) -> HashMap<String, String> {
    let (mut stream, _) = listener.accept().await.expect("accept");
    let mut request = Vec::new();
    let form = loop {
        stream.read_buf(&mut request).await.expect("read");
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, form)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if form.len() >= length.unwrap_or(0) {
            break form.to_owned();
        }
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).await.expect("write");
    url::form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}

/// Simulates the browser's redirect with this query.
async fn come_back(asked: &HashMap<String, String>, with: &str) {
    let redirect = Url::parse(&asked["redirect_uri"]).expect("url");
    let port = redirect.port().expect("port");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.expect("connect");
    let state = &asked["state"];
    let request = format!("GET {}?state={state}&{with} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", redirect.path());
    stream.write_all(request.as_bytes()).await.expect("write");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("read");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

fn asked(flow: &Flow) -> HashMap<String, String> {
    flow.address().query_pairs().into_owned().collect()
}

/// Signs in with a provider whose ID token has correct claims except for this change.
async fn sign_in(change: impl Fn(&mut serde_json::Value)) -> Result<Proof, OauthFailure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("bind");
    let flow = begin(listener.local_addr().expect("address")).await;
    let asked = asked(&flow);
    let mut claims = serde_json::json!({
        "iss": "https://login.example", "aud": "strongroom", "sub": "1", "nonce": asked["nonce"],
    });
    change(&mut claims);
    let body = serde_json::json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token(&claims) });
    let provider = tokio::spawn(exchange_once(listener, "200 OK", body.to_string()));
    let (proof, ()) = tokio::join!(flow.finish(std::future::pending()), come_back(&asked, "code=xyz"));
    let exchanged = provider.await.expect("provider");
    assert_eq!((&*exchanged["code"], &*exchanged["grant_type"]), ("xyz", "authorization_code"));
    assert_eq!(exchanged["redirect_uri"], asked["redirect_uri"]);
    let verifier = oauth2::PkceCodeVerifier::new(exchanged["code_verifier"].clone());
    assert_eq!(PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str(), asked["code_challenge"]);
    proof
}

#[tokio::test]
async fn a_code_becomes_a_proof() {
    let proof = sign_in(|_| {}).await.expect("proof");
    assert!(proof.nonce.is_some());
    let several = sign_in(|claims| claims["aud"] = serde_json::json!(["other", "strongroom"])).await;
    assert!(several.is_ok());
}

#[tokio::test]
async fn a_token_that_was_made_for_something_else_is_refused() {
    for (claim, value) in [("iss", "https://evil.example"), ("aud", "other"), ("nonce", "other")] {
        let refused = sign_in(|claims| claims[claim] = value.into()).await;
        assert!(matches!(refused, Err(OauthFailure::Untrusted(_))), "{claim}: {refused:?}");
    }
}

#[tokio::test]
async fn the_address_asks_for_everything_that_protects() {
    let flow = begin(NOBODY.into()).await;
    let (one, other) = (asked(&flow), asked(&begin(NOBODY.into()).await));
    assert_eq!((&*one["code_challenge_method"], &*one["response_type"]), ("S256", "code"));
    assert_eq!(one["scope"], "openid email profile");
    assert!(one["redirect_uri"].starts_with("http://127.0.0.1:"));
    for once in ["state", "nonce", "code_challenge"] {
        assert!(one[once].len() >= 40 && one[once] != other[once], "{once}");
    }
}

#[tokio::test]
async fn whoever_says_no_or_goes_away_is_told_apart() {
    let flow = async || begin(NOBODY.into()).await;
    let cancelled = flow().await.finish(std::future::ready(())).await;
    assert_eq!(cancelled, Err(OauthFailure::Cancelled));

    let denied = flow().await;
    let asked_of = asked(&denied);
    let (denied, ()) = tokio::join!(denied.finish(std::future::pending()), come_back(&asked_of, "error=access_denied"));
    assert_eq!(denied, Err(OauthFailure::Denied("access_denied".to_owned())));

    let offline = flow().await;
    let asked_of = asked(&offline);
    let (offline, ()) = tokio::join!(offline.finish(std::future::pending()), come_back(&asked_of, "code=x"));
    assert_eq!(offline, Err(OauthFailure::Offline));
}

#[tokio::test(start_paused = true)]
async fn five_minutes_are_enough() {
    let flow = begin(NOBODY.into()).await;
    let port = flow.loopback.port();
    assert_eq!(flow.finish(std::future::pending()).await, Err(OauthFailure::TooLate));
    assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(), "the port is still open");
}
