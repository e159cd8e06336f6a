//! A folder: pre-flight, first filing, the same again, restore and verify; and large files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use super::peers::Peer;
use super::sample::{median, once};
use super::table::{Row, goal, print};
use super::{Bench, tree};
use crate::sh;

/// The folder that is made where none is given.
const FILES: u64 = 13_157;
const BYTES: u64 = 355_000_000;

/// What is measured of one program, run by run.
#[derive(Default)]
struct Times {
    first: Vec<Duration>,
    again: Vec<Duration>,
}

pub(super) fn run(bench: &Bench, given: Option<&Path>) -> Result<()> {
    let folder = if let Some(folder) = given {
        std::path::absolute(folder)?
    } else {
        let made = bench.work.join("like-a-firms");
        tree::once(&made, |folder| tree::like_a_firms(folder, FILES, BYTES))?;
        made
    };
    let (files, bytes) = tree::measure(&folder)?;
    println!("a folder of {files} files, {} MB", bytes / 1_000_000);
    let peers = Peer::present();
    let lists = halves(bench, &folder)?;
    let mut preflight = Vec::new();
    let mut openssl = Vec::new();
    let mut ours = Times::default();
    let (mut restored, mut verified) = (Vec::new(), Vec::new());
    let mut theirs: Vec<Times> = peers.iter().map(|_| Times::default()).collect();
    // One run of each in turn, so that a slow moment of the machine meets all of them.
    for run in 0..=bench.runs {
        let keep = run > 0;
        note(keep, &mut openssl, two_openssl(&lists)?);
        note(keep, &mut preflight, ours_once(bench, "preflight", &folder, &bench.fresh("home"))?);
        let home = bench.fresh("home");
        note(keep, &mut ours.first, ours_once(bench, "file", &folder, &home)?);
        note(keep, &mut ours.again, ours_once(bench, "file", &folder, &home)?);
        note(keep, &mut verified, once(strongroom(bench, &home).args(["verify", "--quiet"]))?);
        let back = bench.fresh("back");
        let restore = ["restore", "--quiet", "--matter", "general"];
        note(keep, &mut restored, once(strongroom(bench, &home).args(restore).arg(&back))?);
        for (peer, times) in peers.iter().zip(&mut theirs) {
            let place = bench.fresh("peer");
            if let Some(mut prepare) = peer.prepare(&place) {
                once(&mut prepare)?;
            }
            note(keep, &mut times.first, once(&mut peer.store(&folder, &place, 1))?);
            if *peer != Peer::Cp {
                note(keep, &mut times.again, once(&mut peer.store(&folder, &place, 2))?);
            }
        }
    }
    bench.clear()?;
    report(bytes, &peers, &mut theirs, Ours { preflight, openssl, times: ours, restored, verified });
    Ok(())
}

struct Ours {
    preflight: Vec<Duration>,
    openssl: Vec<Duration>,
    times: Times,
    restored: Vec<Duration>,
    verified: Vec<Duration>,
}

fn report(bytes: u64, peers: &[Peer], theirs: &mut [Times], mut ours: Ours) {
    let row = |who: &str, times: &mut Vec<Duration>| Row { who: who.to_owned(), time: median(times) };
    let preflight = row("strongroom preflight, nothing known", &mut ours.preflight);
    let openssl = row("openssl dgst -sha256, two processes", &mut ours.openssl);
    print("Pre-flight", bytes, &[preflight, openssl]);
    let mut first = vec![row("strongroom file (durable, recorded)", &mut ours.times.first)];
    let mut again = vec![row("strongroom file, the same drop again", &mut ours.times.again)];
    for (peer, times) in peers.iter().zip(theirs) {
        first.push(row(peer.name(), &mut times.first));
        if !times.again.is_empty() {
            again.push(row(&format!("{}, again", peer.name()), &mut times.again));
        }
    }
    print("First filing", bytes, &first);
    print("The same drop again", bytes, &again);
    let restored = row("strongroom restore (verified)", &mut ours.restored);
    let verified = row("strongroom verify", &mut ours.verified);
    print("Giving back and verifying", bytes, &[restored, verified]);
    let of = |rows: &[Row], name: &str| rows.iter().find(|row| row.who.starts_with(name)).map(|row| row.time);
    goal("pre-flight to two-process openssl", median(&mut ours.preflight), 1.25, median(&mut ours.openssl));
    let (filed, refiled) = (median(&mut ours.times.first), median(&mut ours.times.again));
    if let Some(cp) = of(&first, "cp") {
        goal("first filing to cp -a", filed, 1.5, cp);
    }
    let backups = ["borg", "restic", "rclone"].iter().filter_map(|name| of(&first, name)).min();
    if let Some(fastest) = backups {
        goal("first filing to the fastest of borg, restic, rclone", filed, 0.5, fastest);
    }
    if let Some(borg) = of(&again, "borg") {
        goal("the same drop again to borg's second run", refiled, 0.5, borg);
    }
    println!();
}

/// Large files, hashed by a pre-flight, against what openssl says the cores can do.
pub(super) fn large(bench: &Bench) -> Result<()> {
    let folder = bench.work.join("large");
    tree::once(&folder, |folder| tree::of_equal_size(folder, 8, 256 << 20))?;
    let (files, bytes) = tree::measure(&folder)?;
    let mut times = Vec::new();
    for run in 0..=bench.runs {
        note(run > 0, &mut times, ours_once(bench, "preflight", &folder, &bench.fresh("home"))?);
    }
    bench.clear()?;
    let time = median(&mut times);
    print(
        &format!("{files} large files, {} MB", bytes / 1_000_000),
        bytes,
        &[Row { who: "strongroom preflight".to_owned(), time }],
    );
    let cores = super::cores().to_string();
    let said = sh::read(
        Command::new("openssl").args(["speed", "-seconds", "2", "-bytes", "16384", "-multi", &cores, "sha256"]),
    )?;
    let rate =
        said.lines().rev().find_map(|line| line.strip_prefix("sha256")).context("openssl speed printed no rate")?;
    let thousands: f64 = rate.trim().trim_end_matches('k').parse()?;
    #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
    let ours = bytes as f64 / time.as_secs_f64();
    let share = ours / (thousands * 1000.0);
    let word = if share >= 0.75 { "reached" } else { "MISSED" };
    println!("  openssl speed -multi {cores} sha256: {:.0} MB/s", thousands / 1000.0);
    println!("  goal: ≥ 0.75 of it: {share:.2} — {word}\n");
    Ok(())
}

fn note(keep: bool, times: &mut Vec<Duration>, time: Duration) {
    if keep {
        times.push(time);
    }
}

pub(super) fn strongroom(bench: &Bench, home: &Path) -> Command {
    let mut command = Command::new(&bench.strongroom);
    command.env("STRONGROOM_HOME", home);
    command
}

fn ours_once(bench: &Bench, verb: &str, folder: &Path, home: &Path) -> Result<Duration> {
    once(strongroom(bench, home).args([verb, "--quiet", "--matter", "general"]).arg(folder))
}

/// The files of a folder as two lists of about the same length in bytes.
fn halves(bench: &Bench, folder: &Path) -> Result<[PathBuf; 2]> {
    let listed = sh::read(Command::new("find").arg(folder).args(["-type", "f", "-printf", "%s %p\\n"]))?;
    let mut files: Vec<(u64, &str)> = listed
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(s, p)| Some((s.parse().ok()?, p)))
        .collect();
    files.sort_unstable_by_key(|(size, _)| std::cmp::Reverse(*size));
    let mut lists = [(0, String::new()), (0, String::new())];
    for (size, path) in files {
        let lighter = usize::from(lists[1].0 < lists[0].0);
        lists[lighter].0 += size;
        lists[lighter].1.push_str(path);
        lists[lighter].1.push('\0');
    }
    let paths = [bench.work.join("half-1"), bench.work.join("half-2")];
    for (path, (_, list)) in paths.iter().zip(&lists) {
        fs::write(path, list)?;
    }
    Ok(paths)
}

/// Both lists hashed at once, by one openssl each.
fn two_openssl(lists: &[PathBuf; 2]) -> Result<Duration> {
    let begun = std::time::Instant::now();
    let mut hashing = Vec::new();
    for list in lists {
        let mut command = Command::new("xargs");
        command.args(["-0", "-a"]).arg(list).args(["openssl", "dgst", "-sha256", "-r"]);
        hashing.push(command.stdout(Stdio::null()).spawn().context("cannot start xargs and openssl")?);
    }
    for mut one in hashing {
        one.wait()?;
    }
    Ok(begun.elapsed())
}
