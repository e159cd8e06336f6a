//! Clocks that are wrong: before 1970, far ahead, and set back. The program runs under `faketime`.

use std::process::Command;

use crate::common::{Place, Ran, folder, list, text};
use serde_json::Value;

/// Runs the program while the clock shows this time.
fn at(place: &Place, time: &str, args: &[&str]) -> Ran {
    let program = place.command(args);
    let mut command = Command::new("faketime");
    // Only the wall clock is changed: waits use another clock.
    command.args(["-f", &format!("@{time} 12:00:00")]).arg(program.get_program()).args(program.get_args());
    command.current_dir(place.path("")).env("DONT_FAKE_MONOTONIC", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    for (name, value) in program.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    Ran::by(command.spawn().expect("faketime, of the package of that name"))
}

fn document(place: &Place, time: &str, args: &[&str]) -> Value {
    let ran = at(place, time, &[args, &["--json"]].concat());
    assert_eq!(ran.code, 0, "{time} {args:?}: {ran:?}");
    ran.document().1
}

fn file(place: &Place, time: &str, folder: &str) -> String {
    folder::write(place.path(format!("{folder}/a.txt")), folder, 1_700_000_000_000);
    let filed = document(place, time, &["file", folder, "--matter", "2024-001"]);
    assert_eq!(filed["stored"], 1, "{filed:#}");
    text(&filed, "batchId").to_owned()
}

/// Everything that a user does with a vault, while the clock shows this time.
fn whole_road(place: &Place, time: &str, folder: &str) {
    let drop = file(place, time, folder);
    for args in [&["history"][..], &["status"], &["search", "a"], &["verify"], &["matters"], &["resume"]] {
        let ran = at(place, time, args);
        assert_eq!(ran.code, 0, "{time} {args:?}: {ran:?}");
    }
    let out = format!("back-{folder}");
    document(place, time, &["restore", "--batch", &drop, &out]);
    assert_eq!(std::fs::read(place.path(format!("{out}/{folder}/a.txt"))).expect("restored"), folder.as_bytes());
    document(place, time, &["restore", "--batch", "latest", &format!("latest-{folder}")]);
    assert!(place.path(format!("latest-{folder}/{folder}/a.txt")).exists(), "the latest drop is the one filed last");
    let history = document(place, time, &["history"]);
    assert_eq!(text(&list(&history, "drops")[0], "batchId"), drop, "{history:#}");
}

#[test]
fn every_command_works_with_any_clock_and_keeps_the_order_of_recording() {
    let place = Place::new();
    let made = at(&place, "1969-01-01", &["matters", "add", "--number", "2024-001", "--title", "T"]);
    assert_eq!(made.code, 0, "{made:?}");
    for (folder, time) in
        [("one", "1969-01-01"), ("two", "2043-01-01"), ("three", "2026-01-01"), ("four", "1969-01-02")]
    {
        whole_road(&place, time, folder);
    }
    // An entry has the time of the clock, whatever the clock showed before.
    let shown = document(&place, "2026-01-02", &["search", "a"]);
    let filed: Vec<&str> = list(&shown, "documents").iter().map(|found| &text(found, "updated")[..10]).collect();
    for day in ["1969-01-01", "2043-01-01", "2026-01-01", "1969-01-02"] {
        assert!(filed.contains(&day), "{day} in {filed:?}");
    }
    // The last recorded drop comes first, in the list of all and in that of the matter.
    for args in [&["history"][..], &["history", "--matter", "2024-001"]] {
        let all = document(&place, "2026-01-02", args);
        let sources = list(&all, "drops").iter().map(|drop| list(drop, "sources")[0].as_str().expect("a path"));
        let folders: Vec<&str> = sources.filter_map(|path| path.rsplit('/').next()).collect();
        assert_eq!(folders, ["four", "three", "two", "one"]);
    }
}

#[test]
fn a_clock_behind_the_newest_entry_is_reported() {
    let place = Place::new();
    at(&place, "2043-01-01", &["matters", "add", "--number", "2024-001", "--title", "T"]);
    let status = at(&place, "2026-01-01", &["status"]);
    assert!(status.stderr.contains("2026-01-01") && status.stderr.contains("2043-01-01"), "{status:?}");
    let status = document(&place, "2026-01-01", &["status"]);
    assert!(text(&status["clockBehind"], "newest").starts_with("2043-01-01"), "{status:#}");
    let status = document(&place, "2043-01-02", &["status"]);
    assert!(status.get("clockBehind").is_none(), "{status:#}");
}
