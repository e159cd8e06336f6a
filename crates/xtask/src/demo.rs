//! Strongroom shown on the command line, where there is no display.

use anyhow::Result;

use crate::sh::{self, Sh};

/// Builds `strongroom` and lets it introduce itself.
///
/// # Errors
/// When it cannot be built, or fails.
pub(crate) fn run(sh: &Sh) -> Result<()> {
    sh::run(sh.cargo().args(["run", "--quiet", "--package", "vault-cli", "--bin", "strongroom", "--", "--help"]))
}
