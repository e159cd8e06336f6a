//! Decides on a waiting change.

use serde::Serialize;
use vault_core::model::{ClientFields, EditId, MatterFields};
use vault_core::ports::{Edited, WaitingEdit};
use vault_core::rules;
use vault_core::{Keep, Vault};

use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::printable;
use crate::json::ChangeJson;
use crate::resolve;
use crate::session::Session;

/// Which change.
#[derive(Debug, clap::Args)]
pub(crate) struct One {
    /// The change: its id, the beginning or end of it, or the matter's number or client's name
    #[arg(value_name = "CHANGE")]
    change: String,
}

/// Replace the firm's version with mine
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom changes keep-mine 0199c0de"
    "strongroom changes keep-mine 2024-001 --number 2024-002"
])]
pub(crate) struct KeepMine {
    #[command(flatten)]
    one: One,
    /// With this number instead, for a matter whose number was taken
    #[arg(long, short)]
    number: Option<String>,
    /// With this title (a matter) or name (a client) instead
    #[arg(long, short)]
    title: Option<String>,
}

#[derive(Debug, Serialize)]
struct Document {
    change: ChangeJson,
}

/// Performs `keep-mine`.
pub(super) async fn keep_mine(session: &Session<'_>, vault: &Vault, args: &KeepMine) -> Result<Exit, Failure> {
    let edit = find(vault, &args.one.change).await?;
    if edit.refused.is_none() {
        return Err(Failure::invalid(format!(
            "No other version conflicts with this change to {}: it is sent by the next command that reaches the \
             firm's vault.",
            edit.what.named()
        )));
    }
    let keep = match corrected(&edit.what, args)? {
        Some(what) => Keep::Corrected(what),
        None => Keep::Mine,
    };
    let before = ChangeJson::of(vault, edit.clone()).await?;
    let sending = vault.resolve(edit.id, keep).await?;
    let Some(now) = vault.waiting_edits().await?.into_iter().find(|now| now.id == edit.id) else {
        return Ok(done(session, before.ended("sent"), "Sent", &edit));
    };
    if let Some(reason) = now.refused {
        return Err(Failure::new(
            Code::Conflict,
            format!("The firm's vault has not accepted {}: {reason}", now.what.named()),
        ));
    }
    let why = sending.stopped.map(|why| format!(" {why}")).unwrap_or_default();
    let said = format!("Kept:{why} It is sent by the next command that reaches the firm's vault:");
    Ok(done(session, ChangeJson::of(vault, now).await?, &said, &edit))
}

/// Performs `take-theirs`.
pub(super) async fn take_theirs(session: &Session<'_>, vault: &Vault, one: &One) -> Result<Exit, Failure> {
    let edit = find(vault, &one.change).await?;
    if edit.refused.is_none() {
        return Err(Failure::invalid(format!(
            "No other version conflicts with this change to {}. To discard it: strongroom changes discard {}",
            edit.what.named(),
            edit.id
        )));
    }
    forget(session, vault, &edit, "Kept the firm's version of").await
}

/// Performs `discard`.
pub(super) async fn discard(session: &Session<'_>, vault: &Vault, one: &One) -> Result<Exit, Failure> {
    let edit = find(vault, &one.change).await?;
    forget(session, vault, &edit, "Discarded the change to").await
}

async fn forget(session: &Session<'_>, vault: &Vault, edit: &WaitingEdit, said: &str) -> Result<Exit, Failure> {
    let before = ChangeJson::of(vault, edit.clone()).await?;
    vault.resolve(edit.id, Keep::Theirs).await?;
    Ok(done(session, before.ended("discarded"), said, edit))
}

fn done(session: &Session<'_>, change: ChangeJson, said: &str, edit: &WaitingEdit) -> Exit {
    session.output.answer(&Document { change }, || {
        session.output.report(format_args!("{said} {}.", printable(&edit.what.named())));
    });
    Exit::Well
}

/// The user's new values in place of the refused ones, if any.
fn corrected(what: &Edited, args: &KeepMine) -> Result<Option<Edited>, Failure> {
    if args.number.is_none() && args.title.is_none() {
        return Ok(None);
    }
    Ok(Some(match what {
        Edited::Client { .. } if args.number.is_some() => {
            return Err(Failure::new(Code::Usage, "A client has no number: --number is for matters."));
        }
        Edited::Client { id, fields } => {
            let name = args.title.clone().unwrap_or_else(|| fields.name.clone());
            Edited::Client { id: id.clone(), fields: ClientFields { name, ..fields.clone() } }
        }
        Edited::Matter { id, fields } => {
            let title = args.title.clone().unwrap_or_else(|| fields.title.clone());
            let number = args.number.clone().unwrap_or_else(|| fields.number.clone());
            Edited::Matter { id: id.clone(), fields: MatterFields { title, number, ..fields.clone() } }
        }
    }))
}

/// The requested change.
async fn find(vault: &Vault, text: &str) -> Result<WaitingEdit, Failure> {
    let edits = vault.waiting_edits().await?;
    let named: Vec<EditId> = edits.iter().filter(|edit| is_called(edit, text)).map(|edit| edit.id).collect();
    let id = resolve::change(text, &named, &edits.iter().map(|edit| edit.id).collect::<Vec<_>>())?;
    let found = edits.into_iter().find(|edit| edit.id == id);
    found.ok_or_else(|| Failure::not_found(format!("There is no change “{text}”. `strongroom changes` lists them.")))
}

/// Whether a change is of the client or matter with this id, number or name.
fn is_called(edit: &WaitingEdit, text: &str) -> bool {
    let key = rules::name_key(text);
    let is = |name: &str| !key.is_empty() && rules::name_key(name) == key;
    match &edit.what {
        Edited::Client { id, fields } => id.as_str() == text || is(&fields.name),
        Edited::Matter { id, fields } => id.as_str() == text || is(&fields.number) || is(&fields.title),
    }
}
