//! Running Rust tests, and counting what ran in the output of the programs that run them.

mod count;
mod failed;
mod slowest;

use std::process::Command;

use anyhow::{Context, Result};

use self::count::by_nextest;
pub(crate) use self::count::{Tests, by_cargo, by_node, by_vitest};
use self::slowest::Slowest;
use crate::sh::{self, Sh};

/// The features that switch on the tests which need more than a compiler: emulators, or a desktop.
pub(crate) const EVERY_TEST: &str = "journeys/window,vault-firebase/emulators,vault-firm/emulators,vault-cli/emulators";

/// Test programs with stages of their own, which bring emulators or a desktop, or take long.
const ELSEWHERE: [&str; 6] = ["campaign", "emulators", "firm", "kills", "people", "window"];

/// Cargo, about to run these test programs and no others. The whole workspace is selected, with the same features every
/// time, so that a stage compiles no dependency again that another one has.
pub(crate) fn targets(sh: &Sh, names: &[&str]) -> Command {
    let mut command = sh.cargo();
    command.args(["test", "--workspace", "--no-fail-fast", "--features", EVERY_TEST]);
    command.args(names.iter().flat_map(|name| ["--test", name]));
    command
}

/// Runs a program that runs tests, and counts them by its lines.
///
/// # Errors
/// When it fails; the message says how many tests ran, and names those that failed.
pub(crate) fn run(command: &mut Command, by: fn(&str) -> Tests) -> Result<Tests> {
    run_seeing(command, by, |_| {})
}

/// Runs every test that needs no more than a compiler: by nextest where it is installed, which runs the tests of all
/// programs side by side and tells how long each took.
///
/// # Errors
/// When a test fails, or something does not compile.
pub(crate) fn everything(sh: &Sh) -> Result<Tests> {
    if !sh.cargo().args(["nextest", "--version"]).output().is_ok_and(|output| output.status.success()) {
        println!("cargo-nextest is not installed, so `cargo test` runs one test program after the other.");
        return run(cargo_test(sh).arg("--no-fail-fast"), by_cargo);
    }
    let elsewhere = ELSEWHERE.map(|name| format!("binary({name})")).join(" or ");
    let mut nextest = sh.cargo();
    nextest.args(["nextest", "run", "--workspace", "--features", EVERY_TEST, "--no-fail-fast"]);
    nextest.args(["--filterset", &format!("not ({elsewhere})")]);
    let mut slowest = Slowest::default();
    let ran = run_seeing(leave_this_program(&mut nextest), by_nextest, |line| slowest.see(line));
    println!("{slowest}");
    // Nextest does not know the examples of the documentation.
    let examples = run(cargo_test(sh).args(["--doc", "--features", EVERY_TEST]), by_cargo);
    let mut tests = ran?;
    tests += examples?;
    Ok(tests)
}

fn run_seeing(command: &mut Command, by: fn(&str) -> Tests, mut see: impl FnMut(&str)) -> Result<Tests> {
    let mut tests = Tests::default();
    let mut failed = Vec::new();
    let ran = sh::run_seeing(command, |line| {
        tests += by(line);
        if let Some(name) = failed::name(line)
            && !failed.contains(&name)
        {
            failed.push(name);
        }
        see(line);
    });
    ran.with_context(|| match failed.as_slice() {
        [] => format!("{} tests ran", tests.run),
        failed => format!("{} tests ran, and these failed: {}", tests.run, failed.join(", ")),
    })?;
    Ok(tests)
}

fn cargo_test(sh: &Sh) -> Command {
    let mut command = sh.cargo();
    leave_this_program(command.args(["test", "--workspace"]));
    command
}

/// Windows can't replace a program that runs, which this one does.
fn leave_this_program(command: &mut Command) -> &mut Command {
    if cfg!(windows) {
        command.args(["--exclude", "xtask"]);
    }
    command
}
