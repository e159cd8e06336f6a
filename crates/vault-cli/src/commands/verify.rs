//! `strongroom verify`: checks that everything is there and unchanged.

use std::sync::Arc;

use serde::Serialize;
use vault_core::model::BlobRef;
use vault_core::rate::Throttle;
use vault_core::{Checking, Double, Fault, Orphan, Progress, SystemFault, Verification};
use vault_home::UnfinishedCheck;

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::{count, many, printable, size};
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::rate::Rate;
use crate::session::Session;

/// Names of documents that are printed of one content, and contents that are stored more than once, unless all are
/// asked for.
const NAMES: usize = 5;

/// Read everything that is stored and compare it with the records
///
/// Reports what is missing, what is damaged, what no record needs, and what is stored more than once. A check that is
/// stopped, or loses its connection to a firm's vault, reports what it has read, and can be continued.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom verify"
    "strongroom verify --rate 2MB/s --continue"
    "strongroom verify --json | jq '.missing, .damaged'"
])]
pub(crate) struct Args {
    /// Limit the reading rate (20MB/s, 500kB/s, 8Mbit/s), to leave bandwidth for others
    #[arg(long, value_name = "RATE")]
    rate: Option<Rate>,
    /// Continue the last check, if it was stopped; files filed since among those already checked are not read
    #[arg(long = "continue")]
    go_on: bool,
}

#[derive(Debug, Serialize)]
struct VerifyJson {
    records: u64,
    contents: u64,
    bytes: u64,
    stopped: bool,
    reason: Option<String>,
    missing: Vec<FaultJson>,
    damaged: Vec<FaultJson>,
    orphaned: Vec<StoredJson>,
    doubles: Vec<DoubleJson>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FaultJson {
    storage_path: String,
    file_hash: String,
    documents: Vec<String>,
}

/// Stored content, in any kind of storage.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StoredJson {
    storage_path: String,
    size: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DoubleJson {
    file_hash: String,
    /// The total size of all copies.
    bytes: u64,
    copies: Vec<StoredJson>,
}

impl From<&Verification> for VerifyJson {
    fn from(verification: &Verification) -> Self {
        let Verification { records, contents, bytes, missing, damaged, orphaned, doubles, stopped, halt, up_to: _ } =
            verification;
        let fault = |Fault { path, documents }: &Fault| FaultJson {
            storage_path: path.to_string(),
            file_hash: path.hash().to_string(),
            documents: documents.clone(),
        };
        let orphan = |Orphan { path, size }: &Orphan| StoredJson { storage_path: path.clone(), size: *size };
        let copy = |BlobRef { path, size }: &BlobRef| StoredJson { storage_path: path.to_string(), size: *size };
        let double = |double: &Double| DoubleJson {
            file_hash: double.hash.to_string(),
            bytes: double.bytes(),
            copies: double.copies.iter().map(copy).collect(),
        };
        Self {
            records: *records,
            contents: *contents,
            bytes: *bytes,
            stopped: *stopped,
            reason: halt.as_ref().map(ToString::to_string),
            missing: missing.iter().map(fault).collect(),
            damaged: damaged.iter().map(fault).collect(),
            orphaned: orphaned.iter().map(orphan).collect(),
            doubles: doubles.iter().map(double).collect(),
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let unfinished = UnfinishedCheck::of(&opened);
    let earlier = if args.go_on { unfinished.read() } else { None };
    if let Some(Verification { contents, bytes, .. }) = &earlier {
        let (contents, bytes) = (many(*contents, "content"), size(*bytes));
        session.output.note(format_args!("Continuing after {contents} ({bytes})."));
    }
    let how = Checking { throttle: Throttle::new(args.rate.map(|Rate(per_second)| per_second)), earlier };
    let interrupt = Interrupt::listen();
    let progress = Arc::<Progress>::default();
    let line = session.watch(&interrupt, "Verifying", progress.clone());
    let verification = opened.vault.verify_as(how, progress).await;
    drop(line);
    let verification = verification?;
    unfinished.keep(&verification).map_err(|error| {
        let why = SystemFault::of(&error).could_not("write", unfinished.file());
        Failure::invalid(format!("The progress of the check could not be saved. {why}"))
    })?;
    let elsewhere = opened.vault.is_remote();
    session.output.answer(&VerifyJson::from(&verification), || print(session.output, &verification, elsewhere));
    Ok(if verification.is_sound() && !verification.stopped { Exit::Well } else { Exit::SomeFailed })
}

fn print(output: &Output, verification: &Verification, elsewhere: bool) {
    let Verification { records, contents, bytes, missing, damaged, orphaned, doubles, stopped, halt, up_to } =
        verification;
    let read = format!("{} of {} read ({})", many(*contents, "content"), many(*records, "document"), size(*bytes));
    if *stopped {
        let why = halt.as_ref().map(|halt| format!(" {halt}")).unwrap_or_default();
        output.warn(format_args!("Stopped.{why} {read} so far."));
        if up_to.is_some() {
            output.warn("To continue: strongroom verify --continue");
        }
    } else if verification.is_sound() {
        output.report(format_args!("{read}: everything is there, as it was filed."));
    } else {
        let (missing, damaged) = (count(missing.len() as u64), count(damaged.len() as u64));
        output.report(format_args!("{read}: {missing} missing, {damaged} damaged."));
    }
    print_faults(output, "Missing: file these documents again, and their content is stored again.", missing);
    let heading = if elsewhere {
        "Damaged, in storage or in transfer. Check again; what is still damaged must be removed from the firm's storage \
         by your administrator, and can then be filed again."
    } else {
        "Damaged: file these documents again; what is damaged is set aside."
    };
    print_faults(output, heading, damaged);
    if !orphaned.is_empty() {
        let bytes = size(orphaned.iter().map(|orphan| orphan.size).sum());
        let found = many(orphaned.len() as u64, "file");
        output.report(format_args!("\n{found} that no record needs ({bytes}). This harms nothing."));
        for orphan in orphaned.iter().take(if output.verbose { usize::MAX } else { 0 }) {
            output.report(format_args!("  {} ({})", printable(&orphan.path), size(orphan.size)));
        }
    }
    print_doubles(output, doubles);
}

fn print_doubles(output: &Output, doubles: &[Double]) {
    if doubles.is_empty() {
        return;
    }
    let copies = count(doubles.iter().map(|double| double.copies.len() as u64).sum());
    let bytes = size(doubles.iter().map(Double::bytes).sum());
    let found = many(doubles.len() as u64, "content");
    let are = if doubles.len() == 1 { "is" } else { "are" };
    output.report(format_args!(
        "\n{found} {are} stored more than once: {copies} copies, which take {bytes}. This harms nothing. \
         Remove none of them: a document may need any."
    ));
    let shown = if output.verbose { doubles.len() } else { NAMES.min(doubles.len()) };
    for double in &doubles[..shown] {
        output.report(format_args!("  {} ({})", double.hash, size(double.bytes())));
        for BlobRef { path, size: bytes } in &double.copies {
            output.report(format_args!("    {} ({})", printable(&path.to_string()), size(*bytes)));
        }
    }
    if shown < doubles.len() {
        let hidden = count((doubles.len() - shown) as u64);
        output.report(format_args!("  … and {hidden} more; --verbose lists them all."));
    }
}

fn print_faults(output: &Output, heading: &str, faults: &[Fault]) {
    if faults.is_empty() {
        return;
    }
    output.warn(format_args!("\n{heading}"));
    for Fault { path, documents } in faults {
        let shown = if output.verbose { documents.len() } else { NAMES.min(documents.len()) };
        let mut names: Vec<String> = documents[..shown].iter().map(|name| printable(name).into_owned()).collect();
        if shown < documents.len() {
            names.push(format!("… and {} more", count((documents.len() - shown) as u64)));
        }
        output.warn(format_args!("  {}: {}", path.hash(), names.join(", ")));
    }
}
