//! Firestore documents from and to the values of the model. Field names are exactly those of `docs/data-model.md`;
//! every value is destructured completely, so that a new field of the model cannot be forgotten here.

mod claim;
mod client;
mod drop;
mod event;
mod matter;
mod names;
mod record;
#[cfg(test)]
mod tests;

pub(super) use claim::{claim_fields, read_claim};
pub(super) use client::{client_fields, read_client};
pub(super) use drop::{
    COUNTS, DROP_FIELDS, Listed, drop_fields, folder_value, page_fields, read_drop, read_folders, read_pages,
    read_source_pages, read_sources,
};
pub(super) use event::{END_FIELDS, event_fields, read_event, standing_of};
pub(super) use matter::{MATTER_FIELDS, matter_fields, read_matter};
pub(super) use names::Names;
pub(super) use record::{read_record, record_fields, revision, written};

use vault_core::model::{DEEPEST_FOLDER, PathText, TeamId};
use vault_core::ports::PortError;

use crate::firestore::wire::Value;
use crate::firestore::{Doc, none, text};

/// The visibility of a matter and everything filed to it: its whole team, or the users on the matter's access list. The
/// field is on every document of a matter, so that a query over all matters can prove that it stays outside walls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    Team,
    Walled,
}

impl Visibility {
    pub(super) fn value(self, team: &TeamId) -> Value {
        match self {
            Self::Team => text(team.as_str()),
            Self::Walled => none(),
        }
    }
}

/// Reads a name or path, and its exact bytes if present.
fn read_path(doc: Doc<'_>, field: &str, exact: &str) -> Result<PathText, PortError> {
    let text = doc.parsed(field, |path| is_no_deeper(path).then(|| path.to_owned()))?;
    Ok(PathText::from_parts_of_others(text, doc.some_bytes(exact)?))
}

/// Whether a path is no deeper than any that is filed. Deeper ones would make other users' programs process each folder
/// level.
fn is_no_deeper(path: &str) -> bool {
    path.matches('/').count() < DEEPEST_FOLDER
}
