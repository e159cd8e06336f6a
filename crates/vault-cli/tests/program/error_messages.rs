//! Raw system errors reach no user: whatever fails, the program names what happened, to which file, and the
//! remedy. (Messages of other tests show no system numbers either: see `Ran::of`.)

use std::process::Command;

use crate::common::folder::write;
use crate::common::{Place, Ran};

/// Runs the program while the system answers `error` to every call of `call`.
fn failing(place: &Place, call: &str, error: &str, args: &[&str]) -> Ran {
    let program = place.command(args);
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={call}"),
        "-e",
        &format!("inject={call}:error={error}"),
    ]);
    strace.arg(program.get_program()).args(program.get_args()).current_dir(place.path(""));
    for (name, value) in program.get_envs() {
        strace.env(name, value.unwrap_or_default());
    }
    Ran::of(strace.output().expect("strace"))
}

#[test]
fn every_system_error_is_reported_in_words() {
    let place = Place::new();
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    if !works.is_ok_and(|output| output.status.success()) {
        eprintln!("left out: strace may not be used here");
        return;
    }
    write(place.path("Box/Letters/a.pdf"), "a letter", 1_700_000_000_000);
    place.file("Box");
    let restore = ["restore", "--batch", "latest", "out"];
    for (call, error, words) in [
        ("renameat2", "EIO", "the drive reports a fault"),
        ("renameat2", "EDQUOT", "your share of the disk is used up"),
        ("renameat2", "EMFILE", "too many files are open"),
        ("renameat2", "ENODEV", "the drive is no longer connected"),
        ("mkdirat", "EROFS", "the drive can only be read"),
        ("mkdirat", "EACCES", "permission denied"),
        ("mkdirat", "ENAMETOOLONG", "the name or the path is too long"),
        ("utimensat", "EPERM", ""),
        ("syncfs", "EIO", "the drive reports a fault"),
    ] {
        let ran = failing(&place, call, error, &restore);
        assert!(ran.stderr.to_lowercase().contains(words), "{call} {error}: {ran:?}");
        assert!(words.is_empty() || ran.code != 0, "{call} {error}: {ran:?}");
        let _ = std::fs::remove_dir_all(place.path("out"));
    }
    let cases = [
        ("renameat2", "EIO", "the drive reports a fault"),
        ("renameat2", "EROFS", "the drive can only be read"),
        ("renameat2", "EDQUOT", "full"),
        ("syncfs", "EIO", "the drive reports a fault"),
        // A database cannot tell why its shared memory got no room.
        ("pwrite64", "EIO", ""),
        ("pwrite64", "ENOSPC", "full"),
        ("fsync,fdatasync", "EIO", "the drive reports a fault"),
    ];
    for (number, (call, error, words)) in cases.into_iter().enumerate() {
        write(place.path("More/b.pdf"), format!("another letter {number}"), 1_700_000_000_000);
        let ran = failing(&place, call, error, &["file", "More", "--matter", "general"]);
        assert_ne!(ran.code, 0, "{call} {error}: {ran:?}");
        assert!(ran.stderr.to_lowercase().contains(words), "{call} {error}: {ran:?}");
        assert!(!ran.stderr.contains("error returned from database"), "{call} {error}: {ran:?}");
    }
}
