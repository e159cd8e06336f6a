//! Help, versions and completions.

use crate::common::{Place, Ran, list, text};

const COMMANDS: [&str; 20] = [
    "preflight",
    "file",
    "resume",
    "retry",
    "locate",
    "skip",
    "pause",
    "cancel",
    "restore",
    "history",
    "search",
    "show",
    "matters",
    "clients",
    "status",
    "unfiled",
    "verify",
    "diagnostics",
    "left-out",
    "completions",
];

#[test]
fn every_command_explains_itself_with_examples() {
    let place = Place::new();
    let help = place.well(["--help"]);
    assert!(help.contains("Examples:\n  strongroom ") && help.contains("Exit codes:"), "{help}");
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not listed");
        let own = place.well([command, "--help"]);
        assert!(own.contains("Examples:\n  strongroom "), "{own}");
        assert!(own.contains("--json"), "{own}");
    }
    for (list, commands) in [
        ("matters", &["list", "add", "edit", "close", "reopen", "hold", "remove", "bring-back"][..]),
        ("clients", &["list", "add", "edit", "close", "reopen", "remove", "bring-back"]),
    ] {
        for command in commands {
            assert!(place.well([list, command, "--help"]).contains("Examples:\n  strongroom "), "{list} {command}");
        }
    }
    assert!(!place.home().exists(), "help makes no vault");
}

#[test]
fn no_command_prints_the_help() {
    let ran = Place::new().run([""; 0]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("Commands:"), "{ran:?}");
}

#[test]
fn the_version_is_printed() {
    assert_eq!(Place::new().well(["--version"]), format!("strongroom {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn shell_completions_cover_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.well(["completions", shell]);
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
    }
    let document = place.document(["completions", "bash"]);
    assert!(text(&document, "script").contains("strongroom"));
    assert!(!place.home().exists(), "a script needs no vault");
}

/// A list whose reader closes early, as `strongroom history | head -1` does.
#[test]
fn a_reader_may_close_the_output_early() {
    let place = Place::new();
    let mut child = place.command(["completions", "zsh"]).spawn().expect("the program runs");
    drop(child.stdout.take());
    let ran = Ran::by(child);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn the_json_option_works_in_any_position() {
    let place = Place::new();
    for args in [["--json", "matters", "list"], ["matters", "--json", "list"], ["matters", "list", "--json"]] {
        let (code, document) = Ran::by(place.command(args).spawn().expect("the program runs")).document();
        assert_eq!((code, list(&document, "matters").len()), (0, 1));
    }
}
