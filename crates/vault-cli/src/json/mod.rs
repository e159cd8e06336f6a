//! The documents that `--json` prints (see `docs/cli.md`). Each value of the vault is destructured here in full, so
//! that a new field of it is a compile error, and a change of the output is visible.

mod changes;
mod clients;
mod diagnostics;
mod drops;
mod events;
mod listed;
mod matters;
mod records;
mod same_names;
mod unfiled;
mod written;

pub(crate) use changes::{ChangeJson, Differs};
pub(crate) use clients::{ClientDocument, ClientJson, ClientsDocument};
pub(crate) use diagnostics::DiagnosticsDocument;
pub(crate) use drops::{DropJson, QueuedJson, drop_state};
pub(crate) use events::EventJson;
pub(crate) use listed::{ListedJson, OtherTimeJson, RenamedJson, WaitsJson};
pub(crate) use matters::{MatterDocument, MatterJson, MattersDocument};
pub(crate) use records::{LocationJson, RecordJson};
pub(crate) use same_names::SameNameJson;
pub(crate) use unfiled::UnfiledJson;
pub(crate) use written::write;

use serde::Serialize;
use vault_core::ClockBehind;
use vault_core::model::Timestamp;

use crate::errors::Failure;
use crate::format::rfc3339;

/// Why a command was not carried out.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorDocument<'a> {
    error: ErrorJson<'a>,
}

#[derive(Debug, Serialize)]
struct ErrorJson<'a> {
    code: &'static str,
    message: &'a str,
}

impl<'a> From<&'a Failure> for ErrorDocument<'a> {
    fn from(failure: &'a Failure) -> Self {
        Self { error: ErrorJson { code: failure.code.as_str(), message: &failure.message } }
    }
}

/// A document with a warning about the clock of this computer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WithClock<'a, T> {
    #[serde(flatten)]
    pub(crate) document: &'a T,
    pub(crate) clock_behind: ClockJson,
}

/// The clock of this computer is behind the newest entry.
#[derive(Debug, Serialize)]
pub(crate) struct ClockJson {
    clock: String,
    newest: String,
}

impl From<ClockBehind> for ClockJson {
    fn from(ClockBehind { clock, newest }: ClockBehind) -> Self {
        Self { clock: rfc3339(clock), newest: rfc3339(newest) }
    }
}

/// An optional time.
fn moment(time: Option<Timestamp>) -> Option<String> {
    time.map(rfc3339)
}

/// An optional text; the vault stores a missing one as an empty one.
fn text(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
