//! System packages on Debian and Ubuntu.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::sh::{self, Sh};

/// Those of the packages that are not installed.
///
/// # Errors
/// When dpkg cannot be asked.
pub(crate) fn missing(sh: &Sh, packages: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    // A package dpkg has never heard of is a failure to it and an answer to us: only what it prints counts.
    let output =
        sh.command("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev} ${Package}\n"]).args(packages).output()?;
    let installed = installed(&String::from_utf8_lossy(&output.stdout));
    Ok(packages.difference(&installed).cloned().collect())
}

/// Installs packages in one go, as root or through sudo.
///
/// # Errors
/// When there is neither; the message is the command to be run by someone who may.
pub(crate) fn install(sh: &Sh, packages: &BTreeSet<String>) -> Result<()> {
    let names = packages.iter().map(String::as_str).collect::<Vec<_>>();
    let by_hand = format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", names.join(" "));
    println!("Missing system packages: {}", names.join(", "));
    let outcome = apt_get(sh, &["update", "-q"])
        .and_then(|()| apt_get(sh, &[&["install", "-y", "--no-install-recommends"], names.as_slice()].concat()));
    match outcome {
        Ok(()) => Ok(()),
        Err(error) => bail!("{error:#}.\nPlease run this, then try again:\n\n    {by_hand}\n"),
    }
}

/// Installs a package from a file, with what it depends on.
///
/// # Errors
/// When this person may not, or something it depends on is not to be had.
pub(crate) fn install_file(sh: &Sh, package: &Path) -> Result<()> {
    let path = package.display().to_string();
    apt_get(sh, &["install", "-y", "--no-install-recommends", "--reinstall", "--allow-downgrades", &path])
}

/// Removes a package.
///
/// # Errors
/// When this person may not.
pub(crate) fn remove(sh: &Sh, package: &str) -> Result<()> {
    apt_get(sh, &["remove", "-y", package])
}

/// Refreshes the lists of what can be installed.
///
/// # Errors
/// When this person may not, or there is no network.
pub(crate) fn update(sh: &Sh) -> Result<()> {
    apt_get(sh, &["update", "-q"])
}

/// The version apt would install, if it knows the package.
pub(crate) fn candidate(sh: &Sh, package: &str) -> Option<String> {
    let policy = sh::read(sh.command("apt-cache").args(["policy", package]).env("LC_ALL", "C")).ok()?;
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

/// What a package depends on, first choices only.
///
/// # Errors
/// When apt does not know the package.
pub(crate) fn depends(sh: &Sh, package: &str) -> Result<Vec<String>> {
    let answer = sh::read(sh.command("apt-cache").args(["depends", "--important", package]).env("LC_ALL", "C"))?;
    let names = answer.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    Ok(names.filter(|name| !name.starts_with('<')).map(str::to_owned).collect())
}

fn apt_get(sh: &Sh, args: &[&str]) -> Result<()> {
    let mut command = as_root(sh)?;
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("apt-get").args(args);
    sh::run(&mut command)
}

/// A command that runs its arguments as root.
fn as_root(sh: &Sh) -> Result<Command> {
    if sh::read(sh.command("id").arg("-u"))?.trim() == "0" {
        return Ok(sh.command("env"));
    }
    if !sh::exists("sudo") {
        bail!("installing needs root, and there is no sudo");
    }
    let mut command = sh.command("sudo");
    if !std::io::stdin().is_terminal() {
        command.arg("--non-interactive");
    }
    command.args(["env", "DEBIAN_FRONTEND=noninteractive"]);
    Ok(command)
}

/// The names dpkg lists as installed (`ii`, or `hi` when held).
fn installed(listing: &str) -> BTreeSet<String> {
    let lines = listing.lines().filter_map(|line| line.split_once(' ').map(|(status, name)| (status, name.trim())));
    lines.filter(|(status, _)| matches!(*status, "ii" | "hi")).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_whole_counts_as_installed() {
        let listing = "ii  file\nrc  xvfb\nun  rclone\nhi  openssl\nii  file\n";
        assert_eq!(installed(listing), BTreeSet::from(["file".to_owned(), "openssl".to_owned()]));
    }
}
