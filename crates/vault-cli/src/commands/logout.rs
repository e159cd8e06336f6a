//! `strongroom logout`: sign out of the firm in use.

use serde::Serialize;
use vault_core::Vault;
use vault_core::ports::DropPhase;
use vault_firm::{FirmError, Firms, Left};

use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::{many, printable};
use crate::session::Session;
use crate::waiting;

/// Sign out of the firm in use
///
/// Waiting files and changes stay on this computer, and are sent when you have signed in again. Afterwards commands
/// work on the vault of this computer. No network or access to the firm's vault is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom logout"
    "strongroom logout --forget"
    "strongroom unfiled --copy-to ~/Desktop/Not-filed    What would --discard lose?"
    "strongroom logout --forget --discard"
])]
pub(crate) struct Args {
    /// Also remove the firm's data from this computer; refused while files or changes wait
    #[arg(long)]
    forget: bool,
    /// Also discard waiting files and changes: they are not in the vault. The files stay where they were dropped from
    #[arg(long, requires = "forget")]
    discard: bool,
}

/// Data that is only on this computer.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    files: u64,
    /// Drops whose folders are not read yet: their number of files is unknown.
    unread_drops: u64,
    changes: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    firm: &'a str,
    name: &'a str,
    forgotten: bool,
    discarded: Waiting,
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
    // A program that is filing would continue on behalf of a user who has signed out.
    let Some(_alone) = firm.opened.right.try_take().await? else {
        let message = "Another program is filing. Let it finish, or stop it, then sign out.";
        return Err(Failure::new(Code::TryLater, message));
    };
    // Waiting edits are sent in the name of their author, while they are still signed in.
    waiting::send(&firm.opened.vault, session.output).await;
    let vault = &firm.opened.vault;
    let name = printable(&firm.firm.connection.name);
    let waiting = Waiting::of(vault).await?;
    let left = match (args.forget, args.discard) {
        (false, _) => Left::Everything,
        (true, false) if waiting.is_something() => return Err(waiting.refusal(&name)),
        (true, false) => Left::Nothing,
        (true, true) => {
            if waiting.is_something() {
                session.output.warn(format_args!("Discarded, and not in the vault of {name}: {}.", waiting.sentence()));
            }
            discard(vault).await?;
            Left::NotEvenWhatWaits
        }
    };
    firm.sign_out(left).await?;
    firms.activate(None)?;
    let forgotten = left != Left::Everything;
    let discarded = if args.discard { waiting } else { Waiting { files: 0, unread_drops: 0, changes: 0 } };
    let (id, connection) = (firm.firm.id.as_str(), &firm.firm.connection);
    session.output.answer(&Document { firm: id, name: &connection.name, forgotten, discarded }, || {
        let and = if forgotten { " Only the connection to it is kept on this computer." } else { "" };
        session.output.report(format_args!("Signed out of {name}.{and}"));
    });
    Ok(Exit::Well)
}

/// Notifies the firm's vault that the cancelled drops are over, as far as possible.
async fn discard(vault: &Vault) -> Result<(), Failure> {
    for drop in vault.unfinished_drops().await? {
        match vault.cancel(drop.new.id).await {
            Err(error) if error.is_damage() => return Err(error.into()),
            // A user who has left the firm, or is offline, can cancel all the same.
            Err(_) => break,
            Ok(_) => {}
        }
    }
    Ok(())
}

impl Waiting {
    /// The waiting entries of this vault's queue and outbox.
    async fn of(vault: &Vault) -> Result<Self, Failure> {
        let drops = vault.unfiled_drops().await?;
        Ok(Self {
            files: drops.iter().map(|drop| drop.waiting + drop.attention).sum(),
            unread_drops: drops.iter().filter(|drop| drop.phase == DropPhase::Preparing).count() as u64,
            changes: vault.waiting_edits().await?.len() as u64,
        })
    }

    const fn is_something(self) -> bool {
        self.files + self.unread_drops + self.changes > 0
    }

    /// `2 files, 1 change`
    fn sentence(self) -> String {
        let Self { files, unread_drops, changes } = self;
        let mut parts = Vec::new();
        if files > 0 {
            parts.push(many(files, "file"));
        }
        if unread_drops > 0 {
            parts.push(format!("{} whose folders are not read yet", many(unread_drops, "drop")));
        }
        if changes > 0 {
            parts.push(many(changes, "change"));
        }
        parts.join(", ")
    }

    fn refusal(self, firm: &str) -> Failure {
        let mut message = format!("Only on this computer, and not in the vault of {firm}: {}.", self.sentence());
        if self.files + self.unread_drops > 0 {
            message.push_str(" `strongroom unfiled` lists the files, and saves them with --copy-to FOLDER.");
        }
        if self.changes > 0 {
            message.push_str(" `strongroom changes` shows the changes.");
        }
        message.push_str(" To sign out and discard all of that: strongroom logout --forget --discard");
        Failure::invalid(message)
    }
}
