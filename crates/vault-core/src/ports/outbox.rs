//! Changes to clients and matters that the vault could not be told of, until it has them. Never lost; every write is
//! durable when it returns.

use async_trait::async_trait;

use super::PortError;
use crate::model::{Client, ClientFields, ClientId, EditId, Matter, MatterFields, MatterId, Timestamp};

/// What was written, and about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// A client.
    Client {
        /// Which.
        id: ClientId,
        /// What the person wrote.
        fields: ClientFields,
    },
    /// A matter.
    Matter {
        /// Which.
        id: MatterId,
        /// What the person wrote.
        fields: MatterFields,
    },
}

impl Edited {
    /// Whether both are about the same document.
    pub fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Client { id, .. }, Self::Client { id: other, .. }) => id == other,
            (Self::Matter { id, .. }, Self::Matter { id: other, .. }) => id == other,
            _ => false,
        }
    }

    /// What it is about, in a sentence: `the matter “Lease”`.
    pub fn named(&self) -> String {
        match self {
            Self::Client { fields, .. } => format!("the client “{}”", fields.name),
            Self::Matter { fields, .. } => format!("the matter “{}”", fields.title),
        }
    }
}

/// A change that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEdit {
    /// Identity.
    pub id: EditId,
    /// What was written, and about what.
    pub what: Edited,
    /// Whether the document is removed by it, or stays so.
    pub removed: bool,
    /// The `updated_at` of the state the edit started from; none for a document that is new.
    pub based_on: Option<Timestamp>,
    /// When it was made or last added to, by the clock of this computer; later each time.
    pub made: Timestamp,
    /// Why the vault would not have it: then it waits for a person to choose.
    pub refused: Option<String>,
}

impl WaitingEdit {
    /// What becomes of an `earlier` edit of the same document when this one follows it: what was written last, as a change
    /// of the state that the first one started from.
    ///
    /// # Errors
    /// `Invalid` if the earlier one was refused: first a person has to choose.
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

    /// The client as it will be, if it is one. Until the vault has it, its `updated_at` says when it was written here.
    pub fn client(&self) -> Option<Client> {
        let Edited::Client { id, fields } = &self.what else { return None };
        Some(Client { id: id.clone(), fields: fields.clone(), updated_at: self.made, removed: self.removed_at() })
    }

    /// The matter as it will be, as [`client`](Self::client) says.
    pub fn matter(&self) -> Option<Matter> {
        let Edited::Matter { id, fields } = &self.what else { return None };
        Some(Matter { id: id.clone(), fields: fields.clone(), updated_at: self.made, removed: self.removed_at() })
    }

    fn removed_at(&self) -> Option<Timestamp> {
        self.removed.then_some(self.made)
    }
}

/// Changes that wait to be sent, at most one for each document.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Keeps an edit. One of a document that has an edit already is merged into that
    /// ([`WaitingEdit::merged_into`]). Returns what is kept.
    ///
    /// # Errors
    /// `Invalid` if the edit before it was refused.
    async fn keep(&self, edit: &WaitingEdit) -> Result<WaitingEdit, PortError>;

    /// All of them, the refused ones among them, oldest first.
    async fn waiting(&self) -> Result<Vec<WaitingEdit>, PortError>;

    /// The vault would not have this edit, as the sentence says.
    async fn refuse(&self, id: EditId, reason: &str) -> Result<(), PortError>;

    /// A person wants a refused edit to be sent again, as a change of the state with this `updated_at`.
    async fn take_up(&self, id: EditId, based_on: Option<Timestamp>) -> Result<(), PortError>;

    /// The vault has what `edit` says, and calls that state `at`. The edit is forgotten; what was merged into it since it was
    /// read waits on, as a change of that state.
    async fn sent(&self, edit: &WaitingEdit, at: Timestamp) -> Result<(), PortError>;

    /// Forgets an edit.
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
