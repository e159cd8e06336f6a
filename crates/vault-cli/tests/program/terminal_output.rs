//! Output has no effect on a terminal, whatever names and texts contain: no command prints a character that hides text,
//! changes its direction, or controls the terminal.

use std::fs;

use crate::common::{Place, Ran, list, text};
use vault_core::is_deceptive;

/// One of each kind: a window title, colours, C1, a line end, direction marks, characters without width.
const HOSTILE: &str = "a\u{1b}]0;pwned\u{7}\u{1b}[31m\u{9b}31m\r\u{202e}fdp\u{2066}\u{61c}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}\u{85}\u{e0041}z";

/// The output of one run.
fn check(args: &[&str], ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        let found = text.chars().find(|c| *c != '\n' && is_deceptive(*c));
        assert_eq!(found, None, "{args:?} prints {:?}: {text:?}", found.map(u32::from));
    }
}

#[test]
fn no_command_prints_terminal_control_sequences() {
    let place = Place::new();
    let name = |kind: &str| format!("{kind}-{HOSTILE}");
    let folder = place.path(name("folder"));
    fs::create_dir_all(folder.join(name("inner"))).unwrap();
    fs::write(folder.join(name("inner")).join(name("file.txt")), "content").unwrap();
    fs::write(folder.join(name("unreadable.lnk")), "").unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join(name("link"))).unwrap();
    let (dropped, destination) = (folder.display().to_string(), place.path(name("dest")).display().to_string());
    let other = place.path(name("elsewhere")).display().to_string();
    let (title, number, client) = (name("title"), name("number"), name("client"));
    fs::create_dir_all(place.home()).unwrap();
    let commands: Vec<Vec<&str>> = vec![
        vec!["clients", "add", "--name", &client],
        vec!["clients", "add", "--name", &client, "--same-name"],
        vec!["clients", "list"],
        vec!["matters", "add", "--number", &number, "--title", &title, "--client", &client],
        vec!["matters", "add", "--number", "M-1", "--title", &title],
        vec!["matters", "add", "--number", "M-1", "--title", &title],
        vec!["matters", "list"],
        vec!["matters", "edit", "M-1", "--description", &title],
        vec!["preflight", &dropped, "--matter", "M-1"],
        vec!["preflight", &dropped, "--matter", &number],
        vec!["preflight", &other, "--matter", "M-1"],
        vec!["file", &dropped, "--matter", "M-1"],
        vec!["file", &dropped, "--matter", "M-1"],
        vec!["file", &other, "--matter", &title],
        vec!["status"],
        vec!["history"],
        vec!["history", "--matter", "M-1"],
        vec!["history", "--matter", &title],
        vec!["search", "file"],
        vec!["search", &title],
        vec!["show", &title],
        vec!["restore", &destination, "--matter", "M-1"],
        vec!["restore", &destination, "--matter", "M-1"],
        vec!["restore", &destination, "--matter", "M-1", "--folder", &title],
        vec!["restore", &destination, "--batch", &title],
        vec!["verify"],
        vec!["verify", "--matter", &title],
        vec!["unfiled"],
        vec!["unfiled", "--batch", &title],
        vec!["unfiled", "--copy-to", &title],
        vec!["left-out"],
        vec!["left-out", &title],
        vec!["resume", &title],
        vec!["retry", &title],
        vec!["skip", &title],
        vec!["locate", &title],
        vec!["pause", &title],
        vec!["cancel", &title],
        vec!["changes"],
        vec!["changes", &title],
        vec!["login", &other],
        vec!["logout", &title],
        vec!["firms"],
        vec!["use", &title],
        vec!["matters", "remove", "M-1"],
        vec!["matters", "bring-back", &title],
        vec!["clients", "remove", &client],
        vec![&title],
        vec!["--home", &other, "status"],
    ];
    for args in &commands {
        check(args, &place.run(args));
        let mut json = args.clone();
        json.push("--json");
        let mut command = place.command(&json);
        check(&json, &Ran::by(command.spawn().unwrap()));
    }
    // The content of the home is printed, too.
    fs::write(place.home().join("left-out.txt"), format!("# {HOSTILE}\n{HOSTILE}\n[\n")).unwrap();
    for args in [vec!["left-out"], vec!["preflight", &dropped, "--matter", "M-1"]] {
        check(&args, &place.run(&args));
    }
}

#[test]
fn a_very_long_path_is_cut_for_users_and_whole_in_json() {
    let place = Place::new();
    let folders = vec!["f".repeat(200); 8].join("/");
    fs::create_dir_all(place.path("").join(&folders)).unwrap();
    fs::write(place.path("").join(&folders).join("letter.txt"), "content").unwrap();
    place.file(&"f".repeat(200));
    for args in [&["search", "letter"][..], &["history", "--batch", "latest", "--verbose"]] {
        let said = place.well(args);
        let line = said.lines().find(|line| line.contains('…')).unwrap_or_else(|| panic!("{args:?}: {said}"));
        assert!(line.len() < 1500 && line.contains(&folders[..400]), "{args:?}: {line}");
        assert!(!said.contains(&folders), "{args:?}: {said}");
        assert!(place.document(args).to_string().contains(&folders), "{args:?}: JSON has all of it");
    }
    assert_eq!(list(&place.document(["search", "letter"]), "documents").len(), 1);
}

#[test]
fn a_very_long_error_is_cut_for_people_and_whole_in_json() {
    let place = Place::new();
    let title = format!("begin-{}-end", "x".repeat(5000));
    let said = place.run(["history", "--matter", &title]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.stderr.chars().count() < 1100 && said.stderr.contains('…'), "{said:?}");
    assert!(said.stderr.contains("begin-x"), "{said:?}");
    let (code, document) = place.json(["history", "--matter", &title]);
    assert!(code == 2 && text(&document["error"], "message").contains(&title), "{document:#}");
}
