//! Matters, clients, folders and search.

use vault_core::model::{Client, EventKind, FolderPaths, Matter, MatterStatus, Timestamp};
use vault_core::ports::{Change, FolderEntry, StatusFilter};

use super::{Subject, changes_of, client, folder, in_folder, matter, new_case};

/// Removed clients are listed separately.
pub async fn clients_are_listed_by_name(subject: &Subject) {
    let gone = Client { removed: Some(Timestamp(5)), ..client("c3", "Gone") };
    let all = [client("c1", "Zeta"), client("c2", "Alpha"), gone].map(Change::Client);
    subject.apply(all.to_vec()).await;
    let names = async |removed| {
        let listed = subject.again.clients(removed).await.expect("clients");
        listed.into_iter().map(|client| client.fields.name).collect::<Vec<_>>()
    };
    assert_eq!(names(false).await, ["Alpha", "Zeta"]);
    assert_eq!(names(true).await, ["Gone"]);
    let find = async |text| subject.again.find_client(text).await.expect("find").map(|found| found.fields.name);
    assert_eq!(find("aLPHA").await.as_deref(), Some("Alpha"));
    assert_eq!(find("c1").await.as_deref(), Some("Zeta"));
    assert_eq!(find("c3").await.as_deref(), Some("Gone"));
    assert_eq!(find("Gone").await, None);
}

/// `general` first; removed matters only on request.
pub async fn matters_are_listed_by_number_and_status(subject: &Subject) {
    subject.furnished().await;
    let gone = Matter { removed: Some(Timestamp(5)), ..matter("m3", "2022-001", "Gone") };
    subject.apply(vec![Change::Matter(gone)]).await;
    let ids = async |filter| {
        let listed = subject.again.matters(filter).await.expect("matters");
        listed.into_iter().map(|found| found.matter.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(StatusFilter::Present).await, ["general", "m2", "m1"]);
    assert_eq!(ids(StatusFilter::Only(MatterStatus::Closed)).await, ["m2"]);
    assert_eq!(ids(StatusFilter::Only(MatterStatus::Active)).await, ["general", "m1"]);
    assert_eq!(ids(StatusFilter::Removed).await, ["m3"]);
}

/// By id, or by number without case; with its client and what was filed to it.
pub async fn a_matter_is_found_by_id_or_number(subject: &Subject) {
    subject.furnished().await;
    subject.apply(vec![Change::Matter(matter("m4", "AbC-1", "Numbered"))]).await;
    let case = new_case();
    for (at, kind) in [(5000, EventKind::Success), (7000, EventKind::AlreadyStored), (9000, EventKind::Failed)] {
        subject.apply(changes_of(&case.file(kind, "Box"), at)).await;
    }
    for text in ["m1", "2024-001"] {
        let found = subject.again.find_matter(text).await.expect("find").expect("matter");
        assert_eq!(found.client_name.as_deref(), Some("ABC Corp"));
        assert_eq!((found.files, found.last_filed), (2, Some(Timestamp(7000))));
    }
    let found = subject.again.find_matter("aBc-1").await.expect("find").expect("matter");
    assert_eq!((found.files, found.last_filed, found.client_name), (0, None, None));
    assert_eq!(subject.again.find_matter("nothing").await, Ok(None));
}

/// In any spelling; a shared name finds every match, and an id only its own document.
pub async fn a_shared_name_or_number_finds_every_match(subject: &Subject) {
    let matters = [matter("m1", "Ä-7", "One"), matter("m2", "A\u{308}-7 ", "Two"), matter("m3", "m1", "Three")];
    let clients = [client("c1", "ABC Corp"), client("c2", "abc  corp"), client("c3", "Straße")];
    let gone = Client { removed: Some(Timestamp(5)), ..client("c4", "STRASSE") };
    subject.apply(matters.into_iter().map(Change::Matter).collect()).await;
    subject.apply(clients.into_iter().chain([gone]).map(Change::Client).collect()).await;
    let matters = async |text| {
        let called = subject.again.matters_called(text).await.expect("asked");
        called.into_iter().map(|found| found.matter.id.to_string()).collect::<Vec<_>>()
    };
    for text in ["ä-7", "Ä-7", " A\u{308}-7"] {
        assert_eq!(matters(text).await, ["m1", "m2"], "{text:?}");
        assert_eq!(subject.again.find_matter(text).await, Ok(None));
    }
    assert_eq!(matters("m1").await, ["m1"]);
    assert_eq!(matters("M1").await, ["m3"]);
    assert_eq!(matters("\u{200b} ").await, [""; 0]);
    let clients = async |text| {
        let called = subject.again.clients_called(text).await.expect("asked");
        called.into_iter().map(|found| found.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(clients("Abc corp").await, ["c1", "c2"]);
    assert_eq!(subject.again.find_client("Abc corp").await, Ok(None));
    assert_eq!(clients("strasse ").await, ["c3"]);
    assert_eq!(clients("c4").await, ["c4"]);
}

/// Each folder counts the documents in it and below.
pub async fn a_folder_shows_its_folders(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    for place in ["", "Box", "Box", "Box/2023", "Box/2023/May", "Other | one"] {
        subject.apply(changes_of(&case.file(EventKind::Success, place), 5000)).await;
    }
    let mut both = case.file(EventKind::Success, "Box/2023");
    both.record.as_mut().expect("record").folder_paths.merge("Other | one");
    subject.apply(changes_of(&both, 5000)).await;
    let shown = async |path: &str| subject.again.folders(&folder(path)).await.expect("folders");
    let named = |name: &str, files, has_folders| FolderEntry { name: name.to_owned(), files, has_folders };
    assert_eq!(shown("").await, [named("Box", 5, true), named("Other | one", 2, false)]);
    assert_eq!(shown("Box").await, [named("2023", 3, true)]);
    assert_eq!(shown("Box/2023").await, [named("May", 1, false)]);
    assert_eq!(shown("Other | one").await, []);
    assert_eq!(shown("Bo").await, []);
}

/// A longer path that replaced a shorter one replaces it here, too.
pub async fn a_moved_record_leaves_its_old_folder(subject: &Subject) {
    subject.furnished().await;
    let mut file = new_case().file(EventKind::Success, "2023");
    subject.apply(changes_of(&file, 5000)).await;
    file.record.as_mut().expect("record").folder_paths = FolderPaths::one("Box/2023");
    subject.apply(changes_of(&file, 6000)).await;
    let top = subject.again.folders(&folder("")).await.expect("folders");
    let names: Vec<_> = top.iter().map(|entry| (entry.name.as_str(), entry.files)).collect();
    assert_eq!(names, [("Box", 1)]);
    let listed = async |path| subject.again.list(&in_folder(path)).await.expect("list");
    assert_eq!(listed("2023").await, []);
    assert_eq!(listed("Box/2023").await, [file.event.metadata_hash]);
}

/// In names of clients, matters, folders and files. Every word may be a prefix, in any order; nothing the user types is
/// syntax.
pub async fn a_search_matches_prefixes_of_words(subject: &Subject) {
    subject.furnished().await;
    let case = new_case();
    let file = case.file_of("Müller (draft)", EventKind::Success, "Correspondence/Müller");
    subject.apply(changes_of(&file, 5000)).await;
    let search = async |text: &str| subject.again.search(text, 10).await.expect("search");
    assert_eq!(search("abc").await.clients.len(), 1);
    assert_eq!(search("2024").await.matters.len(), 1);
    assert_eq!(search("contr").await.matters.len(), 1);
    assert!(search("corresp").await.folders.contains(&folder("Correspondence")));
    for text in ["letter", "LETT", "müll", "draft lett", "letter.pdf", "lett dra", "corr lett"] {
        let hits = search(text).await;
        assert_eq!(hits.records.len(), 1, "{text}");
        assert_eq!(hits.records[0].file_hash, file.event.file_hash);
    }
    for text in ["etter", "nothing of the kind", ""] {
        assert_eq!(search(text).await.records.len(), 0, "{text}");
    }
    for text in ["\"", "*", "a\"b* OR NOT ( NEAR -", "'; --", "^", "col:x"] {
        search(text).await;
    }
}
