//! A full disk: filing is paused, and a restore ends, both with a message; nothing is incomplete, and both can resume
//! when there is room.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A file system of 12 MB that only this test sees: the test runs itself again inside a mount namespace of its own.
const INSIDE: &str = "STRONGROOM_TEST_SMALL_DISK";

#[test]
fn filing_pauses_on_a_full_disk_and_resumes_when_there_is_room() {
    with_a_small_disk("filing_pauses_on_a_full_disk_and_resumes_when_there_is_room", file_to_a_small_disk);
}

#[test]
fn a_restore_to_a_full_disk_reports_it_once_and_resumes_when_there_is_room() {
    let name = "a_restore_to_a_full_disk_reports_it_once_and_resumes_when_there_is_room";
    with_a_small_disk(name, restore_to_a_small_disk);
}

/// Runs the test of this name inside a namespace where `disk` is small.
fn with_a_small_disk(name: &str, test: fn(&Path)) {
    if let Some(disk) = std::env::var_os(INSIDE) {
        return test(Path::new(&disk));
    }
    let place = tempfile::tempdir().unwrap();
    let disk = place.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let me = std::env::current_exe().unwrap();
    let script = "mount -t tmpfs -o size=12m tmpfs \"$1\" && exec \"$2\" --exact --nocapture \"$3\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script, "sh"]).arg(&disk).arg(&me).arg(name);
    let output = command.env(INSIDE, &disk).output().expect("unshare, of util-linux");
    assert!(output.status.success(), "{}", output_text(&output));
}

/// A folder with 60 files, 18 MB together.
fn box_in(place: &Path) -> PathBuf {
    let folder = place.join("Box");
    fs::create_dir(&folder).unwrap();
    for index in 0..60_u32 {
        // Text that no two files share.
        let content = format!("Exhibit {index} ").repeat(25_000);
        fs::write(folder.join(format!("Exhibit {index}.pdf")), content).unwrap();
    }
    folder
}

fn make_room(disk: &Path) {
    let mount = Command::new("mount").args(["-o", "remount,size=80m"]).arg(disk).status().unwrap();
    assert!(mount.success());
}

/// Both contain the same files.
fn same(one: &Path, other: &Path) {
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(one), names(other));
    for name in names(one) {
        assert!(fs::read(one.join(&name)).unwrap() == fs::read(other.join(&name)).unwrap(), "{}", name.display());
    }
}

fn restore_to_a_small_disk(disk: &Path) {
    let place = tempfile::tempdir().unwrap();
    let folder = box_in(place.path());
    let home = place.path().join("home");
    let (status, filed) = json(&home, &["file", "--json", "--matter", "general", folder.to_str().unwrap()]);
    assert_eq!(status, Some(0), "{filed}");
    let back = disk.join("back");
    let restore = ["restore", "--json", "--matter", "general", back.to_str().unwrap()];
    let (status, full) = json(&home, &restore);
    assert_eq!((status, full["error"]["code"].as_str()), (Some(3), Some("no-room")), "{full}");
    let sentence = full["error"]["message"].as_str().unwrap();
    assert!(sentence.starts_with("There is no room left at “"), "{sentence}");
    assert_eq!(fs::read_dir(&back).unwrap().count(), 1, "temporary files are gone");
    let there = fs::read_dir(back.join("Box")).unwrap().count() as u64;
    assert!((1..60).contains(&there), "{there}");
    make_room(disk);
    let (status, restored) = json(&home, &restore);
    assert_eq!(status, Some(0), "{restored}");
    let counts = (restored["restored"].as_u64(), restored["alreadyThere"].as_u64());
    assert_eq!(counts, (Some(60 - there), Some(there)), "{restored}");
    same(&folder, &back.join("Box"));
}

fn file_to_a_small_disk(disk: &Path) {
    let source = tempfile::tempdir().unwrap();
    let folder = box_in(source.path());
    let home = disk.join("home");
    strongroom(&home, &["matters", "list"]);
    let ballast = disk.join("ballast");
    fs::write(&ballast, vec![1; 1_000_000]).unwrap();

    let (status, filed) = json(&home, &["file", "--json", "--matter", "general", folder.to_str().unwrap()]);
    assert_eq!(status, Some(1), "{filed}");
    let paused = filed["paused"].as_str().unwrap_or_default();
    assert!(paused.to_lowercase().contains("full"), "the reason is given: {filed}");
    let waiting = filed["waiting"].as_u64().unwrap();
    assert!(waiting > 0, "{filed}");
    sound(&home);
    let (_, state) = json(&home, &["status", "--json"]);
    assert_eq!(state["unfinished"].as_array().map(Vec::len), Some(1), "{state}");

    // Still no room: nothing is lost by a retry.
    let (status, _) = json(&home, &["resume", "--json"]);
    assert_eq!(status, Some(1));
    sound(&home);

    // Room.
    fs::remove_file(&ballast).unwrap();
    make_room(disk);
    let (status, done) = json(&home, &["resume", "--json"]);
    assert_eq!(status, Some(0), "{done}");
    let (_, state) = json(&home, &["status", "--json"]);
    assert_eq!(state["unfinished"].as_array().map(Vec::len), Some(0), "{state}");
    sound(&home);
    let back = source.path().join("back");
    let (status, restored) = json(&home, &["restore", "--json", "--matter", "general", back.to_str().unwrap()]);
    assert_eq!((status, restored["restored"].as_u64()), (Some(0), Some(60)), "{restored}");
    same(&folder, &back.join("Box"));
}

/// Every file of the records exists.
fn sound(home: &Path) {
    let (status, found) = json(home, &["verify", "--json"]);
    assert_eq!(status, Some(0), "{found}");
}

fn json(home: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let output = strongroom(home, args);
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}: {}", output_text(&output)));
    (output.status.code(), value)
}

fn strongroom(home: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_strongroom")).args(args).env("STRONGROOM_HOME", home).output().unwrap()
}

fn output_text(output: &Output) -> String {
    format!("{} {}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
