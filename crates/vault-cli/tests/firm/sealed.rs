//! Sign-in without a keychain.

use crate::world::{PASSPHRASE, two};

#[tokio::test(flavor = "multi_thread")]
async fn the_passphrase_is_asked_for_and_the_right_one_opens_the_session() {
    let (ann, _ben) = two().await;
    let run = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = ann.command(args);
        command.env_remove("STRONGROOM_PASSPHRASE").envs(set.iter().copied());
        let output = command.output().expect("it ran");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let matters = ["matters", "--json"];
    let (code, said) = run(&[], &matters);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("\"sign-in\"") && said.contains("STRONGROOM_PASSPHRASE"), "{said}");
    let (code, said) = run(&[("STRONGROOM_PASSPHRASE", "another passphrase")], &matters);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("does not open"), "{said}");
    // In a file as Notepad saves it.
    let file = ann.file("passphrase.txt", &format!("\u{feff}{PASSPHRASE}\r\n"));
    let (code, said) = run(&[], &["matters", "--json", "--passphrase-file", file.to_str().expect("a path")]);
    assert_eq!(code, Some(0), "{said}");
    // A user of the vault on this computer is asked for nothing.
    assert_eq!(run(&[], &["matters", "--local"]).0, Some(0));

    assert_eq!(run(&[("STRONGROOM_PASSPHRASE", PASSPHRASE)], &["logout"]).0, Some(0));
    assert!(!ann.folder.path().join("home/session.sealed").exists());
}
