//! Lists of records.

use vault_core::model::{EventKind, LastModified, MatterId, MetadataHash, MetadataRecord, PathText};
use vault_core::ports::{ListQuery, SortBy};

use super::{Subject, changes_of, folder, in_folder, new_case};
use crate::conformance::Case;

/// Name, length, modified time and folder of files; each is filed a second after the one before.
const FILES: [(&str, usize, i64, &str); 7] = [
    ("Exhibit 10.pdf", 10, 500, "Box"),
    ("exhibit 2.pdf", 30, 400, "Box"),
    ("Übersicht.docx", 20, 300, "Box/2023"),
    ("Letter.pdf", 10, 200, "Box/2023/Letters"),
    ("letter.pdf", 10, 200, "Boxes"),
    ("Letter.pdf", 40, -200, ""),
    ("a.txt", 0, 0, "Other | one"),
];

async fn filed(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    for ((name, length, modified, place), at) in FILES.into_iter().zip((5000..).step_by(1000)) {
        let content = format!("{place:<length$}");
        let (name, modified) = (PathText::plain(name), LastModified(modified));
        let file = case.file_called(name, &content.as_bytes()[..length], modified, EventKind::Success, place);
        subject.apply(changes_of(&file, at)).await;
    }
    let other = Case::new(&case.person, &MatterId::general()).file(EventKind::Success, "Box");
    subject.apply(changes_of(&other, 5000)).await;
}

async fn ids(subject: &Subject, query: &ListQuery) -> Vec<MetadataHash> {
    subject.again.list(query).await.expect("list")
}

async fn rows(subject: &Subject, query: &ListQuery) -> Vec<MetadataRecord> {
    let ids = ids(subject, query).await;
    let rows = subject.again.records(&query.folder.matter, &ids).await.expect("records");
    assert_eq!(rows.iter().map(|row| row.metadata_hash).collect::<Vec<_>>(), ids);
    rows
}

async fn names(subject: &Subject, query: &ListQuery) -> Vec<String> {
    rows(subject, query).await.into_iter().map(|row| row.original_name).collect()
}

/// Directly in a folder, or in its subtree; the whole matter from its root, and nothing of another one.
pub async fn a_list_covers_a_folder_or_its_whole_subtree(subject: &Subject) {
    filed(subject).await;
    let shallow = async |path| names(subject, &in_folder(path)).await;
    let deep = async |path| names(subject, &ListQuery { deep: true, ..in_folder(path) }).await;
    assert_eq!(shallow("").await, ["Letter.pdf"]);
    assert_eq!(shallow("Box").await, ["exhibit 2.pdf", "Exhibit 10.pdf"]);
    assert_eq!(deep("Box").await, ["exhibit 2.pdf", "Exhibit 10.pdf", "Letter.pdf", "Übersicht.docx"]);
    assert_eq!(deep("Box/2023").await, ["Letter.pdf", "Übersicht.docx"]);
    assert_eq!(deep("").await.len(), FILES.len());
    for nowhere in ["Bo", "Box/2024", "2023"] {
        assert_eq!(deep(nowhere).await, Vec::<String>::new(), "{nowhere}");
    }
    let unknown = MatterId::new("nothing").expect("id");
    let query =
        ListQuery { folder: vault_core::ports::FolderKey { matter: unknown, path: String::new() }, ..in_folder("") };
    assert_eq!(ids(subject, &query).await, []);
}

/// By each property, in both directions; equal rows by name, and equal names in order of arrival.
pub async fn a_list_is_in_the_requested_order(subject: &Subject) {
    filed(subject).await;
    let sorted = async |sort, descending| {
        let rows = rows(subject, &ListQuery { deep: true, sort, descending, ..in_folder("") }).await;
        let place = |row: &MetadataRecord| {
            let is =
                |at: &usize| FILES[*at].0 == row.original_name && row.folder_paths.iter().any(|p| p == FILES[*at].3);
            (0..FILES.len()).find(is).expect("filed")
        };
        rows.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(sorted(SortBy::Name, false).await, [6, 1, 0, 3, 4, 5, 2]);
    assert_eq!(sorted(SortBy::Name, true).await, [2, 3, 4, 5, 0, 1, 6]);
    assert_eq!(sorted(SortBy::Modified, false).await, [5, 6, 3, 4, 2, 1, 0]);
    assert_eq!(sorted(SortBy::Modified, true).await, [0, 1, 2, 3, 4, 6, 5]);
    assert_eq!(sorted(SortBy::Size, false).await, [6, 0, 3, 4, 2, 1, 5]);
    assert_eq!(sorted(SortBy::Size, true).await, [5, 1, 2, 0, 3, 4, 6]);
    assert_eq!(sorted(SortBy::Filed, false).await, [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(sorted(SortBy::Filed, true).await, [6, 5, 4, 3, 2, 1, 0]);
}

/// Any part of a name, or of the path below the folder; nothing the user types is syntax.
pub async fn a_list_is_filtered_by_parts_of_names(subject: &Subject) {
    filed(subject).await;
    let narrowed = async |path: &str, deep, containing: &str| {
        names(subject, &ListQuery { deep, containing: containing.to_owned(), ..in_folder(path) }).await.len()
    };
    assert_eq!(narrowed("", true, "etter").await, 3);
    assert_eq!(narrowed("", true, "LETTER.P").await, 3);
    assert_eq!(narrowed("", true, "ÜBER").await, 1);
    assert_eq!(narrowed("", true, "box").await, 5);
    assert_eq!(narrowed("", true, "er | o").await, 1);
    assert_eq!(narrowed("", true, "2023/let").await, 1);
    // The folder that is listed is not part of the search.
    assert_eq!(narrowed("Box", true, "box").await, 0);
    assert_eq!(narrowed("Box", true, "2023").await, 2);
    assert_eq!(narrowed("Box", false, "2").await, 1);
    for nothing in ["%", "_", "*", "'; --", "[a-z]", "\\", "nothing of the kind"] {
        assert_eq!(narrowed("", true, nothing).await, 0, "{nothing}");
    }
}

/// A record in several folders of a list is listed once.
pub async fn a_record_is_listed_once(subject: &Subject) {
    subject.furnished().await;
    let mut file = new_case().file(EventKind::Success, "Box/2023");
    let paths = &mut file.record.as_mut().expect("record").folder_paths;
    paths.merge("Box/Copies");
    paths.merge("Other");
    subject.apply(changes_of(&file, 5000)).await;
    for path in ["", "Box", "Box/Copies", "Other"] {
        assert_eq!(ids(subject, &ListQuery { deep: true, ..in_folder(path) }).await, [file.event.metadata_hash]);
    }
}

/// However many there are, each once; rows in any requested order.
pub async fn a_long_list_has_every_record(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let mut expected = Vec::new();
    for at in 0..3 {
        let files: Vec<_> =
            (0..3500).map(|n| case.file_of(&format!("{}", n * 3 + at), EventKind::Success, "Box")).collect();
        expected.extend(files.iter().map(|file| file.event.metadata_hash));
        subject.apply(files.iter().flat_map(|file| changes_of(file, 5000)).collect()).await;
    }
    let names = |rows: Vec<MetadataRecord>| rows.into_iter().map(|row| row.original_name).collect::<Vec<_>>();
    let listed = ids(subject, &in_folder("Box")).await;
    assert_eq!(listed.len(), expected.len());
    let window = subject.again.records(&case.matter, &listed[8190..8195]).await.expect("records");
    assert_eq!(names(window), (8190..8195).map(|n| format!("Letter {n}.PDF")).collect::<Vec<_>>());
    let backwards: Vec<_> = listed[..3].iter().rev().copied().collect();
    let window = subject.again.records(&case.matter, &backwards).await.expect("records");
    assert_eq!(names(window), ["Letter 2.PDF", "Letter 1.PDF", "Letter 0.PDF"]);
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(subject.again.records(&folder("").matter, &[]).await, Ok(vec![]));
    assert_eq!(subject.again.records(&MatterId::general(), &listed[..3]).await, Ok(vec![]));
}
