//! `cargo xtask bundle`: the packages people install, for the system this runs on.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::ui;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Pack a debug build: quicker, and larger.
    #[arg(long)]
    debug: bool,
    /// Which packages, as in `msi,nsis`: those for Debian and Fedora, when nothing is named.
    #[arg(long, value_name = "KINDS")]
    bundles: Option<String>,
    /// For which processor, as in `universal-apple-darwin`.
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Settings that are laid over `tauri.conf.json`, as for signing.
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
}

impl Args {
    /// For the journeys: a Debian package of a debug build.
    pub(crate) fn for_journeys() -> Self {
        Self { debug: true, bundles: Some("deb".to_owned()), ..Self::default() }
    }
}

/// `cargo xtask bundle`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Compile, Group::Window])?;
    build(sh, args)
}

/// Builds the app and packs it.
///
/// # Errors
/// When it cannot be built.
pub(crate) fn build(sh: &Sh, args: &Args) -> Result<()> {
    let mut command = ui::tauri(sh)?;
    command.arg("build");
    if args.debug {
        command.arg("--debug");
    }
    for (option, value) in [("--bundles", &args.bundles), ("--target", &args.target)] {
        if let Some(value) = value {
            command.args([option, value]);
        }
    }
    for file in &args.config {
        command.arg("--config").arg(file);
    }
    // Cargo's default members leave the window out, for those who have no web view to build it with.
    command.args(["--", "--package", "strongroom-desktop"]);
    sh::run(&mut command)
}

/// The Debian package that [`build`] made [for the journeys](Args::for_journeys).
///
/// # Errors
/// When there is none.
pub(crate) fn deb(sh: &Sh) -> Result<PathBuf> {
    let folder = sh.target().join("debug/bundle/deb");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("no packages in {}", folder.display()))?;
    let packages =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension() == Some("deb".as_ref()));
    // Packages of earlier versions stay there.
    let newest = packages.max_by_key(|path| path.metadata().and_then(|about| about.modified()).ok());
    newest.with_context(|| format!("no package in {}", folder.display()))
}
