//! A computer that lets the program open few files.

use std::process::{Command, Stdio};

use crate::common::folder::write;
use crate::common::{Place, Ran};

/// Runs the program with a limit of open files, which it may not raise (`hard`), or may.
fn limited(place: &Place, limit: &str, args: &[&str]) -> Ran {
    let mut command = Command::new("prlimit");
    command.arg(format!("--nofile={limit}")).arg(crate::common::STRONGROOM).args(args);
    command.current_dir(place.path("")).env("STRONGROOM_HOME", place.home());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ran::by(command.spawn().expect("prlimit, of util-linux"))
}

#[test]
fn too_low_a_limit_is_named_as_the_cause() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    place.well(["status"]);
    for limit in (6..=20).chain([26, 34, 48]) {
        for home in ["home", "new"] {
            let home = place.path(home);
            let ran = limited(&place, &limit.to_string(), &["status", "--home", home.to_str().unwrap_or_default()]);
            assert_eq!(ran.code, 3, "{limit}: {ran:?}");
            assert!(ran.stderr.contains("the limit for one program is too low"), "{limit}: {ran:?}");
        }
    }
    assert!(!place.path("new").exists());
    let refused = limited(&place, "12", &["status", "--json"]);
    assert!(refused.stdout.contains(r#""code": "invalid""#), "{refused:?}");
}

#[test]
fn a_limit_that_the_system_raises_is_raised() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    let ran = limited(&place, "16:2048", &["file", "Box", "--matter", "general"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
