//! `strongroom`: the functions of the window, for scripts and for users who prefer a command line.
//!
//! A command ([`commands`]) calls the vault ([`vault_home`]) and prints the result ([`output`]): as sentences, or with
//! `--json` as one document ([`json`]). [`errors`] defines the exit codes.

mod args;
mod commands;
mod errors;
mod filed;
mod format;
mod interrupt;
mod json;
mod lists;
mod names;
mod output;
mod progress;
mod rate;
mod resolve;
mod secrets;
mod session;
mod table;
mod waiting;

use std::process::ExitCode;
use std::time::Duration;

use args::Cli;
use errors::{Code, Exit, Failure};
use output::Output;
use session::Session;

fn main() -> ExitCode {
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(ended) => return ended,
    };
    let output = Output::new(&cli.global);
    let ended = run(&cli, &output);
    let exit = ended.unwrap_or_else(|failure| {
        output.failure(&failure);
        failure.exit()
    });
    output.finish(exit).into()
}

fn run(cli: &Cli, output: &Output) -> Result<Exit, Failure> {
    // Before anything is opened: if no more files can be opened, the error messages vary.
    vault_core::open_files::make_room().map_err(|error| Failure::from(error).opening())?;
    // One worker beside the main thread: reading and hashing use threads of their own.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(|error| {
            Failure::new(Code::TryLater, format!("Could not start. {}", vault_core::SystemFault::of(&error).sentence()))
        })?;
    let session = Session::new(&cli.global, output)?;
    let ended = runtime.block_on(commands::run(&session, &cli.command));
    // A thread that still waits for the filing lock must not delay the end.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}
