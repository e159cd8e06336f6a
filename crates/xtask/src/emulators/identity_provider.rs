//! The page on which people sign in while Firebase is emulated: `firebase/identity-provider`.

use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::process;
use crate::sh::Sh;

/// The environment variable that says where it is.
pub(super) const VARIABLE: &str = "STRONGROOM_IDENTITY_PROVIDER";

/// How long its start may take: less than a second, and far more on a computer that is busy building.
const START: Duration = Duration::from_mins(1);

/// How often is looked whether it has started.
const LOOK: Duration = Duration::from_millis(50);

/// What it says once it answers.
const READY: &str = "The identity provider listens";

/// A running one; it stops with this value.
pub(super) struct IdentityProvider {
    port: u16,
    node: Child,
}

impl IdentityProvider {
    /// Starts it on a port, and waits until it answers.
    ///
    /// # Errors
    /// When it does not; the message holds what it said.
    pub(super) fn start(sh: &Sh, port: u16, log: &Path) -> Result<Self> {
        let mut command = process::watching(sh, "node");
        command.arg(sh.root().join("firebase/identity-provider/main.js")).arg(port.to_string());
        let file = File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        process::keep_apart(&mut command);
        let mut provider = Self { port, node: command.spawn().context("the identity provider cannot be started")? };
        let started = Instant::now();
        loop {
            let said = fs::read_to_string(log).unwrap_or_default();
            if said.contains(READY) {
                return Ok(provider);
            }
            if let Some(status) = provider.node.try_wait()? {
                bail!("the identity provider ended while it started ({status}): {said}");
            }
            ensure!(started.elapsed() < START, "the identity provider did not start in {START:?}: {said}");
            thread::sleep(LOOK);
        }
    }
}

/// Its address, without a scheme, as those of the emulators are told.
impl fmt::Display for IdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "127.0.0.1:{}", self.port)
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // It holds nothing that would have to be finished, and may have ended by itself.
        self.node.kill().ok();
        self.node.wait().ok();
    }
}
