//! Search by words.

use crate::common::*;
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
async fn the_best_names_come_first() {
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
async fn a_long_prefix_is_found_among_many_words_with_the_same_start() {
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
    // Leading zeros make no difference, but an exact prefix comes first.
    assert_eq!(matters("2024-01").await, ["m2", "m1"]);
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

/// The search text, and the names it finds, the best first.
async fn finds(stored: &[&str], asked: &[(&str, &[&str])]) {
    let (_home, cache) = cache().await;
    cache.apply(&records(stored.iter().map(|name| record(name, "")))).await.expect("apply");
    for (text, expected) in asked {
        assert_eq!(names(&cache, text).await, *expected, "{text}");
    }
}

#[tokio::test]
async fn names_are_found_in_common_spellings() {
    finds(
        &[
            "Müller.pdf",
            "Mueller.pdf",
            "Muller.pdf",
            "Grüße.txt",
            "Gruesse.txt",
            "Manuel.pdf",
            "Åse.pdf",
            "O'Neill.pdf",
            "ONeill.pdf",
            "O\u{2019}Neill.pdf",
            "ＦＡＸ.pdf",
        ],
        &[
            ("Mueller", &["Mueller.pdf", "Müller.pdf"]),
            ("muel", &["Mueller.pdf", "Müller.pdf"]),
            ("Müller", &["Muller.pdf", "Müller.pdf", "Mueller.pdf"]),
            ("muller", &["Muller.pdf", "Müller.pdf"]),
            ("Gruesse", &["Gruesse.txt", "Grüße.txt"]),
            ("Grüße", &["Grüße.txt", "Gruesse.txt"]),
            ("grusse", &["Grüße.txt"]),
            ("manul", &[]),
            ("Aase", &["Åse.pdf"]),
            ("oneill", &["ONeill.pdf", "O\u{2019}Neill.pdf", "O'Neill.pdf"]),
            ("O'Neill", &["O\u{2019}Neill.pdf", "O'Neill.pdf", "ONeill.pdf"]),
            ("o neill", &["O\u{2019}Neill.pdf", "O'Neill.pdf", "ONeill.pdf"]),
            ("fax", &["ＦＡＸ.pdf"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn words_are_found_inside_of_words_after_all_others() {
    finds(
        &[
            "MSA2024final.pdf",
            "SmithVsJones.pdf",
            "Jones.pdf",
            "Jonestown.pdf",
            "2024.txt",
            "20240315 note.txt",
            "Plan 2025.txt",
            "HTMLParser.txt",
            "Cyclones.txt",
        ],
        &[
            ("2024", &["2024.txt", "20240315 note.txt", "MSA2024final.pdf"]),
            ("Jones", &["Jones.pdf", "Jonestown.pdf", "SmithVsJones.pdf"]),
            ("final", &["MSA2024final.pdf"]),
            ("parser", &["HTMLParser.txt"]),
            ("ones", &[]),
            ("msa final", &["MSA2024final.pdf"]),
            ("jones smith", &["SmithVsJones.pdf"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn numbers_are_found_by_their_ends_and_without_zeros_or_hyphens() {
    finds(
        &[
            "NW0004321.tif",
            "NW-0000815.tif",
            "Exhibit 12-345.pdf",
            "Exhibit 003.pdf",
            "ABC1007777.tif",
            "2024-03-15 Mueller.pdf",
            "MSA 2024.pdf",
        ],
        &[
            ("4321", &["NW0004321.tif"]),
            ("0004321", &["NW0004321.tif"]),
            ("nw4321", &["NW0004321.tif"]),
            ("NW 4321", &["NW0004321.tif"]),
            ("nw04321", &["NW0004321.tif"]),
            ("321", &["NW0004321.tif"]),
            ("nw815", &["NW-0000815.tif"]),
            ("NW0000815", &["NW-0000815.tif"]),
            ("7777", &["ABC1007777.tif"]),
            ("12-345", &["Exhibit 12-345.pdf"]),
            ("12345", &["Exhibit 12-345.pdf"]),
            ("exhibit 3", &["Exhibit 003.pdf", "Exhibit 12-345.pdf"]),
            ("exhibit 03", &["Exhibit 003.pdf"]),
            ("20240315", &["2024-03-15 Mueller.pdf"]),
            ("müller 2024", &["2024-03-15 Mueller.pdf"]),
            ("MSA2024", &["MSA 2024.pdf"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn scripts_without_spaces_and_articles_are_no_obstacle() {
    finds(
        &[
            "关于服务的合同书.pdf",
            "النور.pdf",
            "والعقد.pdf",
            "임대계약서.pdf",
            "สัญญาเช่า.pdf",
            "契約書サービス.pdf",
            "同合.pdf",
        ],
        &[
            ("合同", &["关于服务的合同书.pdf"]),
            ("服务 合同", &["关于服务的合同书.pdf"]),
            ("同合", &["同合.pdf"]),
            ("نور", &["النور.pdf"]),
            ("النور", &["النور.pdf"]),
            ("عقد", &["والعقد.pdf"]),
            ("계약", &["임대계약서.pdf"]),
            ("เช่า", &["สัญญาเช่า.pdf"]),
            ("サービス", &["契約書サービス.pdf"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn folders_matters_and_clients_are_found_as_names_are() {
    let (_home, cache) = cache().await;
    let changes = vec![
        general(),
        Change::Client(client("c1", "Grüße & O'Neill")),
        Change::Matter(matter("m1", "2024-001", "SmithVsJones")),
        Change::Record(record("a.pdf", "Box/NW0004321")),
        Change::Record(record("b.pdf", "Jonestown")),
    ];
    cache.apply(&page(changes)).await.expect("apply");
    let hits = async |text| cache.search(text, 10).await.expect("search");
    for text in ["gruesse", "oneill"] {
        assert_eq!(hits(text).await.clients.len(), 1, "{text}");
    }
    for text in ["jones", "2024001", "smith jones"] {
        assert_eq!(hits(text).await.matters.len(), 1, "{text}");
    }
    let found = hits("4321").await;
    assert_eq!(found.folders.into_iter().map(|folder| folder.path).collect::<Vec<_>>(), ["Box/NW0004321"]);
    assert_eq!(found.records.into_iter().map(|record| record.original_name).collect::<Vec<_>>(), ["a.pdf"]);
}

#[tokio::test]
async fn names_indexed_by_an_older_version_are_found_in_todays_spellings() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("cache.db");
    std::fs::write(&file, include_bytes!("../data/cache-4.db")).expect("the cache of version 0.1.0");
    let cache = CacheDb::open(&file).await.expect("cache");
    for (text, name) in [("Mueller", "Müller.txt"), ("4321", "NW0004321.txt"), ("box nw4321", "NW0004321.txt")] {
        assert_eq!(names(&cache, text).await, [name], "{text}");
    }
    let folders = cache.search("box", 10).await.expect("search").folders;
    assert_eq!(folders.into_iter().map(|folder| folder.path).collect::<Vec<_>>(), ["box"]);
}

/// The search text, split between letters and digits, and before each capital.
fn parts(typed: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for c in typed.chars() {
        match (parts.last_mut(), last) {
            (Some(part), Some(before)) if !c.is_uppercase() && c.is_ascii_digit() == char::is_ascii_digit(&before) => {
                part.push(c);
            }
            _ => parts.push(c.to_string()),
        }
        last = Some(c);
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Every hit contains every part of the search text, in any spelling. Parts end between letters and
    /// digits, and before a capital.
    #[test]
    fn nothing_unrelated_is_found(
        names in proptest::collection::btree_set("[a-cA-C0-3äÖß'-]{1,10}", 1..12),
        typed in "[a-cA-C0-3äÖß]{2,4}",
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            let (_home, cache) = cache().await;
            cache.apply(&records(names.iter().map(|name| record(name, "")))).await.expect("apply");
            let plain = |text: &str| {
                let long = text.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ß', "ss");
                long.replace("ae", "a").replace("oe", "o").replace(['0', '\'', '-'], "")
            };
            for hit in cache.search(&typed, 100).await.expect("search").records {
                for part in parts(&typed) {
                    let name = plain(&hit.original_name);
                    prop_assert!(name.contains(&plain(&part)), "{:?} by {typed:?}", hit.original_name);
                }
            }
            Ok(())
        })?;
    }

    /// A record is found by every prefix of every word of its name.
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
