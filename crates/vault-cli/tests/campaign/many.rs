//! Many files, as in a law firm's folder, and two kills: few files are called interrupted, little is sent again, and
//! stored files are counted.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::firm::{Emulators, Firm};
use crate::kill;
use crate::numbers::Numbers;
use crate::outside::{Outside, UNDER_WAY};
use crate::plan::Storage;

/// Most are small.
const SMALL: u64 = 1400;

/// Some are scans.
const SCANS: u64 = 24;

/// How long a run may take on a busy computer.
const PATIENCE: Duration = Duration::from_mins(10);

/// The program is killed when the storage has got so many requests since it was started.
const KILLED_AT: [usize; 2] = [500, 450];

fn folder(place: &Path) -> PathBuf {
    let folder = place.join("Box");
    let mut numbers = Numbers::new(0x3241);
    for index in 0..SMALL + SCANS {
        let at = folder.join(format!("Exhibits {}", index % 40));
        fs::create_dir_all(&at).unwrap();
        let size =
            if index % (SMALL / SCANS) == 7 { 400_000 + numbers.below(1_200_000) } else { 200 + numbers.below(12_000) };
        fs::write(at.join(format!("{index}.pdf")), numbers.bytes(size)).unwrap();
    }
    folder
}

fn run(command: Command, place: &Path, enough: impl Fn() -> bool) -> (std::process::Output, bool) {
    kill::run_online(command, None, |_| enough(), PATIENCE, place)
}

#[test]
fn two_kills_of_many_files_leave_few_interrupted_and_send_little_again() {
    let (emulators, runtime) = (Emulators::of_environment(), crate::runtime());
    let place = tempfile::tempdir().unwrap();
    let source = place.path().join("source");
    let folder = folder(&source);
    let home = place.path().join("home");
    let firm = runtime.block_on(Firm::found(&emulators, Storage::Strict, 0x3241, &home));
    let server = firm.server.as_ref().expect("the strict server");
    let mut outside = Outside::new(&firm, &source);
    let mut file = firm.strongroom(&["file", "--quiet", "--matter", "general"]);
    file.arg(&folder);
    let mut next = file;
    for many in KILLED_AT {
        let before = server.requests();
        let (_, killed) = run(next, place.path(), || server.requests() >= before + many);
        assert!(killed, "it ended before it was killed");
        runtime.block_on(async { firm.repair() });
        outside.was_stopped();
        runtime.block_on(outside.look());
        // Stored files are counted, except those that were not recorded yet.
        let stored = server.log().finalised.len();
        let counted = counted(&firm, place.path());
        assert!(counted + UNDER_WAY >= stored, "{counted} of {stored} are counted as stored");
        next = firm.strongroom(&["resume", "--quiet"]);
    }
    // A colleague closes the matter in the middle: files being sent are interrupted, and no others.
    let (before, closed) = (server.requests(), AtomicBool::new(false));
    let (output, killed) = run(next, place.path(), || {
        if server.requests() >= before + 200 && !closed.swap(true, Ordering::SeqCst) {
            runtime.block_on(firm.cloud.put_general("closed"));
        }
        false
    });
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!killed && closed.into_inner() && !output.status.success(), "{said}");
    outside.was_stopped();
    runtime.block_on(async {
        outside.look().await;
        firm.cloud.put_general("active").await;
    });
    let (output, killed) = run(firm.strongroom(&["resume", "--quiet"]), place.path(), || false);
    assert!(!killed && output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    runtime.block_on(outside.look_at_the_end(1));
    let sent_again: BTreeSet<String> = server.log().sent_again().into_iter().map(str::to_owned).collect();
    assert!(sent_again.is_empty(), "stored content was sent again: {sent_again:?}");
    println!("{}", outside.report());
}

/// How many files `status` counts as stored.
fn counted(firm: &Firm, place: &Path) -> usize {
    let (output, _) = run(firm.strongroom(&["status", "--json"]), place, || false);
    let status: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let drop = &status["unfinished"][0];
    let number = |name: &str| drop[name].as_u64().unwrap_or_else(|| panic!("no {name}: {status}"));
    usize::try_from(number("stored") + number("skipped")).unwrap()
}
