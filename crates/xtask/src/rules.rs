//! The rules of the firm's vault and the scripts for whoever administers it, tried on the emulators.

use anyhow::Result;

use crate::emulators::{Emulators, Ports, Product};
use crate::npm;
use crate::sh::{self, Sh};
use crate::tests_run::{self, Tests};

/// Starts the emulators, holds the rules against their tables, and runs the scripts.
///
/// # Errors
/// When the emulators cannot be started, or a test fails.
pub(crate) fn check(sh: &Sh) -> Result<Tests> {
    sh::run(&mut npm::script(sh, "firebase", "format:check")?)?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let mut command = npm::script(sh, "firebase", "test")?;
    emulators.introduce(&mut command);
    let ran = tests_run::run(&mut command, tests_run::by_node);
    emulators.stop()?;
    ran
}
