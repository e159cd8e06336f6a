//! A provider's authorization and token endpoints, as the provider publishes them.
//!
//! A connection may come from an unknown sender, so it names only the issuer; proof of the user's identity goes to a
//! server that the issuer names and that belongs to the issuer (`docs/adr/0030`).

use std::time::Duration;

use serde::Deserialize;
use tokio::time::timeout;
use url::Url;

use super::exchange::OauthFailure;
use crate::connection::{Provider, checks};
use crate::http;

/// Time limit for a provider's metadata.
const LIMIT: Duration = Duration::from_secs(20);

/// The size limit of a provider's metadata, in bytes: more than any provider sends.
const MOST_BYTES: usize = 256 * 1024;

/// A provider's two endpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    /// Where the browser is sent.
    pub(super) authorization: Url,
    /// Where the code is exchanged for tokens.
    pub(super) token: Url,
}

/// A provider's metadata (`OpenID` Connect Discovery 1.0, 3), as far as needed.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

impl Endpoints {
    /// Google's endpoints are known; other providers are queried.
    ///
    /// # Errors
    /// [`OauthFailure::Offline`] if the provider cannot be reached, [`OauthFailure::Untrusted`] if its metadata is not
    /// trustworthy.
    pub(super) async fn of(provider: &Provider) -> Result<Self, OauthFailure> {
        if provider.is_google() {
            let url = |text: &str| Url::parse(text).unwrap_or_else(|_| unreachable!("a constant address"));
            return Ok(Self {
                authorization: url("https://accounts.google.com/o/oauth2/v2/auth"),
                token: url("https://oauth2.googleapis.com/token"),
            });
        }
        let asked = timeout(LIMIT, ask(&provider.issuer)).await.map_err(|_| OauthFailure::Offline)??;
        Self::read(&asked, &provider.issuer)
    }

    /// Reads a provider's metadata.
    ///
    /// # Errors
    /// [`OauthFailure::Untrusted`]
    pub(super) fn read(said: &[u8], issuer: &Url) -> Result<Self, OauthFailure> {
        let said: Metadata = serde_json::from_slice(said)
            .map_err(|_| OauthFailure::Untrusted("it does not say where its servers are"))?;
        if said.issuer.trim_end_matches('/') != issuer.as_str().trim_end_matches('/') {
            return Err(OauthFailure::Untrusted("it speaks for another issuer"));
        }
        let endpoint = |text: &str| {
            let url =
                checks::address(text).map_err(|_| OauthFailure::Untrusted("it names a server that is no server"))?;
            if checks::is_same_server(&url, issuer) {
                Ok(url)
            } else {
                Err(OauthFailure::Untrusted("it sends what proves who you are to another server"))
            }
        };
        Ok(Self { authorization: endpoint(&said.authorization_endpoint)?, token: endpoint(&said.token_endpoint)? })
    }
}

async fn ask(issuer: &Url) -> Result<Vec<u8>, OauthFailure> {
    let address = format!("{}/.well-known/openid-configuration", issuer.as_str().trim_end_matches('/'));
    let offline = |_| OauthFailure::Offline;
    let mut answer = http::client().get(address).send().await.map_err(offline)?;
    // Redirects are not followed: the issuer's server must respond itself.
    if !answer.status().is_success() {
        return Err(OauthFailure::Untrusted("it does not say where its servers are"));
    }
    let mut said = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(offline)? {
        if said.len() + piece.len() > MOST_BYTES {
            return Err(OauthFailure::Untrusted("it says too much of itself"));
        }
        said.extend_from_slice(&piece);
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://login.example.com/tenant/v2.0";

    fn said(change: impl Fn(&mut Value)) -> Result<Endpoints, OauthFailure> {
        let mut said = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://login.example.com/tenant/authorize",
            "token_endpoint": "https://login.example.com/tenant/token",
            "jwks_uri": "https://keys.example.com/",
        });
        change(&mut said);
        Endpoints::read(said.to_string().as_bytes(), &Url::parse(ISSUER).expect("an address"))
    }

    #[test]
    fn the_endpoints_come_from_the_issuer() {
        let endpoints = said(|_| {}).expect("endpoints");
        assert_eq!(endpoints.token.as_str(), "https://login.example.com/tenant/token");
        assert!(said(|said| said["issuer"] = format!("{ISSUER}/").into()).is_ok());
    }

    #[test]
    fn endpoints_on_foreign_hosts_are_refused() {
        for (name, value) in [
            ("issuer", "https://login.example.com/other/v2.0"),
            ("issuer", "https://evil.example.com"),
            ("token_endpoint", "https://evil.example.com/token"),
            ("token_endpoint", "http://login.example.com/token"),
            ("token_endpoint", "https://login.example.com:8443/token"),
            ("token_endpoint", "https://login.example.com@evil.com/token"),
            ("token_endpoint", "https://127.0.0.1/token"),
            ("authorization_endpoint", "javascript:alert(1)"),
            ("authorization_endpoint", "https://evil.example.com/authorize"),
        ] {
            assert!(
                matches!(said(|said| said[name] = value.into()), Err(OauthFailure::Untrusted(_))),
                "{name} {value}"
            );
        }
        for name in ["issuer", "authorization_endpoint", "token_endpoint"] {
            assert!(said(|said| said[name] = Value::Null).is_err(), "{name}");
        }
        assert!(Endpoints::read(b"<html>", &Url::parse(ISSUER).expect("an address")).is_err());
    }
}
