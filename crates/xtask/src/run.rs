//! `cargo xtask run`: Strongroom, built and shown.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::emulators::{Emulators, Ports, Product};
use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::{demo, firm, platform, sample, ui};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Show it on the command line, even where a window can be opened.
    #[arg(long)]
    cli: bool,
    /// Work in a firm: its vault is in Firebase's emulators, which forget it, and two people can sign in.
    #[arg(long, conflicts_with = "cli")]
    emulators: bool,
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
    if args.emulators {
        ensure!(platform::has_display(), "there is no display here to open a window on");
        setup::ensure(sh, &[Group::Compile, Group::Window, Group::Emulators])?;
        return in_a_firm(sh, args);
    }
    if !platform::has_display() {
        println!("There is no display here to open a window on: this is Strongroom on the command line.\n");
        setup::ensure(sh, &[Group::Compile])?;
        return demo::run(sh);
    }
    setup::ensure(sh, &[Group::Compile, Group::Window])?;
    let home = sh.target().join("run/home");
    window(sh, args, args.home.clone().unwrap_or(home), None)
}

/// Opens the window beside a firm in the emulators, and stops those when it is closed.
fn in_a_firm(sh: &Sh, args: &Args) -> Result<()> {
    // Ctrl-C ends the window, and that ends this program in order.
    ctrlc::set_handler(|| {}).context("interruptions cannot be waited for")?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let outcome = firm::make(sh, &emulators, &sh.target().join("run")).and_then(|connection| {
        println!("\nConnect: open {}, and sign in as Ann Archer or Ben Baker.", connection.display());
        let home = sh.target().join("run/firm");
        if args.home.is_none() && home.exists() {
            // What it knows of the firm of last time is of no use any more.
            fs::remove_dir_all(&home)?;
        }
        window(sh, args, args.home.clone().unwrap_or(home), Some(&connection))
    });
    println!("Stopping the emulators.");
    emulators.stop().and(outcome)
}

/// Builds the page and the shell around it, and opens the window until it is closed, with a connection file if there is
/// one.
fn window(sh: &Sh, args: &Args, home: PathBuf, connection: Option<&Path>) -> Result<()> {
    sh::run(&mut ui::script(sh, "build")?)?;
    let (first, second) = sample::make(&sh.target().join("run"))?;
    let mut command = sh.cargo();
    // Without this feature the shell would load the page from a development server.
    command.args(["run", "--package", "strongroom-desktop", "--features", "tauri/custom-protocol"]);
    if args.release {
        command.arg("--release");
    }
    if let Some(connection) = connection {
        command.arg("--").arg(connection);
    }
    command.env("STRONGROOM_HOME", home);
    println!("\nTo drop on the window:\n\n    {}\n    {}, which overlaps\n", first.display(), second.display());
    sh::run(&mut command)
}
