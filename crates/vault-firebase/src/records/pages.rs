//! Splits a drop's sources and folders into pages that the rules accept as one document.

use vault_core::model::{DropFolder, DropSummary};

use super::wire::folder_value;
use crate::firestore::text;
use crate::firestore::wire::Value;

/// Size limit of a list of folders or sources in one document, in bytes on the wire: small enough that a history of
/// drops stays cheap to read.
const MOST_BYTES: usize = 300_000;

/// The rules' limit for folders in one document.
const MOST_FOLDERS: usize = 10_000;

/// The rules' limit for sources in one document: every local copy stores each of them.
const MOST_SOURCES: usize = 1000;

/// The rules' limit for pages of sources. Sources beyond it are not stored.
const MOST_SOURCE_PAGES: usize = 100;

/// A list split into one part per document: the first, and the others.
pub(super) type Pages = (Vec<Value>, Vec<Vec<Value>>);

/// The sources in wire form, without the separator that the rules use to check them.
pub(super) fn source_pages(summary: &DropSummary) -> Pages {
    let sources = summary.sources.iter().map(|source| text(source.replace("\n/\n", "/")));
    let (first, mut further) = in_pages(sources, MOST_SOURCES);
    further.truncate(MOST_SOURCE_PAGES);
    (first, further)
}

/// The folders in wire form.
pub(super) fn folder_pages(folders: &[DropFolder]) -> Pages {
    in_pages(folders.iter().map(folder_value), MOST_FOLDERS)
}

fn in_pages(values: impl Iterator<Item = Value>, most: usize) -> Pages {
    use prost::Message as _;
    let (mut pages, mut page, mut bytes) = (Vec::new(), Vec::new(), 0);
    for value in values {
        let size = value.encoded_len() + 8;
        if (bytes + size > MOST_BYTES || page.len() >= most) && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            bytes = 0;
        }
        bytes += size;
        page.push(value);
    }
    if pages.is_empty() {
        return (page, Vec::new());
    }
    pages.push(page);
    let further = pages.split_off(1);
    (pages.pop().unwrap_or_default(), further)
}

#[cfg(test)]
mod tests {
    use vault_core::model::{DeviceId, DropCounts, LastModified, MatterId, PathText, Timestamp, UserId};

    use super::*;

    #[test]
    fn a_million_folders_are_split_into_pages_that_fit() {
        use prost::Message as _;
        let folder = |n: u32| DropFolder {
            path: PathText::plain(format!("Box/{n}/{}", "deep/".repeat(20))),
            source: Some(n),
            last_modified: LastModified(n.into()),
        };
        let folders: Vec<DropFolder> = (0..20_000).map(folder).collect();
        let (first, further) = folder_pages(&folders);
        assert!(further.len() > 5);
        let mut paged = Vec::new();
        for page in std::iter::once(first).chain(further) {
            assert!(crate::firestore::array(page.clone()).encoded_len() < 400_000);
            paged.extend(page);
        }
        assert_eq!(paged, folders.iter().map(folder_value).collect::<Vec<_>>());
        assert_eq!(folder_pages(&[]), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_page_has_as_many_sources_as_the_rules_accept() {
        let pages = |count: usize| {
            let (first, further) = source_pages(&dropped((0..count).map(|n| format!("/{n}")).collect()));
            std::iter::once(first).chain(further).map(|page| page.len()).collect::<Vec<_>>()
        };
        assert_eq!(pages(0), [0]);
        assert_eq!(pages(1000), [1000]);
        assert_eq!(pages(2001), [1000, 1000, 1]);
        assert_eq!(pages(150_000), [1000; 101]);
        let rules = include_str!("../../../../firebase/firestore.rules");
        for limit in ["list.size() <= 1000\n", "list.size() <= 10000;", "ofSources <= 100;"] {
            assert!(rules.contains(limit), "{limit}");
        }
    }

    fn dropped(sources: Vec<String>) -> DropSummary {
        DropSummary {
            id: "01900000-0000-7000-8000-000000000001".parse().expect("an id"),
            matter: MatterId::general(),
            user: UserId::new("ann").expect("an id"),
            device: DeviceId::new("desk").expect("an id"),
            sources,
            started: Timestamp(0),
            finished: None,
            counts: DropCounts::default(),
        }
    }
}
