//! The list of matters.

use vault_core::Vault;
use vault_core::model::MatterStatus;
use vault_core::ports::{MatterSummary, StatusFilter};

use super::Status;
use crate::args::examples;
use crate::errors::Failure;
use crate::format::{count, day, moment};
use crate::json::{MatterJson, MattersDocument};
use crate::resolve;
use crate::session::Session;
use crate::table::{Set, Table};

/// List matters by number, the general matter first
#[derive(Debug, Default, PartialEq, Eq, clap::Args)]
#[command(after_help = examples![
    "strongroom matters list --status active"
    "strongroom matters list --client \"ABC Corp\" --json | jq '.matters[].number'"
    "strongroom matters list --removed"
])]
pub(crate) struct ListArgs {
    #[arg(long, value_enum, help = "Only matters with this status [default: all]")]
    status: Option<Status>,
    /// Only matters of this client: its id or name
    #[arg(long, value_name = "CLIENT")]
    client: Option<String>,
    /// List removed matters instead
    #[arg(long)]
    removed: bool,
}

impl Status {
    const fn only(self) -> Option<MatterStatus> {
        match self {
            Self::Active => Some(MatterStatus::Active),
            Self::Closed => Some(MatterStatus::Closed),
            Self::OnHold => Some(MatterStatus::OnHold),
            Self::All => None,
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, vault: &Vault, args: &ListArgs) -> Result<(), Failure> {
    let status = args.status.and_then(Status::only);
    let filter = match (args.removed, status) {
        (true, _) => StatusFilter::Removed,
        (false, Some(status)) => StatusFilter::Only(status),
        (false, None) => StatusFilter::Present,
    };
    let mut matters = vault.mirror.matters(filter).await?;
    if let (true, Some(status)) = (args.removed, status) {
        matters.retain(|matter| matter.matter.fields.status == status);
    }
    if let Some(text) = &args.client {
        let client = resolve::client(vault, text).await?;
        matters.retain(|matter| matter.matter.fields.client.as_ref() == Some(&client.id));
    }
    let output = session.output;
    if output.is_json() {
        output.document(&MattersDocument { matters: matters.into_iter().map(MatterJson::from).collect() });
    } else if matters.is_empty() {
        output.report("There are no such matters.");
    } else {
        print(session, matters);
    }
    Ok(())
}

fn print(session: &Session<'_>, matters: Vec<MatterSummary>) {
    let mut table = Table::new([
        ("NUMBER", Set::Left),
        ("TITLE", Set::Left),
        ("CLIENT", Set::Left),
        ("STATUS", Set::Left),
        ("DUE", Set::Left),
        ("DOCUMENTS", Set::Right),
        ("LAST FILED", Set::Left),
    ]);
    for MatterSummary { matter, client_name, files, last_filed, waiting: _ } in matters {
        // Without a number it is identified by its id.
        let number = matter.fields.number;
        let number = if number.is_empty() { matter.id.to_string() } else { number };
        table.row([
            number,
            matter.fields.title,
            client_name.unwrap_or_default(),
            matter.fields.status.as_str().to_owned(),
            matter.fields.due.map(day).unwrap_or_default(),
            count(files),
            last_filed.map(moment).unwrap_or_default(),
        ]);
    }
    table.print(session.output);
}
