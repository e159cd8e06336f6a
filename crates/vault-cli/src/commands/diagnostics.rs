//! `strongroom diagnostics`: what a maintainer needs to know, without any of the firm's data.

use vault_home::Diagnostics;

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::json::DiagnosticsDocument;
use crate::session::Session;

/// Print what a maintainer needs to find a fault
///
/// Versions, counts and the last lines of the log. It contains no names, no paths and no content of your documents, and
/// it is not sent anywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!["strongroom diagnostics" "strongroom diagnostics --json | jq .counts"])]
pub(crate) struct Args {}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, _args: &Args) -> Result<Exit, Failure> {
    let opened = session.open_even_if_refused().await;
    let opened = match &opened {
        Ok((opened, _)) => Ok((&opened.vault, &*opened.folder)),
        // A vault that cannot be opened is what this command is for.
        Err(failure) => {
            session.output.warn(format_args!("The vault cannot be opened ({}).", failure.code.as_str()));
            Err(failure.code.as_str().to_owned())
        }
    };
    let found = Diagnostics::collect(&session.home, opened).await;
    session.output.answer(&DiagnosticsDocument::of(&found), || session.output.line(found.to_string().trim_end()));
    Ok(Exit::Well)
}
