//! `strongroom restore`: restores files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use vault_core::model::DropId;
use vault_core::restore::{Origin, OtherTime, Renamed, RestoreProblem, RestoreScope, Restored};
use vault_core::{Progress, SystemFault, Vault};

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::{count, many, modified, moment, printable, size};
use crate::interrupt::Interrupt;
use crate::json::{ListedJson, OtherTimeJson, RenamedJson};
use crate::lists::{Listed, print_problems};
use crate::output::Output;
use crate::resolve;
use crate::session::Session;

/// Restore a drop, a matter or a folder, exactly as received
///
/// Restores names, folders, times and every duplicate. Existing files are not overwritten, and nothing is written
/// outside DEST. A restore that was stopped can be repeated: files that are already there are left unchanged.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom restore --batch latest ~/Desktop/Back"
    "strongroom restore --matter 2024-001 ~/Desktop/Back"
    "strongroom restore --matter 2024-001 --folder \"Box/Letters\" ~/Desktop/Back"
])]
pub(crate) struct Args {
    #[command(flatten)]
    what: What,
    /// Only what was received in this folder of the matter, or below it
    #[arg(long, value_name = "PATH", conflicts_with = "batch")]
    folder: Option<String>,
    /// The documents are the firm's own or otherwise trusted: do not mark them as coming from outside
    ///
    /// Otherwise every restored file is marked on Windows and macOS like a downloaded one, and programs treat it with
    /// caution: Word, for example, runs no macros in it.
    #[arg(long)]
    trusted: bool,
    /// The folder to restore to; it is created if it does not exist
    #[arg(value_name = "DEST")]
    dest: PathBuf,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A drop: its id, the beginning or end of it, or `latest`
    #[arg(long, short, value_name = "BATCH")]
    batch: Option<String>,
    /// A matter: its id or number
    #[arg(long, short, value_name = "MATTER")]
    matter: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RestoreJson {
    restored: u64,
    already_there: u64,
    documents: u64,
    folders: u64,
    bytes: u64,
    stopped: bool,
    renamed: Vec<RenamedJson>,
    other_times: Vec<OtherTimeJson>,
    unmarked: u64,
    problem_files: Vec<ListedJson>,
}

impl From<&Restored> for RestoreJson {
    fn from(of: &Restored) -> Self {
        let Restored {
            restored,
            already_there,
            documents,
            folders,
            bytes,
            renamed,
            other_times,
            unmarked,
            problems,
            stopped,
        } = of;
        Self {
            restored: *restored,
            already_there: *already_there,
            documents: *documents,
            folders: *folders,
            bytes: *bytes,
            stopped: *stopped,
            renamed: renamed.iter().map(RenamedJson::from).collect(),
            other_times: other_times.iter().map(OtherTimeJson::from).collect(),
            unmarked: *unmarked,
            problem_files: problems.iter().map(ListedJson::from).collect(),
        }
    }
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let dest = std::path::absolute(&args.dest)
        .map_err(|error| Failure::invalid(SystemFault::of(&error).could_not("find", &args.dest)))?;
    let opened = session.open().await?;
    let vault = &opened.vault;
    let scope = scope(vault, args).await?;
    if let RestoreScope::Drop(id) = &scope {
        say_whose(session, vault, *id).await?;
    }
    let origin = if args.trusted { Origin::Trusted } else { Origin::Outside };
    let interrupt = Interrupt::listen();
    let progress = Arc::<Progress>::default();
    let line = session.watch(&interrupt, "Restoring", progress.clone());
    let restored = vault.restore_from(origin, &scope, &dest, progress).await;
    drop(line);
    let restored = restored?;
    session.output.answer(&RestoreJson::from(&restored), || print(session, &restored, "restored", &dest));
    Ok(if restored.problems.is_empty() && !restored.stopped { Exit::Well } else { Exit::SomeFailed })
}

async fn scope(vault: &Vault, args: &Args) -> Result<RestoreScope, Failure> {
    if let Some(batch) = &args.what.batch {
        let id = resolve::batch(vault, batch).await?;
        return known(vault, id).await.map(|()| RestoreScope::Drop(id));
    }
    let matter = resolve::matter(vault, args.what.matter.as_deref().unwrap_or_default()).await?.matter.id;
    Ok(match &args.folder {
        Some(folder) => RestoreScope::Folder(matter, folder.clone()),
        None => RestoreScope::Matter(matter),
    })
}

/// Prints whose drop is being restored, if it is another user's.
async fn say_whose(session: &Session<'_>, vault: &Vault, id: DropId) -> Result<(), Failure> {
    if let Some(drop) = resolve::summary(vault, id).await?
        && drop.user != vault.person().await?.user
    {
        let name = vault.mirror.display_name(&drop.user).await?.unwrap_or_else(|| drop.user.to_string());
        session.output.note(format_args!("{} filed this on {}.", printable(&name), moment(drop.started)));
    }
    Ok(())
}

/// An unknown drop is an error, not an empty one.
async fn known(vault: &Vault, id: DropId) -> Result<(), Failure> {
    if resolve::summary(vault, id).await?.is_some() || vault.queued_drop(id).await?.is_some() {
        return Ok(());
    }
    Err(Failure::not_found(format!("There is no batch {id}. `strongroom history` lists them.")))
}

/// Prints how many files were `done`, which is restored or copied.
pub(super) fn print(session: &Session<'_>, restored: &Restored, done: &str, dest: &Path) {
    let output = session.output;
    let already = match restored.already_there {
        0 => String::new(),
        files => format!(", {} already there", count(files)),
    };
    let (mut what, bytes) = (many(restored.restored, "file"), size(restored.bytes));
    if restored.restored + restored.already_there == 0 && restored.folders > 0 {
        what = format!("{what}, {}", many(restored.folders, "folder"));
    }
    // A document is restored in every place it was received in: the vault counts fewer documents than there are files.
    let of = match restored.documents {
        // Some of them could not be restored.
        _ if restored.stopped => String::new(),
        0 => String::new(),
        documents => format!(" of {}", many(documents, "document")),
    };
    let dest = dest.display().to_string();
    output.report(format_args!("{what}{of} {done} to {}{already} ({bytes}).", printable(&dest)));
    let (apart, renamed): (Vec<&Renamed>, Vec<_>) = restored.renamed.iter().partition(|one| one.source.is_some());
    print_renamed(output, "Kept apart, because something else of the same name was received, too:", &apart);
    print_renamed(
        output,
        "Under another name, because the original one is taken, or the drive or the system does not allow it:",
        &renamed,
    );
    if !restored.other_times.is_empty() {
        output.warn("\nWith the nearest time that the drive can store, because it cannot store the original one:");
        for OtherTime { path, received, restored } in &restored.other_times {
            let (received, restored) = (modified(*received), modified(*restored));
            output.warn(format_args!("  {}: {restored} instead of {received}", printable(path.text())));
        }
    }
    if restored.unmarked > 0 {
        output.warn(format_args!(
            "\nWithout the mark that they came from outside, because the drive keeps none: {}. Be as careful with them as \
             with e-mail attachments.",
            many(restored.unmarked, "file")
        ));
    }
    let listed =
        |RestoreProblem { path, reason }: &RestoreProblem| Listed { path: path.clone(), reason: reason.clone() };
    let problems: Vec<Listed> = restored.problems.iter().map(listed).collect();
    print_problems(output, &format!("Could not be {done}:"), &problems);
    if restored.stopped {
        output.warn("Stopped. To continue, repeat the command; files that are already there are left unchanged.");
    }
}

fn print_renamed(output: &Output, heading: &str, renamed: &[&Renamed]) {
    if renamed.is_empty() {
        return;
    }
    output.warn(format_args!("\n{heading}"));
    for Renamed { from, to, source } in renamed {
        let source = source.as_deref().map(|source| format!(" (from {})", printable(source))).unwrap_or_default();
        output.warn(format_args!("  {}{source} is {}", printable(from.text()), printable(to.text())));
    }
}
