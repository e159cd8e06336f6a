//! Licences, sources and bans of everything we depend on, by `cargo deny` and `deny.toml`.

use std::ffi::OsString;

use anyhow::Result;

use crate::sh::{self, Sh};

/// The line of cargo-deny that `deny.toml` is written for.
const VERSION: &str = "^0.20";

/// Checks `deny.toml`. Advisories are left out: their database is fetched anew each time, and what it says changes
/// without a change of ours; the continuous integration asks it.
///
/// # Errors
/// When something is against the rules, or cargo-deny can neither be found nor installed.
pub(crate) fn check(sh: &Sh) -> Result<()> {
    let program = program(sh)?;
    sh::run(sh.command(program).args(["--workspace", "--all-features", "check", "bans", "licenses", "sources"]))
}

/// The installed cargo-deny, or our own, which is built once (two to three minutes).
fn program(sh: &Sh) -> Result<OsString> {
    if sh::exists("cargo-deny") {
        return Ok("cargo-deny".into());
    }
    let tools = sh.target().join("tools");
    let ours = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !sh::exists(&ours) {
        println!("cargo-deny is not installed: building it once, for this project alone.");
        let mut install = sh.cargo();
        install.args(["install", "cargo-deny", "--locked", "--version", VERSION, "--root"]).arg(&tools);
        sh::run(install.env("CARGO_TARGET_DIR", tools.join("build")))?;
        // Half a gigabyte that is never needed again.
        std::fs::remove_dir_all(tools.join("build"))?;
    }
    Ok(ours.into())
}
