//! `strongroom matters`: the list, and changes to it.

mod change;
mod edit;
mod list;

use clap::Subcommand;
use vault_core::Vault;
use vault_core::model::{Matter, MatterStatus, Priority};

use self::list::ListArgs;
use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::json::MatterDocument;
use crate::names::title_of;
use crate::resolve;
use crate::session::Session;
use crate::waiting;

/// List and change matters
///
/// Without a command: the list.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom matters"
    "strongroom matters list --status active --client \"ABC Corp\""
    "strongroom matters add --number 2024-001 --title \"Contract Review\" --client \"ABC Corp\""
    "strongroom matters edit 2024-001 --due 2024-06-30"
    "strongroom matters close 2024-001"
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
    /// Close a matter: nothing is filed to it until it is reopened
    Close(change::One),
    /// Reopen a matter that is closed or on hold
    Reopen(change::One),
    /// Put a matter on hold
    Hold(change::One),
    /// Remove a matter from the list; its files and history stay
    Remove(change::One),
    /// Bring a removed matter back
    BringBack(change::One),
}

/// Which matters, by how far they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Status {
    Active,
    Closed,
    OnHold,
    All,
}

/// How urgent a matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Urgency {
    High,
    Medium,
    Low,
}

impl From<Urgency> for Priority {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::High => Self::High,
            Urgency::Medium => Self::Medium,
            Urgency::Low => Self::Low,
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    use change::Change;
    if args.command.is_some() && args.list != ListArgs::default() {
        return Err(Failure::new(Code::Usage, "Options of the list come after `list`: strongroom matters list …"));
    }
    let opened = session.open().await?;
    let vault = &opened.vault;
    match &args.command {
        None => list::run(session, vault, &args.list).await?,
        Some(Command::List(list)) => list::run(session, vault, list).await?,
        Some(Command::Add(add)) => edit::add(session, vault, add).await?,
        Some(Command::Edit(edit)) => edit::edit(session, vault, edit).await?,
        Some(Command::Close(one)) => change::run(session, vault, one, Change::Status(MatterStatus::Closed)).await?,
        Some(Command::Reopen(one)) => change::run(session, vault, one, Change::Status(MatterStatus::Active)).await?,
        Some(Command::Hold(one)) => change::run(session, vault, one, Change::Status(MatterStatus::OnHold)).await?,
        Some(Command::Remove(one)) => change::run(session, vault, one, Change::Remove).await?,
        Some(Command::BringBack(one)) => change::run(session, vault, one, Change::BringBack).await?,
    }
    Ok(Exit::Well)
}

/// Prints a changed matter: as in the list with `--json`, otherwise as a sentence.
async fn say(session: &Session<'_>, vault: &Vault, matter: &Matter, did: &str) -> Result<(), Failure> {
    if session.output.is_json() {
        let summary = resolve::matter(vault, matter.id.as_str()).await?;
        session.output.document(&MatterDocument { matter: summary.into() });
    } else {
        session.output.note(format_args!("{did} {}.", crate::format::printable(&title_of(matter))));
        if waiting::is_kept(vault, waiting::about_matter(&matter.id)).await? {
            session.output.note(waiting::KEPT);
        }
    }
    Ok(())
}
