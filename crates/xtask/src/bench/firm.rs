//! Filing to a firm's vault in the emulators, side by side with what a web developer would write with Firebase's own
//! libraries (`firebase/peer`): the same documents and objects, by the same rules, in the same emulators.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::Value;

use super::{Bench, tree};
use crate::emulators::{Emulators, Ports, Product};
use crate::npm;
use crate::setup::{self, Group};
use crate::sh::{self, Sh};

/// Files in one folder: the emulators take some seconds for them.
const FILES: u64 = 1000;

/// Their length together: scanned letters, a few of them long.
const BYTES: u64 = 60_000_000;

/// How often a program may try to file a folder before the comparison is given up.
const TRIES: u64 = 3;

/// How many times the peer's files a second ours are to be: new ones, and known ones.
const GOALS: [(&str, f64); 2] = [("new", 1.8), ("known", 5.0)];

/// What a program says of filing a folder once.
struct Filed {
    what: String,
    files: u64,
    failed: u64,
    seconds: f64,
}

impl Filed {
    fn read(line: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(line).ok()?;
        let number = |name: &str| said[name].as_u64();
        let what = said["what"].as_str()?.to_owned();
        Some(Self {
            what,
            files: number("files")?,
            failed: number("failed").unwrap_or(0),
            seconds: said["seconds"].as_f64()?,
        })
    }
}

/// Files a second of both programs, by what was filed.
#[derive(Default)]
struct Rates {
    ours: Vec<f64>,
    peer: Vec<f64>,
}

pub(super) fn run(sh: &Sh, bench: &Bench, rounds: usize) -> Result<()> {
    setup::ensure(sh, &[Group::Emulators])?;
    println!(
        "Filing to a firm's vault in the emulators: ours and Firebase's own libraries in turn, {rounds} rounds of {FILES} \
         files ({} MB), new and known",
        BYTES / 1_000_000
    );
    sh::run(sh.cargo().args(["build", "--release", "--quiet", "--package", "vault-firm", "--example", "cloud"]))?;
    npm::install(sh, "firebase/peer")?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let outcome = compare(sh, bench, &emulators, rounds).map(|(new, known)| tell(&[new, known]));
    emulators.stop().and(outcome)
}

/// Files a second of new and of known files.
fn compare(sh: &Sh, bench: &Bench, emulators: &Emulators, rounds: usize) -> Result<(Rates, Rates)> {
    let (mut new, mut known) = (Rates::default(), Rates::default());
    // The first round warms the emulators up, and is not counted.
    for round in 0..=rounds {
        // Who begins alternates.
        for turn in 0..2 {
            let ours = (round + turn) % 2 == 0;
            for filed in filed(sh, bench, emulators, ours, (round * 2 + turn) as u64)? {
                let rates = if filed.what == "new" { &mut new } else { &mut known };
                #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
                let rate = filed.files as f64 / filed.seconds;
                println!(
                    "  {:<8} {:<6} {:<6} {rate:>7.1} files/s",
                    if round == 0 { "warm-up".to_owned() } else { format!("round {round}") },
                    if ours { "ours" } else { "peer" },
                    filed.what,
                );
                if round > 0 {
                    if ours { rates.ours.push(rate) } else { rates.peer.push(rate) }
                }
            }
        }
    }
    Ok((new, known))
}

/// What one of the programs says of filing a folder with these `contents`, new and known. A folder that was not filed whole is no
/// measurement: then another one is filed.
fn filed(sh: &Sh, bench: &Bench, emulators: &Emulators, ours: bool, contents: u64) -> Result<Vec<Filed>> {
    let mut tries = 0..TRIES;
    loop {
        let again = tries.next().unwrap_or_default();
        let folder = bench.fresh("firm").join("Box");
        tree::like_letters(&folder, FILES, BYTES, contents * TRIES + again)?;
        // Each files to an empty vault: the emulators have no indexes, and go through everything they hold.
        let mut empty = sh.command("node");
        emulators.introduce(empty.arg(sh.root().join("firebase/sample-firm.js")).arg("--anew"));
        sh::read(&mut empty)?;
        let mut program = if ours { ours_filing(sh, &folder) } else { peer_filing(sh, &folder) };
        emulators.introduce(&mut program);
        match told(&mut program) {
            Err(broken) if !tries.is_empty() => {
                println!("  not counted: {}", broken.to_string().lines().next().unwrap_or_default());
            }
            told => return told,
        }
    }
}

fn ours_filing(sh: &Sh, folder: &Path) -> Command {
    let mut command = sh.command(sh.target().join("release/examples/cloud"));
    command.arg(folder);
    command
}

fn peer_filing(sh: &Sh, folder: &Path) -> Command {
    let mut command = sh.command("node");
    command.arg(sh.root().join("firebase/peer/file.js")).arg(folder).arg("abc-contract");
    command
}

/// What a program says of filing the folder, new and known; all of it must have been filed.
fn told(program: &mut Command) -> Result<Vec<Filed>> {
    let said = sh::read(program)?;
    let compared = |filed: &Filed| GOALS.iter().any(|(what, _)| *what == filed.what);
    let filed: Vec<Filed> = said.lines().filter_map(Filed::read).filter(compared).collect();
    match &filed[..] {
        [new, known] if [new, known].iter().all(|filed| filed.files == FILES && filed.failed == 0) => Ok(filed),
        _ => bail!("not everything was filed: {said}"),
    }
}

fn tell(rates: &[Rates; 2]) {
    for (Rates { ours, peer }, (what, goal)) in rates.iter().zip(GOALS) {
        let (ours, peer) = (middle(ours), middle(peer));
        let relation = ours / peer;
        let word = if relation >= goal { "reached" } else { "MISSED" };
        println!("  {what}: ours {ours:.1} files/s, peer {peer:.1} files/s; goal ≥ {goal} ×: {relation:.2} × — {word}");
    }
}

fn middle(rates: &[f64]) -> f64 {
    let mut rates = rates.to_vec();
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
}
