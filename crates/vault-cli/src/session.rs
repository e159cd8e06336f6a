//! One run of the program: where its vault is, how it speaks, and what it is busy with.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::ports::PortError;
use vault_firm::{Firms, catch_up_or_forget};
use vault_home::{Home, Opened};

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
    /// Whether the vault of this computer is meant, whichever firm is in use.
    local: bool,
    /// Where the passphrase stands that seals the sessions of firms.
    passphrase_file: Option<PathBuf>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(global: &Global, output: &'a Output) -> Result<Self, Failure> {
        let home = Home::find(global.home.as_deref())?;
        Ok(Self { home, output, local: global.local, passphrase_file: global.passphrase_file.clone() })
    }

    /// Where the sessions of firms are kept on this computer.
    pub(crate) fn keeper(&self) -> Keeper<'_> {
        Keeper::of(&self.home, self.passphrase_file.as_deref())
    }

    /// Opens the vault with its copy for browsing up to date; that of a firm which cannot be reached, as it was last. That of a
    /// firm which this user has left is wiped.
    pub(crate) async fn open(&self) -> Result<Opened, Failure> {
        let (opened, refused) = self.open_even_if_refused().await?;
        let Some(error) = refused else { return Ok(opened) };
        // Who has left the firm is told that what they have here is still theirs.
        let waits = opened.vault.unfiled_drops().await.is_ok_and(|drops| !drops.is_empty());
        let failure = Failure::from(error);
        Err(if waits { failure.and("`strongroom unfiled` lists your files that were not filed.") } else { failure })
    }

    /// The same for what needs no access to a firm's vault, such as giving up what waits: also says why it was refused.
    pub(crate) async fn open_even_if_refused(&self) -> Result<(Opened, Option<PortError>), Failure> {
        self.home.make()?;
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

    /// The same for what is on this computer alone, also where nobody is signed in to the firm in use: then a vault for each queue
    /// that is kept of it here, whoever filled it.
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
        self.output.warn(format_args!("{} What waits here is shown all the same.", failure.message));
        Ok(queues)
    }

    /// Says if the clock of this computer stands before what is recorded already. Nothing goes wrong by it but what people
    /// conclude from times.
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

    /// As [`open`](Self::open), to take files in: what is left out goes by the person's list.
    pub(crate) async fn open_for_intake(&self) -> Result<Opened, Failure> {
        self.home.make()?;
        let left_out = self.home.left_out_rules()?;
        let mut opened = self.open().await?;
        opened.vault.left_out = left_out;
        Ok(opened)
    }

    /// Shows how far some work is, on a terminal, and lets Ctrl-C stop it; until what it returns is dropped.
    pub(crate) fn watch(&self, interrupt: &Interrupt, phase: &'static str, work: Arc<dyn Work>) -> Option<Line> {
        interrupt.concerns(Arc::clone(&work));
        self.output.shows_progress().then(|| Line::draw(phase, work, interrupt.clone()))
    }
}
