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
use vault_home::{Log, Program};

fn main() -> ExitCode {
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(ended) => return ended,
    };
    let output = Output::new(&cli.global);
    let log = Log::start(Program::CommandLine);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), command = cli.command.name(), "a command begins");
    let ended = run(&cli, &output, log);
    let class = ended.as_ref().err().map_or("none", |failure| failure.code.as_str());
    let exit = ended.unwrap_or_else(|failure| {
        output.failure(&failure);
        failure.exit()
    });
    tracing::info!(exit = exit as u8, failure = class, "a command ends");
    output.finish(exit).into()
}

fn run(cli: &Cli, output: &Output, log: Log) -> Result<Exit, Failure> {
    // Before anything is opened: if no more files can be opened, the error messages vary.
    vault_core::open_files::make_room().map_err(|error| Failure::from(error).opening())?;
    // One worker beside the main thread: reading and hashing use threads of their own.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(|error| {
            Failure::new(Code::TryLater, format!("Could not start. {}", vault_core::SystemFault::of(&error).sentence()))
        })?;
    let session = Session::new(&cli.global, output, log)?;
    let ended = runtime.block_on(commands::run(&session, &cli.command));
    // A thread that still waits for the filing lock must not delay the end.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}
