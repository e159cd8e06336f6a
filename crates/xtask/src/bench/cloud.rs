//! A firm's vault in the emulators: how long filing takes, and what it would cost.

use anyhow::Result;

use super::{Bench, tree};
use crate::emulators::{Emulators, Ports, Product};
use crate::setup::{self, Group};
use crate::sh::{self, Sh};

/// As many files as are filed; the emulators take some seconds for a hundred.
const FILES: u64 = 1000;

/// Small ones: what a file costs does not depend on its size.
const SIZE: u64 = 16 * 1024;

pub(super) fn run(sh: &Sh, bench: &Bench) -> Result<()> {
    setup::ensure(sh, &[Group::Emulators])?;
    println!("A firm's vault in the emulators: {FILES} files, the same again, and a start on which nothing changed");
    let folder = bench.work.join("cloud");
    tree::once(&folder, |folder| tree::of_equal_size(folder, FILES, SIZE))?;
    sh::run(sh.cargo().args(["build", "--release", "--quiet", "--package", "vault-firm", "--example", "cloud"]))?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let mut make = sh.command("node");
    make.arg(sh.root().join("firebase/sample-firm.js"));
    emulators.introduce(&mut make);
    let mut file = sh.command(sh.target().join("release/examples/cloud"));
    emulators.introduce(file.arg(&folder));
    let outcome = sh::read(&mut make).and_then(|_| sh::run(&mut file));
    emulators.stop().and(outcome)
}
