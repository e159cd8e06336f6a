//! What is under way: drops, restores and checks, in the tray.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Dropped or chosen folders and files that wait for a matter to be named. The page never learns their paths.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// By what to take it.
    pub id: u32,
    /// The names of the folders and files.
    pub names: Vec<String>,
}

/// Something under way, or ended since the program started.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WorkView {
    /// Identity: the batch id of a drop, another id for the rest.
    pub id: String,
    /// What it is.
    pub kind: WorkKind,
    /// The matter it concerns, if it is one.
    pub matter: Option<String>,
    /// The names of the dropped folders and files, or of what is restored.
    pub names: Vec<String>,
    /// When it began.
    pub started: i64,
    /// How far it is.
    pub phase: WorkPhase,
    /// Files found so far, or to do as far as is known.
    pub files: u64,
    /// Files read, done, restored or checked.
    pub files_done: u64,
    /// Bytes to read or move, as far as is known; 0 if nothing is.
    pub bytes: u64,
    /// Bytes read or moved.
    pub bytes_done: u64,
    /// Bytes a second, once that is known.
    pub rate: Option<u64>,
    /// Seconds that are left, once that is known.
    pub seconds_left: Option<u64>,
    /// What filing would do; none until the folders are read.
    pub preflight: Option<PreflightView>,
    /// What became of it so far; none until filing began.
    pub result: Option<ResultView>,
    /// Files that need a person.
    pub attention: u64,
    /// Why it is paused or why it ended, where there is more to say than the phase.
    pub reason: Option<String>,
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WorkKind {
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
pub enum WorkPhase {
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
pub struct PreflightView {
    /// Everything found: the sum of the five below.
    pub found: u64,
    /// Folders, the dropped ones among them.
    pub folders: u64,
    /// Files whose content is new.
    pub new: u64,
    /// Files whose content is in the vault.
    pub already: u64,
    /// Files whose content stands in the drop more than once, from the second on.
    pub repeated: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Entries that could not be read.
    pub problems: u64,
    /// Length of all files.
    pub bytes: u64,
    /// Length of the new content.
    pub bytes_to_store: u64,
}

/// What became of a drop so far.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ResultView {
    /// Files whose content was stored, restored or found sound.
    pub stored: u64,
    /// Files whose content was in the vault, or at the destination, already.
    pub already: u64,
    /// Files that failed.
    pub failed: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Length of the content that was stored or restored.
    pub bytes: u64,
}

/// Which list of a pre-flight to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PreflightList {
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
pub struct PreflightRow {
    /// The name.
    pub name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes, if it was read.
    pub size: Option<u64>,
    /// When it was last modified, if it was read.
    pub modified: Option<i64>,
    /// Why it is left out or could not be read.
    pub reason: Option<String>,
}

/// A file of a drop that needs a person.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProblemView {
    /// Its place in the drop.
    pub seq: u64,
    /// The name.
    pub name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub folder: String,
    /// The stable name of the kind of problem, as in `permission-denied`.
    pub code: String,
    /// What is wrong and what to do: a sentence in English, where the page has none of its own for the code.
    pub reason: String,
}
