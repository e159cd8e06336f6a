//! The document of `diagnostics`.

use std::collections::BTreeMap;

use serde::Serialize;
use vault_home::{Diagnostics, Queue, VaultCounts};

/// What a maintainer needs to know.
#[derive(Debug, Serialize)]
pub(crate) struct DiagnosticsDocument<'a> {
    version: &'static str,
    system: &'a str,
    vault: &'static str,
    failure: Option<&'a str>,
    counts: Option<CountsJson>,
    schemas: BTreeMap<&'static str, i64>,
    log: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CountsJson {
    clients: u64,
    matters: u64,
    records: u64,
    waiting_edits: u64,
    set_aside: u64,
    queue: QueueJson,
}

/// Drops by their state, and files.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueJson {
    reading: u64,
    review: u64,
    filing: u64,
    paused: u64,
    blocked: u64,
    cancelling: u64,
    files: u64,
    files_later: u64,
    files_attention: u64,
}

impl<'a> DiagnosticsDocument<'a> {
    pub(crate) fn of(found: &'a Diagnostics) -> Self {
        let Diagnostics { version, system, vault, failure, counts, schemas, log } = found;
        Self {
            version,
            system,
            vault,
            failure: failure.as_deref(),
            counts: counts.as_ref().map(CountsJson::of),
            schemas: schemas.iter().copied().collect(),
            log,
        }
    }
}

impl CountsJson {
    fn of(counts: &VaultCounts) -> Self {
        let &VaultCounts { clients, matters, records, waiting_edits, set_aside, ref queue } = counts;
        let &Queue { reading, review, filing, paused, blocked, cancelling, files, files_later, files_attention } =
            queue;
        let queue =
            QueueJson { reading, review, filing, paused, blocked, cancelling, files, files_later, files_attention };
        Self { clients, matters, records, waiting_edits, set_aside, queue }
    }
}
