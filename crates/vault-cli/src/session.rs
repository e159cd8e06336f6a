//! One run of the program: where its vault is, how it speaks, and what it is busy with.

use std::sync::Arc;

use vault_home::{Home, Opened};

use crate::args::Global;
use crate::errors::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::progress::{Line, Work};

/// One run of the program.
pub(crate) struct Session<'a> {
    pub(crate) home: Home,
    pub(crate) output: &'a Output,
}

impl<'a> Session<'a> {
    pub(crate) fn new(global: &Global, output: &'a Output) -> Result<Self, Failure> {
        Ok(Self { home: Home::find(global.home.as_deref())?, output })
    }

    /// Opens the vault with its copy for browsing up to date.
    pub(crate) async fn open(&self) -> Result<Opened, Failure> {
        let opened = self.home.open().await.map_err(|error| Failure::from(error).opening())?;
        opened.vault.catch_up().await?;
        Ok(opened)
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
