//! Where the vault is kept, and the list that users edit.

use std::fs;

use crate::common::folder::write;
use crate::common::{Place, Ran, list, number, paths, text};

#[test]
fn two_homes_are_independent() {
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
        for none in ["", " ", "\t "] {
            command.env("STRONGROOM_HOME", none);
            assert_eq!(home(&mut command), here("data/strongroom"), "{none:?}");
            assert!(!place.path("").join(none).join("journal.db").exists(), "{none:?}");
        }
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
fn the_list_that_users_edit_decides_what_is_left_out() {
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

/// Every command that needs the vault ends with 3 and the reason in words; `Ran` checks that these are not the
/// system's.
#[cfg(unix)]
#[test]
fn an_unusable_home_is_refused_with_the_reason() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    write(place.path("b.txt"), "b", 0);
    std::os::unix::fs::symlink("nowhere", place.path("link")).expect("a link");
    let long = place.path("").join(vec!["f".repeat(100); 6].join("/"));
    fs::create_dir_all(&long).expect("a long path");
    std::os::unix::fs::symlink(&long, place.path("short")).expect("a link");
    let here = |name: &str| place.path(name).into_os_string();
    for (home, why) in [
        (long.into_os_string(), "at most"),
        (here("short"), "at most"),
        (here(&"n".repeat(300)), "too long"),
        (place.path("").join(std::ffi::OsStr::from_bytes(b"x\xff")).into_os_string(), "not Unicode"),
        (here("a.txt"), "it is a file, not a folder"),
        (here("a.txt/home"), "a file stands where a folder should be"),
        (here("link"), "a link to “nowhere”, where nothing is"),
    ] {
        for args in [&["status"][..], &["file", "b.txt", "--matter", "general"], &["left-out"], &["matters", "list"]] {
            let (code, document) = {
                let mut command = place.command(args);
                command.arg("--json").env("STRONGROOM_HOME", &home);
                Ran::by(command.spawn().expect("the program runs")).document()
            };
            let message = text(&document["error"], "message");
            assert_eq!(code, 3, "{args:?} in {}: {message}", home.display());
            assert!(message.contains(why), "{args:?} in {}: {message}", home.display());
            assert!(!message.contains("permission"), "{message}");
        }
    }
    let empty = place.run(["status", "--home", ""]);
    assert!(empty.code == 2 && empty.stderr.contains("a value is required for '--home <DIR>'"), "{empty:?}");
}

/// Up to the longest path that databases accept, everything works, with any letters.
#[cfg(unix)]
#[test]
fn an_unusual_home_works() {
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    let base = place.path("x").as_os_str().len() - 1;
    let longest = vec!["f".repeat(97); 6].join("/")[..489 - base].to_owned();
    assert_eq!(place.path(&longest).as_os_str().len(), 489);
    for home in ["a b ?x=1#%41\n'\"", "Kanzlei Größe 合同", "./relative/../home", &longest] {
        let home = place.path(home);
        let run = |args: &[&str]| {
            let mut command = place.command(args);
            command.env("STRONGROOM_HOME", &home);
            let ran = Ran::by(command.spawn().expect("the program runs"));
            assert_eq!(ran.code, 0, "{}: {ran:?}", home.display());
        };
        run(&["file", "a.txt", "--matter", "general"]);
        run(&["verify"]);
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_home_is_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(place) = Place::of_an_ordinary_user() else { return };
    fs::create_dir(place.home()).expect("a home");
    place.hand_over(&place.home());
    fs::set_permissions(place.home(), fs::Permissions::from_mode(0o500)).expect("permissions");
    let ran = place.run(["status"]);
    fs::set_permissions(place.home(), fs::Permissions::from_mode(0o700)).expect("permissions");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("permission denied"), "{ran:?}");
}

/// As on a DVD: nothing of it can be written, and the message says what a user can do.
#[cfg(unix)]
#[test]
fn a_vault_on_a_read_only_drive_says_to_copy_it() {
    let Some(place) = Place::of_an_ordinary_user() else { return };
    write(place.path("a.txt"), "a", 0);
    place.file("a.txt");
    let rights = |rights: &str| {
        let done = std::process::Command::new("chmod").args(["-R", rights]).arg(place.home()).status();
        assert!(done.expect("chmod, of coreutils").success());
    };
    for read_only in ["a-w", "a-w,a+rX"] {
        rights(read_only);
        for args in
            [&["search", "a"][..], &["history"], &["verify"], &["matters"], &["file", "a.txt", "--matter", "general"]]
        {
            let (code, document) = place.json(args);
            let message = text(&document["error"], "message");
            assert_eq!((code, text(&document["error"], "code")), (3, "no-access"), "{args:?}: {message}");
            assert!(message.contains("Copy the whole folder to a drive you can write to"), "{args:?}: {message}");
            assert!(message.contains(&place.home().display().to_string()), "{args:?}: {message}");
        }
    }
    rights("u+w");
    assert!(place.well(["search", "a"]).contains("a.txt"));
}

#[test]
fn a_home_in_the_home_of_another_vault_is_refused() {
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    place.file("a.txt");
    for home in ["home/second", "home/vault", "home/vault/teams/x", "home/firms/a/b"] {
        let (code, document) = place.json(["status", "--home", home]);
        let message = text(&document["error"], "message");
        assert_eq!(code, 3, "{home}: {message}");
        assert!(message.contains("which is the folder of another vault"), "{home}: {message}");
        assert!(message.contains("To use the vault that is there, name “"), "{home}: {message}");
        assert!(message.contains("for a new one, choose a folder outside of it"), "{home}: {message}");
        assert!(home == "home/vault" || !place.path(home).exists(), "{home} is not made");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.home(), place.path("link")).expect("a link");
        let through = place.run(["status", "--home", "link/second"]);
        assert!(through.code == 3 && through.stderr.contains("the folder of another vault"), "{through:?}");
    }
    place.well(["status"]);
    place.well(["status", "--home", "beside"]);
}

/// As after `--home ~` by mistake: the vault in the usual place is not locked out by the one around it.
#[test]
fn a_vault_that_another_one_was_made_around_opens() {
    let place = Place::new();
    write(place.path("inner.txt"), "inner", 0);
    write(place.path("outer.txt"), "outer", 0);
    let file = |name: &str, home: &str| place.well(["file", name, "--matter", "general", "--home", home]);
    file("inner.txt", "outer/data/inner");
    file("outer.txt", "outer");
    assert!(place.well(["search", "inner", "--home", "outer/data/inner"]).contains("inner.txt"));
    file("outer.txt", "outer/data/inner");

    // A home where only a firm was connected is one, too.
    write(place.path("outer/data/firm/left-out.txt"), "*.tmp\n", 0);
    write(place.path("outer/data/firm/firms/smith-law/connection.json"), "{}", 0);
    place.well(["status", "--home", "outer/data/firm"]);

    let ran = place.run(["status", "--home", "outer/data/new"]);
    assert!(ran.code == 3 && ran.stderr.contains("the folder of another vault"), "{ran:?}");
    assert!(!place.path("outer/data/new").exists(), "nothing is made");
}

#[test]
fn parent_components_in_a_path_resolve_to_the_right_folder() {
    let place = Place::new();
    place.well(["status"]);
    let beside = place.document(["status", "--home", "home/../second"]);
    let real = |path: &std::path::Path| fs::canonicalize(path).expect("there");
    assert_eq!(real(text(&beside, "home").as_ref()), real(&place.path("second")));
    // Through a folder that does not exist, which is not made on the way.
    place.well(["status", "--home", "gone/../third"]);
    assert!(place.path("third/journal.db").is_file() && !place.path("gone").exists());

    #[cfg(unix)]
    std::os::unix::fs::symlink(place.home(), place.path("link")).expect("a link");
    let into = ["gone/../home/new", "second/../home/new", "gone/a/../../home/b/../new"];
    for home in into.into_iter().chain(cfg!(unix).then_some("gone/../link/new")) {
        let ran = place.run(["status", "--home", home]);
        assert!(ran.code == 3 && ran.stderr.contains("the folder of another vault"), "{home}: {ran:?}");
        for made in ["gone", "home/new", "home/b"] {
            assert!(!place.path(made).exists(), "{home}: {made} is not made");
        }
    }
}

#[test]
fn files_named_like_those_of_a_home_make_no_home() {
    let place = Place::new();
    write(place.path("work/left-out.txt"), "Jones\n", 0);
    write(place.path("work/firms/Smith/letter.txt"), "a letter", 0);
    write(place.path("diary/left-out.txt"), "Monday\n", 0);
    write(place.path("diary/journal.db"), "a diary", 0);
    write(place.path("games/vault/vault.db"), "a game", 0);
    for home in ["work/mine", "diary/mine", "games/mine"] {
        place.well(["status", "--home", home]);
    }
}

/// In a folder that all may write to, another account could make a folder that looks like a home.
#[cfg(unix)]
#[test]
fn the_home_of_another_account_locks_nobody_out() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let Some(place) = Place::of_an_ordinary_user() else { return };
    write(place.path("shared/journal.db"), "", 0);
    write(place.path("shared/vault/vault.db"), "", 0);
    fs::set_permissions(place.path("shared"), fs::Permissions::from_mode(0o1777)).expect("permissions");
    // Only root can give files to another account.
    if chown(place.path("shared/journal.db"), Some(1234), None).is_err() {
        return;
    }
    place.well(["status", "--home", "shared/mine"]);
    // Of the administrator of the computer, and of the user.
    for (owner, home) in [(Some(0), "shared/second"), (None, "shared/third")] {
        let journal = place.path("shared/journal.db");
        match owner {
            Some(owner) => chown(&journal, Some(owner), None).expect("root gives files away"),
            None => place.hand_over(&journal),
        }
        let ran = place.run(["status", "--home", home]);
        assert!(ran.code == 3 && ran.stderr.contains("the folder of another vault"), "{owner:?}: {ran:?}");
        assert!(!place.path(home).exists(), "nothing is made");
    }
    place.well(["status", "--home", "shared/mine"]);
}

#[test]
fn a_list_saved_by_any_editor_is_in_force() {
    let place = Place::new();
    write(place.path("Box/Thumbs.db"), "pictures", 0);
    write(place.path("Box/a.pdf"), "a", 0);
    place.well(["left-out"]);
    let text = "\u{FEFF}Thumbs.db\r\n*.bak\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for saved in [text.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        fs::write(place.home().join("left-out.txt"), saved).expect("a list");
        let planned = place.document(["preflight", "Box", "--matter", "general"]);
        assert_eq!(paths(&planned, "leftOutFiles"), ["Box/Thumbs.db"]);
        assert_eq!(place.well(["left-out", "--quiet"]), "Thumbs.db\n*.bak\n");
    }
    fs::write(place.home().join("left-out.txt"), b"*.bak\r\nEntw\xFCrfe\r\n").expect("a list");
    let ran = place.run(["preflight", "Box", "--matter", "general"]);
    assert!(
        ran.code == 3 && ran.stderr.contains("line 2 ") && ran.stderr.contains("Save the file as UTF-8"),
        "{ran:?}"
    );
}
