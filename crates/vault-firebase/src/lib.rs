//! The firm's vault: Firebase Auth, Firestore and Cloud Storage, as the signed-in user and nobody else.
//!
//! ```text
//! connection/   which project: a small file that anybody may read, checked before it is trusted
//! oauth/        the person proves to the firm's identity provider who they are, in their own browser
//! auth/         that proof becomes a session: a refresh token in the keychain, an ID token in memory
//! firestore/    the calls of Firestore, over gRPC
//! blobs/        the content in Cloud Storage
//! records/      clients, matters, records, events and drops as documents
//! seal          what the queue keeps of an upload, of use only with the key in the keychain
//! ```
//!
//! No privileged key exists here: what a person may not do, the project's rules refuse.

mod auth;
mod blobs;
mod connection;
mod firestore;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod oauth;
mod records;
mod seal;

pub use auth::{Account, AuthFailure, MemorySecrets, Proof, Role, Session};
pub use connection::{Changed, Connection, Emulators, Fact, InvalidConnection, Partition, Provider, Shown};

pub use blobs::{FirebaseBlobs, Matters, RetryPolicy};
pub use firestore::Cost;
pub use oauth::{Flow, OauthFailure};
pub use records::FirebaseRecords;
pub use seal::Seal;

/// Chooses the cryptography of TLS for this process, unless that was done; [`Session`] does it by itself.
pub fn prepare_tls() {
    http::use_ring();
}
