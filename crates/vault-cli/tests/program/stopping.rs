//! A stop request at any moment: exit code, document and queue agree.

use std::process::Stdio;

use crate::common::folder::write;
use crate::common::{Place, Ran, kill, list, number, text};

/// How a run ended that was asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// Before the signal was handled.
    AtOnce,
    Stopped,
    Finished,
}

/// A folder is filed, and the program is asked to stop when a thread makes its nth call that writes.
fn stopped_at(signal: &str, when: u64) -> Ended {
    let place = Place::new();
    for index in 0..5 {
        write(place.path(format!("Box/{index}.txt")), format!("text {index}"), 0);
    }
    place.well(["status"]);
    let command = place.command(["file", "Box", "--matter", "general", "--json"]);
    let mut traced = kill::signalled(&command, signal, when);
    traced.current_dir(place.path("")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = Ran::by(traced.spawn().expect("strace"));
    let unfinished = place.document(["status"]);
    let unfinished = list(&unfinished, "unfinished");
    if ran.stdout.is_empty() {
        // It may also have been asked twice, by two threads at their nth call.
        return Ended::AtOnce;
    }
    let context = format!("{signal} at {when}: {ran:?}");
    let (code, document) = ran.document();
    if document.get("error").is_some() {
        assert_ne!(code, 0, "{context}");
        return Ended::Stopped;
    }
    match (text(&document, "state"), code) {
        ("finished", 0) => {
            assert!(unfinished.is_empty(), "{context}");
            assert_eq!((number(&document, "stored"), number(&document, "waiting")), (5, 0), "{context}");
            Ended::Finished
        }
        ("filing" | "reading", 1) => {
            assert_eq!(unfinished.len(), 1, "{context}");
            place.well(["resume"]);
            assert!(list(&place.document(["status"]), "unfinished").is_empty(), "{context}");
            Ended::Stopped
        }
        _ => panic!("{context}"),
    }
}

#[test]
fn a_program_stopped_at_any_time_reports_truthfully_whether_it_finished() {
    if !kill::can_trace() {
        return;
    }
    let ends: Vec<Ended> = (1..=30_u64)
        .map(|when| stopped_at(["SIGTERM", "SIGINT", "SIGHUP"][usize::try_from(when % 3).unwrap()], 2 * when))
        .collect();
    assert!(ends.contains(&Ended::Stopped) && ends.contains(&Ended::Finished), "{ends:?}");
}

/// As `nohup` starts it: closing the terminal does not stop it.
#[test]
fn an_ignored_signal_does_not_stop_the_program() {
    if !kill::can_trace() {
        return;
    }
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    let command = place.command(["file", "Box", "--matter", "general", "--json"]);
    let traced = kill::signalled(&command, "SIGHUP", 20);
    let mut kept = std::process::Command::new("nohup");
    kept.arg(traced.get_program()).args(traced.get_args());
    kept.envs(traced.get_envs().filter_map(|(name, value)| Some((name, value?))));
    kept.current_dir(place.path("")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (code, document) = Ran::by(kept.spawn().expect("nohup")).document();
    assert_eq!((code, text(&document, "state")), (0, "finished"), "{document:#}");
}
