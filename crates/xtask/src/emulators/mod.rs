//! Firebase on this computer: the emulators of Auth, Firestore and Storage, with the project's own rules, and an identity
//! provider (`firebase/identity-provider`) where people sign in.
//!
//! `cargo xtask emulators` runs them until it is interrupted; `cargo xtask emulators -- COMMAND` as long as a command
//! takes. A stage starts them once, with [`Emulators::start`], and gives their addresses to what it runs.

mod identity_provider;
mod jars;
mod ports;
mod process;
mod runtime;
mod suite;

use std::sync::mpsc;

use anyhow::{Context, Result};

use crate::setup::{self, Group};
use crate::sh::{self, Sh};

pub(crate) use jars::debian as packages;
pub(crate) use ports::Ports;
pub(crate) use suite::{Addresses, Emulators, Product};

/// The project the emulators pretend to be; by its first word they know that there is no such project.
pub(crate) const PROJECT: &str = "demo-strongroom";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Take free ports instead of the usual ones (Auth 9099, Firestore 8080, Storage 9199, sign-in 9098).
    #[arg(long)]
    free_ports: bool,
    /// Run this command with the emulators' addresses in its environment, and stop when it ends.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// `cargo xtask emulators`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Emulators])?;
    // A command has its own idea of when it ends, and somebody may be using the usual ports meanwhile.
    let ports = if args.free_ports || !args.command.is_empty() { Ports::free()? } else { Ports::usual() };
    let (interrupt, interrupted) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more once the emulators are being stopped.
        interrupt.send(()).ok();
    })
    .context("interruptions cannot be waited for")?;
    let emulators = Emulators::start(sh, &ports, Product::ALL)?;
    let outcome = if let Some((program, rest)) = args.command.split_first() {
        let mut command = sh.command(program);
        emulators.introduce(command.args(rest));
        sh::run(&mut command)
    } else {
        println!("{emulators}\nStop them with Ctrl-C.");
        interrupted.recv().context("nobody can interrupt any more")
    };
    println!("Stopping the emulators.");
    emulators.stop().and(outcome)
}
