//! Identity Toolkit and Secure Token over HTTP
//! (<https://cloud.google.com/identity-platform/docs/use-rest-api>).

use std::time::Duration;

use reqwest::RequestBuilder;
use serde::Deserialize;

use super::AuthFailure;
use super::failure::of_answer;
use crate::connection::Connection;
use crate::http;

/// An identity provider's proof of who the user is, for `signInWithIdp`.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof {
    /// The provider's ID token.
    pub id_token: String,
    /// The nonce that was sent to the provider and must be in the token.
    pub nonce: Option<String>,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// Tokens from a server's response.
pub(super) struct Granted {
    pub(super) id_token: String,
    pub(super) refresh_token: String,
    pub(super) lifetime: Duration,
}

/// Time limit of a request; both calls answer within a second when the server is healthy.
const LIMIT: Duration = Duration::from_secs(20);

/// The two servers of one project.
#[derive(Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    identity_toolkit: String,
    secure_token: String,
    key: String,
    provider: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    /// Absent if the account exists with another provider and would have to be linked first.
    id_token: Option<String>,
    refresh_token: Option<String>,
    expires_in: Option<String>,
}

#[derive(Deserialize)]
struct Refreshed {
    id_token: String,
    refresh_token: String,
    expires_in: String,
}

impl Api {
    pub(super) fn new(connection: &Connection, http: reqwest::Client) -> Self {
        let host = |name: &str| match connection.emulators {
            Some(emulators) => format!("http://{}/{name}", emulators.auth),
            None => format!("https://{name}"),
        };
        Self {
            http,
            identity_toolkit: host("identitytoolkit.googleapis.com"),
            secure_token: host("securetoken.googleapis.com"),
            key: connection.api_key.clone(),
            provider: connection.provider.id.clone(),
        }
    }

    /// Signs in the user whom the provider vouches for.
    pub(super) async fn sign_in(&self, proof: &Proof) -> Result<Granted, AuthFailure> {
        let body = serde_json::json!({
            "postBody": self.vouched(proof),
            "requestUri": "http://localhost",
            "returnSecureToken": true,
        });
        let url = format!("{}/v1/accounts:signInWithIdp", self.identity_toolkit);
        let answer: SignedIn = self.send(self.http.post(url).json(&body)).await?;
        let (Some(id_token), Some(refresh_token)) = (answer.id_token, answer.refresh_token) else {
            return Err(AuthFailure::Refused {
                why: "there is another account with the same e-mail address.",
                code: "NEED_CONFIRMATION".to_owned(),
            });
        };
        Ok(Granted { id_token, refresh_token, lifetime: lifetime(answer.expires_in.as_deref()) })
    }

    /// The provider's proof, as a form.
    fn vouched(&self, proof: &Proof) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("id_token", &proof.id_token).append_pair("providerId", &self.provider);
        form.extend_pairs(proof.nonce.iter().map(|nonce| ("nonce", nonce))).finish()
    }

    /// Exchanges a refresh token for a fresh ID token.
    pub(super) async fn refresh(&self, refresh_token: &str) -> Result<Granted, AuthFailure> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        let url = format!("{}/v1/token", self.secure_token);
        let Refreshed { id_token, refresh_token, expires_in } = self.send(self.http.post(url).form(&form)).await?;
        Ok(Granted { id_token, refresh_token, lifetime: lifetime(Some(&expires_in)) })
    }

    async fn send<T: for<'de> Deserialize<'de>>(&self, request: RequestBuilder) -> Result<T, AuthFailure> {
        let request = request.query(&[("key", &self.key)]).timeout(LIMIT);
        let answer = request.send().await.map_err(|_| AuthFailure::Offline)?;
        let (status, after) = (answer.status(), http::retry_after(answer.headers()));
        let body = answer.bytes().await.map_err(|_| AuthFailure::Offline)?;
        if !status.is_success() {
            return Err(of_answer(status.as_u16(), after, &body));
        }
        // A captive portal's page is not a response of the server.
        serde_json::from_slice(&body).map_err(|_| AuthFailure::Offline)
    }
}

/// Seconds as the servers write them; falls back to an hour, the usual value.
fn lifetime(seconds: Option<&str>) -> Duration {
    Duration::from_secs(seconds.and_then(|seconds| seconds.parse().ok()).unwrap_or(3600))
}
