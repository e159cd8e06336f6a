//! The commands, one per module: its arguments, its requests to the vault, and its output.

pub(crate) mod cancel;
pub(crate) mod changes;
pub(crate) mod clients;
pub(crate) mod completions;
pub(crate) mod diagnostics;
pub(crate) mod file;
pub(crate) mod history;
pub(crate) mod left_out;
pub(crate) mod locate;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod matters;
pub(crate) mod pause;
pub(crate) mod preflight;
pub(crate) mod restore;
pub(crate) mod resume;
pub(crate) mod retry;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod skip;
pub(crate) mod status;
pub(crate) mod unfiled;
pub(crate) mod verify;
pub(crate) mod workspaces;

mod chosen;
mod elsewhere;
mod filing;
mod outcome;

use crate::args::Command;
use crate::errors::{Exit, Failure};
use crate::session::Session;

/// Runs a command.
pub(crate) async fn run(session: &Session<'_>, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Preflight(args) => preflight::run(session, args).await,
        Command::File(args) => file::run(session, args).await,
        Command::Resume(args) => resume::run(session, args).await,
        Command::Retry(args) => retry::run(session, args).await,
        Command::Locate(args) => locate::run(session, args).await,
        Command::Skip(args) => skip::run(session, args).await,
        Command::Pause(args) => pause::run(session, args).await,
        Command::Cancel(args) => cancel::run(session, args).await,
        Command::Restore(args) => restore::run(session, args).await,
        Command::History(args) => history::run(session, args).await,
        Command::Search(args) => search::run(session, args).await,
        Command::Show(args) => show::run(session, args).await,
        Command::Matters(args) => matters::run(session, args).await,
        Command::Clients(args) => clients::run(session, args).await,
        Command::Changes(args) => changes::run(session, args).await,
        Command::Status(args) => status::run(session, args).await,
        Command::Unfiled(args) => unfiled::run(session, args).await,
        Command::Verify(args) => verify::run(session, args).await,
        Command::Diagnostics(args) => diagnostics::run(session, args).await,
        Command::Login(args) => login::run(session, args).await,
        Command::Logout(args) => logout::run(session, args).await,
        Command::Firms(args) => workspaces::list(session, args).await,
        Command::Use(args) => workspaces::choose(session, args),
        Command::LeftOut(args) => left_out::run(session, args),
        Command::Completions(args) => Ok(completions::run(session, args)),
    }
}
