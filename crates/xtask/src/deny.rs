//! Licences, sources and bans of everything we depend on, by `cargo deny` and `deny.toml`.

use std::ffi::{OsStr, OsString};

use anyhow::Result;

use crate::sh::{self, Sh};

/// The cargo-deny that `deny.toml` is written for. What it is made of has its checksums in its own lockfile; the
/// continuous integration installs the same.
const VERSION: &str = "0.20.2";

/// Checks `deny.toml`. Advisories are left out: their database is fetched anew each time, and what it says changes
/// without a change of ours; the continuous integration asks it.
///
/// # Errors
/// When something is against the rules, or cargo-deny can neither be found nor installed.
pub(crate) fn check(sh: &Sh) -> Result<()> {
    let program = program(sh)?;
    sh::run(sh.command(program).args(["--workspace", "--all-features", "check", "bans", "licenses", "sources"]))
}

/// The installed cargo-deny, if it is this very version, or our own, which is built once (two to three minutes).
fn program(sh: &Sh) -> Result<OsString> {
    if is_wanted(sh, OsStr::new("cargo-deny")) {
        return Ok("cargo-deny".into());
    }
    let tools = sh.target().join("tools");
    let ours = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !is_wanted(sh, ours.as_os_str()) {
        println!("cargo-deny {VERSION} is not installed: building it once, for this project alone.");
        let mut install = sh.cargo();
        install.args(["install", "cargo-deny", "--debug", "--locked", "--version", VERSION, "--root"]).arg(&tools);
        sh::run(install.env("CARGO_TARGET_DIR", tools.join("build")))?;
        // Half a gigabyte that is never needed again.
        std::fs::remove_dir_all(tools.join("build"))?;
    }
    Ok(ours.into())
}

fn is_wanted(sh: &Sh, program: &OsStr) -> bool {
    let told = sh.command(program).arg("--version").output();
    told.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == format!("cargo-deny {VERSION}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_continuous_integration_installs_the_same() {
        let workflow = include_str!("../../../.github/workflows/ci.yml");
        assert!(workflow.contains(&format!("cargo install cargo-deny --locked --version {VERSION}\n")));
    }
}
