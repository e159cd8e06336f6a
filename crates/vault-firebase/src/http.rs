//! HTTP clients used throughout this crate.

use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// A client for Google's servers, for requests that are answered quickly.
pub(crate) fn client() -> reqwest::Client {
    builder().read_timeout(Duration::from_mins(1)).build().unwrap_or_default()
}

/// A client without a time limit; the caller checks that data keeps moving.
pub(crate) fn patient_client() -> reqwest::Client {
    builder().build().unwrap_or_default()
}

/// Uses the system's root certificates, so that a firm's own proxy works; these servers need no redirects.
fn builder() -> ClientBuilder {
    use_ring();
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Strongroom/", env!("CARGO_PKG_VERSION")))
}

/// Chooses the TLS cryptography for this process, unless it was chosen.
pub(crate) fn use_ring() {
    // An error means that it was chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// The delay a server asks for. These servers do not use a date instead of seconds.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}
