//! Lints of the workflows in `.github`, and of the scripts they run.
//!
//! A release is built by one job and signed by another ([ADR 31](../../../../docs/adr/0031-a-release-is-built-without-secrets.md)).
//! That it stays so is looked after here: our own rules are in [`rules`], zizmor knows those that hold for everybody, and
//! shellcheck reads the scripts.

mod rules;

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::sh::{self, Sh};

/// Looks at them; `Err` inside says what could not be looked at.
///
/// # Errors
/// When something is against the rules, or a lint cannot be installed.
pub(crate) fn check(sh: &Sh) -> Result<Result<(), String>> {
    let complaints = rules::complaints(&sh.root().join(".github/workflows"))?;
    ensure!(complaints.is_empty(), "the workflows are against our rules:\n{}", complaints.join("\n"));

    let Some(python) = python(sh) else {
        return Ok(Err("our own rules hold, and the lints come by pip, which is not installed here".to_owned()));
    };
    let programs = install(sh, python)?;
    let program = |name: &str| programs.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    sh::run(
        sh.command(program("zizmor"))
            .args(["--offline", "--no-progress", "--persona=pedantic", "--strict-collection"])
            .arg(".github"),
    )?;
    if !sh::exists(program("shellcheck")) {
        return Ok(Err("zizmor found nothing, and there is no shellcheck for this processor".to_owned()));
    }
    sh::run(sh.command(program("shellcheck")).args(scripts(sh)?))?;
    Ok(Ok(()))
}

/// A Python that has pip.
fn python(sh: &Sh) -> Option<&'static str> {
    let has_pip = |python: &&str| {
        sh.command(python).args(["-m", "pip", "--version"]).output().is_ok_and(|output| output.status.success())
    };
    ["python3", "python"].into_iter().find(has_pip)
}

/// Installs exactly what `requirements.txt` names, by version and checksum, unless that is what was installed last;
/// returns the folder of the programs.
fn install(sh: &Sh, python: &str) -> Result<PathBuf> {
    let file = sh.root().join("crates/xtask/workflows/requirements.txt");
    let wanted = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let folder = sh.target().join("tools/workflows");
    let installed = folder.join("installed.txt");
    if !fs::read(&installed).is_ok_and(|requirements| requirements == wanted) {
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        let mut pip = sh.command(python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        pip.args(["--only-binary", ":all:", "--require-hashes", "--requirement"]).arg(&file);
        // Older ones do not know it as an option.
        pip.arg("--target").arg(&folder).env("PIP_ROOT_USER_ACTION", "ignore");
        sh::run(&mut pip)?;
        fs::write(&installed, wanted)?;
    }
    Ok(folder.join("bin"))
}

/// The scripts of the continuous integration.
fn scripts(sh: &Sh) -> Result<Vec<PathBuf>> {
    let mut scripts = files(&sh.root().join(".ci"))?;
    scripts.sort();
    Ok(scripts)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}
