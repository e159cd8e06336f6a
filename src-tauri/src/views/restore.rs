//! Giving back, and checking.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What to give back.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum RestoreWhat {
    /// One document, under one of its names.
    #[serde(rename_all = "camelCase")]
    Document {
        /// The matter.
        matter: String,
        /// Identity in the matter (the metadata hash).
        id: String,
    },
    /// Several documents, each under its name.
    #[serde(rename_all = "camelCase")]
    Documents {
        /// The matter.
        matter: String,
        /// Identities in the matter.
        ids: Vec<String>,
    },
    /// A folder of a matter.
    #[serde(rename_all = "camelCase")]
    Folder {
        /// The matter.
        matter: String,
        /// Its whole path.
        path: String,
    },
    /// A drop.
    #[serde(rename_all = "camelCase")]
    Drop {
        /// Its batch id.
        id: String,
    },
    /// A whole matter.
    #[serde(rename_all = "camelCase")]
    Matter {
        /// The matter.
        id: String,
    },
}

/// What became of a restore or a check, in detail.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportView {
    /// Where it was restored to, for a person to read; empty for a check.
    pub destination: String,
    /// Files that were written under another name, because the system or the folder cannot have theirs.
    pub renamed: Vec<RenamedView>,
    /// What could not be restored, or is missing, damaged or orphaned, each with a sentence.
    pub problems: Vec<ReportProblem>,
}

/// A file that was written under another name.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RenamedView {
    /// As it was received.
    pub from: String,
    /// As it was written.
    pub to: String,
}

/// What could not be restored, or is not as it should be.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportProblem {
    /// Which.
    pub path: String,
    /// What is wrong and what to do.
    pub reason: String,
}
