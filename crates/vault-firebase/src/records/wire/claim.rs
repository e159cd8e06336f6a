//! `/teams/{t}/contents/{fileHash}`: where content that is about to be stored belongs.

use vault_core::model::{StoragePath, UserId};
use vault_core::ports::PortError;

use crate::firestore::{Doc, Fields, text};

/// A claim's fields, except `updatedAt`.
pub(in crate::records) fn claim_fields(path: &StoragePath, user: &UserId) -> Fields {
    Fields::from([("storagePath".to_owned(), text(path.to_string())), ("userId".to_owned(), text(user.as_str()))])
}

/// Reads the claimed path.
pub(in crate::records) fn read_claim(doc: Doc<'_>) -> Result<StoragePath, PortError> {
    doc.parsed("storagePath", |path| path.parse().ok())
}
