//! Connection settings: the few facts that lead a program to the firm's Firebase project. They come as a small file or
//! a link, from an administrator or an unknown sender, so they are checked strictly, and shown before they are trusted.
//! None of them is secret: sign-in and the project's rules protect the firm's data.

mod changed;
pub(crate) mod checks;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzed;
mod read;
mod shown;
mod text;

pub use changed::{Changed, Fact};
pub use read::InvalidConnection;
pub use shown::Shown;

use std::net::SocketAddr;

use url::Url;

/// Which of a firm's two sets of data: work, or training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partition {
    /// `default`: the firm's work.
    #[default]
    Work,
    /// `test`: the same program and rules, other data.
    Training,
}

impl Partition {
    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Work => "default",
            Self::Training => "test",
        }
    }

    /// The name of its Firestore database.
    pub const fn database(self) -> &'static str {
        match self {
            Self::Work => "(default)",
            Self::Training => "test",
        }
    }
}

/// The identity provider of the firm's project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The project's name for it: `google.com`, or `oidc.…` for any other `OpenID` Connect provider.
    pub id: String,
    /// Strongroom's client id with that provider.
    pub client_id: String,
    /// Required by some providers (Google for one) in addition to the client id of a desktop program. It is in every
    /// copy of the program's settings, so it proves nothing and is not secret (RFC 8252, 8.5).
    pub client_secret: Option<String>,
    /// The issuer of the ID tokens, as in `iss`. It also determines the authorization and token endpoints; a connection
    /// does not, or it could send the browser and the code to an attacker.
    pub issuer: Url,
}

impl Provider {
    /// Whether it is Google itself, whose endpoints are known.
    pub(crate) fn is_google(&self) -> bool {
        self.id == GOOGLE && self.issuer.as_str() == Self::google(String::new(), None).issuer.as_str()
    }

    /// The hosts that receive proof of the user's identity.
    pub fn hosts(&self) -> Vec<&str> {
        if self.is_google() {
            return GOOGLE_HOSTS.to_vec();
        }
        self.issuer.host_str().into_iter().collect()
    }
}

/// The project's name for Google.
const GOOGLE: &str = "google.com";

/// Google's servers for signing in (<https://accounts.google.com/.well-known/openid-configuration>).
const GOOGLE_HOSTS: [&str; 2] = ["accounts.google.com", "oauth2.googleapis.com"];

/// Emulators on this computer that replace Google's servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emulators {
    /// Auth.
    pub auth: SocketAddr,
    /// Firestore.
    pub firestore: SocketAddr,
    /// Cloud Storage.
    pub storage: SocketAddr,
}

/// How to reach a firm's vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The firm's name for itself. The sender can write anything here; the project is what identifies the firm.
    pub name: String,
    /// The Firebase project.
    pub project: String,
    /// The project's API key: it names the project to Google and grants no access.
    pub api_key: String,
    /// The bucket of the partition.
    pub bucket: String,
    /// The identity provider.
    pub provider: Provider,
    /// Work or training.
    pub partition: Partition,
    /// Emulators instead of Google's servers.
    pub emulators: Option<Emulators>,
}

impl Connection {
    /// Identifies the connection that a session belongs to: a session is not used over a connection that differs in
    /// anything but the name, which is only a label. 32 hexadecimal digits.
    pub(crate) fn fingerprint(&self) -> String {
        let named = Self { name: String::new(), ..self.clone() };
        let digest = ring::digest::digest(&ring::digest::SHA256, named.to_link().as_bytes());
        hex::encode(&digest.as_ref()[..16])
    }

    /// Whether it leads to the firm's training data: nothing there is the firm's work.
    pub fn is_training(&self) -> bool {
        self.partition == Partition::Training
    }

    /// The name of the partition's Firestore database.
    pub fn database(&self) -> String {
        format!("projects/{}/databases/{}", self.project, self.partition.database())
    }
}
