//! The course of a drop.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use vault_core::filing::{Finished, Halt};
use vault_core::intake::IntakeProgress;
use vault_core::ports::{DropPhase, FilingRight, JournaledDrop, PortError};
use vault_core::preflight::Preflight;
use vault_core::{Progress, Vault, VaultError};

use crate::course::{Course, Step, Watched};
use crate::numbers;
use crate::shared::Shared;
use crate::shown::Shown;
use crate::tell::Told;
use crate::wish::Go;
use crate::work::{Phase, Work, WorkId, WorkKind};

/// How often it is told that files came to a matter, while they keep coming.
const FILED: Duration = Duration::from_secs(2);

const ANOTHER: &str = "Another Strongroom is filing on this computer. This goes on as soon as it is done.";

/// Places of files in a drop; none of them means all that need a person.
type Seqs = BTreeSet<u64>;

/// How far a drop is on its way, between the steps of its course.
enum Stage {
    /// Its folders are to be read.
    Unread,
    /// It waits for the person.
    Read,
    /// The journal has its files.
    Queued,
}

/// A drop as it is shown before anything of it is known but what the journal says.
pub(crate) fn work_of(drop: &JournaledDrop) -> Work {
    let new = &drop.new;
    let names = new.sources.iter().map(|source| name_of(source)).collect();
    let mut work = Work::new(new.id.into(), WorkKind::Drop, Some(new.matter.clone()), names, new.started);
    if drop.phase != DropPhase::Preparing {
        numbers::of_drop(&mut work, drop);
    }
    work
}

fn name_of(source: &Path) -> String {
    source.file_name().map_or_else(|| source.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Does a drop from where the journal says it stands.
pub(crate) async fn run(course: Course) {
    let mut filing = Filing { course, stage: Stage::Unread, filed: None };
    loop {
        let go = filing.course.go();
        let stepped = match go {
            Go::Leave => return,
            Go::Pause => {
                filing.course.paused().await;
                Ok(Step::On)
            }
            Go::Cancel => filing.cancel().await,
            Go::On => match filing.stage {
                Stage::Unread => filing.read().await,
                Stage::Read => filing.wait_for_person().await,
                Stage::Queued => filing.file().await,
            },
        };
        let step = match stepped {
            Ok(Step::Held(error)) | Err(error) => filing.course.held(error, go).await,
            Ok(step) => step,
        };
        if matches!(step, Step::Ended) {
            return;
        }
    }
}

struct Filing {
    course: Course,
    stage: Stage,
    /// When it was last told that files came to the matter, and how many had come by then.
    filed: Option<(Instant, u64)>,
}

impl Filing {
    fn desk(&self) -> &Arc<Shared> {
        &self.course.desk
    }

    fn id(&self) -> WorkId {
        self.course.id
    }

    /// The drop as the journal has it.
    async fn journaled(&self, vault: &Vault) -> Result<JournaledDrop, PortError> {
        let id = self.id();
        let found = vault.journal.drop_by_id(id.drop_id()).await?;
        found.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))
    }

    /// Reads the folders, unless that was done in an earlier run.
    async fn read(&mut self) -> Result<Step, PortError> {
        let desk = Arc::clone(self.desk());
        let vault = desk.vault();
        let drop = self.journaled(&vault).await?;
        if drop.phase != DropPhase::Preparing {
            self.stage = Stage::Queued;
            return Ok(Step::On);
        }
        let Some(_reading) = self.course.in_line(&desk.readings).await else { return Ok(Step::On) };
        self.course.phase(Phase::Reading, None);
        let progress = Arc::<IntakeProgress>::default();
        let (watching, matter) = (Arc::clone(&progress), drop.new.matter.clone());
        let mut reading = Watched::begin(async move { vault.preflight(&matter, drop.new.sources, watching).await });
        let read = loop {
            if let Some(read) = self.course.watch(&mut reading, || progress.stop()).await {
                break read;
            }
            let now = progress.counts();
            let pace = reading.pace(now.into());
            desk.change(self.id(), |work| numbers::of_reading(work, now, pace));
        };
        match read {
            Ok(preflight) => {
                self.show(preflight);
                Ok(Step::On)
            }
            // It was asked to.
            Err(VaultError::Stopped) => Ok(Step::On),
            Err(VaultError::Port(error)) => Err(error),
        }
    }

    /// The folders are read: from now on the pre-flight can be looked at.
    fn show(&mut self, preflight: Preflight) {
        let (desk, at_once) = (self.desk(), self.desk().files_at_once());
        let planned = numbers::planned(&preflight);
        let _ = desk.with(self.id(), |entry| {
            entry.shown = Some(Shown::new(preflight));
            if at_once {
                entry.wish.send_modify(|wish| wish.confirmed = true);
            }
            Ok(())
        });
        desk.change(self.id(), |work| numbers::of_preflight(work, planned));
        self.stage = Stage::Read;
    }

    /// Waits until the person says *File*, and gives the files to the journal. Pausing has no meaning here.
    async fn wait_for_person(&mut self) -> Result<Step, PortError> {
        let wish = *self.course.wish.borrow_and_update();
        if !wish.confirmed {
            let again = self.desk().with(self.id(), |entry| Ok(entry.take_again()));
            if matches!(again, Ok(Some(_))) {
                self.stage = Stage::Unread;
                return Ok(Step::On);
            }
            self.course.phase(Phase::Ready, None);
            self.course.wanted().await;
            return Ok(Step::On);
        }
        self.course.phase(Phase::InLine, None);
        let enqueued = self.enqueue().await;
        let _ = self.desk().with(self.id(), |entry| {
            entry.confirmed();
            Ok(())
        });
        // Whatever happened, the pre-flight is gone.
        self.stage = if enqueued.is_ok() { Stage::Queued } else { Stage::Unread };
        enqueued.map(|()| Step::On)
    }

    async fn enqueue(&self) -> Result<(), PortError> {
        let vault = self.desk().vault();
        let shown = self.desk().with(self.id(), |entry| Ok(entry.shown.take())).ok().flatten();
        let preflight = shown.and_then(|shown| shown.take());
        let drop = self.journaled(&vault).await?;
        // Another program may have gone on with the drop while it waited.
        let (DropPhase::Preparing, Some(preflight)) = (drop.phase, preflight) else { return Ok(()) };
        // Stopped before the first file: the journal gets them, and the turn decides when they are filed.
        let stopped = Arc::<Progress>::default();
        stopped.stop();
        vault.file(drop.new.id, preflight, stopped).await.map(|_| ())
    }

    /// Files what the journal has, when its turn has come and no other program files.
    async fn file(&mut self) -> Result<Step, PortError> {
        let desk = Arc::clone(self.desk());
        let Some(_turn) = self.course.in_line(&desk.turn).await else { return Ok(Step::On) };
        let Some(_right) = self.right(Go::On).await? else { return Ok(Step::On) };
        let vault = desk.vault();
        let drop = self.journaled(&vault).await?;
        let again = desk.with(self.id(), |entry| Ok(entry.take_again())).ok().flatten();
        match drop.phase {
            DropPhase::Filing => {}
            DropPhase::Finished if again.is_some() => {}
            DropPhase::Finished => return Ok(self.end(Phase::Finished, &drop)),
            DropPhase::Cancelled => return Ok(self.end(Phase::Cancelled, &drop)),
            DropPhase::Preparing => {
                self.stage = Stage::Unread;
                return Ok(Step::On);
            }
        }
        let delivered = self.deliver(vault, drop, again.clone()).await;
        if let (Err(_), Some(again)) = (&delivered, again) {
            // What was asked is not done yet.
            let _ = desk.with(self.id(), |entry| {
                entry.try_again(&Vec::from_iter(again));
                Ok(())
            });
        }
        let Finished { drop, halt } = match delivered {
            Ok(finished) => finished,
            Err(VaultError::Stopped) => return Ok(Step::On),
            Err(VaultError::Port(error)) => return Err(error),
        };
        desk.change(self.id(), |work| numbers::of_drop(work, &drop));
        self.tell_filed(&drop, Duration::ZERO);
        Ok(match halt {
            None => self.end(Phase::Finished, &drop),
            Some(Halt::Stopped) => Step::On,
            Some(Halt::Paused(error)) => Step::Held(error),
        })
    }

    /// Files, and shows how far it is.
    async fn deliver(
        &mut self,
        vault: Vault,
        drop: JournaledDrop,
        again: Option<Seqs>,
    ) -> Result<Finished, VaultError> {
        let (desk, id) = (Arc::clone(self.desk()), self.id());
        let mut to_store = 0;
        desk.change(id, |work| {
            numbers::of_drop(work, &drop);
            to_store = work.bytes.saturating_sub(work.bytes_done);
        });
        self.course.phase(Phase::Running, None);
        self.filed.get_or_insert((Instant::now(), filed(&drop)));
        // A folder that could not be read is read before its files are filed.
        let intake = Arc::<IntakeProgress>::default();
        let progress = Arc::new(Progress::expecting(to_store));
        let (before, reading, storing) = (drop.clone(), Arc::clone(&intake), Arc::clone(&progress));
        let delivering = vault.clone();
        let mut filing = Watched::begin(async move {
            match again {
                Some(seqs) => delivering.retry(before.new.id, &Vec::from_iter(seqs), reading, storing).await,
                None => delivering.resume(&before, reading, storing).await,
            }
        });
        let stop = || {
            intake.stop();
            progress.stop();
        };
        loop {
            if let Some(finished) = self.course.watch(&mut filing, stop).await {
                return finished;
            }
            let (read, counts) = (intake.counts(), progress.counts());
            if counts.files == 0 && read.found > 0 {
                self.course.phase(Phase::Reading, None);
                let pace = filing.pace(read.into());
                desk.change(id, |work| numbers::of_reading(work, read, pace));
                continue;
            }
            self.course.phase(Phase::Running, None);
            let pace = filing.pace(counts.into());
            // What cannot be asked now is asked the next time.
            if let Ok(Some(now)) = vault.journal.drop_by_id(drop.new.id).await {
                desk.change(id, |work| numbers::of_filing(work, &drop, &now, counts, pace));
                self.tell_filed(&now, FILED);
            }
        }
    }

    /// Takes the right to file; `None` if the work is not to go on `as_now` any more.
    async fn right(&mut self, as_now: Go) -> Result<Option<Arc<FilingRight>>, PortError> {
        let desk = Arc::clone(self.desk());
        if let Some(right) = desk.right.try_take().await? {
            return Ok(Some(right));
        }
        self.course.phase(Phase::InLine, Some(ANOTHER.to_owned()));
        let Some(right) = self.course.unless_wanted(as_now, desk.right.take()).await else { return Ok(None) };
        // The other program has changed what there is.
        desk.vault().catch_up().await?;
        right.map(Some)
    }

    /// Gives up what is left. What only this program knows of needs no right to file.
    async fn cancel(&mut self) -> Result<Step, PortError> {
        let vault = self.desk().vault();
        let _ = self.desk().with(self.id(), |entry| Ok(entry.take_again()));
        let _right = match self.journaled(&vault).await?.phase {
            DropPhase::Preparing => None,
            _ => match self.right(Go::Cancel).await? {
                Some(right) => Some(right),
                None => return Ok(Step::On),
            },
        };
        let cancelled = vault.cancel(self.id().drop_id()).await?.drop;
        self.tell_filed(&cancelled, Duration::ZERO);
        let phase = if cancelled.phase == DropPhase::Finished { Phase::Finished } else { Phase::Cancelled };
        Ok(self.end(phase, &cancelled))
    }

    /// Tells that files came to the matter, if any did and the last time is `after` ago.
    fn tell_filed(&mut self, drop: &JournaledDrop, after: Duration) {
        let now = filed(drop);
        let (told, known) = self.filed.get_or_insert((Instant::now(), 0));
        if now != *known && told.elapsed() >= after {
            (*told, *known) = (Instant::now(), now);
            self.desk().teller.tell(Told::Filed(drop.new.matter.clone()));
        }
    }

    /// The drop has come to an end, unless files of it are to be tried again.
    fn end(&self, phase: Phase, drop: &JournaledDrop) -> Step {
        let ended = self.desk().end(self.id(), phase, |work| {
            numbers::of_drop(work, drop);
            if phase == Phase::Cancelled {
                // Nothing of a drop that was given up can be tried again.
                work.attention = 0;
            }
        });
        if ended { Step::Ended } else { Step::On }
    }
}

/// Files that came to the matter.
fn filed(drop: &JournaledDrop) -> u64 {
    drop.counts.stored + drop.counts.skipped
}
