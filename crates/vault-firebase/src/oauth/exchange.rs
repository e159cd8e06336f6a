//! The whole sign-in flow: where to send the browser, and the outcome.

use std::future::Future;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use tokio::time::timeout;
use url::Url;

use super::callback::{Callback, PATH};
use super::endpoints::Endpoints;
use super::loopback::Loopback;
use crate::auth::Proof;
use crate::connection::Provider;
use crate::http;

/// How long the user may take in the browser.
const LIMIT: Duration = Duration::from_mins(5);

/// Time limit for exchanging a code.
const EXCHANGE_LIMIT: Duration = Duration::from_secs(20);

/// Why sign-in failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OauthFailure {
    /// No local port could be opened.
    #[error("This computer does not let Strongroom wait for the browser. Restart it, or ask your administrator.")]
    NoPort,
    /// Five minutes have passed.
    #[error("Nobody signed in within five minutes. Try again.")]
    TooLate,
    /// The user cancelled it in this program.
    #[error("Signing in was cancelled.")]
    Cancelled,
    /// The user cancelled it in the browser, or the provider refused.
    #[error("The sign-in page did not let you in ({0}). Try again, or ask your administrator.")]
    Denied(String),
    /// The provider cannot be reached.
    #[error("The sign-in server cannot be reached. Check the network, then try again.")]
    Offline,
    /// The provider's response is not the expected one.
    #[error(
        "The sign-in server gave an answer that cannot be trusted ({0}). Try again; if it happens again, ask your \
             administrator."
    )]
    Untrusted(&'static str),
}

/// The part of a token response that matters: the user's identity.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct IdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

type Provided<Auth, Token> = Client<
    BasicErrorResponse,
    StandardTokenResponse<IdToken, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Auth,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    Token,
>;

/// A sign-in that has begun: the port is open; the browser still has to be sent.
pub struct Flow {
    client: Provided<EndpointSet, EndpointSet>,
    loopback: Loopback,
    provider: Provider,
    address: Url,
    state: CsrfToken,
    nonce: String,
    verifier: PkceCodeVerifier,
}

impl Flow {
    /// Opens the port and generates the one-time secrets.
    ///
    /// # Errors
    /// [`OauthFailure::NoPort`] if no port can be opened; [`OauthFailure::Offline`] and [`OauthFailure::Untrusted`] if
    /// the provider's endpoints cannot be determined.
    pub async fn begin(provider: &Provider) -> Result<Self, OauthFailure> {
        Self::at(Endpoints::of(provider).await?, provider).await
    }

    async fn at(endpoints: Endpoints, provider: &Provider) -> Result<Self, OauthFailure> {
        let Endpoints { authorization, token } = endpoints;
        let loopback = Loopback::open().await.map_err(|_| OauthFailure::NoPort)?;
        let redirect = format!("http://127.0.0.1:{}{PATH}", loopback.port());
        let redirect = RedirectUrl::new(redirect).map_err(|_| OauthFailure::NoPort)?;
        let client = Provided::<EndpointNotSet, EndpointNotSet>::new(ClientId::new(provider.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(authorization))
            .set_token_uri(TokenUrl::from_url(token))
            .set_redirect_uri(redirect);
        let client = match &provider.client_secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.clone())),
            None => client,
        };
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random_len(32).into_secret();
        let (address, state) = client
            .authorize_url(|| CsrfToken::new_random_len(32))
            .add_scopes(["openid", "email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", &nonce)
            // Lets a user with several accounts choose.
            .add_extra_param("prompt", "select_account")
            .set_pkce_challenge(challenge)
            .url();
        Ok(Self { client, loopback, provider: provider.clone(), address, state, nonce, verifier })
    }

    /// The URL to open in the browser.
    pub fn address(&self) -> &Url {
        &self.address
    }

    /// Waits until the user has signed in there, `cancelled` completes, or five minutes have passed.
    ///
    /// # Errors
    /// [`OauthFailure`] says what to do.
    pub async fn finish(self, cancelled: impl Future<Output = ()>) -> Result<Proof, OauthFailure> {
        let Self { client, loopback, provider, address: _, state, nonce, verifier } = self;
        let callback = tokio::select! {
            callback = timeout(LIMIT, loopback.wait(state.secret())) => callback,
            () = cancelled => return Err(OauthFailure::Cancelled),
        };
        let callback = callback.map_err(|_| OauthFailure::TooLate)?.map_err(|_| OauthFailure::NoPort)?;
        let code = match callback {
            Callback::Code(code) => AuthorizationCode::new(code),
            Callback::Denied(why) => return Err(OauthFailure::Denied(why)),
        };
        let http = http::client();
        let exchange = client.exchange_code(code).set_pkce_verifier(verifier);
        let answer = exchange.request_async(&|request| send(http.clone(), request)).await;
        let token = answer.map_err(failure)?.extra_fields().id_token.clone();
        let id_token = token.ok_or(OauthFailure::Untrusted("no ID token"))?;
        check(&id_token, &provider, &nonce)?;
        Ok(Proof { id_token, nonce: Some(nonce) })
    }
}

/// Sends a request for the OAuth library.
async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let request = http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let answer = request.timeout(EXCHANGE_LIMIT).send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

fn failure(error: oauth2::RequestTokenError<reqwest::Error, BasicErrorResponse>) -> OauthFailure {
    match error {
        oauth2::RequestTokenError::ServerResponse(refused) => OauthFailure::Denied(refused.error().to_string()),
        oauth2::RequestTokenError::Request(_) => OauthFailure::Offline,
        _ => OauthFailure::Untrusted("no token"),
    }
}

/// Checks that an ID token was issued for this flow. It came from the provider itself over TLS, so its signature need
/// not be checked here (`OpenID` Connect Core, 3.1.3.7, 6); the firm's project checks it again.
fn check(id_token: &str, provider: &Provider, nonce: &str) -> Result<(), OauthFailure> {
    #[derive(Deserialize)]
    struct Claims {
        iss: String,
        aud: Audience,
        nonce: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Audience {
        One(String),
        Several(Vec<String>),
    }
    let payload = id_token.split('.').nth(1).unwrap_or_default();
    let claims: Option<Claims> = URL_SAFE_NO_PAD
        .decode(payload.trim_end_matches('='))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Claims { iss, aud, nonce: theirs } = claims.ok_or(OauthFailure::Untrusted("unreadable"))?;
    // Google omits the scheme in some tokens.
    let with_scheme = if iss.contains("://") { iss } else { format!("https://{iss}") };
    if with_scheme.trim_end_matches('/') != provider.issuer.as_str().trim_end_matches('/') {
        return Err(OauthFailure::Untrusted("another issuer"));
    }
    let for_us = match aud {
        Audience::One(aud) => aud == provider.client_id,
        Audience::Several(auds) => auds.contains(&provider.client_id),
    };
    if !for_us {
        return Err(OauthFailure::Untrusted("meant for another program"));
    }
    if theirs.as_deref() != Some(nonce) {
        return Err(OauthFailure::Untrusted("not an answer to this sign-in"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
