//! What the page is told when something was not done.

use serde::Serialize;
use specta::Type;

/// Why a request was not answered.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// What kind of refusal it is, where the page does something else for it.
    pub code: RefusalCode,
    /// What happened, to what, and what to do: a sentence for the person.
    pub message: String,
}

/// The refusals the page tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RefusalCode {
    /// What was asked cannot be done as it was asked: a number that is taken, a matter that is closed.
    Invalid,
    /// Somebody else changed it since it was shown.
    Conflict,
    /// It is not there (any more).
    NotFound,
    /// The vault cannot be reached, or is full or busy: the same request may do later.
    TryLater,
    /// The vault's own data is damaged.
    Damaged,
    /// The person changed their mind, or the program is ending.
    Stopped,
}
