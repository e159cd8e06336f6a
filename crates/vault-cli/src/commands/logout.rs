//! `strongroom logout`: sign out of the firm in use.

use vault_firm::{FirmError, Firms, Left};

use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::printable;
use crate::session::Session;
use crate::waiting;

/// Sign out of the firm in use
///
/// What waits on this computer stays, and is filed when you have signed in again. From then on commands work on the vault
/// of this computer.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!["strongroom logout" "strongroom logout --forget"])]
pub(crate) struct Args {
    /// Also remove the firm's copy from this computer; refused while drops wait
    #[arg(long)]
    forget: bool,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let firms = Firms::of(&session.home);
    let opened = firms.open_active(&session.home, session.keeper().find().await?).await;
    let firm = match opened {
        Ok(Some(firm)) => firm,
        Ok(None) => return Err(Failure::new(Code::Usage, "Nobody is signed in: this is the vault of this computer.")),
        Err(FirmError::NobodySignedIn(name)) => {
            return Err(Failure::new(Code::Usage, format!("Nobody is signed in to {name}.")));
        }
        Err(error) => return Err(error.into()),
    };
    // Whoever files at this moment would go on in somebody's name who has left.
    let Some(_alone) = firm.opened.right.try_take().await? else {
        let message = "Another program is filing. Let it finish, or stop it, and sign out then.";
        return Err(Failure::new(Code::TryLater, message));
    };
    // What waits is sent in the name of who made it, while they are here.
    waiting::send(&firm.opened.vault, session.output).await;
    firm.sign_out(if args.forget { Left::Nothing } else { Left::Everything }).await?;
    firms.activate(None)?;
    let name = &firm.firm.connection.name;
    session.output.report(format_args!("Signed out of {}.", printable(name)));
    Ok(Exit::Well)
}
