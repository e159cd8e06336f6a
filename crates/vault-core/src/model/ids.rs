//! Ids: text ids made by the server or by users' computers, and ids made here (UUIDv7).

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// A text that is not a valid id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a valid id: 1 to 128 letters, digits, “-”, “_” or “.”, not starting with “.”")]
pub struct InvalidId(pub String);

/// An id becomes a path segment (of a document and of a blob), so it must never lead out of its folder.
fn is_safe_segment(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && !text.starts_with('.')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Makes an id from its text.
            ///
            /// # Errors
            /// [`InvalidId`] for a text that is not safe as one segment of a path.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                if is_safe_segment(&text) { Ok(Self(text)) } else { Err(InvalidId(text)) }
            }

            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
    };
}

text_id!(
    /// A firm, or one user: a solo user is a team whose id is the user's id.
    TeamId
);
text_id!(
    /// A user who can file.
    UserId
);
text_id!(
    /// A matter; every team has the reserved [`MatterId::general`].
    MatterId
);
text_id!(
    /// A client of the firm.
    ClientId
);
text_id!(
    /// The computer a drop came from.
    DeviceId
);

impl MatterId {
    /// The reserved matter for the firm's own documents.
    pub fn general() -> Self {
        Self("general".to_owned())
    }

    /// Whether this is the reserved matter.
    pub fn is_general(&self) -> bool {
        self.0 == "general"
    }
}

macro_rules! made_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a fresh UUIDv7 (see [`crate::ports::Clock::unique`]).
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The 16 bytes, as databases keep them.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The id whose 16 bytes these are.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text).map(Self).map_err(|_| InvalidId(text.to_owned()))
            }
        }
    };
}

made_id!(
    /// One drop: what a user dropped at once. On the wire `batchId`.
    DropId
);
made_id!(
    /// One attempt to file one source file.
    EventId
);
made_id!(
    /// One edit of a client or a matter that waits to be sent.
    EditId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_folder() {
        for bad in ["", ".", "..", "a/b", "a\\b", "a\0", "a b", ".hidden", "é", &"x".repeat(129)] {
            assert!(MatterId::new(bad).is_err(), "{bad:?} was accepted");
        }
        for good in ["general", "matter-001", "2024_17.b", "dnxOQeXGGKWW"] {
            assert!(MatterId::new(good).is_ok(), "{good:?} was refused");
        }
    }
}
