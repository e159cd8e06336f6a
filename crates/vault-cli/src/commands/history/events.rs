//! Events of single files.

use serde::Serialize;
use vault_core::Vault;
use vault_core::model::{DropId, EventId, EventKind, MatterId, UploadEvent};
use vault_core::ports::SourcePaths;

use super::{PAGE, drops_of};
use crate::errors::Failure;
use crate::format::{moment, printable, size};
use crate::json::EventJson;
use crate::names::Names;
use crate::output::Output;
use crate::session::Session;

#[derive(Debug, Serialize)]
struct Document {
    events: Vec<EventJson>,
}

/// An event of a file, and the dropped folder or file that it came from.
pub(crate) type Sourced = (UploadEvent, Option<String>);

/// Prints the events of all drops; newest drop first.
pub(super) async fn show(
    session: &Session<'_>,
    vault: &Vault,
    matter: Option<&MatterId>,
    kind: EventKind,
    limit: usize,
) -> Result<(), Failure> {
    let mut events = Vec::new();
    let mut more = false;
    for drop in drops_of(vault, matter, usize::MAX).await?.0 {
        let (of_drop, rest) = of_drop(vault, drop.id, Some(kind), limit - events.len()).await?;
        events.extend(of_drop);
        more |= rest;
        if events.len() >= limit {
            break;
        }
    }
    if session.output.is_json() {
        let events = to_json(events, &mut Names::new(vault)).await?;
        session.output.document(&Document { events });
    } else if events.is_empty() {
        session.output.report("There are no such events.");
    } else {
        print(session.output, &events);
        if more {
            session.output.report("… there are more; --verbose shows all of them.");
        }
    }
    Ok(())
}

/// At most this many events of a drop, oldest first; and whether there are more.
pub(super) async fn of_drop(
    vault: &Vault,
    drop: DropId,
    kind: Option<EventKind>,
    limit: usize,
) -> Result<(Vec<Sourced>, bool), Failure> {
    let mut events = Vec::new();
    let mut after: Option<EventId> = None;
    while events.len() < limit {
        let page = vault.mirror.drop_events(drop, kind.as_slice(), after, PAGE.min(limit - events.len())).await?;
        events.extend(with_sources(page.events, &page.sources));
        after = page.next;
        if after.is_none() {
            return Ok((events, false));
        }
    }
    Ok((events, true))
}

/// Each with its origin.
pub(crate) fn with_sources(events: Vec<UploadEvent>, sources: &SourcePaths) -> impl Iterator<Item = Sourced> {
    events.into_iter().map(|event| {
        let source = sources.of(&event).map(str::to_owned);
        (event, source)
    })
}

/// Events for programs.
pub(crate) async fn to_json(events: Vec<Sourced>, names: &mut Names<'_>) -> Result<Vec<EventJson>, Failure> {
    let mut json = Vec::with_capacity(events.len());
    for (event, source) in events {
        let user = names.person(&event.user).await?;
        json.push(EventJson::new(event, source, user));
    }
    Ok(json)
}

/// Events for people.
pub(crate) fn print(output: &Output, events: &[Sourced]) {
    for (event, source) in events {
        let path = event.folder_path.join(&event.file_name);
        let reason = event.reason.as_deref().map(|reason| format!(": {}", printable(reason))).unwrap_or_default();
        let (when, what) = (moment(event.timestamp), word(event.kind));
        let from = source.as_deref().map(|source| format!(", from {}", printable(source))).unwrap_or_default();
        let (path, size) = (printable(path.text()), size(event.size));
        output.line(format_args!("{when}  {what:<11}  {path} ({size}){from}{reason}"));
    }
}

/// The outcome, in a word.
pub(crate) const fn word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Interrupted => "interrupted",
        EventKind::Success => "stored",
        EventKind::Failed => "failed",
        EventKind::AlreadyStored => "already in",
    }
}
