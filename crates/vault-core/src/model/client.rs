//! Clients of the firm.

use super::{ClientId, Timestamp};

/// Whether the firm is working for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientStatus {
    /// `active`
    #[default]
    Active,
    /// `inactive`
    Inactive,
}

impl ClientStatus {
    /// The wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }

    /// Parses the wire form; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Inactive].into_iter().find(|status| status.as_str() == text)
    }
}

/// A postal address, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// State or region.
    pub state: String,
    /// Postal code.
    pub zip: String,
}

/// The editable fields of a client; unknown ones are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientFields {
    /// Name of the person or company; never empty once stored.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address.
    pub address: Address,
    /// Whether the firm is working for this client.
    pub status: ClientStatus,
}

/// A client as stored in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Identity.
    pub id: ClientId,
    /// The fields that users edit.
    pub fields: ClientFields,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// When it was removed, if it is; it can be restored.
    pub removed: Option<Timestamp>,
}
