//! `strongroom login`: sign in to a firm, in the browser.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use serde::Serialize;
use vault_core::{SystemFault, small_file};
use vault_firm::{Changed, Connection, Firm, Firms};

use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::printable;
use crate::interrupt::Interrupt;
use crate::session::Session;
use crate::waiting;

/// Sign in to a firm, in your browser
///
/// With a connection file or link, this computer is connected to the firm first: its contents are shown, and you are
/// asked whether to trust it. From then on commands work on the firm's vault, until `strongroom use` or `strongroom
/// logout`.
///
/// The session is kept in the keychain of this computer. Where there is none, a passphrase seals it in a file: you are
/// asked for it, or provide it in `STRONGROOM_PASSPHRASE` or by `--passphrase-file` to this and every further command.
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
    /// `keychain` or `file`.
    kept_in: &'static str,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    session.make_home()?;
    let firms = Firms::of(&session.home);
    let firm = firm(session, &firms, args)?;
    let place = session.keeper().choose().await?;
    let signing_in = firm.begin_sign_in().await?;
    let address = signing_in.address().to_owned();
    session.output.note(format_args!("Sign in with your browser. If no page opens, go to\n  {address}"));
    // If no browser can be opened, the address can be copied.
    if let Err(error) = open::that_detached(&address) {
        tracing::info!(kind = ?error.kind(), "no browser is opened");
    }
    let finished = signing_in.finish(firms.device()?, place.secrets, async move { interrupt.wait().await });
    let signed_in = finished.await?;
    let (account, remembered) = (signed_in.account().await, signed_in.is_remembered().await);
    if !remembered {
        return Err(not_kept());
    }
    firms.activate(Some(&firm.id))?;
    // They are signed in, even if their vault cannot be opened; the next command reports that.
    if let Ok(open) = firm.open(&session.home, signed_in).await {
        waiting::send_after_signing_in(&open.opened.vault, session.output).await;
    }
    let document = LoginJson {
        firm: firm.id.to_string(),
        name: firm.connection.name.clone(),
        user: account.person.user.to_string(),
        user_name: account.person.display_name,
        email: account.email,
        team: account.person.team.to_string(),
        remembered,
        kept_in: place.kind,
    };
    session.output.answer(&document, || {
        let (person, firm) = (printable(&document.user_name), printable(&document.name));
        session.output.report(format_args!("{person} is signed in to {firm}."));
    });
    Ok(Exit::Well)
}

/// A session that ends with this command is of no use to the next one, and the user must not believe they are signed
/// in.
fn not_kept() -> Failure {
    Failure::new(
        Code::SignIn,
        "The keychain of this computer did not accept the session, so the next command would not find it. Unlock \
         the keychain and sign in again, or choose a passphrase that seals the session in a file: STRONGROOM_PASSPHRASE or \
         --passphrase-file FILE.",
    )
}

/// The requested firm; connects to it if necessary.
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
    let known = firms.known(&connection);
    let changed = known.as_ref().map(|firm| connection.changed_from(&firm.connection)).unwrap_or_default();
    show(session, &connection, known.as_ref(), &changed);
    if !args.trust && (known.is_none() || !changed.is_empty()) {
        trust(session)?;
    }
    Ok(firms.connect(&connection)?)
}

fn read(file: &Path) -> Result<Connection, Failure> {
    let bytes = small_file::read(file, small_file::SETTINGS).map_err(|error| {
        let message = SystemFault::of(&error).could_not("read", file);
        if error.kind() == io::ErrorKind::NotFound { Failure::not_found(message) } else { Failure::invalid(message) }
    })?;
    Connection::from_file(&bytes).map_err(|error| Failure::invalid(format!("“{}”: {error}", file.display())))
}

/// Shows the target of a connection, and its differences from an existing one to the same firm.
fn show(session: &Session<'_>, connection: &Connection, known: Option<&Firm>, changed: &[Changed]) {
    for line in connection.shown() {
        session.output.warn(format_args!("{:<24} {}", line.label, printable(&line.value)));
    }
    let Some(known) = known.filter(|_| !changed.is_empty()) else { return };
    session.output.warn("This computer is connected to this firm already. The new connection would change:");
    for Changed { fact, before, now } in changed {
        let (label, before, now) = (fact.label(), printable(before), printable(now));
        session.output.warn(format_args!("  {label:<24} “{before}” becomes “{now}”"));
    }
    if !connection.is_same_but_for_its_name(&known.connection) {
        session.output.warn("Check it with your administrator. You must sign in again afterwards.");
    }
}

/// Asks whether to trust it.
fn trust(session: &Session<'_>) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        let message = "There is no terminal to ask whether to trust this connection. Add --trust if you trust it.";
        return Err(Failure::new(Code::Usage, message));
    }
    session.output.ask("Anyone can write any name here: check the project. Trust it? [y/N]");
    let mut answer = String::new();
    let _ = io::stdin().lock().read_line(&mut answer);
    if answer.trim().eq_ignore_ascii_case("y") {
        Ok(())
    } else {
        Err(Failure::new(Code::Interrupted, "Nothing was connected."))
    }
}
