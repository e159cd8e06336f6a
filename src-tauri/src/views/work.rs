//! What is under way: drops, restores and checks, in the tray.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::preflight::PreflightCounts;
use vault_core::{Alike, SameName};
use vault_jobs::filing::{FilingResult, Planned, ProblemRow};
use vault_jobs::restore::RestoreResult;
use vault_jobs::verify::VerifyResult;
use vault_jobs::{JobKind, JobResult, JobStatus, Phase};

use super::ReasonView;

/// Dropped or chosen folders and files that wait for a matter to be named. The page never learns their paths.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Offer {
    /// By what to take it.
    pub(crate) id: u32,
    /// The names of the folders and files.
    pub(crate) names: Vec<String>,
}

/// Something under way, or ended since the program started.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkView {
    /// Identity: the batch id of a drop, another id for the rest.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: WorkKind,
    /// The matter it concerns, if it is one.
    pub(crate) matter: Option<String>,
    /// The names of the dropped folders and files, or of what is restored.
    pub(crate) names: Vec<String>,
    /// When it began.
    pub(crate) started: i64,
    /// How far it is.
    pub(crate) phase: WorkPhase,
    /// Files found so far, or to do as far as is known.
    pub(crate) files: u64,
    /// Files read, done, restored or checked.
    pub(crate) files_done: u64,
    /// Bytes to read or move, as far as is known; 0 if nothing is.
    pub(crate) bytes: u64,
    /// Bytes read or moved.
    pub(crate) bytes_done: u64,
    /// Bytes a second, once that is known.
    pub(crate) rate: Option<u64>,
    /// Seconds that are left, once that is known.
    pub(crate) seconds_left: Option<u64>,
    /// What filing would do; none until the folders are read.
    pub(crate) preflight: Option<PreflightView>,
    /// What became of it so far; none until filing began.
    pub(crate) result: Option<ResultView>,
    /// Files that wait by themselves to be tried again, while the others go on.
    pub(crate) later: u64,
    /// Files that need a person.
    pub(crate) attention: u64,
    /// Why it is paused or why it ended, where there is more to say than the phase.
    pub(crate) reason: Option<String>,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum WorkKind {
    /// Filing a drop.
    Drop,
    /// Giving something back.
    Restore,
    /// Checking what is stored.
    Verify,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum WorkPhase {
    /// Its folders are being read.
    Reading,
    /// Read: waits for the person to say *File*.
    Ready,
    /// Waits for its turn, or for another program that files to the same vault.
    InLine,
    /// Its files are being filed, restored or checked.
    Running,
    /// Paused by the person.
    Paused,
    /// Paused by the vault, for a reason; goes on by itself or by *Resume*.
    Held,
    /// Given up by the person; it ends as soon as the vault could be asked.
    GivingUp,
    /// Done.
    Finished,
    /// Given up by the person.
    Cancelled,
    /// Ended by a fault.
    Failed,
}

/// The numbers of a pre-flight.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreflightView {
    /// Everything found: the sum of the five below.
    pub(crate) found: u64,
    /// Folders, the dropped ones among them.
    pub(crate) folders: u64,
    /// Files whose content is new.
    pub(crate) new: u64,
    /// Files whose content is in the vault.
    pub(crate) already: u64,
    /// Files whose content stands in the drop more than once, from the second on.
    pub(crate) repeated: u64,
    /// Entries left out.
    pub(crate) left_out: u64,
    /// Entries that could not be read.
    pub(crate) problems: u64,
    /// Length of all files.
    pub(crate) bytes: u64,
    /// Length of the new content.
    pub(crate) bytes_to_store: u64,
    /// Names that several of the dropped folders and files have: ask for them.
    pub(crate) same_names: u64,
    /// Whether the vault could not be reached, so that this is as the copy on this computer knows it.
    pub(crate) offline_estimate: bool,
}

/// Dropped folders and files that are called the same. They are kept apart.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SameNameView {
    /// The name.
    pub(crate) name: String,
    /// How many folders have it.
    pub(crate) folders: u32,
    /// How many files have it.
    pub(crate) files: u32,
    /// What has it, in the order in which it was dropped; the first of them, where they are very many.
    pub(crate) alike: Vec<AlikeView>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlikeView {
    /// Where it stands on this computer, for a person to read.
    pub(crate) place: String,
    /// What it is called when the drop is restored.
    pub(crate) restored_as: String,
}

/// What of one name is shown at most.
const ALIKE: usize = 20;

impl From<SameName> for SameNameView {
    fn from(same: SameName) -> Self {
        let (folders, files) = same.counts();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let SameName { name, alike } = same;
        let alike = alike.into_iter().take(ALIKE).map(|Alike { place, is_folder: _, restored_as }| AlikeView {
            place: place.display().to_string(),
            restored_as: restored_as.text().to_owned(),
        });
        Self { name: name.text().to_owned(), folders: count(folders), files: count(files), alike: alike.collect() }
    }
}

/// What became of a drop so far.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResultView {
    /// Files whose content was stored, files restored, or contents found sound.
    pub(crate) stored: u64,
    /// Files whose content was in the vault, or at the destination, already.
    pub(crate) already: u64,
    /// Files that failed.
    pub(crate) failed: u64,
    /// Files that the person took out.
    pub(crate) cancelled: u64,
    /// Entries left out.
    pub(crate) left_out: u64,
    /// Documents that the files of a restore are of; 0 for the rest.
    pub(crate) documents: u64,
    /// Length of the content that was stored or restored.
    pub(crate) bytes: u64,
}

/// Which list of a pre-flight to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PreflightList {
    /// Files whose content is new.
    New,
    /// Files whose content is in the vault.
    Already,
    /// Files whose content stands in the drop more than once.
    Repeated,
    /// Entries left out.
    LeftOut,
    /// Entries that could not be read.
    Problems,
}

/// One row of a list of a pre-flight.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreflightRow {
    /// The name.
    pub(crate) name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub(crate) folder: String,
    /// Length in bytes, if it was read.
    pub(crate) size: Option<u64>,
    /// When it was last modified, if it was read.
    pub(crate) modified: Option<i64>,
    /// Why it is left out or could not be read.
    pub(crate) reason: Option<String>,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

/// A file of a drop that needs a person.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemView {
    /// Its place in the drop.
    pub(crate) seq: u64,
    /// The name.
    pub(crate) name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub(crate) folder: String,
    /// The stable name of the kind of problem, as in `permission-denied`.
    pub(crate) code: String,
    /// What is wrong and what to do: a sentence in English, where the page has none of its own for the code.
    pub(crate) reason: String,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

impl From<JobStatus> for WorkView {
    fn from(job: JobStatus) -> Self {
        let JobStatus {
            id,
            kind,
            matter,
            names,
            started,
            phase,
            files,
            files_done,
            bytes,
            bytes_done,
            rate,
            seconds_left,
            preflight,
            result,
            later,
            attention,
            reason,
        } = job;
        Self {
            id: id.to_string(),
            kind: kind.into(),
            matter: matter.map(|id| id.to_string()),
            names,
            started: started.0,
            phase: phase.into(),
            files,
            files_done,
            bytes,
            bytes_done,
            rate,
            seconds_left,
            preflight: preflight.map(PreflightView::from),
            result: result.map(ResultView::from),
            later,
            attention,
            reasons: ReasonView::all_in_some(reason.as_ref()),
            reason,
        }
    }
}

impl From<JobKind> for WorkKind {
    fn from(kind: JobKind) -> Self {
        match kind {
            JobKind::Filing => Self::Drop,
            JobKind::Restore => Self::Restore,
            JobKind::Verify => Self::Verify,
        }
    }
}

impl From<Phase> for WorkPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Reading => Self::Reading,
            Phase::Ready => Self::Ready,
            Phase::InLine => Self::InLine,
            Phase::Running => Self::Running,
            Phase::Paused => Self::Paused,
            Phase::Held => Self::Held,
            Phase::GivingUp => Self::GivingUp,
            Phase::Finished => Self::Finished,
            Phase::Cancelled => Self::Cancelled,
            Phase::Failed => Self::Failed,
        }
    }
}

impl From<Planned> for PreflightView {
    fn from(planned: Planned) -> Self {
        let Planned { counts, folders, same_names, offline_estimate } = planned;
        let PreflightCounts { found, new, already_stored, repeated, left_out, problems, bytes, bytes_to_store } =
            counts;
        let already = already_stored;
        Self {
            found,
            folders,
            new,
            already,
            repeated,
            left_out,
            problems,
            bytes,
            bytes_to_store,
            same_names,
            offline_estimate,
        }
    }
}

/// The page has one form for the results of all jobs.
impl From<JobResult> for ResultView {
    fn from(result: JobResult) -> Self {
        match result {
            JobResult::Filing(FilingResult { stored, already, failed, cancelled, left_out, bytes }) => {
                Self { stored, already, failed, cancelled, left_out, documents: 0, bytes }
            }
            JobResult::Restore(RestoreResult { restored, already, failed, documents, bytes }) => {
                Self { stored: restored, already, failed, cancelled: 0, left_out: 0, documents, bytes }
            }
            JobResult::Verify(VerifyResult { sound, missing, damaged, bytes }) => {
                let failed = missing + damaged;
                Self { stored: sound, already: 0, failed, cancelled: 0, left_out: 0, documents: 0, bytes }
            }
        }
    }
}

impl From<PreflightList> for vault_jobs::filing::PreflightList {
    fn from(list: PreflightList) -> Self {
        match list {
            PreflightList::New => Self::New,
            PreflightList::Already => Self::Already,
            PreflightList::Repeated => Self::Repeated,
            PreflightList::LeftOut => Self::LeftOut,
            PreflightList::Problems => Self::Problems,
        }
    }
}

impl From<vault_jobs::filing::PreflightRow> for PreflightRow {
    fn from(row: vault_jobs::filing::PreflightRow) -> Self {
        let vault_jobs::filing::PreflightRow { name, folder, size, modified, reason } = row;
        let reasons = ReasonView::all_in_some(reason.as_ref());
        Self { name, folder, size, modified: modified.map(|at| at.0), reason, reasons }
    }
}

impl From<ProblemRow> for ProblemView {
    fn from(row: ProblemRow) -> Self {
        let ProblemRow { seq, name, folder, problem } = row;
        let reason = problem.to_string();
        Self { seq, name, folder, code: problem.code().to_owned(), reasons: ReasonView::all_in(&reason), reason }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn seen(result: impl Into<JobResult>) -> Value {
        serde_json::to_value(ResultView::from(result.into())).unwrap()
    }

    #[test]
    fn the_page_sees_every_result_in_one_form() {
        let filed = FilingResult { stored: 1, already: 2, failed: 3, cancelled: 4, left_out: 5, bytes: 6 };
        let restored = RestoreResult { restored: 1, already: 2, failed: 3, documents: 4, bytes: 5 };
        let verified = VerifyResult { sound: 1, missing: 2, damaged: 3, bytes: 4 };
        assert_eq!(
            [seen(filed), seen(restored), seen(verified)],
            [
                json!({"stored": 1, "already": 2, "failed": 3, "cancelled": 4, "leftOut": 5, "documents": 0, "bytes": 6}),
                json!({"stored": 1, "already": 2, "failed": 3, "cancelled": 0, "leftOut": 0, "documents": 4, "bytes": 5}),
                json!({"stored": 1, "already": 0, "failed": 5, "cancelled": 0, "leftOut": 0, "documents": 0, "bytes": 4}),
            ]
        );
    }
}
