//! Documents as they stand in Firestore, beside the values of the model. Field names are those of
//! `docs/data-model.md`, to the letter; every value is taken apart completely, so that a new field of the model cannot
//! be forgotten here.

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

use vault_core::model::TeamId;

use crate::firestore::wire::Value;
use crate::firestore::{none, text};

/// Whom a matter, and all that is filed to it, is open to: its whole team, or those on the matter's access list. The
/// field stands on every document of a matter, so that a query over all matters can prove that it stays outside walls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    Team,
    Walled,
}

impl Openness {
    pub(super) fn value(self, team: &TeamId) -> Value {
        match self {
            Self::Team => text(team.as_str()),
            Self::Walled => none(),
        }
    }
}
