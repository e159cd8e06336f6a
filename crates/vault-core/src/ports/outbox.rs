//! The outbox: edits of clients and matters that the vault does not have yet. Nothing is lost; every write is durable
//! when it returns.

use async_trait::async_trait;

use super::PortError;
use crate::model::{Client, ClientFields, ClientId, EditId, Matter, MatterFields, MatterId, Timestamp};

/// An edit, and the document it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// A client.
    Client {
        /// Its id.
        id: ClientId,
        /// The fields the user entered.
        fields: ClientFields,
    },
    /// A matter.
    Matter {
        /// Its id.
        id: MatterId,
        /// The fields the user entered.
        fields: MatterFields,
    },
}

impl Edited {
    /// Whether both edit the same document.
    pub fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Client { id, .. }, Self::Client { id: other, .. }) => id == other,
            (Self::Matter { id, .. }, Self::Matter { id: other, .. }) => id == other,
            _ => false,
        }
    }

    /// The document in a sentence: `the matter “Lease”`.
    pub fn named(&self) -> String {
        match self {
            Self::Client { fields, .. } => format!("the client “{}”", fields.name),
            Self::Matter { fields, .. } => format!("the matter “{}”", fields.title),
        }
    }
}

/// An edit that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEdit {
    /// Identity.
    pub id: EditId,
    /// The edit.
    pub what: Edited,
    /// Whether the edit removes the document, or leaves it removed.
    pub removed: bool,
    /// The `updated_at` of the version the edit started from; `None` for a new document.
    pub based_on: Option<Timestamp>,
    /// When it was made or last merged into, by this computer's clock; strictly increasing.
    pub made: Timestamp,
    /// Why the vault refused it: then it waits for the user to choose.
    pub refused: Option<String>,
}

impl WaitingEdit {
    /// Merges this edit into an `earlier` one of the same document: the later fields, based on the version that the
    /// earlier one started from.
    ///
    /// # Errors
    /// `Invalid` if the earlier one was refused: the user has to resolve that first.
    pub fn merged_into(self, earlier: Self) -> Result<Self, PortError> {
        if let Some(reason) = &earlier.refused {
            return Err(PortError::invalid(format!(
                "The firm's vault has not taken an earlier change to {}: {reason} Choose first which version is to stay.",
                earlier.what.named()
            )));
        }
        let made = self.made.max(Timestamp(earlier.made.0.saturating_add(1)));
        Ok(Self { what: self.what, removed: self.removed, made, ..earlier })
    }

    /// The client with this edit applied, if it is one. Until the edit is sent, `updated_at` is the time it was made.
    pub fn client(&self) -> Option<Client> {
        let Edited::Client { id, fields } = &self.what else { return None };
        Some(Client { id: id.clone(), fields: fields.clone(), updated_at: self.made, removed: self.removed_at() })
    }

    /// The matter with this edit applied, as [`client`](Self::client).
    pub fn matter(&self) -> Option<Matter> {
        let Edited::Matter { id, fields } = &self.what else { return None };
        Some(Matter { id: id.clone(), fields: fields.clone(), updated_at: self.made, removed: self.removed_at() })
    }

    fn removed_at(&self) -> Option<Timestamp> {
        self.removed.then_some(self.made)
    }
}

/// Edits that wait to be sent, at most one for each document.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Stores an edit. If the document has one already, they are merged ([`WaitingEdit::merged_into`]). Returns the
    /// stored edit.
    ///
    /// # Errors
    /// `Invalid` if the earlier edit was refused.
    async fn keep(&self, edit: &WaitingEdit) -> Result<WaitingEdit, PortError>;

    /// All edits, refused ones included, oldest first.
    async fn waiting(&self) -> Result<Vec<WaitingEdit>, PortError>;

    /// Marks an edit as refused by the vault, with a sentence for the user.
    async fn refuse(&self, id: EditId, reason: &str) -> Result<(), PortError>;

    /// Queues a refused edit again, based on the version with this `updated_at`: the user decided to keep it.
    async fn take_up(&self, id: EditId, based_on: Option<Timestamp>) -> Result<(), PortError>;

    /// The vault accepted `edit` as the version `at`. Deletes the edit; what was merged into it since it was read
    /// stays, based on that version.
    async fn sent(&self, edit: &WaitingEdit, at: Timestamp) -> Result<(), PortError>;

    /// Deletes an edit.
    async fn confirm_sent(&self, id: EditId) -> Result<(), PortError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(id: u128, title: &str, based_on: Option<i64>) -> WaitingEdit {
        let fields = MatterFields { title: title.to_owned(), ..MatterFields::default() };
        WaitingEdit {
            id: EditId::new(uuid::Uuid::from_u128(id)),
            what: Edited::Matter { id: MatterId::general(), fields },
            removed: false,
            based_on: based_on.map(Timestamp),
            made: Timestamp(i64::try_from(id).expect("small")),
            refused: None,
        }
    }

    #[test]
    fn the_first_state_and_the_last_words_remain() {
        let merged = edit(2, "Second", Some(9)).merged_into(edit(1, "First", Some(5))).expect("merged");
        assert_eq!(merged, WaitingEdit { id: edit(1, "", None).id, ..edit(2, "Second", Some(5)) });
        let matter = merged.matter().expect("a matter");
        assert_eq!((matter.fields.title.as_str(), matter.updated_at, matter.removed), ("Second", Timestamp(2), None));
        assert_eq!(merged.client(), None);
        let at_once = WaitingEdit { made: Timestamp(1), ..edit(3, "Third", None) };
        assert_eq!(at_once.merged_into(merged).expect("merged").made, Timestamp(3), "it is another state");
    }

    #[test]
    fn nothing_is_added_to_what_was_refused() {
        let refused = WaitingEdit { refused: Some("It has changed.".to_owned()), ..edit(1, "First", None) };
        let error = edit(2, "Second", None).merged_into(refused).expect_err("refused").to_string();
        assert!(error.contains("the matter “First”: It has changed. Choose"), "{error}");
    }
}
