//! Drops: in the history, and in the queue of this computer.

use serde::Serialize;
use vault_core::model::{DropCounts, DropSummary};
use vault_core::ports::{DropPhase, JournaledDrop, NewDrop};

use super::moment;
use crate::format::rfc3339;
use crate::names::Names;

/// A drop in the history.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DropJson {
    batch_id: String,
    matter_id: String,
    matter_number: Option<String>,
    user: String,
    user_name: Option<String>,
    device: String,
    sources: Vec<String>,
    started: String,
    finished: Option<String>,
    #[serde(flatten)]
    counts: CountsJson,
}

/// The outcomes of the files of a drop.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct CountsJson {
    stored: u64,
    skipped: u64,
    failed: u64,
    left_out: u64,
    bytes: u64,
    bytes_stored: u64,
}

impl From<DropCounts> for CountsJson {
    fn from(DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored }: DropCounts) -> Self {
        Self { stored, skipped, failed, left_out, bytes, bytes_stored }
    }
}

impl DropJson {
    /// A drop with the names of its matter and of its user.
    pub(crate) async fn new(drop: DropSummary, names: &mut Names<'_>) -> Result<Self, crate::errors::Failure> {
        let DropSummary { id, matter, user, device, sources, started, finished, counts } = drop;
        Ok(Self {
            batch_id: id.to_string(),
            matter_number: names.number(&matter).await?,
            matter_id: matter.to_string(),
            user_name: names.person(&user).await?,
            user: user.to_string(),
            device: device.to_string(),
            sources,
            started: rfc3339(started),
            finished: moment(finished),
            counts: counts.into(),
        })
    }
}

/// A drop in the queue of this computer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueuedJson {
    batch_id: String,
    matter_id: String,
    matter_number: Option<String>,
    sources: Vec<String>,
    started: String,
    finished: Option<String>,
    /// `reading`, `filing`, `finished` or `cancelled`.
    state: &'static str,
    #[serde(flatten)]
    counts: CountsJson,
    waiting: u64,
    later: u64,
    cancelled: u64,
    paused: Option<String>,
}

impl QueuedJson {
    /// A drop with the name of its matter.
    pub(crate) async fn new(drop: JournaledDrop, names: &mut Names<'_>) -> Result<Self, crate::errors::Failure> {
        let JournaledDrop { new, phase, finished, counts, waiting, later, attention, cancelled, paused } = drop;
        let NewDrop { id, matter, sources, started } = new;
        Ok(Self {
            batch_id: id.to_string(),
            matter_number: names.number(&matter).await?,
            matter_id: matter.to_string(),
            sources: sources.iter().map(|source| source.display().to_string()).collect(),
            started: rfc3339(started),
            finished: moment(finished),
            state: drop_state(phase),
            counts: DropCounts { failed: counts.failed.max(attention), ..counts }.into(),
            waiting,
            later,
            cancelled,
            paused: paused.map(|reason| reason.to_string()),
        })
    }
}

/// The state of a drop, in a word.
pub(crate) const fn drop_state(phase: DropPhase) -> &'static str {
    match phase {
        DropPhase::Preparing => "reading",
        DropPhase::Filing => "filing",
        DropPhase::Finished => "finished",
        DropPhase::Cancelled => "cancelled",
    }
}
