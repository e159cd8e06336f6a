//! `strongroom login`: sign in to a firm, in the browser.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use serde::Serialize;
use vault_core::SystemFault;
use vault_firm::{Connection, Firm, Firms};

use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::printable;
use crate::interrupt::Interrupt;
use crate::session::Session;

/// Sign in to a firm, in your browser
///
/// With a connection file or link, this computer is connected to the firm first: what it says is shown, and you are asked
/// whether to trust it. From then on commands work on the firm's vault, until `strongroom use` or `strongroom logout`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom login acme.strongroom"
    "strongroom login                 Sign in again to the firm in use"
])]
pub(crate) struct Args {
    /// A connection file or link, or the id of a firm this computer is connected to
    #[arg(value_name = "CONNECTION")]
    connection: Option<String>,
    /// Trust the connection without being asked
    #[arg(long)]
    trust: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LoginJson {
    firm: String,
    name: String,
    user: String,
    user_name: String,
    email: String,
    team: String,
    remembered: bool,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    session.home.make()?;
    let firms = Firms::of(&session.home);
    let firm = firm(session, &firms, args)?;
    let signing_in = firm.begin_sign_in().await?;
    let address = signing_in.address().to_owned();
    session.output.note(format_args!("Sign in with your browser. If no page opens, go to\n  {address}"));
    // Where no browser can be opened, the address is there to be copied.
    let _ = open::that_detached(&address);
    let secrets = session.secrets.clone();
    let signed_in = signing_in.finish(firms.device()?, secrets, async move { interrupt.wait().await }).await?;
    firms.activate(Some(&firm.id))?;
    let (account, remembered) = (signed_in.account().await, signed_in.is_remembered().await);
    let document = LoginJson {
        firm: firm.id.to_string(),
        name: firm.connection.name.clone(),
        user: account.person.user.to_string(),
        user_name: account.person.display_name,
        email: account.email,
        team: account.person.team.to_string(),
        remembered,
    };
    session.output.answer(&document, || {
        let (person, firm) = (printable(&document.user_name), printable(&document.name));
        session.output.report(format_args!("{person} is signed in to {firm}."));
        if !remembered {
            session.output.warn("There is no keychain here: you are asked to sign in again next time.");
        }
    });
    Ok(Exit::Well)
}

/// The firm that is meant, connected to if need be.
fn firm(session: &Session<'_>, firms: &Firms, args: &Args) -> Result<Firm, Failure> {
    let Some(named) = &args.connection else {
        let active = firms.active()?.ok_or_else(|| {
            Failure::new(Code::Usage, "Name the connection file of your firm: `strongroom login firm.strongroom`.")
        })?;
        return Ok(firms.get(&active)?);
    };
    if let Some(known) = named.parse().ok().and_then(|id| firms.get(&id).ok()) {
        return Ok(known);
    }
    let connection = if named.contains("://") { Connection::from_link(named)? } else { read(Path::new(named))? };
    if !args.trust {
        trust(session, &connection)?;
    }
    Ok(firms.connect(&connection)?)
}

fn read(file: &Path) -> Result<Connection, Failure> {
    let bytes =
        std::fs::read(file).map_err(|error| Failure::not_found(SystemFault::of(&error).could_not("read", file)))?;
    Ok(Connection::from_file(&bytes)?)
}

/// Shows where a connection leads, and asks.
fn trust(session: &Session<'_>, connection: &Connection) -> Result<(), Failure> {
    for line in connection.shown() {
        session.output.warn(format_args!("{:<24} {}", line.label, printable(&line.value)));
    }
    if !io::stdin().is_terminal() {
        let message = "Nobody is there to be asked whether to trust this connection. Add --trust once you do.";
        return Err(Failure::new(Code::Usage, message));
    }
    session.output.ask("Anybody can write any name here; the project is what counts. Trust it? [y/N]");
    let mut answer = String::new();
    let _ = io::stdin().lock().read_line(&mut answer);
    if answer.trim().eq_ignore_ascii_case("y") {
        Ok(())
    } else {
        Err(Failure::new(Code::Interrupted, "Nothing was connected."))
    }
}
