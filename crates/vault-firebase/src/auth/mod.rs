//! Who is signed in. An identity provider's ID token is exchanged for a session with the firm's project:
//!
//! ```text
//! ID token of the provider ─ signInWithIdp ─► refresh token (keychain)  ─ token ─► ID token (memory, an hour)
//! ```
//!
//! The ID token carries what the project's rules decide by: user, team and role. It is renewed before it expires, and
//! once more if a server refuses it.

mod api;
mod claims;
mod failure;
mod identity;
mod kept;
mod memory_secrets;
mod session;

pub use api::Proof;
pub use claims::Role;
pub use failure::AuthFailure;
pub use memory_secrets::MemorySecrets;
pub use session::{Account, Session};
