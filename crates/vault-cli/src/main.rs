//! `strongroom`: what the window does, for scripts and for people who like a command line.
//!
//! A command ([`commands`]) asks the vault ([`vault_home`]) and says what came of it ([`output`]): in sentences, or with
//! `--json` as one document ([`json`]). What the exit codes mean stands in [`errors`].

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
    // Before anything is opened: what opens files says many things where there may be no more of them.
    vault_core::open_files::make_room().map_err(|error| Failure::from(error).opening())?;
    // One worker beside the main thread: reading and hashing have threads of their own.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(|error| {
            Failure::new(Code::TryLater, format!("Could not start. {}", vault_core::SystemFault::of(&error).sentence()))
        })?;
    let session = Session::new(&cli.global, output)?;
    let ended = runtime.block_on(commands::run(&session, &cli.command));
    // A thread that still waits for the right to file must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}
