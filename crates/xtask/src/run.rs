//! `cargo xtask run`: Strongroom, built and shown.

use std::path::PathBuf;

use anyhow::Result;

use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::{demo, platform, sample, ui};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Show it on the command line, even where a window can be opened.
    #[arg(long)]
    cli: bool,
    /// Build it as it is shipped: slower to build, faster to run.
    #[arg(long)]
    release: bool,
    /// The folder of the vault to open: without one, a vault to try things with, below the target directory.
    #[arg(long, value_name = "FOLDER")]
    home: Option<PathBuf>,
}

/// `cargo xtask run`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    if args.cli {
        setup::ensure(sh, &[Group::Compile])?;
        return demo::run(sh);
    }
    if !platform::has_display() {
        println!("There is no display here to open a window on: this is Strongroom on the command line.\n");
        setup::ensure(sh, &[Group::Compile])?;
        return demo::run(sh);
    }
    setup::ensure(sh, &[Group::Compile, Group::Window])?;
    window(sh, args)
}

/// Builds the page and the shell around it, and opens the window until it is closed.
fn window(sh: &Sh, args: &Args) -> Result<()> {
    sh::run(&mut ui::script(sh, "build")?)?;
    let place = sh.target().join("run");
    let (first, second) = sample::make(&place)?;
    let mut command = sh.cargo();
    // Without this feature the shell would load the page from a development server.
    command.args(["run", "--package", "strongroom-desktop", "--features", "tauri/custom-protocol"]);
    if args.release {
        command.arg("--release");
    }
    command.env("STRONGROOM_HOME", args.home.clone().unwrap_or_else(|| place.join("home")));
    println!("\nTo drop on the window:\n\n    {}\n    {}, which overlaps\n", first.display(), second.display());
    sh::run(&mut command)
}
