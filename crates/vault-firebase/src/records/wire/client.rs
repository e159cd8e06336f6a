//! `/teams/{t}/clients/{c}`

use vault_core::model::{Address, Client, ClientFields, ClientId, ClientStatus};
use vault_core::ports::PortError;

use crate::firestore::{Doc, Fields, map, text};

/// A client's fields, except the times, which the server sets.
pub(in crate::records) fn client_fields(fields: &ClientFields) -> Fields {
    let ClientFields { name, email, phone, address: Address { street, city, state, zip }, status } = fields;
    let address = [("street", street), ("city", city), ("state", state), ("zip", zip)];
    let address: Fields = address.map(|(field, part)| (field.to_owned(), text(part))).into();
    Fields::from([
        ("name".to_owned(), text(name)),
        ("email".to_owned(), text(email)),
        ("phone".to_owned(), text(phone)),
        ("address".to_owned(), map(address)),
        ("status".to_owned(), text(status.as_str())),
    ])
}

/// Reads a client. Other programs write clients, too: fields that may be empty may be absent.
pub(in crate::records) fn read_client(doc: Doc<'_>) -> Result<Client, PortError> {
    let optional = |doc: Doc<'_>, field: &str| Ok::<_, PortError>(doc.some_text(field)?.unwrap_or_default().to_owned());
    let address = match doc.some_map("address")? {
        None => Address::default(),
        Some(address) => Address {
            street: optional(address, "street")?,
            city: optional(address, "city")?,
            state: optional(address, "state")?,
            zip: optional(address, "zip")?,
        },
    };
    Ok(Client {
        id: ClientId::new(doc.id()).map_err(|_| doc.wrong("id"))?,
        fields: ClientFields {
            name: doc.text("name")?.to_owned(),
            email: optional(doc, "email")?,
            phone: optional(doc, "phone")?,
            address,
            status: doc.parsed("status", ClientStatus::parse)?,
        },
        updated_at: doc.time("updatedAt")?,
        removed: doc.some_time("removed")?,
    })
}
