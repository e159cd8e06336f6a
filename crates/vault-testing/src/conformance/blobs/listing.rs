//! Listing.

use vault_core::model::MatterId;
use vault_core::ports::{ListedBlob, Put};

use super::{Subject, noise};

fn path_text(blob: &ListedBlob) -> String {
    blob.path.as_ref().map_or_else(Clone::clone, ToString::to_string)
}

async fn paged(subject: &Subject, limit: usize) -> Vec<ListedBlob> {
    let mut all: Vec<ListedBlob> = Vec::new();
    loop {
        let after = all.last().map(path_text);
        let page = subject.blobs.list(after.as_deref(), limit).await.expect("list");
        assert!(page.len() <= limit);
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Everything that is stored, in order of path as text, for any size of the pages.
pub async fn a_listing_contains_everything_once(subject: &Subject) {
    assert_eq!(paged(subject, 10).await, []);
    let files = subject.files();
    let mut puts: Vec<Put> = Vec::new();
    // As text `a-b/` sorts before `a/`, though the name `a` sorts before `a-b`.
    for (at, matter) in (0..).zip(["a", "a-b", "a.b", "general", "a_b"]) {
        let matter = MatterId::new(matter).expect("id");
        puts.extend((0..7).map(|n| files.file_to(&matter, &format!("{at}-{n}.pdf"), &noise(at, n))));
    }
    subject.put(&puts).await;
    let mut expected: Vec<(String, u64)> = puts.iter().map(|put| (put.blob.path.to_string(), put.blob.size)).collect();
    expected.sort();
    expected.dedup();
    for limit in [1, 3, 7, 8, 1000] {
        let listed: Vec<_> = paged(subject, limit).await.iter().map(|blob| (path_text(blob), blob.size)).collect();
        assert_eq!(listed, expected, "{limit} a page");
    }
}

/// A name that is not a content path is listed unchanged.
pub async fn a_listing_names_foreign_files(subject: &Subject) {
    let files = subject.files();
    let put = files.file("a.pdf", b"ours");
    subject.put(std::slice::from_ref(&put)).await;
    let folder = put.blob.path.folder();
    for name in ["0123.pdf", "README", "zzz"] {
        (subject.tamper)(&format!("{folder}/{name}"), Some(b"not ours"));
    }
    let listed = paged(subject, 2).await;
    let (ours, others): (Vec<_>, Vec<_>) = listed.into_iter().partition(|blob| blob.path.is_ok());
    assert_eq!(ours.len(), 1);
    let names: Vec<_> = others.iter().map(path_text).collect();
    assert_eq!(names, ["0123.pdf", "README", "zzz"].map(|name| format!("{folder}/{name}")));
}
