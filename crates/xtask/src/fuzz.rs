//! `cargo xtask fuzz`: made-up bytes, thrown at what reads the words of others. The targets are in `fuzz/`, laid out as
//! cargo-fuzz expects; it needs a nightly compiler for its sanitizers, and what is thrown at here is safe Rust. So this
//! builds them with the ordinary one, with what libFuzzer has to know of the way that an input takes.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::setup::{self, Group};
use crate::sh::{self, Sh};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// At what; at each in turn if nothing is named.
    targets: Vec<Target>,
    /// How long at each.
    #[arg(long, default_value_t = 60, value_name = "N")]
    seconds: u64,
}

/// What is thrown at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Answers of the storage to uploads.
    UploadReply,
    /// Files and links that lead to a firm's vault.
    Connection,
    /// The request that comes back from the browser.
    OauthCallback,
    /// Documents of Firestore.
    FirestoreDocument,
    /// The paths of a restore.
    RestorePaths,
}

impl Target {
    const fn name(self) -> &'static str {
        match self {
            Self::UploadReply => "upload_reply",
            Self::Connection => "connection",
            Self::OauthCallback => "oauth_callback",
            Self::FirestoreDocument => "firestore_document",
            Self::RestorePaths => "restore_paths",
        }
    }
}

/// What cargo-fuzz passes, but for the sanitizers (<https://clang.llvm.org/docs/SanitizerCoverage.html>).
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-sanitizer-coverage-stack-depth \
    --cfg fuzzing -Ccodegen-units=1";

/// `cargo xtask fuzz`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Compile])?;
    let folder = build(sh)?;
    let targets = if args.targets.is_empty() { Target::value_variants() } else { args.targets.as_slice() };
    let mut found = Vec::new();
    for target in targets {
        if let Err(error) = throw(sh, &folder.join(target.name()), target.name(), args.seconds) {
            println!("{}: {error:#}", target.name());
            found.push(target.name());
        }
    }
    match found.as_slice() {
        [] => Ok(()),
        found => bail!("something was found: {}; the inputs are in fuzz/found", found.join(", ")),
    }
}

/// Builds the targets; the folder they are in.
fn build(sh: &Sh) -> Result<PathBuf> {
    // What builds other things runs on this computer, too: without its name, it would be made to tell its way as well.
    let compiler = sh::read(sh.command("rustc").arg("-vV"))?;
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let target = sh.target().join("fuzz");
    let mut command = sh.cargo();
    command.args(["build", "--release", "--bins", "--target", host, "--manifest-path"]);
    command.arg(sh.root().join("fuzz/Cargo.toml")).env("RUSTFLAGS", COVERAGE).env("CARGO_TARGET_DIR", &target);
    sh::run(&mut command)?;
    Ok(target.join(host).join("release"))
}

/// Throws at one of them. Inputs that go a new way are kept below the target directory, for the next time.
fn throw(sh: &Sh, program: &PathBuf, target: &str, seconds: u64) -> Result<()> {
    let fuzz = sh.root().join("fuzz");
    let (kept, corpus, found) = (
        sh.target().join("fuzz/inputs").join(target),
        fuzz.join("corpus").join(target),
        fuzz.join("found").join(target),
    );
    for folder in [&kept, &found] {
        fs::create_dir_all(folder)?;
    }
    let mut command = sh.command(program);
    command.args([&kept, &corpus, &found]);
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", found.display()));
    command.args(["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=1024", "-max_len=8192"]);
    sh::run(&mut command)
}
