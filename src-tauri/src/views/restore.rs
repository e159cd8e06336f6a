//! Giving back, and checking.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::model::{BlobRef, DropId, MatterId, MetadataHash};
use vault_core::ports::LeftOutEntry;
use vault_core::restore::{OtherTime, Renamed, RestoreScope};
use vault_core::{Double, Orphan, Vault};
use vault_jobs::restore::RestoreReport;
use vault_jobs::verify::VerifyReport;
use vault_jobs::{JobError, JobId, JobKind, Jobs};

use super::{ReasonView, Refusal, last_segment};
use crate::reason::WindowReason;

/// How many documents are named in the list of what is under way.
const NAMED: usize = 20;

/// What to give back.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum RestoreWhat {
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
pub(crate) struct ReportView {
    /// Where it was restored to, for a person to read; empty for a check.
    pub(crate) destination: String,
    /// Files that were written under another name, because the system or the folder cannot have theirs.
    pub(crate) renamed: Vec<RenamedView>,
    /// Files that got another time, because the drive does not have theirs.
    pub(crate) other_times: Vec<OtherTimeView>,
    /// How many files do not say that they came from outside, because the drive keeps no such mark.
    pub(crate) unmarked: u64,
    /// What could not be restored, or is missing or damaged, each with a sentence.
    pub(crate) problems: Vec<ReportProblem>,
    /// What is stored without a record.
    pub(crate) orphaned: Vec<StoredView>,
    /// Files that are stored more than once.
    pub(crate) doubles: Vec<DoubleView>,
}

/// A file that is stored more than once.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DoubleView {
    /// Where it lies: two places at least.
    pub(crate) copies: Vec<StoredView>,
    /// What it takes more than it would if it were stored once, in bytes.
    pub(crate) spare: u64,
}

/// Something that is stored.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredView {
    /// Where it lies.
    pub(crate) path: String,
    /// Its length in bytes.
    pub(crate) size: u64,
}

/// A file that was written under another name.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenamedView {
    /// As it was received.
    pub(crate) from: String,
    /// As it was written.
    pub(crate) to: String,
    /// Where it was dropped from, if it got another name because something else was dropped under it; then it may be a folder.
    pub(crate) source: Option<String>,
}

/// A file that got the nearest time that the drive has.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OtherTimeView {
    /// Where it stood when it was received.
    pub(crate) path: String,
    /// When it was last modified, in milliseconds since 1970.
    pub(crate) received: i64,
    /// What the restored file says instead, likewise.
    pub(crate) restored: i64,
}

/// What could not be restored, or is not as it should be.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportProblem {
    /// Which.
    pub(crate) path: String,
    /// What is wrong and what to do.
    pub(crate) reason: String,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

impl ReportView {
    /// The report of a job.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for a job without one, or that has done nothing yet; [`JobError::NotFound`].
    pub(crate) fn of(jobs: &Jobs, id: JobId) -> Result<Self, JobError> {
        match jobs.status(id).ok_or(JobError::NotFound(id))?.kind {
            JobKind::Filing => Err(JobError::NOTHING_TO_REPORT),
            JobKind::Restore => jobs.restore_report(id).map(Self::from),
            JobKind::Verify => jobs.verify_report(id).map(Self::from),
        }
    }
}

impl From<RestoreReport> for ReportView {
    fn from(report: RestoreReport) -> Self {
        let RestoreReport { destination, renamed, other_times, unmarked, problems } = report;
        Self {
            destination: destination.display().to_string(),
            renamed: renamed.into_iter().map(RenamedView::from).collect(),
            other_times: other_times.into_iter().map(OtherTimeView::from).collect(),
            unmarked,
            problems: problems.into_iter().map(ReportProblem::from).collect(),
            orphaned: Vec::new(),
            doubles: Vec::new(),
        }
    }
}

impl From<VerifyReport> for ReportView {
    fn from(report: VerifyReport) -> Self {
        let VerifyReport { problems, orphaned, doubles } = report;
        Self {
            destination: String::new(),
            renamed: Vec::new(),
            other_times: Vec::new(),
            unmarked: 0,
            problems: problems.into_iter().map(ReportProblem::from).collect(),
            orphaned: orphaned.into_iter().map(StoredView::from).collect(),
            doubles: doubles.into_iter().map(DoubleView::from).collect(),
        }
    }
}

impl From<Double> for DoubleView {
    fn from(double: Double) -> Self {
        let all = double.bytes();
        let Double { hash: _, copies } = double;
        let spare = copies.first().map_or(0, |kept| all.saturating_sub(kept.size));
        Self { copies: copies.into_iter().map(StoredView::from).collect(), spare }
    }
}

impl From<BlobRef> for StoredView {
    fn from(copy: BlobRef) -> Self {
        let BlobRef { path, size } = copy;
        Self { path: path.to_string(), size }
    }
}

impl From<Orphan> for StoredView {
    fn from(orphan: Orphan) -> Self {
        let Orphan { path, size } = orphan;
        Self { path, size }
    }
}

impl From<Renamed> for RenamedView {
    fn from(renamed: Renamed) -> Self {
        let Renamed { from, to, source } = renamed;
        Self { from: from.text().to_owned(), to: to.text().to_owned(), source }
    }
}

impl From<OtherTime> for OtherTimeView {
    fn from(other: OtherTime) -> Self {
        let OtherTime { path, received, restored } = other;
        Self { path: path.text().to_owned(), received: received.0, restored: restored.0 }
    }
}

impl From<vault_jobs::ReportProblem> for ReportProblem {
    fn from(problem: vault_jobs::ReportProblem) -> Self {
        let vault_jobs::ReportProblem { path, reason } = problem;
        Self { path, reasons: ReasonView::all_in(&reason), reason }
    }
}

impl From<LeftOutEntry> for ReportProblem {
    fn from(entry: LeftOutEntry) -> Self {
        let LeftOutEntry { path, reason } = entry;
        Self { path: path.text().to_owned(), reasons: ReasonView::all_in(&reason), reason }
    }
}

/// What a person asked back, for its job.
pub(crate) struct Asked {
    /// What it is.
    pub(crate) scope: RestoreScope,
    /// What it is called, for the list of what is under way.
    pub(crate) names: Vec<String>,
}

impl RestoreWhat {
    /// What it means in this vault.
    ///
    /// # Errors
    /// [`Refusal`] for what is not there.
    pub(crate) async fn scope(self, vault: &Vault) -> Result<Asked, Refusal> {
        match self {
            Self::Document { matter, id } => documents(vault, &matter, &[id]).await,
            Self::Documents { matter, ids } => documents(vault, &matter, &ids).await,
            Self::Folder { matter, path } => {
                let names = vec![last_segment(&path)];
                Ok(Asked { scope: RestoreScope::Folder(MatterId::new(matter)?, path), names })
            }
            Self::Drop { id } => {
                let id: DropId = id.parse()?;
                let told = vault.mirror.drop_entry(id).await?;
                let names = told.map(|drop| drop.summary.sources.iter().map(|place| last_segment(place)).collect());
                Ok(Asked { scope: RestoreScope::Drop(id), names: names.unwrap_or_default() })
            }
            Self::Matter { id } => {
                let id = MatterId::new(id)?;
                let found = vault.mirror.find_matter(id.as_str()).await?.filter(|found| found.matter.id == id);
                let fields = found.ok_or_else(|| Refusal::not_found(WindowReason::MatterNotThere))?.matter.fields;
                let name = format!("{} {}", fields.number, fields.title).trim().to_owned();
                Ok(Asked { scope: RestoreScope::Matter(id), names: vec![name] })
            }
        }
    }
}

async fn documents(vault: &Vault, matter: &str, ids: &[String]) -> Result<Asked, Refusal> {
    let matter = MatterId::new(matter)?;
    let ids = ids.iter().map(|id| id.parse()).collect::<Result<Vec<MetadataHash>, _>>()?;
    let records = vault.mirror.records(&matter, &ids).await?;
    if records.is_empty() {
        return Err(Refusal::not_found(WindowReason::DocumentsNotThere));
    }
    let names = records.into_iter().take(NAMED).map(|record| record.original_name).collect();
    Ok(Asked { scope: RestoreScope::Documents(matter, ids), names })
}
