//! Secrets in the keychain of the operating system: the Secret Service on Linux (GNOME's keyring, `KWallet`), the login
//! keychain on macOS, the Credential Manager on Windows. People find them there under the name *Strongroom*.
//!
//! [`Keychain`] is that and nothing else. [`KeychainWithFallback`] is for computers that may have none: what cannot be kept there is
//! kept until the program ends, and never in a plain file. [`SealedFile`] is for those where programs that end have to stay
//! signed in without one: a file that a passphrase seals.

mod failure;
mod keychain;
mod sealed;
mod timeouts;
mod with_fallback;

pub use keychain::Keychain;
pub use sealed::SealedFile;
pub use timeouts::KeychainTimeouts;
pub use with_fallback::KeychainWithFallback;
