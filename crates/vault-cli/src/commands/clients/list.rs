//! The list of clients.

use vault_core::Vault;
use vault_core::model::{Client, ClientStatus};

use crate::args::examples;
use crate::errors::Failure;
use crate::json::{ClientJson, ClientsDocument};
use crate::session::Session;
use crate::table::{Set, Table};

/// List clients by name
#[derive(Debug, Default, PartialEq, Eq, clap::Args)]
#[command(after_help = examples![
    "strongroom clients list --status active"
    "strongroom clients list --removed --json"
])]
pub(crate) struct ListArgs {
    #[arg(long, value_enum, help = "Only clients with this status [default: all]")]
    status: Option<Status>,
    /// List removed clients instead
    #[arg(long)]
    removed: bool,
}

/// Which clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Status {
    Active,
    Inactive,
    All,
}

impl Status {
    fn includes(self, client: &Client) -> bool {
        match self {
            Self::Active => client.fields.status == ClientStatus::Active,
            Self::Inactive => client.fields.status == ClientStatus::Inactive,
            Self::All => true,
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, vault: &Vault, args: &ListArgs) -> Result<(), Failure> {
    let mut clients = vault.mirror.clients(args.removed).await?;
    clients.retain(|client| args.status.is_none_or(|status| status.includes(client)));
    let output = session.output;
    if output.is_json() {
        output.document(&ClientsDocument { clients: clients.into_iter().map(ClientJson::from).collect() });
    } else if clients.is_empty() {
        output.report("There are no such clients.");
    } else {
        print(session, clients);
    }
    Ok(())
}

fn print(session: &Session<'_>, clients: Vec<Client>) {
    let mut table = Table::new([
        ("NAME", Set::Left),
        ("STATUS", Set::Left),
        ("CITY", Set::Left),
        ("E-MAIL", Set::Left),
        ("PHONE", Set::Left),
        ("ID", Set::Left),
    ]);
    for Client { id, fields, .. } in clients {
        let status = fields.status.as_str().to_owned();
        table.row([fields.name, status, fields.address.city, fields.email, fields.phone, id.to_string()]);
    }
    table.print(session.output);
}
