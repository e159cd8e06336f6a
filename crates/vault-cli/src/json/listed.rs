//! Files with a reason each.

use serde::Serialize;
use vault_core::model::PathText;
use vault_core::restore::{OtherTime, Renamed, RestoreProblem};

use crate::format::rfc3339;
use crate::lists::{Listed, Waits};

/// `{path, reason}`; with the exact bytes in hexadecimal digits where the path is not UTF-8.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListedJson {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    reason: String,
}

impl From<&Listed> for ListedJson {
    fn from(Listed { path, reason }: &Listed) -> Self {
        Self { path: path.text().to_owned(), path_bytes: bytes(path), reason: reason.clone() }
    }
}

impl From<&RestoreProblem> for ListedJson {
    fn from(RestoreProblem { path, reason }: &RestoreProblem) -> Self {
        Self { path: path.text().to_owned(), path_bytes: bytes(path), reason: reason.clone() }
    }
}

/// A file that waits: as [`ListedJson`], and when it is retried.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WaitsJson {
    #[serde(flatten)]
    listed: ListedJson,
    until: String,
}

impl From<&Waits> for WaitsJson {
    fn from(Waits { listed, until }: &Waits) -> Self {
        Self { listed: listed.into(), until: rfc3339(*until) }
    }
}

/// A file that was renamed after it was received.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenamedJson {
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_bytes: Option<String>,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_bytes: Option<String>,
    /// Its original path, if it was renamed because another file or folder had been dropped under its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl From<&Renamed> for RenamedJson {
    fn from(Renamed { from, to, source }: &Renamed) -> Self {
        let (from_bytes, to_bytes) = (bytes(from), bytes(to));
        let (from, to) = (from.text().to_owned(), to.text().to_owned());
        Self { from, from_bytes, to, to_bytes, source: source.clone() }
    }
}

/// A file with another time than the received one.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OtherTimeJson {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    /// Milliseconds since 1970, as `lastModified` is.
    received: i64,
    restored: i64,
}

impl From<&OtherTime> for OtherTimeJson {
    fn from(OtherTime { path, received, restored }: &OtherTime) -> Self {
        Self { path: path.text().to_owned(), path_bytes: bytes(path), received: received.0, restored: restored.0 }
    }
}

/// The exact bytes of a name that is not valid text.
pub(super) fn bytes(path: &PathText) -> Option<String> {
    path.exact().map(hex::encode)
}
