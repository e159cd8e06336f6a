//! Opening the window, against a window with nothing in it.

use anyhow::Result;

use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::ui;

const FEATURES: [&str; 2] = ["--features", "tauri/custom-protocol"];

/// Builds both as they are shipped and prints what starting each takes.
pub(super) fn run(sh: &Sh, runs: usize) -> Result<()> {
    setup::ensure(sh, &[Group::Compile, Group::Window, Group::Desktop])?;
    sh::run(&mut ui::script(sh, "build")?)?;
    let build = ["build", "--release", "--package", "strongroom-desktop", "--bins", "--example", "empty"];
    sh::run(sh.cargo().args(build).args(FEATURES))?;
    let mut measure = sh.cargo();
    measure.args(["run", "--quiet", "--package", "journeys", "--bin", "start_up", "--"]).arg(runs.to_string());
    for program in ["release/examples/empty", "release/strongroom-desktop"] {
        measure.arg(sh.target().join(program));
    }
    sh::run(&mut measure)
}
