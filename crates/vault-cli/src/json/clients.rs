//! Clients.

use serde::Serialize;
use vault_core::model::{Address, Client, ClientFields};

use super::{moment, text};
use crate::format::rfc3339;

/// A client in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientJson {
    id: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    address: AddressJson,
    status: &'static str,
    updated: String,
    removed: Option<String>,
}

#[derive(Debug, Serialize)]
struct AddressJson {
    street: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
}

/// `{"clients": […]}`
#[derive(Debug, Serialize)]
pub(crate) struct ClientsDocument {
    pub(crate) clients: Vec<ClientJson>,
}

/// `{"client": …}`
#[derive(Debug, Serialize)]
pub(crate) struct ClientDocument {
    pub(crate) client: ClientJson,
}

impl From<Client> for ClientJson {
    fn from(Client { id, fields, updated_at, removed }: Client) -> Self {
        let ClientFields { name, email, phone, address, status } = fields;
        let Address { street, city, state, zip } = address;
        Self {
            id: id.to_string(),
            name,
            email: text(email),
            phone: text(phone),
            address: AddressJson { street: text(street), city: text(city), state: text(state), zip: text(zip) },
            status: status.as_str(),
            updated: rfc3339(updated_at),
            removed: moment(removed),
        }
    }
}
