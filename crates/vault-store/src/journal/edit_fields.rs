//! The edited fields of a client or a matter, as JSON.

use serde_json::{Value, json};
use vault_core::model::{
    Address, ClientFields, ClientId, ClientStatus, MatterFields, MatterStatus, Priority, Timestamp, UserId,
};
use vault_core::ports::Edited;

use crate::error::{Result, StoreError};

pub(super) fn write(what: &Edited) -> String {
    match what {
        Edited::Client { fields, .. } => of_client(fields),
        Edited::Matter { fields, .. } => of_matter(fields),
    }
    .to_string()
}

fn of_client(fields: &ClientFields) -> Value {
    let ClientFields { name, email, phone, address: Address { street, city, state, zip }, status } = fields;
    let address = json!({ "street": street, "city": city, "state": state, "zip": zip });
    json!({ "name": name, "email": email, "phone": phone, "address": address, "status": status.as_str() })
}

fn of_matter(fields: &MatterFields) -> Value {
    let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } = fields;
    json!({
        "title": title,
        "description": description,
        "client": client.as_ref().map(ClientId::as_str),
        "number": number,
        "status": status.as_str(),
        "priority": priority.as_str(),
        "assignedTo": assigned_to.iter().map(UserId::as_str).collect::<Vec<_>>(),
        "opened": opened.map(|at| at.0),
        "due": due.map(|at| at.0),
    })
}

pub(super) fn client(json: &str) -> Result<ClientFields> {
    let read = Fields::read(json)?;
    let address = Fields(read.0["address"].clone());
    Ok(ClientFields {
        name: read.text("name")?,
        email: read.text("email")?,
        phone: read.text("phone")?,
        address: Address {
            street: address.text("street")?,
            city: address.text("city")?,
            state: address.text("state")?,
            zip: address.text("zip")?,
        },
        status: ClientStatus::parse(&read.text("status")?).ok_or(UNREADABLE)?,
    })
}

pub(super) fn matter(json: &str) -> Result<MatterFields> {
    let read = Fields::read(json)?;
    let client = read.0["client"].as_str().map(ClientId::new).transpose().map_err(|_| UNREADABLE)?;
    let assigned = read.0["assignedTo"].as_array().ok_or(UNREADABLE)?;
    let person = |id: &Value| UserId::new(id.as_str().unwrap_or_default()).map_err(|_| UNREADABLE);
    Ok(MatterFields {
        title: read.text("title")?,
        description: read.text("description")?,
        client,
        number: read.text("number")?,
        status: MatterStatus::parse(&read.text("status")?).ok_or(UNREADABLE)?,
        priority: Priority::parse(&read.text("priority")?).ok_or(UNREADABLE)?,
        assigned_to: assigned.iter().map(person).collect::<Result<_>>()?,
        opened: read.0["opened"].as_i64().map(Timestamp),
        due: read.0["due"].as_i64().map(Timestamp),
    })
}

const UNREADABLE: StoreError = StoreError::Unreadable("a change that waits to be sent");

struct Fields(Value);

impl Fields {
    fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map(Self).map_err(|_| UNREADABLE)
    }

    fn text(&self, name: &str) -> Result<String> {
        self.0[name].as_str().map(str::to_owned).ok_or(UNREADABLE)
    }
}
