//! One run of the program: its vault, its output, and its current work.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::ports::PortError;
use vault_firm::{Firms, catch_up_or_forget};
use vault_home::{Home, HomeError, Log, Opened};

use crate::args::Global;
use crate::errors::{Code, Failure};
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::progress::{Line, Work};
use crate::secrets::Keeper;
use crate::waiting;

/// One run of the program.
pub(crate) struct Session<'a> {
    pub(crate) home: Home,
    pub(crate) output: &'a Output,
    log: Log,
    /// Whether the vault of this computer is used, whichever firm is active.
    local: bool,
    /// The source of the passphrase that seals the sessions of firms.
    passphrase_file: Option<PathBuf>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(global: &Global, output: &'a Output, log: Log) -> Result<Self, Failure> {
        let home = Home::find(global.home.as_deref())?;
        Ok(Self { home, output, log, local: global.local, passphrase_file: global.passphrase_file.clone() })
    }

    /// Makes the folder of the vault, if it does not exist. From then on the log is kept there.
    pub(crate) fn make_home(&self) -> Result<(), HomeError> {
        self.home.make()?;
        self.log.keep_in(&self.home);
        Ok(())
    }

    /// Where the sessions of firms are stored on this computer.
    pub(crate) fn keeper(&self) -> Keeper<'_> {
        Keeper::of(&self.home, self.passphrase_file.as_deref())
    }

    /// Opens the vault with an up-to-date local copy; if a firm cannot be reached, with its last state. The copy of a
    /// firm that this user has left is wiped.
    pub(crate) async fn open(&self) -> Result<Opened, Failure> {
        let (opened, refused) = self.open_even_if_refused().await?;
        let Some(error) = refused else { return Ok(opened) };
        // A user who has left the firm is told that their files here are still theirs.
        let waits = opened.vault.unfiled_drops().await.is_ok_and(|drops| !drops.is_empty());
        let failure = Failure::from(error);
        Err(if waits { failure.and("`strongroom unfiled` lists your files that were not filed.") } else { failure })
    }

    /// The same for requests that need no access to a firm's vault, such as cancelling: also returns why access was
    /// refused.
    pub(crate) async fn open_even_if_refused(&self) -> Result<(Opened, Option<PortError>), Failure> {
        self.make_home()?;
        let firm = if self.local { None } else { self.open_firm().await? };
        let Some(opened) = firm else {
            let opened = self.home.open().await.map_err(|error| Failure::from(error).opening())?;
            opened.vault.sync_mirror().await?;
            self.compare_clocks(&opened).await?;
            return Ok((opened, None));
        };
        let mut refused = None;
        match catch_up_or_forget(&opened.vault).await {
            Err(PortError::TryLater { message }) => self.output.note(format_args!("Offline. {message}")),
            Err(error) => refused = Some(error),
            Ok(()) => waiting::send(&opened.vault, self.output).await,
        }
        self.compare_clocks(&opened).await?;
        Ok((opened, refused))
    }

    /// The same for data on this computer alone, even if no user is signed in to the active firm: then one vault for
    /// each of its queues here, whichever user filled it.
    pub(crate) async fn open_queues(&self) -> Result<Vec<Opened>, Failure> {
        let failure = match self.open_even_if_refused().await {
            Ok((opened, refused)) => {
                if let Some(error) = refused {
                    self.output.warn(error);
                }
                return Ok(vec![opened]);
            }
            Err(failure) => failure,
        };
        let firms = Firms::of(&self.home);
        let (true, Ok(Some(id))) = (failure.code == Code::SignIn, firms.active()) else { return Err(failure) };
        let queues = firms.get(&id)?.open_for_nobody(&self.home).await?;
        if queues.is_empty() {
            return Err(failure);
        }
        self.output.warn(format_args!("{} The files that wait here are shown anyway.", failure.message));
        Ok(queues)
    }

    /// Prints a warning if the clock of this computer is behind the recorded times. It affects only the conclusions
    /// users draw from times.
    async fn compare_clocks(&self, opened: &Opened) -> Result<(), Failure> {
        if let Some(behind) = opened.vault.clock_behind().await? {
            self.output.clock_is_behind(behind);
        }
        Ok(())
    }

    async fn open_firm(&self) -> Result<Option<Opened>, Failure> {
        let firms = Firms::of(&self.home);
        if firms.active()?.is_none() {
            return Ok(None);
        }
        let secrets = self.keeper().find().await?;
        let firm = firms.open_active(&self.home, secrets).await;
        Ok(firm.map_err(|error| Failure::from(error).opening())?.map(|firm| firm.opened))
    }

    /// As [`open`](Self::open), for filing: with the user's left-out list.
    pub(crate) async fn open_for_intake(&self) -> Result<Opened, Failure> {
        self.make_home()?;
        let left_out = self.home.left_out_rules()?;
        let mut opened = self.open().await?;
        opened.vault.left_out = left_out;
        Ok(opened)
    }

    /// Shows the progress of work on a terminal, and lets Ctrl-C stop it, until the returned value is dropped.
    pub(crate) fn watch(&self, interrupt: &Interrupt, phase: &'static str, work: Arc<dyn Work>) -> Option<Line> {
        interrupt.concerns(Arc::clone(&work));
        self.output.shows_progress().then(|| Line::draw(phase, work, interrupt.clone()))
    }
}
