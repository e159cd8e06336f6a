//! The data of a vault is readable for its user's account only.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Place, text};

/// Whether other accounts may read, write or search.
fn is_open(mode: u32) -> bool {
    mode & 0o077 != 0
}

/// Everything in a folder, the folder itself first.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all(&path)) } else { found.push(path) }
    }
    found
}

fn open_to(folder: &Path, mode: u32) {
    fs::create_dir_all(folder).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
}

/// The exit code and error code of `status`.
fn code(place: &Place) -> (i32, String) {
    let (code, document) = place.json(["status"]);
    (code, text(&document["error"], "code").to_owned())
}

fn work(place: &Place) {
    fs::create_dir_all(place.path("Box")).unwrap();
    fs::write(place.path("Box/letter.txt"), "Dear").unwrap();
    place.well(["clients", "add", "--name", "Baker"]);
    place.file("Box");
    place.well(["search", "letter"]);
}

#[test]
fn another_account_reads_and_lists_nothing() {
    let place = Place::new();
    open_to(&place.path(""), 0o755);
    // As if a user had made the folder by hand, and chosen it.
    open_to(&place.home(), 0o755);
    work(&place);
    // And as an earlier version left it.
    for path in all(&place.home()) {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    place.well(["status"]);
    place.well(["clients", "add", "--name", "Archer"]);
    assert!(!is_open(fs::metadata(place.home()).unwrap().mode()));
    for path in all(&place.home()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_database = name.contains(".db") || name == "left-out.txt";
        let mode = fs::metadata(&path).unwrap().mode();
        assert!(!is_database || !is_open(mode), "{} is {:o}", path.display(), mode & 0o777);
    }
    if rustix::process::getuid().is_root() {
        for path in all(&place.home()) {
            let program = if path.is_dir() { "ls" } else { "cat" };
            let tried = Command::new("setpriv")
                .args(["--reuid=65534", "--regid=65534", "--clear-groups", program])
                .arg(&path)
                .output();
            if let Ok(tried) = tried {
                assert!(!tried.status.success(), "another account reads {}", path.display());
            }
        }
    }
}

#[test]
fn new_files_belong_to_the_user_alone() {
    let place = Place::new();
    work(&place);
    for path in all(&place.home()) {
        let mode = fs::metadata(&path).unwrap().mode();
        assert!(!is_open(mode), "{} is {:o}", path.display(), mode & 0o777);
    }
}

#[test]
fn a_home_that_others_may_write_to_is_refused_and_left_as_it_is() {
    for mode in [0o777, 0o775, 0o757, 0o1777] {
        let place = Place::new();
        open_to(&place.home(), mode);
        let ran = place.run(["clients", "add", "--name", "Baker"]);
        assert_ne!(ran.code, 0, "{mode:o}: {ran:?}");
        assert!(ran.stderr.contains("can be written to by others"), "{mode:o}: {}", ran.stderr);
        assert_eq!(code(&place), (3, "invalid".to_owned()), "the user has to fix it");
        assert_eq!(fs::metadata(place.home()).unwrap().mode() & 0o7777, mode);
        assert_eq!(fs::read_dir(place.home()).unwrap().count(), 0, "nothing was put there");
    }
}

/// An account that may write to a folder above it could put another home in its place.
#[test]
fn a_home_below_a_folder_that_others_may_write_to_is_refused() {
    for (mode, good) in [(0o777, false), (0o1777, true), (0o755, true)] {
        let place = Place::new();
        open_to(&place.path("shared"), mode);
        let home = place.path("shared/office/home");
        let ran = place.run(["status", "--home", home.to_str().unwrap()]);
        assert_eq!(ran.code == 0, good, "{mode:o}: {ran:?}");
        if !good {
            let wanted = format!("The folder “{}” can be written to by others", place.path("shared").display());
            assert!(ran.stderr.contains(&wanted), "{mode:o}: {}", ran.stderr);
            assert_eq!(fs::read_dir(place.path("shared")).unwrap().count(), 0, "nothing was put there");
        }
    }
}

#[test]
fn a_home_below_a_folder_of_somebody_else_is_refused() {
    let Some(place) = Place::of_an_ordinary_user() else { return };
    if !rustix::process::getuid().is_root() {
        return;
    }
    open_to(&place.path("theirs"), 0o755);
    fs::create_dir(place.path("theirs/home")).unwrap();
    place.hand_over(&place.path("theirs/home"));
    std::os::unix::fs::chown(place.path("theirs"), Some(12_345), None).unwrap();
    let ran = place.run(["status", "--home", place.path("theirs/home").to_str().unwrap()]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("theirs” belongs to somebody else"), "{}", ran.stderr);
}

#[test]
fn a_home_of_somebody_else_is_refused() {
    let Some(place) = Place::of_an_ordinary_user() else { return };
    if !rustix::process::getuid().is_root() {
        return;
    }
    open_to(&place.home(), 0o755);
    std::os::unix::fs::chown(place.home(), Some(12_345), None).unwrap();
    let ran = place.run(["status"]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("belongs to somebody else"), "{}", ran.stderr);
    assert_eq!(code(&place), (3, "invalid".to_owned()));
}

/// Files that an earlier version, or another account, left in a home.
#[test]
fn a_folder_in_a_home_is_checked_like_the_home() {
    let place = Place::new();
    work(&place);
    open_to(&place.home().join("vault"), 0o755);
    place.well(["status"]);
    assert!(!is_open(fs::metadata(place.home().join("vault")).unwrap().mode()));
    open_to(&place.home().join("vault"), 0o777);
    let ran = place.run(["status"]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("can be written to by others"), "{}", ran.stderr);
    assert_eq!(code(&place), (3, "invalid".to_owned()));
}

/// An earlier version left the files below readable for all. No other account can reach them, whatever happens to the
/// home.
#[test]
fn files_of_an_earlier_version_in_the_vault_are_made_private() {
    let place = Place::new();
    open_to(&place.path(""), 0o755);
    work(&place);
    let vault = place.home().join("vault");
    for path in all(&vault) {
        fs::set_permissions(&path, fs::Permissions::from_mode(if path.is_dir() { 0o755 } else { 0o644 })).unwrap();
    }
    place.well(["status"]);
    assert_eq!(fs::metadata(&vault).unwrap().mode() & 0o777, 0o700);
    if rustix::process::getuid().is_root() {
        open_to(&place.home(), 0o755);
        for path in all(&vault).into_iter().filter(|path| path.is_file()) {
            let args = ["--reuid=65534", "--regid=65534", "--clear-groups", "cat"];
            let tried = Command::new("setpriv").args(args).arg(&path).output();
            assert!(tried.is_ok_and(|tried| !tried.status.success()), "another account reads {}", path.display());
        }
    }
}

#[test]
fn the_target_of_a_link_in_a_home_is_left_unchanged() {
    for name in ["left-out.txt", "filing.lock", "cache.db"] {
        let place = Place::new();
        open_to(&place.home(), 0o700);
        let victim = place.path("victim");
        fs::write(&victim, "x").unwrap();
        fs::set_permissions(&victim, fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&victim, place.home().join(name)).unwrap();
        place.run(["status"]);
        assert_eq!(fs::metadata(&victim).unwrap().mode() & 0o777, 0o644, "{name}");
        assert_eq!(fs::read(&victim).unwrap(), b"x", "{name}");
    }
    let place = Place::new();
    open_to(&place.home(), 0o700);
    let nowhere = place.path("nowhere");
    std::os::unix::fs::symlink(&nowhere, place.home().join("left-out.txt")).unwrap();
    fs::create_dir_all(place.path("Box")).unwrap();
    let ran = place.run(["preflight", "Box", "--matter", "general"]);
    assert_ne!(ran.code, 0, "a missing list is not an empty list: {ran:?}");
    assert!(!nowhere.exists());
}

#[test]
fn a_shared_folder_with_other_files_is_refused_as_a_home() {
    let place = Place::new();
    open_to(&place.home(), 0o755);
    fs::write(place.home().join("timetable.txt"), "for all").unwrap();
    let ran = place.run(["status"]);
    assert_ne!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("other things are in it"), "{}", ran.stderr);
    assert_eq!(fs::metadata(place.home()).unwrap().mode() & 0o777, 0o755);
    assert_eq!(fs::read_dir(place.home()).unwrap().count(), 1);
}

/// The first start may end at any point; afterwards the left-out list is in force.
#[test]
fn an_interrupted_first_start_leaves_no_half_list() {
    let place = Place::new();
    // No byte can be written to any file.
    let mut limited = Command::new("prlimit");
    limited.arg("--fsize=0").args([crate::common::STRONGROOM, "status"]).env("STRONGROOM_HOME", place.home());
    assert!(!limited.status().unwrap().success());
    let list = place.home().join("left-out.txt");
    assert!(!list.exists(), "{:?}", fs::read(&list));
    fs::create_dir_all(place.path("Box")).unwrap();
    fs::write(place.path("Box/letter.txt"), "Dear").unwrap();
    fs::write(place.path("Box/Thumbs.db"), "x").unwrap();
    assert_eq!(crate::common::number(&place.file("Box"), "stored"), 1);
}
