//! One suite for each port, as plain asynchronous functions: each is one promise of the port, by name. A macro for
//! each suite makes them tests of one implementation:
//!
//! ```text
//! mod records {
//!     async fn open() -> vault_testing::conformance::records::Subject { … }
//!     vault_testing::records_conformance!(open);
//! }
//! ```

pub mod blobs;
pub mod fingerprints;
mod fixture;
pub mod identity;
pub mod journal;
pub mod mirror;
pub mod outbox;
pub mod records;
pub mod verifications;

pub use fixture::Case;

use std::any::Any;

use vault_core::ports::{Attention, PortError};

/// Anything that has to live as long as an implementation under test: its folder, its server.
pub type Keep = Box<dyn Any + Send + Sync>;

/// Asserts that a request was refused for this reason.
#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, PortError>, expected: Attention) {
    match answer {
        Err(PortError::NeedsPerson { kind, message }) => {
            assert_eq!(kind, expected, "{message}");
            assert!(message.ends_with(['.', '?', '!']), "not a sentence: {message}");
        }
        other => panic!("not refused as {expected:?}: {other:?}"),
    }
}

/// Makes the checks of a suite tests of the implementation that `$open` opens.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_tests {
    ($open:path, $suite:ident: $($check:ident),+ $(,)?) => {
        $(
            #[::tokio::test(flavor = "multi_thread")]
            async fn $check() {
                $crate::conformance::$suite::$check(&$open().await).await;
            }
        )+
    };
}
