//! `cargo xtask bench`: ours and peers, on the same tree, in the same run.

mod bytes;
mod cache;
mod cloud;
mod firm;
mod million;
mod peers;
mod sample;
mod table;
mod tree;
mod tree_run;
mod window;

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::sh::{self, Sh};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder to file. Without one, a folder like a firm's is made: 13,157 files, 355 MB.
    #[arg(long, value_name = "FOLDER")]
    tree: Option<PathBuf>,
    /// How often each command runs; the middle time is shown.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only these parts.
    #[arg(long, value_enum, num_args = 1.., default_values_t = [Part::Tree, Part::Large])]
    only: Vec<Part>,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A folder: pre-flight, first filing, the same again, restore, verify; against copying and backup programs.
    Tree,
    /// Hashing of large files, against openssl; and what a file costs that a firm's vault compares with what it has.
    Large,
    /// A drop of 1,000,000 small files: time and memory.
    Million,
    /// A cache of 1,000,000 records: lists, pages and searches.
    Cache,
    /// Bytes on their way to a firm's storage, against a strict server on this computer.
    Bytes,
    /// A firm's vault in the emulators: what filing costs in reads and writes.
    Cloud,
    /// The same vault, against Firebase's own libraries.
    Firm,
    /// Opening the window: time and memory, against an empty window.
    Window,
}

/// `cargo xtask bench`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    ensure!(args.runs > 0, "--runs must be at least 1");
    sh::run(sh.cargo().args(["build", "--release", "--quiet", "--package", "vault-cli"]))?;
    let bench = Bench {
        strongroom: sh.target().join("release/strongroom"),
        work: sh.target().join("bench"),
        runs: args.runs,
        made: Cell::new(0),
    };
    bench.clear()?;
    println!("{} cores; every figure is the middle of {} runs, page cache warm\n", cores(), args.runs);
    for part in &args.only {
        match part {
            Part::Tree => tree_run::run(&bench, args.tree.as_deref())?,
            Part::Large => {
                tree_run::large(&bench)?;
                hashing(sh)?;
            }
            Part::Million => million::run(&bench)?,
            Part::Cache => cache::run(sh)?,
            Part::Bytes => bytes::run(sh)?,
            Part::Cloud => cloud::run(sh, &bench)?,
            Part::Firm => firm::run(sh, &bench, args.runs)?,
            Part::Window => window::run(sh, args.runs)?,
        }
    }
    Ok(())
}

/// Hashing alone, as files are filed; and with the MD5 that what the storage has is compared by.
fn hashing(sh: &Sh) -> Result<()> {
    println!();
    let example = ["run", "--release", "--quiet", "--package", "vault-firebase", "--example", "measure_hashing"];
    sh::run(sh.cargo().args(example))
}

/// Where the bench works.
pub(crate) struct Bench {
    strongroom: PathBuf,
    work: PathBuf,
    runs: usize,
    made: Cell<usize>,
}

impl Bench {
    /// A place that does not exist yet. Nothing is deleted before the last run of a part: for a minute after many files
    /// were deleted, ext4 is several times slower at making new ones, for everybody.
    fn fresh(&self, name: &str) -> PathBuf {
        self.made.set(self.made.get() + 1);
        self.runs_folder().join(format!("{name}-{}", self.made.get()))
    }

    fn runs_folder(&self) -> PathBuf {
        self.work.join("runs")
    }

    /// Deletes what the runs made.
    fn clear(&self) -> Result<()> {
        if self.runs_folder().exists() {
            fs::remove_dir_all(self.runs_folder())?;
        }
        Ok(fs::create_dir_all(self.runs_folder())?)
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
