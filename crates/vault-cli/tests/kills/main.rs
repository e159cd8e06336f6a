//! Kills the real program in the middle of filing and restoring, hundreds of times, and checks from outside what
//! it left: every invariant must hold after every kill, and everything must be complete in the end.
//!
//! Kills are seeded: at the nth system call that writes anything (by `strace`, if it may be used), and after so many
//! microseconds. `STRONGROOM_KILL_SEEDS=from..to` runs other seeds than the usual ones.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod campaign;
#[path = "../program/common/kill.rs"]
mod kill;
#[path = "../program/common/log.rs"]
mod log;
mod many;
#[path = "../program/common/numbers.rs"]
mod numbers;
mod outside;
mod source;

use std::ops::Range;
use std::sync::Mutex;
use std::thread;

/// The number of seeds that every change must pass; each kills one to three times.
const SEEDS: Range<u64> = 0..220;

#[test]
fn no_kill_loses_anything() {
    let seeds = std::env::var("STRONGROOM_KILL_SEEDS").ok().map_or(SEEDS, |text| {
        let (from, to) = text.split_once("..").expect("STRONGROOM_KILL_SEEDS=from..to");
        from.parse().expect("a number")..to.parse().expect("a number")
    });
    let by_call = kill::can_trace();
    let next = Mutex::new(seeds.clone());
    let totals = Mutex::new(campaign::Totals::default());
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, std::num::NonZero::get) {
            scope.spawn(|| {
                loop {
                    let Some(seed) = next.lock().expect("no panic").next() else { break };
                    match std::panic::catch_unwind(|| campaign::run(seed, by_call)) {
                        Ok(done) => totals.lock().expect("no panic").add(&done),
                        Err(panic) => {
                            let text = panic.downcast_ref::<String>().cloned();
                            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                            failures.lock().expect("no panic").push((seed, text.unwrap_or_default()));
                        }
                    }
                }
            });
        }
    });
    let totals = totals.into_inner().expect("no panic");
    println!("seeds {seeds:?}, by {}: {totals}", if by_call { "system call and by time" } else { "time alone" });
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{} of {} seeds failed: {failures:#?}", failures.len(), seeds.end - seeds.start);
    if seeds == SEEDS {
        assert!(totals.killed_filing >= 150, "too few kills hit the filing for the test to mean anything: {totals}");
        assert!(totals.killed_restoring >= 50, "too few kills hit the restore for the test to mean anything: {totals}");
    }
}
