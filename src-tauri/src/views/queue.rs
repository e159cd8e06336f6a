//! Single files of a drop: what is still to be filed, and what was missing and found.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_jobs::filing::{Found, QueueRow, QueueState};

use super::ReasonView;

/// A file of a drop that is still to be filed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueView {
    /// Its place in the drop.
    pub(crate) seq: u64,
    /// The name.
    pub(crate) name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub(crate) folder: String,
    /// Length in bytes, if it was read.
    pub(crate) size: Option<u64>,
    /// How it stands.
    pub(crate) standing: QueueStandingView,
    /// When it is tried again, if it waits by itself.
    pub(crate) until: Option<i64>,
    /// Why it waits by itself, if it does: a sentence in English.
    pub(crate) reason: Option<String>,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

/// How a file of the queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum QueueStandingView {
    /// Its turn has not come.
    Queued,
    /// Its bytes are on their way, or were when filing was stopped.
    Begun,
    /// It waits by itself to be tried again.
    Waits,
}

/// Where missing files are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LocateIn {
    /// A file that is the missing one.
    File,
    /// A folder that holds it, and others.
    Folder,
}

/// What looking for missing files gave.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LocatedView {
    /// How many were found; they are being filed from there.
    pub(crate) found: u64,
    /// Those in whose place a file of other content stands: nothing was done about them.
    pub(crate) different: Vec<String>,
    /// How many are not there.
    pub(crate) missing: u64,
}

impl From<QueueRow> for QueueView {
    fn from(row: QueueRow) -> Self {
        let QueueRow { seq, name, folder, size, standing } = row;
        let (standing, until, reason) = match standing {
            QueueState::Queued => (QueueStandingView::Queued, None, None),
            QueueState::Begun => (QueueStandingView::Begun, None, None),
            QueueState::Waits { until, why } => (QueueStandingView::Waits, Some(until.0), Some(why)),
        };
        let reasons = ReasonView::all_in_some(reason.as_ref());
        Self { seq, name, folder, size, standing, until, reason, reasons }
    }
}

impl From<Found> for LocatedView {
    fn from(found: Found) -> Self {
        let Found { found, different, missing } = found;
        Self { found, different, missing }
    }
}
