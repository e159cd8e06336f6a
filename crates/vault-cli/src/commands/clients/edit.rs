//! Adds clients and changes their properties.

use vault_core::Vault;
use vault_core::model::{Address, Client, ClientFields};
use vault_core::rules::name_key;

use super::say;
use crate::args::{OrNone, examples};
use crate::errors::Failure;
use crate::format::printable;
use crate::session::Session;
use crate::{resolve, waiting};

/// Add a client; prints its id
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom clients add \"ABC Corp\""
    "strongroom clients add \"Ada Lovelace\" --email ada@example.com --street \"1 Main St\" --city Boston --zip 02108"
])]
pub(crate) struct AddArgs {
    /// The client's name
    #[arg(required_unless_present = "named")]
    name: Option<String>,
    /// The client's name, as an option
    #[arg(long = "name", id = "named", value_name = "NAME", conflicts_with = "name", hide = true)]
    named: Option<String>,
    #[command(flatten)]
    facts: Facts,
    /// Add it even if another client has this name
    #[arg(long)]
    same_name: bool,
}

/// Change a client; fields that are not given stay as they are
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom clients edit \"ABC Corp\" --name \"ABC Corporation\""
    "strongroom clients edit \"ABC Corp\" --phone none"
])]
pub(crate) struct EditArgs {
    /// The client: its id or name
    client: String,
    /// Its new name
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    facts: Facts,
    /// Give it this name even if another client has it
    #[arg(long)]
    same_name: bool,
}

// The properties of a client; `none` clears one. (A doc comment would become that of the command.)
#[derive(Debug, clap::Args)]
struct Facts {
    /// E-mail address
    #[arg(long)]
    email: Option<OrNone<String>>,
    /// Telephone number
    #[arg(long)]
    phone: Option<OrNone<String>>,
    /// Street and number
    #[arg(long)]
    street: Option<OrNone<String>>,
    /// City
    #[arg(long)]
    city: Option<OrNone<String>>,
    /// State or region
    #[arg(long)]
    state: Option<OrNone<String>>,
    /// Postal code
    #[arg(long)]
    zip: Option<OrNone<String>>,
}

impl Facts {
    fn apply(&self, fields: &mut ClientFields) {
        let ClientFields { email, phone, address: Address { street, city, state, zip }, .. } = fields;
        for (field, value) in [
            (email, &self.email),
            (phone, &self.phone),
            (street, &self.street),
            (city, &self.city),
            (state, &self.state),
            (zip, &self.zip),
        ] {
            if let Some(OrNone(value)) = value {
                *field = value.clone().unwrap_or_default();
            }
        }
    }
}

/// Adds a client.
pub(super) async fn add(session: &Session<'_>, vault: &Vault, args: &AddArgs) -> Result<(), Failure> {
    let name = args.name.as_ref().or(args.named.as_ref()).cloned().unwrap_or_default();
    let mut fields = ClientFields { name, ..ClientFields::default() };
    args.facts.apply(&mut fields);
    if !args.same_name {
        not_twice(vault, &fields.name, None).await?;
    }
    let client = vault.create_client(fields).await?;
    session.output.line(&client.id);
    say(session, vault, client, "Added").await
}

/// Changes properties of a client.
pub(super) async fn edit(session: &Session<'_>, vault: &Vault, args: &EditArgs) -> Result<(), Failure> {
    let client = resolve::client(vault, &args.client).await?;
    waiting::none_undecided(vault, waiting::about_client(&client.id)).await?;
    let mut fields = client.fields.clone();
    args.facts.apply(&mut fields);
    if let Some(name) = &args.name {
        fields.name.clone_from(name);
        if !args.same_name && name_key(name) != name_key(&client.fields.name) {
            not_twice(vault, name, Some(&client)).await?;
        }
    }
    if fields == client.fields {
        return say(session, vault, client, "Nothing to change about").await;
    }
    let client = vault.edit_client(&client, fields).await?;
    say(session, vault, client, "Changed").await
}

/// Rejects a name that another client has: in most cases that one is meant.
async fn not_twice(vault: &Vault, name: &str, itself: Option<&Client>) -> Result<(), Failure> {
    let mut others = vault.namesakes(name).await?;
    others.retain(|other| Some(&other.id) != itself.map(|client| &client.id));
    let Some(other) = others.first() else { return Ok(()) };
    Err(Failure::invalid(format!(
        "There is a client “{}” already: {}. Use that one, or add `--same-name` if this is another client of the same name.",
        printable(&other.fields.name),
        other.id
    )))
}
