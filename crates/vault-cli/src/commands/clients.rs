//! `strongroom clients`: the list, and changes to it.

mod change;
mod edit;
mod list;

use clap::Subcommand;
use vault_core::Vault;
use vault_core::model::{Client, ClientStatus};

use self::list::ListArgs;
use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::json::ClientDocument;
use crate::session::Session;
use crate::waiting;

/// List and change clients
///
/// Without a command: the list.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom clients"
    "strongroom clients add \"ABC Corp\" --email office@abc.example --city Boston"
    "strongroom clients edit \"ABC Corp\" --phone \"+1 617 555 0100\""
    "strongroom clients close \"ABC Corp\""
])]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(ListArgs),
    Add(edit::AddArgs),
    Edit(edit::EditArgs),
    /// Make a client inactive
    Close(change::One),
    /// Make a client active again
    Reopen(change::One),
    /// Remove a client from the list
    Remove(change::One),
    /// Bring a removed client back
    BringBack(change::One),
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    use change::Change;
    if args.command.is_some() && args.list != ListArgs::default() {
        return Err(Failure::new(Code::Usage, "Options of the list come after `list`: strongroom clients list …"));
    }
    let opened = session.open().await?;
    let vault = &opened.vault;
    match &args.command {
        None => list::run(session, vault, &args.list).await?,
        Some(Command::List(list)) => list::run(session, vault, list).await?,
        Some(Command::Add(add)) => edit::add(session, vault, add).await?,
        Some(Command::Edit(edit)) => edit::edit(session, vault, edit).await?,
        Some(Command::Close(one)) => change::run(session, vault, one, Change::Status(ClientStatus::Inactive)).await?,
        Some(Command::Reopen(one)) => change::run(session, vault, one, Change::Status(ClientStatus::Active)).await?,
        Some(Command::Remove(one)) => change::run(session, vault, one, Change::Remove).await?,
        Some(Command::BringBack(one)) => change::run(session, vault, one, Change::BringBack).await?,
    }
    Ok(Exit::Well)
}

/// Prints a changed client: as in the list with `--json`, otherwise as a sentence.
async fn say(session: &Session<'_>, vault: &Vault, client: Client, did: &str) -> Result<(), Failure> {
    if session.output.is_json() {
        session.output.document(&ClientDocument { client: client.into() });
    } else {
        session.output.note(format_args!("{did} {}.", crate::format::printable(&client.fields.name)));
        if waiting::is_kept(vault, waiting::about_client(&client.id)).await? {
            session.output.note(waiting::KEPT);
        }
    }
    Ok(())
}
