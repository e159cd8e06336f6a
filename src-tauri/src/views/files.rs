//! The files of a matter: folders, and a list that is read window by window however long it is.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::model::{InvalidId, MatterId, MetadataRecord};
use vault_core::ports::{FolderEntry, FolderKey, ListQuery, SortBy};

/// Which documents to list, and how.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FilesQuery {
    /// The matter.
    pub(crate) matter: String,
    /// The folder, `/`-separated; empty for the top.
    pub(crate) folder: String,
    /// Whether the documents in the folders below are listed too.
    pub(crate) deep: bool,
    /// Only documents whose name or folder contains this, without regard to case; empty for all.
    pub(crate) filter: String,
    /// By what to sort.
    pub(crate) sort: SortKey,
    /// The other way round.
    pub(crate) descending: bool,
}

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SortKey {
    /// Name, without regard to case.
    Name,
    /// Modified time.
    Modified,
    /// Length.
    Size,
    /// When it was filed.
    Filed,
}

/// A list of documents as it was when it was asked for; its rows are read with `file_rows`.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FilesListing {
    /// By what to ask for its rows. The program keeps the latest few.
    pub(crate) id: u32,
    /// Documents in it.
    pub(crate) total: u64,
    /// The folders directly in the folder, by name; with a filter, none.
    pub(crate) folders: Vec<FolderView>,
}

/// A folder of a matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderView {
    /// Its name.
    pub(crate) name: String,
    /// Its whole path.
    pub(crate) path: String,
    /// Documents in it and in the folders below.
    pub(crate) files: u64,
    /// Whether there are folders in it.
    pub(crate) has_folders: bool,
}

/// A document in a list: one name, time and content of a matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileRow {
    /// Identity in its matter (the metadata hash).
    pub(crate) id: String,
    /// The matter it is in.
    pub(crate) matter: String,
    /// Hash of its content: what the document panel opens.
    pub(crate) content: String,
    /// Its name.
    pub(crate) name: String,
    /// The folders it was filed from, as kept on the record; an empty one for none.
    pub(crate) folders: Vec<String>,
    /// Length in bytes.
    pub(crate) size: u64,
    /// When it was last modified.
    pub(crate) modified: i64,
    /// When it was filed last.
    pub(crate) filed: i64,
}

impl From<MetadataRecord> for FileRow {
    fn from(record: MetadataRecord) -> Self {
        let MetadataRecord {
            metadata_hash,
            matter,
            original_name,
            last_modified,
            file_hash,
            size,
            folder_paths,
            storage_path: _,
            uploaded_by: _,
            updated_at,
            revision: _,
        } = record;
        Self {
            id: metadata_hash.to_string(),
            matter: matter.to_string(),
            content: file_hash.to_string(),
            name: original_name,
            folders: folder_paths.iter().map(str::to_owned).collect(),
            size,
            modified: last_modified.0,
            filed: updated_at.0,
        }
    }
}

impl TryFrom<FilesQuery> for ListQuery {
    type Error = InvalidId;

    fn try_from(query: FilesQuery) -> Result<Self, InvalidId> {
        let FilesQuery { matter, folder, deep, filter, sort, descending } = query;
        let sort = match sort {
            SortKey::Name => SortBy::Name,
            SortKey::Modified => SortBy::Modified,
            SortKey::Size => SortBy::Size,
            SortKey::Filed => SortBy::Filed,
        };
        let folder = FolderKey { matter: MatterId::new(matter)?, path: folder };
        Ok(Self { folder, deep, containing: filter.trim().to_owned(), sort, descending })
    }
}

impl FolderView {
    /// A folder that stands in the one at `parent`.
    pub(crate) fn of(entry: FolderEntry, parent: &str) -> Self {
        let FolderEntry { name, files, has_folders } = entry;
        let path = if parent.is_empty() { name.clone() } else { format!("{parent}/{name}") };
        Self { name, path, files, has_folders }
    }
}

#[cfg(test)]
mod tests {
    use vault_core::model::{DropId, EventKind};

    use super::*;
    use crate::testing::Place;
    use crate::views::{DropView, EventView, Names};

    fn query(folder: &str, deep: bool, filter: &str) -> ListQuery {
        FilesQuery {
            matter: "general".into(),
            folder: folder.into(),
            deep,
            filter: filter.into(),
            sort: SortKey::Name,
            descending: false,
        }
        .try_into()
        .unwrap()
    }

    #[tokio::test]
    async fn a_folder_that_was_filed_is_listed_and_has_its_history() {
        let place = Place::new().await;
        place.file(&[("a.txt", "one"), ("Letters/b.txt", "two"), ("Letters/Old/c.txt", "three")]).await;
        let mirror = &place.vault.mirror;

        let inside = mirror.folders(&query("Box", false, "").folder).await.unwrap();
        let folder = FolderView::of(inside.into_iter().next().unwrap(), "Box");
        assert_eq!((folder.path.as_str(), folder.files, folder.has_folders), ("Box/Letters", 2, true));

        let ids = mirror.list(&query("", true, " B.TXT ")).await.unwrap();
        let rows = mirror.records(&MatterId::general(), &ids).await.unwrap();
        let row = FileRow::from(rows.into_iter().next().unwrap());
        assert_eq!((row.name.as_str(), row.size, ids.len()), ("b.txt", 3, 1));
        assert_eq!(row.folders, ["Box/Letters"]);

        let mut names = Names::new(&place.vault);
        let page = mirror.drops(None, None, 10).await.unwrap();
        let drop = DropView::of(page.drops.into_iter().next().unwrap(), &place.vault, &mut names).await.unwrap();
        assert_eq!((drop.names.as_slice(), drop.stored, drop.here), (["Box".to_owned()].as_slice(), 3, true));
        let id: DropId = drop.id.parse().unwrap();
        let events = mirror.drop_events(id, &[EventKind::Success], None, 10).await.unwrap();
        let events = EventView::all(events.events, &events.sources, &mut names).await.unwrap();
        assert_eq!(events.len(), 3);
        assert!(events.iter().any(|event| event.folder == "Box/Letters/Old" && event.person == drop.person));
        assert!(events.iter().all(|event| event.source.as_ref() == drop.places.first()));
    }
}
