//! The firm's vault: Firebase Auth, Firestore and Cloud Storage, as the signed-in user and nobody else.
//!
//! ```text
//! connection/   which project: a small file that is not secret, checked before it is trusted
//! oauth/        the user proves their identity to the firm's identity provider, in their own browser
//! auth/         that proof becomes a session: a refresh token in the keychain, an ID token in memory
//! firestore/    the calls of Firestore, over gRPC
//! blobs/        the content in Cloud Storage
//! records/      clients, matters, records, events and drops as documents
//! seal          encrypts the upload URLs stored in the queue, with a key in the keychain
//! ```
//!
//! No privileged key exists here: the project's rules limit what a user may do.

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

/// Chooses the TLS cryptography for this process, unless it was chosen; [`Session`] does it by itself.
pub fn prepare_tls() {
    http::use_ring();
}
