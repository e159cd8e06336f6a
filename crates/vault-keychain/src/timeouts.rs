//! Timeouts for the keychain.

use std::time::Duration;

/// Timeouts for the keychain, and for the user it may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeychainTimeouts {
    /// For a keychain to respond at all. On Linux it is a separate program, which may hang or have to be started.
    pub there: Duration,
    /// For a request, which may require the user to unlock the keychain.
    pub answer: Duration,
}

impl Default for KeychainTimeouts {
    fn default() -> Self {
        Self { there: Duration::from_secs(5), answer: Duration::from_mins(1) }
    }
}
