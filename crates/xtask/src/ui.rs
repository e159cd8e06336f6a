//! The page in `ui/`: npm, and what it runs.

use std::process::Command;

use anyhow::Result;

use crate::npm;
use crate::sh::Sh;

/// The folder of the page.
const FOLDER: &str = "ui";

/// One of the scripts in `ui/package.json`, with its dependencies in place.
///
/// # Errors
/// When the dependencies cannot be installed.
pub(crate) fn script(sh: &Sh, name: &str) -> Result<Command> {
    npm::script(sh, FOLDER, name)
}

/// Tauri's command line, at the root, where `tauri.conf.json` lies.
///
/// # Errors
/// When the dependencies cannot be installed.
pub(crate) fn tauri(sh: &Sh) -> Result<Command> {
    npm::install(sh, FOLDER)?;
    let mut command = sh.command("node");
    command.arg("ui/node_modules/@tauri-apps/cli/tauri.js");
    Ok(command)
}
