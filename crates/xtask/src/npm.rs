//! npm, and what it installs in one of the project's folders.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::sh::{self, Sh};

/// The name npm goes by.
pub(crate) const fn program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// One of the scripts in the `package.json` of a folder, with its dependencies in place.
///
/// # Errors
/// When the dependencies cannot be installed.
pub(crate) fn script(sh: &Sh, folder: &str, name: &str) -> Result<Command> {
    install(sh, folder)?;
    let mut command = at(sh, folder);
    command.args(["run", "--silent", name]);
    Ok(command)
}

/// Installs exactly what the lockfile names, unless that is what was installed last.
///
/// # Errors
/// When npm cannot.
pub(crate) fn install(sh: &Sh, folder: &str) -> Result<()> {
    let folder_path = sh.root().join(folder);
    let wanted = fs::read(folder_path.join("package-lock.json"))?;
    let installed = folder_path.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(());
    }
    sh::run(at(sh, folder).arg("ci"))?;
    fs::write(installed, wanted)?;
    Ok(())
}

fn at(sh: &Sh, folder: &str) -> Command {
    let mut command = sh.command(program());
    command.current_dir(sh.root().join(folder));
    command
}
