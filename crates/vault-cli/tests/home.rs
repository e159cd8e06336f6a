//! Where the vault is kept, and the list that people edit.

mod common;

use std::fs;

use common::folder::write;
use common::{Place, Ran, list, number, paths, text};

#[test]
fn two_homes_know_nothing_of_each_other() {
    let (one, other) = (Place::new(), Place::new());
    write(one.path("a.txt"), "a", 0);
    write(other.path("a.txt"), "a", 0);
    assert_eq!(number(&one.file("a.txt"), "stored"), 1);
    assert_eq!(number(&other.file("a.txt"), "stored"), 1);
    let user = |place: &Place| place.document(["status"])["user"].clone();
    assert_ne!(user(&one), user(&other));
}

#[test]
fn the_command_line_decides_then_the_environment_then_the_system() {
    let place = Place::new();
    let home = |command: &mut std::process::Command| {
        let (code, status) = Ran::by(command.spawn().expect("the program runs")).document();
        assert_eq!(code, 0);
        text(&status, "home").to_owned()
    };
    let here = |path: &str| place.path(path).display().to_string();
    assert_eq!(home(&mut place.command(["status", "--json"])), here("home"));
    let other = home(&mut place.command(["status", "--json", "--home", "other"]));
    assert_eq!(fs::canonicalize(other).expect("there"), fs::canonicalize(place.path("other")).expect("there"));
    assert_eq!(home(place.command(["status", "--json"]).env("STRONGROOM_HOME", here("third"))), here("third"));
    if cfg!(target_os = "linux") {
        let mut command = place.command(["status", "--json"]);
        command.env_remove("STRONGROOM_HOME").env("XDG_DATA_HOME", place.path("data"));
        assert_eq!(home(&mut command), here("data/strongroom"));
        command.env("STRONGROOM_HOME", "");
        assert_eq!(home(&mut command), here("data/strongroom"));
    }
}

#[cfg(unix)]
#[test]
fn the_home_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.well(["status", "--home", "some/where/new"]);
    let mode = fs::metadata(place.path("some/where/new")).expect("a home").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn what_is_left_out_goes_by_the_list_that_people_edit() {
    let place = Place::new();
    write(place.path("Box/Thumbs.db"), "pictures", 0);
    write(place.path("Box/draft.tmp"), "draft", 0);
    write(place.path("Box/a.pdf"), "a", 0);
    let found = place.document(["left-out"]);
    let file = text(&found, "path").to_owned();
    assert_eq!(file, place.home().join("left-out.txt").display().to_string());
    assert!(list(&found, "patterns").iter().any(|pattern| pattern == "Thumbs.db"));
    let planned = || place.document(["preflight", "Box", "--matter", "general"]);
    assert_eq!(paths(&planned(), "leftOutFiles"), ["Box/Thumbs.db"]);

    fs::write(file, "# ours\n*.TMP\n").expect("a list");
    assert_eq!(paths(&planned(), "leftOutFiles"), ["Box/draft.tmp"]);
    assert_eq!(place.well(["left-out", "--quiet"]), "*.TMP\n");
}
