//! Output that cannot be written is no success: for every command, and every destination.

use std::fs::File;
use std::process::Stdio;

use crate::common::folder::write;
use crate::common::{Place, Ran};

fn full() -> Stdio {
    Stdio::from(File::options().write(true).open("/dev/full").unwrap())
}

#[test]
fn output_that_cannot_be_written_ends_with_1() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 0);
    for args in [
        &["--help"][..],
        &["--version"],
        &["file", "--help"],
        &["help"],
        &["help", "file"],
        &["completions", "bash"],
        &["completions", "zsh", "--json"],
        &["left-out"],
        &["status"],
        &["status", "--json"],
        &["matters", "list"],
        &["history"],
        &["preflight", "Box", "--matter", "general"],
        &["file", "Box", "--matter", "general", "--json"],
        &["file", "Box", "--matter", "general"],
        &["search", "a"],
        &["verify"],
        &["restore", "--batch", "latest", "back"],
    ] {
        let ran = Ran::by(place.command(args).stdout(full()).spawn().expect("the program runs"));
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        assert!(ran.stderr.contains("The output could not be written: the disk is full."), "{args:?}: {ran:?}");
    }
}

/// A message beside the output, on a full disk: it would be missed.
#[test]
fn a_remark_that_cannot_be_written_is_no_success_either() {
    let place = Place::new();
    write(place.path("Box/a.pdf"), "a", 0);
    std::os::unix::fs::symlink("Box", place.path("link")).unwrap();
    let args = ["file", "Box", "link", "--matter", "general"];
    let ran = Ran::by(place.command(args).stderr(full()).spawn().expect("the program runs"));
    assert_eq!(ran.code, 1, "{ran:?}");
}

/// A reader that closes early is no error: `strongroom --help | head -1`.
#[test]
fn a_reader_may_close_the_help_early() {
    let place = Place::new();
    for args in [&["--help"][..], &["--version"], &["completions", "fish"]] {
        let mut child = place.command(args).spawn().expect("the program runs");
        drop(child.stdout.take());
        let ran = Ran::by(child);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
    }
}
