//! Bytes on their way to the firm's storage: to a strict server on this computer, as fast as the client takes them.

use anyhow::Result;

use crate::sh::{self, Sh};

pub(super) fn run(sh: &Sh) -> Result<()> {
    println!("Bytes to a firm's storage: small files, and one large one");
    let example = ["run", "--release", "--quiet", "--package", "vault-firebase", "--example", "transfers"];
    sh::run(sh.cargo().args(example))
}
