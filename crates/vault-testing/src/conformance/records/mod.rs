//! The contract of [`Records`].

mod attempts;
mod feed;
mod matters;
mod reading;
mod together;

pub use attempts::*;
pub use feed::*;
pub use matters::*;
pub use reading::*;
pub use together::*;

use std::collections::BTreeMap;
use std::sync::Arc;

use vault_core::model::{MatterId, MetadataRecord, UploadEvent};
use vault_core::ports::{Change, Person, Records};

use super::{Case, Keep};

/// An implementation under test, of a team that has filed nothing yet.
pub struct Subject {
    /// The implementation.
    pub records: Arc<dyn Records>,
    /// The same team's records, as another program of the same user has them open.
    pub again: Arc<dyn Records>,
    /// The user at work.
    pub person: Person,
    /// Keeps the folder or server of the implementation alive.
    pub keep: Keep,
}

impl Subject {
    /// A drop to `general` that was announced to the vault.
    async fn case(&self) -> Case {
        self.unannounced().announced(&*self.records).await
    }

    /// A drop to `general` that the vault knows nothing of.
    fn unannounced(&self) -> Case {
        Case::new(&self.person, &MatterId::general())
    }

    /// The team's documents as a reader who follows the changes from the beginning knows them, by kind and identity.
    async fn everything(&self) -> BTreeMap<String, Change> {
        let mut all = BTreeMap::new();
        let mut cursor = None;
        loop {
            let page = self.records.changes(cursor.as_ref(), 1000).await.expect("changes");
            all.extend(page.changes.into_iter().map(|change| (key(&change), change)));
            cursor = Some(page.cursor);
            if !page.more {
                return all;
            }
        }
    }

    async fn all_records(&self) -> Vec<MetadataRecord> {
        self.records.all_records(None, 100_000).await.expect("records")
    }

    async fn events_of(&self, case: &Case) -> Vec<UploadEvent> {
        self.records.events_of_drop(&case.key(), None, 100_000).await.expect("events")
    }
}

/// The identity of the document of a change.
fn key(change: &Change) -> String {
    match change {
        Change::Client(client) => format!("client {}", client.id),
        Change::Matter(matter) => format!("matter {}", matter.id),
        Change::Record(record) => format!("record {} {}", record.matter, record.metadata_hash),
        Change::Event(event) => format!("event {}", event.id),
        Change::Drop(drop) => format!("drop {} {}", drop.matter, drop.id),
        Change::Person { user, .. } => format!("person {user}"),
        Change::Unreadable(unreadable) => format!("unreadable {}", unreadable.document),
    }
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! records_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, records:
            a_new_team_has_a_general_matter,
            a_client_and_its_matter_are_kept,
            an_edit_from_an_old_state_is_a_conflict,
            a_repeated_edit_changes_nothing,
            general_is_guarded,
            a_number_belongs_to_one_matter,
            a_matter_needs_a_title_and_a_known_client,
            a_client_with_matters_cannot_be_removed,
            a_removed_matter_accepts_nothing_and_can_be_brought_back,
            an_attempt_begins_and_ends_once,
            a_final_event_never_changes,
            replays_are_harmless,
            a_contradictory_write_is_refused,
            a_batch_is_written_whole_or_not_at_all,
            many_files_of_one_batch_share_a_record,
            a_record_keeps_its_place_and_its_first_filer,
            a_full_batch_is_accepted_and_a_larger_one_is_not,
            two_users_who_file_the_same_make_one_record,
            many_users_who_file_at_once_lose_nothing,
            changes_return_everything_in_order,
            a_reader_who_follows_writers_ends_with_everything,
            an_edited_matter_still_comes_before_its_files,
            a_page_of_changes_repeats_nothing,
            events_are_paged_exactly_once,
            records_are_paged_exactly_once,
            an_unknown_id_is_absent,
            names_and_times_round_trip_exactly,
            a_drop_is_returned_with_its_folders,
            a_finished_drop_is_only_counted_again,
            documents_with_the_id_of_a_drop_are_not_part_of_it,
            drops_are_paged_exactly_once,
            a_drop_of_very_many_sources_is_returned_whole,
            known_content_is_returned_with_its_place,
        );
    };
}
