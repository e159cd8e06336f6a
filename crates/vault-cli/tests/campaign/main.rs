//! Filing to a firm's vault with faults of every kind, hundreds of times: the real program, killed at any moment; a
//! strict storage server with all its faults; Auth and Firestore in the emulators, behind networks that are cut and
//! hang. After every step an outside check runs, and at the end everything is filed, once, and can be restored.
//!
//! `cargo xtask campaign` starts the emulators and a keychain, and sets the seeds. A seed always gives the same run, as
//! far as the faults decide it: all decisions are computed from it ([`plan`], [`storage_faults`], [`tree`]).

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod cloud;
mod course;
mod firm;
#[path = "../program/common/kill.rs"]
mod kill;
#[path = "../program/common/log.rs"]
mod log;
mod many;
#[path = "../program/common/numbers.rs"]
mod numbers;
mod outside;
mod plan;
mod queue;
mod storage_faults;
mod tree;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use course::Totals;
use firm::Emulators;
use plan::Plan;

/// The number of seeds that every change must pass; with those of `kills` there are 500.
const SEEDS: Range<u64> = 0..280;

/// Further seeds that once found a fault.
const FOUND: &[u64] = &[];

/// After so many seeds the progress is printed.
const TOLD: u64 = 50;

/// Seeds that run at once: most of the time each waits.
const AT_ONCE: usize = 6;

/// How often a seed is repeated during which the keychain ended. GNOME's ends now and then when a program that talks
/// to it is killed; `xtask` starts it again.
const REPEATED: usize = 3;

fn seeds() -> Vec<u64> {
    match std::env::var("STRONGROOM_CAMPAIGN") {
        Ok(text) => {
            let (from, to) = text.split_once("..").expect("STRONGROOM_CAMPAIGN=from..to");
            (from.parse().expect("a number")..to.parse().expect("a number")).collect()
        }
        Err(_) => FOUND.iter().copied().chain(SEEDS).collect(),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Runs a seed: its counts, or why it failed, and its diary.
fn attempt(
    runtime: &tokio::runtime::Runtime,
    emulators: &Emulators,
    plan: &Plan,
) -> (Result<Totals, String>, Vec<String>) {
    let mut diary = Vec::new();
    let ended = catch_unwind(AssertUnwindSafe(|| course::run(runtime.handle(), emulators, plan, &mut diary)));
    let ended = ended.map(|(done, _)| done).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    });
    (ended, diary)
}

/// Whether a seed failed because the keychain was missing.
fn is_keychains(text: &str, diary: &[String]) -> bool {
    let says = |text: &str| text.contains("The keychain of this computer") || text.contains("there is no keychain");
    says(text) || diary.iter().any(|entry| says(entry))
}

#[test]
fn no_fault_loses_anything_in_a_firm() {
    let (emulators, runtime, by_call) = (Emulators::of_environment(), runtime(), kill::can_trace());
    let seeds = seeds();
    let next = Mutex::new(seeds.iter().copied());
    let (totals, failures) = (Mutex::new(Totals::default()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(seed) = next.lock().expect("no panic").next() else { break };
                    let plan = Plan::of(seed, by_call);
                    let (mut ended, mut diary) = attempt(&runtime, &emulators, &plan);
                    for _ in 0..REPEATED {
                        if !ended.as_ref().is_err_and(|text| is_keychains(text, &diary)) {
                            break;
                        }
                        println!("Seed {seed} is repeated: the keychain went away.");
                        (ended, diary) = attempt(&runtime, &emulators, &plan);
                    }
                    match ended {
                        Ok(done) => {
                            let mut totals = totals.lock().expect("no panic");
                            totals.add(&done);
                            if totals.seeds.is_multiple_of(TOLD) {
                                println!("{} seeds: {totals}", totals.seeds);
                            }
                        }
                        Err(text) => {
                            println!("SEED {seed} FAILED: {text}\n{}", diary.join("\n"));
                            println!("Again: cargo xtask campaign --from {seed} --seeds 1\n");
                            failures.lock().expect("no panic").push(seed);
                        }
                    }
                }
            });
        }
    });
    let (totals, failures) = (totals.into_inner().expect("no panic"), failures.into_inner().expect("no panic"));
    let by = if by_call { "at system calls and times" } else { "at times" };
    println!("{} seeds tried, {} failed; {totals}; killed {by}", seeds.len(), failures.len());
    assert!(failures.is_empty(), "of {} seeds these failed: {failures:?}", seeds.len());
    if seeds.len() >= SEEDS.count() {
        assert!(totals.kills >= 100, "too few kills for the test to mean anything: {totals}");
        // On a very busy computer most runs are killed before they get that far.
        assert!(totals.faults >= 30, "too few faults for the test to mean anything: {totals}");
        assert!(totals.network_faults >= 30, "too few network faults for the test to mean anything: {totals}");
    }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let (emulators, runtime) = (Emulators::of_environment(), runtime());
    for seed in [1, 2, 5] {
        let plan = Plan::of(seed, true).without_time();
        let traces = [(), ()].map(|()| course::run(runtime.handle(), &emulators, &plan, &mut Vec::new()).1);
        assert!(traces[0].values().map(Vec::len).sum::<usize>() > 3, "{traces:?}");
        // On a busy computer a program may repeat a request; equal requests get equal responses.
        let mut same = 0;
        for (object, calls) in &traces[0] {
            let others = traces[1].get(object).map_or(&[][..], Vec::as_slice);
            for (one, other) in calls.iter().zip(others).take_while(|(one, other)| asked(one) == asked(other)) {
                assert_eq!(one, other, "seed {seed}, {object}");
                same += 1;
            }
        }
        assert!(same > 3, "seed {seed}: {traces:?}");
    }
}

/// The requests of a trace without their responses.
fn asked(call: &str) -> Option<&str> {
    call.split_once(": ").map(|(asked, _)| asked)
}
