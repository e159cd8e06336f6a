//! Pipes, sockets and devices in place of a file: no command waits for them, and each is named.

use std::fs;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use crate::common::folder::write;
use crate::common::{Place, text};

fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|made| made.success()), "mkfifo, of coreutils");
}

#[test]
fn a_left_out_list_that_is_not_a_file_is_named() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    place.well(["status"]);
    let list = place.home().join("left-out.txt");
    pipe(&list);
    for args in
        [&["left-out"][..], &["preflight", "Box", "--matter", "general"], &["file", "Box", "--matter", "general"]]
    {
        let (code, refused) = place.json(args);
        assert_eq!((code, text(&refused["error"], "code")), (3, "left-out-list"), "{refused:#}");
        let message = text(&refused["error"], "message");
        assert!(message.contains("left-out.txt”: it is a pipe"), "{message}");
    }
    place.well(["status"]);
    fs::remove_file(&list).expect("removed");
    let _listening = UnixListener::bind(&list).expect("a socket");
    let (code, refused) = place.json(["left-out"]);
    assert_eq!((code, text(&refused["error"], "code")), (3, "left-out-list"), "{refused:#}");
}

#[test]
fn a_connection_file_that_is_not_a_file_is_named() {
    let place = Place::new();
    pipe(&place.path("firm.strongroom"));
    for named in ["firm.strongroom", "/dev/zero", "."] {
        let (code, refused) = place.json(["login", "--trust", named]);
        assert_eq!((code, text(&refused["error"], "code")), (2, "invalid"), "{refused:#}");
        assert!(text(&refused["error"], "message").starts_with(&format!("Could not read “{named}”: ")), "{refused:#}");
    }
}

/// Files that the program writes itself, in the home.
#[test]
fn a_non_file_in_place_of_a_file_of_a_home_blocks_no_command() {
    for name in [
        "filing.lock",
        "vault/opening.lock",
        "journal.db",
        "cache.db",
        "vault/vault.db",
        "journal.db-wal",
        "vault/vault.db-wal",
    ] {
        let place = Place::new();
        write(place.path("Box/a.txt"), "a", 0);
        place.well(["status"]);
        let path = place.home().join(name);
        pipe(&path);
        let (code, refused) = place.json(["file", "Box", "--matter", "general"]);
        assert_ne!(code, 0, "{name}: {refused:#}");
        let message = text(&refused["error"], "message");
        assert!(message.contains("it is a pipe") && message.contains(name), "{name}: {message}");
        assert_eq!(text(&refused["error"], "code"), "invalid", "{name}");
    }
    for name in ["firms/active", "check.json", "session.lock", "session.sealed"] {
        let place = Place::new();
        place.well(["status"]);
        fs::create_dir_all(place.home().join("firms")).expect("made");
        pipe(&place.home().join(name));
        place.run(["status"]);
        place.run(["verify", "--continue"]);
        let mut login = place.command(["login"]);
        crate::common::Ran::by(login.env("STRONGROOM_PASSPHRASE", "a passphrase").spawn().expect("the program runs"));
    }
}
