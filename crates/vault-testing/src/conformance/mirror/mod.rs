//! What [`Mirror`] promises.

mod browsing;
mod history;
mod listing;
mod taking_in;
mod waiting;

pub use browsing::*;
pub use history::*;
pub use listing::*;
pub use taking_in::*;
pub use waiting::*;

use std::sync::Arc;

use vault_core::model::{
    Client, ClientFields, ClientId, DeviceId, Matter, MatterFields, MatterId, MatterStatus, MetadataRecord, Revision,
    TeamId, Timestamp, UserId,
};
use vault_core::ports::{Change, ChangePage, Cursor, FolderKey, ListQuery, Mirror, Outcome, Person, SortBy};

use super::{Case, Keep};

/// An implementation to try, empty.
pub struct Subject {
    /// It.
    pub mirror: Arc<dyn Mirror>,
    /// The same, opened once more.
    pub again: Arc<dyn Mirror>,
    /// What it lives in.
    pub keep: Keep,
}

/// Makes the suite's checks tests of one implementation; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! mirror_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, mirror:
            an_empty_mirror_knows_nothing,
            changes_and_cursor_are_taken_in_together,
            known_changes_change_nothing,
            a_cleared_mirror_is_empty,
            clients_are_listed_by_name,
            matters_are_listed_by_number_and_status,
            a_matter_is_found_by_id_or_number,
            what_several_are_called_finds_them_all,
            a_folder_shows_its_folders,
            a_moved_record_leaves_its_old_folder,
            a_list_is_of_a_folder_or_of_all_below,
            a_list_stands_in_the_order_asked_for,
            a_list_is_narrowed_down_by_what_names_contain,
            a_record_is_listed_once,
            a_long_list_has_every_record,
            a_search_finds_beginnings_of_words,
            what_waits_is_shown_as_it_will_be,
            what_the_vault_has_lies_beneath,
            what_waits_is_found_and_counted_with_its_files,
            a_change_that_came_back_takes_the_place_of_what_waited,
            what_waits_can_be_shown_again_after_everything_was_forgotten,
            drops_are_told_newest_first,
            a_drop_without_summary_is_told_from_its_events,
            a_drop_that_took_the_id_of_another_is_kept_apart,
            a_drop_tells_how_many_files_were_interrupted,
            events_are_paged_and_filtered,
            a_document_is_all_that_is_known_of_a_content,
            known_content_is_told_with_its_places,
            where_several_documents_stood_is_told_at_once,
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

/// What stands directly in a folder of the matter `m1`, by name.
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

/// The record and the event as the vault tells of them.
fn told(outcome: &Outcome, at: i64) -> Vec<Change> {
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

    /// A mirror that knows a person, `general`, a client and two matters.
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
