//! `cargo xtask campaign`: filing to a firm's vault while everything goes wrong, by seeds. The test itself is
//! `crates/vault-cli/tests/campaign`.

use anyhow::{Context, Result};

use crate::emulators::{Emulators, Ports, Product};
use crate::keychain::Keychain;
use crate::setup::{self, Group};
use crate::sh::Sh;
use crate::tests_run::{self, Tests};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many seeds.
    #[arg(long, default_value_t = 280)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Run the tests of the campaign whose names contain this, instead of seeds.
    #[arg(long, conflicts_with_all = ["seeds", "from"])]
    only: Option<String>,
}

/// `cargo xtask campaign`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Compile, Group::Emulators, Group::Test])?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let seeds = format!("{}..{}", args.from, args.from.saturating_add(args.seeds));
    let which = args.only.as_deref().map_or(Which::Seeds(&seeds), Which::Named);
    let outcome = with(sh, &emulators, which);
    emulators.stop()?;
    outcome.map(drop)
}

/// What of the campaign is run.
#[derive(Clone, Copy)]
pub(crate) enum Which<'a> {
    /// All of it, with the usual seeds.
    All,
    /// These seeds.
    Seeds(&'a str),
    /// The tests whose names contain this.
    Named(&'a str),
}

/// Runs the campaign on these emulators.
///
/// # Errors
/// When there can be no keychain, or a seed fails; what it printed says how to repeat that.
pub(crate) fn with(sh: &Sh, emulators: &Emulators, which: Which<'_>) -> Result<Tests> {
    let keychain = Keychain::start(sh, &sh.target().join("campaign/keychain"))?;
    let mut command = tests_run::targets(sh, &["campaign"]);
    command.args(["--", "--nocapture"]);
    match which {
        Which::All => {}
        Which::Seeds(seeds) => drop(command.arg("whatever_goes_wrong").env("STRONGROOM_CAMPAIGN", seeds)),
        Which::Named(name) => drop(command.arg(name)),
    }
    emulators.introduce(&mut command);
    keychain.introduce(&mut command);
    tests_run::run(&mut command, tests_run::by_cargo).context("the campaign found something")
}
