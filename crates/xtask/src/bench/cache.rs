//! A cache of a million records: how long a person waits for a list.

use anyhow::Result;

use crate::sh::{self, Sh};

pub(super) fn run(sh: &Sh) -> Result<()> {
    println!("A cache of 1,000,000 records");
    let example = ["run", "--release", "--quiet", "--package", "vault-store", "--example", "measure_cache"];
    sh::run(sh.cargo().args(example).args(["--", "1000000"]))
}
