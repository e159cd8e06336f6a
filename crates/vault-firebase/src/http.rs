//! HTTP as every part of this crate does it.

use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// A client for Google's servers, for requests that are answered soon.
pub(crate) fn client() -> reqwest::Client {
    builder().read_timeout(Duration::from_mins(1)).build().unwrap_or_default()
}

/// A client for requests that take as long as they take; whoever sends one watches that it moves.
pub(crate) fn patient_client() -> reqwest::Client {
    builder().build().unwrap_or_default()
}

/// Roots of trust are the system's, so that a firm's own proxy works; there are no redirects to follow on these servers.
fn builder() -> ClientBuilder {
    use_ring();
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Strongroom/", env!("CARGO_PKG_VERSION")))
}

/// Chooses the cryptography of TLS for this process, if nobody has.
pub(crate) fn use_ring() {
    // An error says that it is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// How long a server asks to be left alone. A date instead of seconds is not used by these servers.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}
