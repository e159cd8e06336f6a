//! The contract of [`Mirror`].

mod applying;
mod browsing;
mod history;
mod listing;
mod waiting;

pub use applying::*;
pub use browsing::*;
pub use history::*;
pub use listing::*;
pub use waiting::*;

use std::sync::Arc;

use vault_core::model::{
    Client, ClientFields, ClientId, DeviceId, Matter, MatterFields, MatterId, MatterStatus, MetadataRecord, Revision,
    TeamId, Timestamp, UserId,
};
use vault_core::ports::{Change, ChangePage, Cursor, FolderKey, ListQuery, Mirror, Outcome, Person, SortBy};

use super::{Case, Keep};

/// An implementation under test, empty.
pub struct Subject {
    /// The implementation.
    pub mirror: Arc<dyn Mirror>,
    /// The same, opened once more.
    pub again: Arc<dyn Mirror>,
    /// Keeps the folder of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! mirror_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, mirror:
            an_empty_mirror_knows_nothing,
            changes_and_cursor_are_applied_together,
            known_changes_change_nothing,
            a_cleared_mirror_is_empty,
            clients_are_listed_by_name,
            matters_are_listed_by_number_and_status,
            a_matter_is_found_by_id_or_number,
            a_shared_name_or_number_finds_every_match,
            a_folder_shows_its_folders,
            a_moved_record_leaves_its_old_folder,
            a_list_covers_a_folder_or_its_whole_subtree,
            a_list_is_in_the_requested_order,
            a_list_is_filtered_by_parts_of_names,
            a_record_is_listed_once,
            a_long_list_has_every_record,
            a_search_matches_prefixes_of_words,
            a_waiting_edit_is_shown_as_if_applied,
            the_version_of_the_vault_is_kept_under_a_waiting_edit,
            waiting_documents_are_found_and_counted_with_their_files,
            a_confirmed_change_replaces_the_waiting_edit,
            waiting_edits_can_be_shown_again_after_a_clear,
            drops_are_listed_newest_first,
            a_drop_without_summary_is_built_from_its_events,
            a_drop_with_the_id_of_another_is_kept_apart,
            a_drop_counts_its_interrupted_files,
            events_are_paged_and_filtered,
            a_document_has_all_records_of_its_content,
            known_content_is_returned_with_its_places,
            the_places_of_several_documents_are_returned_at_once,
            contents_are_found_by_their_first_digits,
        );
    };
}

fn person() -> Person {
    Person {
        user: UserId::new("u1").expect("id"),
        team: TeamId::new("u1").expect("id"),
        display_name: "Paula Legal".to_owned(),
        device: DeviceId::new("desk-1").expect("id"),
    }
}

/// A drop to the matter `m1`.
fn new_case() -> Case {
    Case::new(&person(), &MatterId::new("m1").expect("id"))
}

/// A folder of the matter `m1`.
fn folder(path: &str) -> FolderKey {
    FolderKey { matter: MatterId::new("m1").expect("id"), path: path.to_owned() }
}

/// The entries directly in a folder of the matter `m1`, by name.
fn in_folder(path: &str) -> ListQuery {
    ListQuery { folder: folder(path), deep: false, containing: String::new(), sort: SortBy::Name, descending: false }
}

fn matter(id: &str, number: &str, title: &str) -> Matter {
    Matter {
        id: MatterId::new(id).expect("id"),
        fields: MatterFields { title: title.to_owned(), number: number.to_owned(), ..MatterFields::default() },
        updated_at: Timestamp(1000),
        removed: None,
    }
}

fn client(id: &str, name: &str) -> Client {
    Client {
        id: ClientId::new(id).expect("id"),
        fields: ClientFields { name: name.to_owned(), ..ClientFields::default() },
        updated_at: Timestamp(1000),
        removed: None,
    }
}

/// The record and the event as the vault returns them.
fn changes_of(outcome: &Outcome, at: i64) -> Vec<Change> {
    let mut event = outcome.event.clone();
    event.timestamp = Timestamp(at);
    let record = outcome.record.as_ref().map(|write| MetadataRecord {
        metadata_hash: write.metadata_hash,
        matter: event.matter.clone(),
        original_name: write.original_name.clone(),
        last_modified: write.last_modified,
        file_hash: write.file_hash,
        size: write.size,
        folder_paths: write.folder_paths.clone(),
        storage_path: write.storage_path.clone(),
        uploaded_by: event.user.clone(),
        updated_at: Timestamp(at),
        revision: Some(Revision(at * 1_000_000 + 1)),
    });
    record.map(Change::Record).into_iter().chain([Change::Event(event)]).collect()
}

impl Subject {
    async fn apply(&self, changes: Vec<Change>) {
        let page = ChangePage { changes, cursor: Cursor("1".to_owned()), more: false };
        self.mirror.apply(&page).await.expect("apply");
    }

    /// A mirror that knows a user, `general`, a client and two matters.
    async fn furnished(&self) {
        let mut contract = matter("m1", "2024-001", "Contract review");
        contract.fields.client = Some(ClientId::new("c1").expect("id"));
        let mut closed = matter("m2", "2023-007", "Old dispute");
        closed.fields.status = MatterStatus::Closed;
        let person = person();
        self.apply(vec![
            Change::Person { user: person.user, display_name: person.display_name },
            Change::Client(client("c1", "ABC Corp")),
            Change::Matter(matter("general", "", "General")),
            Change::Matter(contract),
            Change::Matter(closed),
        ])
        .await;
    }
}
