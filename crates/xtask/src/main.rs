//! The project's own commands, as `cargo xtask …`: one for trying Strongroom, one for testing it, and what those need.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks on its terminal")]

mod apt;
mod bench;
mod bundle;
mod campaign;
mod cross;
mod demo;
mod deny;
mod emulators;
mod firm;
mod fuzz;
mod keychain;
mod npm;
mod platform;
mod report;
mod rules;
mod run;
mod sample;
mod setup;
mod sh;
mod stages;
mod test;
mod tests_run;
mod ui;
mod window;
mod workflows;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::sh::Sh;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Strongroom's own commands.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build Strongroom and open its window; without a display, show it on the command line.
    Run(run::Args),
    /// Check everything: format, lints, tests, licences, the page, and the types for Windows and macOS.
    Test(test::Args),
    /// Install the system packages the other commands need, or say how.
    Setup(setup::Args),
    /// Pack what people install, below the target directory's `bundle`.
    Bundle(bundle::Args),
    /// Type-check the whole app for Windows and macOS, on Debian.
    Cross(cross::Args),
    /// Run Firebase on this computer, with the project's rules.
    Emulators(emulators::Args),
    /// File to a firm's vault while everything goes wrong, and look from outside at what becomes of it.
    Campaign(campaign::Args),
    /// Throw made-up bytes at what reads the words of others.
    Fuzz(fuzz::Args),
    /// Measure filing, hashing and the cache, against peers in the same run.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let outcome = Sh::new().and_then(|sh| match command {
        Command::Run(args) => run::run(&sh, &args),
        Command::Test(args) => test::run(&sh, &args),
        Command::Setup(args) => setup::run(&sh, &args),
        Command::Bundle(args) => bundle::run(&sh, &args),
        Command::Cross(args) => cross::run(&sh, &args),
        Command::Emulators(args) => emulators::run(&sh, &args),
        Command::Campaign(args) => campaign::run(&sh, &args),
        Command::Fuzz(args) => fuzz::run(&sh, &args),
        Command::Bench(args) => bench::run(&sh, &args),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
