//! `strongroom firms` and `strongroom use`: the available vaults, and the one that commands use.

use serde::Serialize;
use vault_firm::{FirmError, Firms};

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::printable;
use crate::session::Session;

/// List the firms this computer is connected to
#[derive(Debug, clap::Args)]
#[command(after_help = examples!["strongroom firms" "strongroom firms --json | jq -r '.firms[].id'"])]
pub(crate) struct List {}

/// Work on the vault of a firm, or on that of this computer, from now on
#[derive(Debug, clap::Args)]
#[command(after_help = examples!["strongroom use acme-law" "strongroom use local"])]
pub(crate) struct Use {
    /// The id of the firm, or `local`
    #[arg(value_name = "FIRM")]
    firm: String,
}

#[derive(Debug, Serialize)]
struct FirmsJson {
    active: Option<String>,
    firms: Vec<FirmJson>,
}

/// The answer of `use`: the firm, or null for the vault of this computer.
#[derive(Debug, Serialize)]
struct ActiveJson {
    active: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FirmJson {
    id: String,
    name: String,
    project: String,
    training: bool,
    /// The e-mail address of the signed-in user.
    account: Option<String>,
}

/// Performs `firms`.
pub(super) async fn list(session: &Session<'_>, _args: &List) -> Result<Exit, Failure> {
    let firms = Firms::of(&session.home);
    // The list of firms is available without a session.
    let secrets = match session.keeper().find().await {
        Ok(secrets) => Some(secrets),
        Err(failure) => {
            session.output.warn(&failure.message);
            None
        }
    };
    let mut listed = Vec::new();
    for firm in firms.list()? {
        let signed_in = match &secrets {
            Some(secrets) => firm.session(firms.device()?, secrets.clone()).await.ok().flatten(),
            None => None,
        };
        let account = match signed_in {
            Some(signed_in) => Some(signed_in.account().await.email),
            None => None,
        };
        listed.push(FirmJson {
            id: firm.id.to_string(),
            name: firm.connection.name.clone(),
            project: firm.connection.project.clone(),
            training: firm.connection.is_training(),
            account,
        });
    }
    let active = firms.active();
    let is_local = matches!(active, Ok(None));
    let active = match active {
        // Users choose another vault from this list.
        Err(error @ FirmError::NoneChosen(_)) => {
            session.output.warn(Failure::from(error).message);
            None
        }
        known => known?,
    };
    let document = FirmsJson { active: active.map(|id| id.to_string()), firms: listed };
    session.output.answer(&document, || {
        let output = session.output;
        let mark = |active: bool| if active { "*" } else { " " };
        output.line(format_args!("{} local  On this computer", mark(is_local)));
        for firm in &document.firms {
            let active = document.active.as_ref() == Some(&firm.id);
            let training = if firm.training { " (training)" } else { "" };
            let account = firm.account.as_deref().unwrap_or("nobody is signed in");
            let name = printable(&firm.name);
            output.line(format_args!("{} {}  {name}{training}: {}", mark(active), firm.id, printable(account)));
        }
    });
    Ok(Exit::Well)
}

/// Performs `use`.
pub(super) fn choose(session: &Session<'_>, args: &Use) -> Result<Exit, Failure> {
    let firms = Firms::of(&session.home);
    let firm = if args.firm == "local" { None } else { Some(firms.get(&args.firm.parse()?)?) };
    firms.activate(firm.as_ref().map(|firm| &firm.id))?;
    let document = ActiveJson { active: firm.as_ref().map(|firm| firm.id.to_string()) };
    session.output.answer(&document, || {
        let name = firm.as_ref().map_or("this computer".into(), |firm| printable(&firm.connection.name));
        session.output.report(format_args!("Commands now work on the vault of {name}."));
    });
    Ok(Exit::Well)
}
