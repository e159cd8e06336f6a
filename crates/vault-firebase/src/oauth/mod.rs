//! Signing in at the firm's identity provider, in the user's own browser (RFC 8252): the program never sees the
//! password, and any step that the provider requires (a second factor, a passkey) works.
//!
//! ```text
//! get the issuer's endpoints [endpoints] ─► listen on 127.0.0.1 ─► open the browser ─► one valid redirect request ─►
//! code ─► token ─► Proof
//!   [loopback]             (the caller)        [callback]                     [exchange]
//! ```
//!
//! Protection against attackers: PKCE (S256), so that a code is useless without the verifier, which never leaves this
//! process; `state`, so that another flow's response is refused; `nonce`, so that another flow's ID token is.

mod callback;
mod endpoints;
mod exchange;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzed;
mod loopback;
mod page;

pub use exchange::{Flow, OauthFailure};
