//! A firm's vault in the emulators: what filing costs, counted as Google bills it.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::{Bench, tree};
use crate::emulators::{Emulators, Ports, Product};
use crate::firm;
use crate::setup::{self, Group};
use crate::sh::{self, Sh};

/// As many files as are filed; the emulators take some seconds for them.
const FILES: u64 = 1000;

/// Small ones: what a file costs does not depend on its size.
const SIZE: u64 = 16 * 1024;

/// What is done, as `examples/cloud.rs` of vault-firm calls it, what it is, and what it may cost: documents written a file, and
/// documents read.
const DONE: [(&str, &str, u64, Option<u64>); 4] = [
    ("new", "1,000 new files", 3, None),
    ("known", "the same folder again", 2, None),
    ("elsewhere", "the same files in another folder", 2, None),
    ("start", "a start, with nothing changed", 0, Some(5)),
];

pub(super) fn run(sh: &Sh, bench: &Bench) -> Result<()> {
    setup::ensure(sh, &[Group::Emulators])?;
    println!("What filing to a firm's vault costs, in the emulators");
    let folder = bench.work.join("cloud");
    tree::once(&folder, |folder| tree::of_equal_size(folder, FILES, SIZE))?;
    sh::run(sh.cargo().args(["build", "--release", "--quiet", "--package", "vault-firm", "--example", "cloud"]))?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let mut file = sh.command(sh.target().join("release/examples/cloud"));
    emulators.introduce(file.arg(&folder));
    let outcome = firm::make(sh, &emulators, &bench.work).and_then(|_| sh::read(&mut file));
    emulators.stop().and(outcome).and_then(|said| tell(&said))
}

fn tell(said: &str) -> Result<()> {
    let said: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    println!("  {:<34}{:>10}{:>12}{:>10}{:>10}", "", "written", "a file", "read", "storage");
    for (what, words, most_written, most_read) in DONE {
        let done = said.iter().find(|done| done["what"] == what);
        let number = |name: &str| done.and_then(|done| done[name].as_u64());
        let (files, written, read) = (number("files"), number("writes"), number("reads"));
        let (Some(files), Some(written), Some(read), Some(storage)) = (files, written, read, number("storage")) else {
            anyhow::bail!("nothing was said of {words}: {said:?}");
        };
        // The drop's own document is not a file's.
        let a_file =
            written.saturating_sub(1).checked_div(files).map_or_else(|| "–".to_owned(), |each| each.to_string());
        println!("  {words:<34}{written:>10}{a_file:>12}{read:>10}{storage:>10}");
        ensure!(written <= most_written * files + 1, "{words}: more than {most_written} documents written a file");
        if let Some(most) = most_read {
            ensure!(read <= most, "{words}: more than {most} documents read");
        }
    }
    println!(
        "  written, read: documents of Firestore, without those that rules look up; storage: requests to Cloud Storage"
    );
    Ok(())
}
