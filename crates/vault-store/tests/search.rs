//! Finding by words.

mod common;

use common::*;
use proptest::prelude::*;
use vault_core::model::{Matter, Timestamp};
use vault_core::ports::{Change, Mirror as _};
use vault_store::CacheDb;

async fn names(cache: &CacheDb, text: &str) -> Vec<String> {
    let hits = cache.search(text, 10).await.expect("search");
    hits.records.into_iter().map(|record| record.original_name).collect()
}

async fn firm() -> (tempfile::TempDir, CacheDb) {
    let (home, cache) = cache().await;
    let mut abc = matter("m1", "2024-001", "Contract Review");
    abc.fields.client = Some(client("c1", "ABC Corp").id);
    let changes = vec![
        general(),
        Change::Client(client("c1", "ABC Corp")),
        Change::Client(client("c2", "Müller & Söhne")),
        Change::Matter(abc),
        Change::Matter(matter("m2", "2024-010", "Lease")),
        Change::Record(record("MSA_final-v2.pdf", "Discovery/Contracts 2023")),
        Change::Record(record("Résumé Müller.docx", "Straße")),
        Change::Record(record("contract.pdf", "Old")),
        Change::Record(record("Contract of sale.pdf", "Old")),
        Change::Record(record("Contracts list.xlsx", "Old")),
        Change::Record(record("notes.txt", "Contract")),
    ];
    cache.apply(&page(changes)).await.expect("apply");
    (home, cache)
}

#[tokio::test]
async fn words_are_found_by_their_beginning_without_case_or_diacritics() {
    let (_home, cache) = firm().await;
    for text in
        ["m", "msa", "MSA fin", "v2", "final msa", "discovery msa", "disc ms", "2023 msa v2 pdf", "contracts ms"]
    {
        let found = names(&cache, text).await;
        assert!(found.contains(&"MSA_final-v2.pdf".to_owned()), "{text}: {found:?}");
    }
    for text in ["resume", "RÉSUMÉ", "re\u{301}sume\u{301} mu", "muller", "müller", "strasse", "STRAßE resume"] {
        assert_eq!(names(&cache, text).await, ["Résumé Müller.docx"], "{text}");
    }
    assert_eq!(names(&cache, "zebra").await, [""; 0]);
    assert_eq!(names(&cache, "contract zebra").await, [""; 0]);
}

#[tokio::test]
async fn the_best_names_stand_first() {
    let (_home, cache) = firm().await;
    let expected = ["contract.pdf", "Contract of sale.pdf", "Contracts list.xlsx", "notes.txt", "MSA_final-v2.pdf"];
    assert_eq!(names(&cache, "contract").await, expected);
    for limit in 1..6 {
        let some = cache.search("contract", limit).await.expect("search").records;
        let some: Vec<_> = some.iter().map(|record| record.original_name.as_str()).collect();
        assert_eq!(some, expected[..limit.min(5)], "{limit}");
    }
    assert_eq!(cache.search("contract", 0).await, Ok(vault_core::ports::SearchHits::default()));
}

#[tokio::test]
async fn a_long_beginning_is_found_among_many_words_that_begin_the_same() {
    let (_home, cache) = cache().await;
    let rare = [record("Contracting authority.pdf", "x"), record("a.pdf", "Contractings")];
    let common = (0..400).map(|n| record(&format!("contractor {n}.pdf"), "Contractors/y"));
    cache.apply(&records(rare.into_iter().chain(common))).await.expect("apply");
    assert_eq!(names(&cache, "contracti").await, ["Contracting authority.pdf", "a.pdf"]);
    assert_eq!(names(&cache, "authority contracti").await, ["Contracting authority.pdf"]);
    assert_eq!(names(&cache, "contracto").await.len(), 10);
    assert_eq!(names(&cache, "contracto").await[0], "contractor 399.pdf");
}

#[tokio::test]
async fn matters_clients_and_folders_are_found() {
    let (_home, cache) = firm().await;
    let matters = async |text: &str| -> Vec<String> {
        let hits = cache.search(text, 10).await.expect("search");
        hits.matters.into_iter().map(|m| m.matter.id.to_string()).collect()
    };
    assert_eq!(matters("2024-0").await, ["m1", "m2"]);
    assert_eq!(matters("2024-01").await, ["m2"]);
    assert_eq!(matters("contract rev").await, ["m1"]);
    assert_eq!(matters("abc").await, ["m1"]);
    let hits = cache.search("muller s", 10).await.expect("search");
    assert_eq!(hits.clients.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c2"]);
    let folders = async |text: &str| -> Vec<String> {
        let hits = cache.search(text, 10).await.expect("search");
        hits.folders.into_iter().map(|folder| folder.path).collect()
    };
    assert_eq!(folders("disc").await, ["Discovery"]);
    assert_eq!(folders("contract").await, ["Contract", "Discovery/Contracts 2023"]);
    assert_eq!(folders("discovery 2023").await, ["Discovery/Contracts 2023"]);
}

#[tokio::test]
async fn removed_matters_are_not_searched_until_they_are_brought_back() {
    let (_home, cache) = firm().await;
    let gone = Matter { removed: Some(Timestamp(5)), updated_at: Timestamp(5), ..matter("general", "", "General") };
    cache.apply(&page(vec![Change::Matter(gone)])).await.expect("apply");
    let hits = cache.search("contract", 10).await.expect("search");
    assert_eq!((hits.records, hits.folders), (vec![], vec![]));
    let back = Matter { updated_at: Timestamp(6), ..matter("general", "", "General") };
    cache.apply(&page(vec![Change::Matter(back)])).await.expect("apply");
    assert_eq!(names(&cache, "contract").await.len(), 5);
}

#[tokio::test]
async fn nothing_that_is_typed_is_an_error() {
    let (_home, cache) = firm().await;
    for text in [
        "",
        " ",
        "\"",
        "*",
        "-",
        "^",
        "AND",
        "NOT",
        "contract AND",
        "a OR b",
        "NEAR(a b)",
        "name:x",
        "{a b}:c",
        "(",
        "'; DROP TABLE records; --",
        "\0",
        "%",
        "_",
        "\u{E000}",
        "हिन्दी",
        "漢字 かな",
        "📄",
        "a\u{0}b",
        "/",
        "/contract",
    ] {
        cache.search(text, 10).await.unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
    cache.search(&"contract ".repeat(5000), 10).await.expect("long");
    let many: Vec<String> = (0..400).map(|n| format!("w{n}")).collect();
    cache.search(&many.join(" "), 10).await.expect("many words");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// A record is found by every beginning of every word of its name.
    #[test]
    fn every_name_is_found_by_its_words(names in proptest::collection::btree_set("[a-zA-Z0-9äÖüßéñøŁЖя漢字한 ._&-]{1,24}", 1..8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            let (_home, cache) = cache().await;
            cache.apply(&records(names.iter().map(|name| record(name, "")))).await.expect("apply");
            for name in &names {
                for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    for (at, c) in word.char_indices() {
                        let typed = &word[..at + c.len_utf8()];
                        let hits = cache.search(typed, 100).await.expect("search").records;
                        assert!(hits.iter().any(|hit| hit.original_name == *name), "{name:?} by {typed:?}");
                    }
                }
            }
        });
    }
}
