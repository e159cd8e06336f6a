//! The left-out list: a user's list is saved as a whole, or not at all.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vault_core::intake::LeftOutRules;
use vault_home::{Home, HomeError};

fn home() -> (TempDir, Home) {
    let place = TempDir::new().expect("a folder");
    let home = Home::find(Some(&place.path().join("home"))).expect("a path");
    home.make().expect("a home");
    (place, home)
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_home_starts_with_the_default_list_and_keeps_the_users_own() {
    let (_place, home) = home();
    assert_eq!(home.left_out_text().unwrap(), LeftOutRules::default_text());
    fs::write(home.left_out(), "*.bak\n").unwrap();
    home.make().unwrap();
    assert_eq!(home.left_out_text().unwrap(), "*.bak\n");
}

#[test]
fn a_saved_list_is_in_force_and_can_be_reset() {
    let (_place, home) = home();
    let rules = home.write_left_out("# ours\n*.bak\n").unwrap();
    assert!(rules.file("a.BAK").is_some() && rules.file("Thumbs.db").is_none());
    assert!(home.left_out_rules().unwrap().file("a.bak").is_some());
    let rules = home.reset_left_out().unwrap();
    assert!(rules.file("a.bak").is_none() && rules.file("Thumbs.db").is_some());
    assert_eq!(home.left_out_text().unwrap(), LeftOutRules::default_text());
    assert_eq!(names_in(home.folder()), ["left-out.txt"], "nothing is left beside it");
}

#[test]
fn an_invalid_pattern_is_named_and_changes_nothing() {
    let (_place, home) = home();
    home.write_left_out("*.bak\n").unwrap();
    let refused = home.write_left_out("*.tmp\na/b\n").unwrap_err();
    assert!(matches!(&refused, HomeError::LeftOutRefused(invalid) if invalid.line == 2), "{refused}");
    assert!(refused.to_string().starts_with("Line 2: “a/b” is not a pattern: "), "{refused}");
    assert_eq!(home.left_out_text().unwrap(), "*.bak\n");
}

#[test]
fn an_invalid_list_is_named_with_its_line() {
    let (_place, home) = home();
    fs::write(home.left_out(), "*.bak\n*\n").unwrap();
    let error = home.left_out_rules().unwrap_err();
    assert!(error.to_string().contains("left-out.txt, line 2: “*” is not a pattern"), "{error}");
}

#[test]
fn a_list_means_the_same_from_any_editor() {
    let (_place, home) = home();
    let text = "\u{FEFF}*.bak\r\nEntwürfe/\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for saved in [text.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        fs::write(home.left_out(), saved).unwrap();
        let rules = home.left_out_rules().unwrap();
        assert!(rules.file("a.bak").is_some() && rules.folder("entwürfe").is_some());
    }
}

#[test]
fn a_list_that_is_not_text_is_named_with_its_line_and_the_remedy() {
    let (_place, home) = home();
    fs::write(home.left_out(), b"*.bak\r\nEntw\xFCrfe/\r\n").unwrap();
    let error = home.left_out_rules().unwrap_err().to_string();
    assert!(
        error.contains("left-out.txt cannot be read: line 2 ") && error.contains("Save the file as UTF-8"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn a_list_that_cannot_be_replaced_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_place, home) = home();
    fs::set_permissions(home.folder(), fs::Permissions::from_mode(0o500)).unwrap();
    let written = home.write_left_out("*.bak\n");
    let text = home.left_out_text().unwrap();
    fs::set_permissions(home.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    if let Err(error) = written {
        assert!(error.to_string().starts_with("Could not write "), "{error}");
        assert_eq!(text, LeftOutRules::default_text());
    } else {
        // The superuser may write anywhere.
        assert_eq!(text, "*.bak\n");
    }
}
