//! A drop of a million small files: does it fit?

use anyhow::Result;

use super::sample::watched;
use super::tree_run::strongroom;
use super::{Bench, tree};

const FILES: u64 = 1_000_000;
const GOAL: u64 = 300_000_000;

pub(super) fn run(bench: &Bench) -> Result<()> {
    let folder = bench.work.join("million");
    println!("A drop of {FILES} files of 100 bytes (made once, which takes a while)");
    tree::once(&folder, |folder| tree::of_equal_size(folder, FILES, 100))?;
    let home = bench.fresh("home");
    for verb in ["preflight", "file", "file"] {
        let sample = watched(strongroom(bench, &home).args([verb, "--quiet", "--matter", "general"]).arg(&folder))?;
        let word = if sample.memory <= GOAL { "reached" } else { "MISSED" };
        println!(
            "  strongroom {verb:<10} {:>8.1} s   {:>4} MB resident at most; goal ≤ {} MB — {word}",
            sample.time.as_secs_f64(),
            sample.memory / 1_000_000,
            GOAL / 1_000_000
        );
    }
    bench.clear()?;
    println!();
    Ok(())
}
