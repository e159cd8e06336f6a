//! Proving to the firm's identity provider who one is, in one's own browser (RFC 8252): the program never sees the
//! password, and whatever the provider asks (a second factor, a passkey) works.
//!
//! ```text
//! ask the issuer where its servers are [endpoints] ─► listen on 127.0.0.1 ─► open the browser ─► one good request comes back ─► code ─► token ─► Proof
//!   [loopback]             (the caller)        [callback]                     [exchange]
//! ```
//!
//! What keeps others out: PKCE (S256), so that a code is worth nothing without the verifier that never left this
//! process; `state`, so that nobody else's answer is taken for ours; `nonce`, so that nobody else's ID token is.

mod callback;
mod endpoints;
mod exchange;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzed;
mod loopback;
mod page;

pub use exchange::{Flow, OauthFailure};
