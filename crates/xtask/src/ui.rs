//! The page in `ui/`: npm, and what it runs.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::sh::{self, Sh};

/// The name npm goes by.
pub(crate) const fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// One of the scripts in `ui/package.json`, with its dependencies in place.
///
/// # Errors
/// When the dependencies cannot be installed.
pub(crate) fn script(sh: &Sh, name: &str) -> Result<Command> {
    install(sh)?;
    let mut command = in_ui(sh);
    command.args(["run", "--silent", name]);
    Ok(command)
}

/// Tauri's command line, at the root, where `tauri.conf.json` lies.
///
/// # Errors
/// When the dependencies cannot be installed.
pub(crate) fn tauri(sh: &Sh) -> Result<Command> {
    install(sh)?;
    let mut command = sh.command("node");
    command.arg("ui/node_modules/@tauri-apps/cli/tauri.js");
    Ok(command)
}

/// Installs exactly what the lockfile names, unless that is what was installed last.
fn install(sh: &Sh) -> Result<()> {
    let ui = sh.root().join("ui");
    let wanted = fs::read(ui.join("package-lock.json"))?;
    let installed = ui.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    sh::run(in_ui(sh).arg("ci"))?;
    fs::write(installed, wanted)?;
    Ok(())
}

fn in_ui(sh: &Sh) -> Command {
    let mut command = sh.command(npm());
    command.current_dir(sh.root().join("ui"));
    command
}
