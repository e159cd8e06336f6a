//! The state of a drop after filing, printed the same way by every command that files.

use serde::Serialize;
use vault_core::Vault;
use vault_core::model::DropCounts;
use vault_core::ports::{DropPhase, JournaledDrop};

use crate::errors::{Exit, Failure};
use crate::format::{count, many, printable, size};
use crate::json::{ListedJson, QueuedJson, WaitsJson};
use crate::lists::{Listed, Waits, print_left_out, print_problems, print_waiting, warn_left_out};
use crate::names::Names;
use crate::output::Output;

/// A drop with its lists.
pub(super) struct Outcome {
    pub(super) drop: JournaledDrop,
    pub(super) left_out: Vec<Listed>,
    pub(super) problems: Vec<Listed>,
    pub(super) waiting: Vec<Waits>,
    elsewhere: bool,
    matter: String,
}

/// A drop in the queue, with its lists.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OutcomeJson {
    #[serde(flatten)]
    drop: QueuedJson,
    left_out_files: Vec<ListedJson>,
    problem_files: Vec<ListedJson>,
    waiting_files: Vec<WaitsJson>,
}

impl Outcome {
    /// The state of `drop`, with its lists from the queue.
    pub(super) async fn of(vault: &Vault, drop: JournaledDrop) -> Result<Self, Failure> {
        let id = drop.new.id;
        let left_out = vault.left_out_of(id).await?.iter().map(Listed::from).collect();
        let problems = vault.files_needing_attention(id).await?.iter().filter_map(Listed::from_item).collect();
        let waiting = vault.waiting_files(id).await?.iter().filter_map(Waits::from_item).collect();
        let matter = Names::new(vault).matter_name(&drop.new.matter).await?;
        Ok(Self { drop, left_out, problems, waiting, elsewhere: false, matter })
    }

    /// The same, if another program `files` on this computer, this drop or another.
    pub(super) fn while_filed_elsewhere(self, files: bool) -> Self {
        Self { elsewhere: files, ..self }
    }

    /// Whether everything to be filed is in the vault, and there was anything.
    pub(super) fn exit(&self) -> Exit {
        let ended = matches!(self.drop.phase, DropPhase::Finished | DropPhase::Cancelled);
        let well = ended && self.drop.counts.failed == 0 && self.drop.waiting == 0 && self.drop.paused.is_none();
        if well && !self.is_nothing_filed() { Exit::Well } else { Exit::SomeFailed }
    }

    /// The same for the counts of the pre-flight: files that were cancelled meanwhile are not in the vault.
    pub(super) fn exit_of_filing(&self) -> Exit {
        if self.drop.phase == DropPhase::Cancelled { Exit::SomeFailed } else { self.exit() }
    }

    /// Whether everything that was found was left out.
    fn is_nothing_filed(&self) -> bool {
        let DropCounts { stored, skipped, failed, left_out, .. } = self.drop.counts;
        let finished = self.drop.phase == DropPhase::Finished;
        finished && left_out > 0 && stored + skipped + failed + self.drop.waiting + self.drop.cancelled == 0
    }

    /// For programs.
    pub(super) async fn json(&self, vault: &Vault) -> Result<OutcomeJson, Failure> {
        Ok(OutcomeJson {
            drop: QueuedJson::new(self.drop.clone(), &mut Names::new(vault)).await?,
            left_out_files: self.left_out.iter().map(ListedJson::from).collect(),
            problem_files: self.problems.iter().map(ListedJson::from).collect(),
            waiting_files: self.waiting.iter().map(WaitsJson::from).collect(),
        })
    }

    /// For people.
    pub(super) fn print(&self, output: &Output) {
        output.report(self.sentence());
        warn_left_out(output, &self.left_out, self.is_nothing_filed());
        print_left_out(output, &self.left_out);
        print_problems(output, "Could not be filed:", &self.problems);
        print_waiting(output, &self.waiting);
        let id = self.drop.new.id;
        if !self.problems.is_empty() {
            output.warn(format_args!("Once that is fixed: strongroom retry --batch {id}"));
        }
        match (self.drop.phase, &self.drop.paused) {
            (DropPhase::Filing, None) if self.elsewhere && self.drop.waiting > 0 => {
                let waiting = many(self.drop.waiting, "file");
                output.note(format_args!("Another Strongroom is filing now. Still to be filed: {waiting}."));
            }
            (DropPhase::Preparing, None) => {
                output.warn("Stopped before everything was read. To continue: strongroom resume");
            }
            (DropPhase::Filing, None) if self.drop.waiting > 0 && self.drop.waiting == self.drop.later => {
                output.warn("Everything else is done. To try these again: strongroom resume");
            }
            (DropPhase::Filing, None) => {
                let waiting = many(self.drop.waiting, "file");
                output.warn(format_args!("Stopped; still to be filed: {waiting}. To continue: strongroom resume"));
            }
            (_, Some(_)) if self.drop.is_cancelling() && self.elsewhere => {
                output.warn(
                    "Nothing more of it is filed. It ends once the other Strongroom, which is filing, has stopped.",
                );
            }
            (_, Some(_)) if self.drop.is_cancelling() => {
                output.warn("Nothing more of it is filed. The vault must still be asked about it: strongroom resume");
            }
            (DropPhase::Preparing, Some(reason)) => {
                output.warn(format_args!("Paused: {reason} To continue: strongroom resume"));
            }
            (DropPhase::Filing, Some(reason)) => {
                let waiting = many(self.drop.waiting, "file");
                output.warn(format_args!(
                    "Paused: {reason} Still to be filed: {waiting}. To continue: strongroom resume"
                ));
            }
            _ => {}
        }
    }

    /// The result of filing, in a sentence, and the id of the drop.
    pub(super) fn sentence(&self) -> String {
        let counts = self.drop.counts;
        let mut parts = vec![
            format!("{} stored ({})", count(counts.stored), size(counts.bytes_stored)),
            format!("{} already in the vault", count(counts.skipped)),
        ];
        if counts.failed > 0 {
            parts.push(format!("{} failed", count(counts.failed)));
        }
        if self.drop.cancelled > 0 && self.drop.phase != DropPhase::Cancelled {
            parts.push(format!("{} cancelled", count(self.drop.cancelled)));
        }
        let (matter, parts) = (printable(&self.matter), parts.join(", "));
        let id = self.drop.new.id;
        // Only files that were filed are reported as filed.
        let said = match self.drop.phase {
            phase if phase == DropPhase::Cancelled || self.drop.is_cancelling() => {
                format!("Cancelled the drop on {matter}: {parts}.")
            }
            DropPhase::Finished | DropPhase::Cancelled => format!("Filed to {matter}: {parts}."),
            DropPhase::Preparing => format!("Nothing is filed to {matter} yet: its folders are still to be read."),
            DropPhase::Filing if counts.stored + counts.skipped == 0 && self.drop.waiting > 0 => {
                format!("Nothing is filed to {matter} yet: {} to be filed.", wait(self.drop.waiting))
            }
            DropPhase::Filing if self.drop.waiting > 0 => {
                format!("Filed to {matter} so far: {parts}; {} to be filed.", wait(self.drop.waiting))
            }
            DropPhase::Filing => format!("Filed to {matter}: {parts}. Its end is still to be recorded."),
        };
        format!("{said}\nBatch {id}")
    }
}

/// `646 files wait`
fn wait(files: u64) -> String {
    format!("{} {}", many(files, "file"), if files == 1 { "waits" } else { "wait" })
}
