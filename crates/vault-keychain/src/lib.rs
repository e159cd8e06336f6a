//! Secrets in the operating system's keychain: the Secret Service on Linux (GNOME's keyring, `KWallet`), the login
//! keychain on macOS, the Credential Manager on Windows. The entries are listed there under the name *Strongroom*.
//!
//! [`Keychain`] stores secrets only there. [`KeychainWithFallback`] is for computers that may have none: secrets that
//! cannot be stored there last until the program ends, and are never in a plain file. [`SealedFile`] keeps programs
//! signed in between runs without a keychain: a file sealed by a passphrase.

mod failure;
mod keychain;
mod sealed;
mod timeouts;
mod with_fallback;

pub use keychain::Keychain;
pub use sealed::SealedFile;
pub use timeouts::KeychainTimeouts;
pub use with_fallback::KeychainWithFallback;
