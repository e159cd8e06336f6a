//! Folders and files of one drop with the same name.

use serde::Serialize;
use vault_core::model::PathText;
use vault_core::{Alike, SameName};

/// A name, and its folders or files.
#[derive(Debug, Serialize)]
pub(crate) struct SameNameJson {
    name: String,
    sources: Vec<AlikeJson>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AlikeJson {
    source: String,
    /// `folder` or `file`.
    kind: &'static str,
    restored_as: String,
}

impl From<&SameName> for SameNameJson {
    fn from(SameName { name, alike }: &SameName) -> Self {
        Self { name: name.text().to_owned(), sources: alike.iter().map(AlikeJson::from).collect() }
    }
}

impl From<&Alike> for AlikeJson {
    fn from(Alike { place, is_folder, restored_as }: &Alike) -> Self {
        Self {
            source: PathText::from_os(place.as_os_str()).to_string(),
            kind: if *is_folder { "folder" } else { "file" },
            restored_as: restored_as.text().to_owned(),
        }
    }
}
