//! Adds matters and changes their properties.

use vault_core::Vault;
use vault_core::model::{ClientId, MatterFields};

use super::{Urgency, say};
use crate::args::{Day, OrNone, examples};
use crate::errors::Failure;
use crate::session::Session;
use crate::{resolve, waiting};

/// Add a matter; prints its id
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom matters add --number 2024-001 --title \"Contract Review\" --client \"ABC Corp\""
    "strongroom matters add --title \"Firm's own lease\" --priority low --due 2024-12-31"
])]
pub(crate) struct AddArgs {
    /// What the matter is about
    #[arg(long, short)]
    title: String,
    /// The firm's number for it
    #[arg(long, short)]
    number: Option<String>,
    /// Whose matter it is: the client's id or name
    #[arg(long, short)]
    client: Option<String>,
    /// A few sentences
    #[arg(long, short)]
    description: Option<String>,
    /// How urgent it is
    #[arg(long, value_enum, default_value_t = Urgency::Medium)]
    priority: Urgency,
    /// When it was opened, like 2024-03-05 [default: today]
    #[arg(long, value_name = "DATE")]
    opened: Option<Day>,
    /// When it is due, like 2024-06-30
    #[arg(long, value_name = "DATE")]
    due: Option<Day>,
}

/// Change a matter; fields that are not given stay as they are
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom matters edit 2024-001 --title \"Contract Review and Renewal\" --due 2024-09-30"
    "strongroom matters edit 2024-001 --due none --client none"
])]
pub(crate) struct EditArgs {
    /// The matter: its id or number
    matter: String,
    /// What the matter is about
    #[arg(long, short)]
    title: Option<String>,
    /// The firm's number for it, or `none`
    #[arg(long, short)]
    number: Option<OrNone<String>>,
    /// Whose matter it is: the client's id or name, or `none`
    #[arg(long, short)]
    client: Option<OrNone<String>>,
    /// A few sentences, or `none`
    #[arg(long, short)]
    description: Option<OrNone<String>>,
    /// How urgent it is
    #[arg(long, value_enum)]
    priority: Option<Urgency>,
    /// When it was opened, like 2024-03-05, or `none`
    #[arg(long, value_name = "DATE")]
    opened: Option<OrNone<Day>>,
    /// When it is due, like 2024-06-30, or `none`
    #[arg(long, value_name = "DATE")]
    due: Option<OrNone<Day>>,
}

/// Adds a matter.
pub(super) async fn add(session: &Session<'_>, vault: &Vault, args: &AddArgs) -> Result<(), Failure> {
    let fields = MatterFields {
        title: args.title.clone(),
        description: args.description.clone().unwrap_or_default(),
        client: client(vault, args.client.as_deref()).await?,
        number: args.number.clone().unwrap_or_default(),
        priority: args.priority.into(),
        opened: Some(args.opened.unwrap_or_else(Day::today).0),
        due: args.due.map(|day| day.0),
        ..MatterFields::default()
    };
    let matter = vault.create_matter(fields).await?;
    session.output.line(&matter.id);
    say(session, vault, &matter, "Added").await
}

/// Changes properties of a matter.
pub(super) async fn edit(session: &Session<'_>, vault: &Vault, args: &EditArgs) -> Result<(), Failure> {
    let matter = resolve::matter(vault, &args.matter).await?.matter;
    waiting::none_undecided(vault, waiting::about_matter(&matter.id)).await?;
    let mut fields = matter.fields.clone();
    if let Some(OrNone(name)) = &args.client {
        fields.client = client(vault, name.as_deref()).await?;
    }
    set(&mut fields.title, args.title.clone());
    set(&mut fields.number, args.number.clone().map(|number| number.0.unwrap_or_default()));
    set(&mut fields.description, args.description.clone().map(|text| text.0.unwrap_or_default()));
    set(&mut fields.priority, args.priority.map(Into::into));
    set(&mut fields.opened, args.opened.clone().map(|day| day.0.map(|day| day.0)));
    set(&mut fields.due, args.due.clone().map(|day| day.0.map(|day| day.0)));
    if fields == matter.fields {
        return say(session, vault, &matter, "Nothing to change about").await;
    }
    let matter = vault.edit_matter(&matter, fields).await?;
    say(session, vault, &matter, "Changed").await
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

async fn client(vault: &Vault, name: Option<&str>) -> Result<Option<ClientId>, Failure> {
    match name {
        Some(name) => Ok(Some(resolve::client(vault, name).await?.id)),
        None => Ok(None),
    }
}
