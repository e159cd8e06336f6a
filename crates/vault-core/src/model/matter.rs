//! Matters: what the firm works on, and what files are filed to.

use super::{ClientId, MatterId, Timestamp, UserId};

/// The state of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatterStatus {
    /// `active`
    #[default]
    Active,
    /// `closed`: nothing is filed to it until it is reopened.
    Closed,
    /// `on-hold`
    OnHold,
}

impl MatterStatus {
    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Closed => "closed",
            Self::OnHold => "on-hold",
        }
    }

    /// Parses the wire form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Closed, Self::OnHold].into_iter().find(|status| status.as_str() == text)
    }
}

/// How urgent a matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Priority {
    /// `high`
    High,
    /// `medium`
    #[default]
    Medium,
    /// `low`
    Low,
}

impl Priority {
    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Parses the wire form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::High, Self::Medium, Self::Low].into_iter().find(|priority| priority.as_str() == text)
    }
}

/// The editable fields of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatterFields {
    /// What the matter is about; never empty once stored.
    pub title: String,
    /// A few sentences; may be empty.
    pub description: String,
    /// The client; `None` for `general`.
    pub client: Option<ClientId>,
    /// The firm's own number for it; unique among the matters that are not removed, and empty only where the firm uses
    /// none.
    pub number: String,
    /// Its state.
    pub status: MatterStatus,
    /// How urgent it is.
    pub priority: Priority,
    /// The users who work on it.
    pub assigned_to: Vec<UserId>,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// When it is due.
    pub due: Option<Timestamp>,
}

/// A matter as stored in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Identity.
    pub id: MatterId,
    /// The fields that users edit.
    pub fields: MatterFields,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// When it was removed, if it is; it can be restored.
    pub removed: Option<Timestamp>,
}
