//! `cargo xtask campaign`: filing to a firm's vault while everything goes wrong, by seeds. The test itself is
//! `crates/vault-cli/tests/campaign`.

use anyhow::{Context, Result};

use crate::emulators::{Emulators, Ports, Product};
use crate::keychain::Keychain;
use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::tests_run::{self, Tests};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many seeds.
    #[arg(long, default_value_t = 280)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
}

/// `cargo xtask campaign`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Compile, Group::Emulators, Group::Test])?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let seeds = format!("{}..{}", args.from, args.from.saturating_add(args.seeds));
    let outcome = with(sh, &emulators, Some(&seeds));
    emulators.stop()?;
    outcome.map(drop)
}

/// Runs the campaign on these emulators, with the usual seeds if none are named.
///
/// # Errors
/// When there can be no keychain, or a seed fails; what it printed says how to repeat that.
pub(crate) fn with(sh: &Sh, emulators: &Emulators, seeds: Option<&str>) -> Result<Tests> {
    let keychain = Keychain::start(sh, &sh.target().join("campaign/keychain"))?;
    let mut tests = Tests::default();
    let mut command = sh.cargo();
    command.args([
        "test",
        "--package",
        "vault-cli",
        "--features",
        "emulators",
        "--test",
        "campaign",
        "--",
        "--nocapture",
    ]);
    if let Some(seeds) = seeds {
        command.arg("whatever_goes_wrong").env("STRONGROOM_CAMPAIGN", seeds);
    }
    emulators.introduce(&mut command);
    keychain.introduce(&mut command);
    sh::run_seeing(&mut command, |line| tests += tests_run::by_cargo(line)).context("the campaign found something")?;
    Ok(tests)
}
