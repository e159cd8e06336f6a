//! Why a drop is paused.

use std::fmt;

/// Why a drop is paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PauseReason {
    /// A user paused it; it stays paused until a user resumes it.
    ByUser,
    /// A user cancelled it. It ends as soon as the vault can report which of its files it has.
    Cancelling,
    /// The window has read it, and a user has yet to review it and choose *File*.
    AwaitingReview,
    /// The vault accepts nothing of it for now: a sentence that says why.
    Blocked(String),
}

impl PauseReason {
    /// Whether a user asked for it: then no automatic pause replaces it.
    pub const fn is_by_user(&self) -> bool {
        matches!(self, Self::ByUser | Self::Cancelling)
    }
}

/// The reason as a sentence for a user.
impl fmt::Display for PauseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ByUser => "A user paused it.",
            Self::Cancelling => "It ends as soon as the vault can report which of its files it has.",
            Self::AwaitingReview => "It waits in the window for review.",
            Self::Blocked(reason) => reason,
        })
    }
}
