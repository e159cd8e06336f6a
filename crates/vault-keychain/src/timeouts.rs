//! How long a keychain may take.

use std::time::Duration;

/// How long is waited for a keychain, and for the person it may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeychainTimeouts {
    /// For a keychain to say that it is there. It is a program of its own on Linux, which may hang or have to be started.
    pub there: Duration,
    /// For an answer, which may take somebody who unlocks it.
    pub answer: Duration,
}

impl Default for KeychainTimeouts {
    fn default() -> Self {
        Self { there: Duration::from_secs(5), answer: Duration::from_mins(1) }
    }
}
