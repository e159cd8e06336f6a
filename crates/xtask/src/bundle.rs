//! `cargo xtask bundle`: the packages people install, for the system this runs on.

use anyhow::Result;

use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::ui;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Pack a debug build: quicker, and larger.
    #[arg(long)]
    debug: bool,
}

/// `cargo xtask bundle`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Compile, Group::Window])?;
    let mut command = ui::tauri(sh)?;
    command.arg("build");
    if args.debug {
        command.arg("--debug");
    }
    // Cargo's default members leave the window out, for those who have no web view to build it with.
    command.args(["--", "--package", "strongroom-desktop"]);
    sh::run(&mut command)
}
