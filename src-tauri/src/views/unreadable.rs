//! Documents of the firm's vault that cannot be read, and were set aside.

use serde::Serialize;
use specta::Type;
use vault_core::ports::Unreadable;

/// Entries that are shown at most: whoever may write to the vault past its rules can write any number.
const SHOWN: usize = 1000;

/// The entries of the firm's vault that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "UnreadableEntries")]
pub(crate) struct UnreadableListView {
    /// How many there are.
    pub(crate) count: u32,
    /// The first of them, by their paths.
    pub(crate) first: Vec<UnreadableView>,
}

/// An entry of the firm's vault that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "UnreadableEntry")]
pub(crate) struct UnreadableView {
    /// Where it stands in the firm's vault, for whoever looks after that. It may be anything.
    pub(crate) path: String,
    /// What it is an entry of.
    pub(crate) what: UnreadableOf,
    /// What is wrong with it: a sentence in English, where the page has none of its own.
    pub(crate) reason: String,
}

/// What an entry is, as its path says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum UnreadableOf {
    /// A client.
    Client {
        /// Which.
        id: String,
    },
    /// A matter.
    Matter {
        /// Which.
        id: String,
    },
    /// A document of a matter.
    Document {
        /// The matter.
        matter: String,
    },
    /// An event in the history of a matter.
    Event {
        /// The matter.
        matter: String,
    },
    /// A drop on a matter.
    Drop {
        /// The matter.
        matter: String,
    },
    /// What a person is called.
    Person,
    /// Nothing Strongroom knows.
    Other,
}

impl UnreadableListView {
    /// Of all there are.
    pub(crate) fn of(all: Vec<Unreadable>) -> Self {
        Self { count: how_many(&all), first: all.into_iter().take(SHOWN).map(Into::into).collect() }
    }
}

/// How many there are.
pub(crate) fn how_many(all: &[Unreadable]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

impl From<Unreadable> for UnreadableView {
    fn from(Unreadable { document, reason }: Unreadable) -> Self {
        Self { what: UnreadableOf::at(&document), path: document, reason }
    }
}

impl UnreadableOf {
    /// What stands at such a path below the team's, as `Change::document` gives it.
    fn at(path: &str) -> Self {
        let segments: Vec<&str> = path.split('/').collect();
        match segments[..] {
            ["clients", id] => Self::Client { id: id.to_owned() },
            ["matters", id] => Self::Matter { id: id.to_owned() },
            ["matters", matter, "metadata", _] => Self::Document { matter: matter.to_owned() },
            ["matters", matter, "uploadEvents", _] => Self::Event { matter: matter.to_owned() },
            ["matters", matter, "drops", _] => Self::Drop { matter: matter.to_owned() },
            ["userInfo", _] => Self::Person,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_unreadable_document_decides_its_kind() {
        let (matter, id) = ("m-1".to_owned(), "abc".to_owned());
        assert_eq!(UnreadableOf::at("clients/abc"), UnreadableOf::Client { id });
        assert_eq!(UnreadableOf::at("matters/m-1"), UnreadableOf::Matter { id: matter.clone() });
        assert_eq!(UnreadableOf::at("matters/m-1/metadata/0f"), UnreadableOf::Document { matter: matter.clone() });
        assert_eq!(UnreadableOf::at("matters/m-1/uploadEvents/e"), UnreadableOf::Event { matter: matter.clone() });
        assert_eq!(UnreadableOf::at("matters/m-1/drops/d"), UnreadableOf::Drop { matter });
        assert_eq!(UnreadableOf::at("userInfo/ann"), UnreadableOf::Person);
        for other in ["", "clients", "clients/a/b", "matters/m-1/drops", "matters/m-1/notes/n", "matters/m/drops/d/x"] {
            assert_eq!(UnreadableOf::at(other), UnreadableOf::Other, "{other}");
        }
    }

    #[test]
    fn all_unreadable_documents_are_counted_and_the_first_are_shown() {
        let all = (0..SHOWN + 7).map(|n| Unreadable { document: format!("clients/{n}"), reason: "No name.".into() });
        let list = UnreadableListView::of(all.collect());
        assert_eq!((list.count as usize, list.first.len()), (SHOWN + 7, SHOWN));
        assert_eq!((list.first[0].path.as_str(), list.first[0].reason.as_str()), ("clients/0", "No name."));
    }
}
