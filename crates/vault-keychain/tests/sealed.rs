//! A file that a passphrase seals, in place of a keychain.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use vault_core::ports::{Attention, PortError, Secrets as _};
use vault_keychain::SealedFile;

const PASSPHRASE: &str = "correct horse battery staple";

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("session.sealed");
    (folder, file)
}

fn sealed(file: &std::path::Path, passphrase: &str) -> SealedFile {
    SealedFile::at(file.to_owned(), passphrase.to_owned())
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, PortError>, because: &str) {
    match answer {
        Err(PortError::NeedsPerson { kind: Attention::SignIn, message }) => {
            assert!(message.contains(because) && message.contains("session.sealed"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_secret_is_there_for_the_next_program_and_for_no_other_passphrase() {
    let (_folder, file) = place();
    let first = sealed(&file, PASSPHRASE);
    first.unlock().await.expect("nothing is there yet");
    assert_eq!(first.get("token").await.expect("read"), None);
    first.set("token", "secret-token").await.expect("kept");
    first.set("person", "Ann").await.expect("kept");
    assert!(first.is_lasting());

    let next = sealed(&file, PASSPHRASE);
    assert_eq!(next.get("token").await.expect("read").as_deref(), Some("secret-token"));
    let other = sealed(&file, "correct horse battery stable");
    refused(other.unlock().await, "does not open");
    refused(other.set("token", "x").await, "does not open");
    assert_eq!(next.get("token").await.expect("read").as_deref(), Some("secret-token"), "nothing was written over");

    let bytes = fs::read(&file).expect("the file");
    for secret in ["secret-token", "Ann", "token", "correct"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} can be read");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn sign_out_leaves_nothing() {
    let (_folder, file) = place();
    let kept = sealed(&file, PASSPHRASE);
    kept.set("token", "secret").await.expect("kept");
    kept.remove("token").await.expect("removed");
    kept.remove("token").await.expect("there is none");
    assert!(!file.exists());
    assert_eq!(kept.get("token").await.expect("read"), None);
}

#[tokio::test]
async fn a_changed_file_is_reported_and_left_unchanged() {
    let (_folder, file) = place();
    sealed(&file, PASSPHRASE).set("token", "secret").await.expect("kept");
    let whole = fs::read_to_string(&file).expect("the file");
    let value: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
    let changed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = value.clone();
        change(&mut value);
        value.to_string()
    };
    for (text, because) in [
        (whole[..whole.len() / 2].to_owned(), "damaged"),
        (String::new(), "damaged"),
        (changed(&|value| value["version"] = 2.into()), "newer version"),
        (changed(&|value| value["key"]["memory"] = u32::MAX.into()), "newer version"),
        (changed(&|value| value["key"]["passes"] = 1.into()), "does not open"),
        (changed(&|value| value["nonce"] = "AAAA".into()), "damaged"),
    ] {
        fs::write(&file, &text).expect("written");
        refused(sealed(&file, PASSPHRASE).get("token").await, because);
        refused(sealed(&file, PASSPHRASE).set("token", "x").await, because);
        assert_eq!(fs::read_to_string(&file).expect("the file"), text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_that_store_secrets_at_once_lose_nothing() {
    let (_folder, file) = place();
    sealed(&file, PASSPHRASE).set("first", "0").await.expect("kept");
    let programs: Vec<_> = (0..4).map(|_| Arc::new(sealed(&file, PASSPHRASE))).collect();
    let at_work: Vec<_> = (0..12)
        .map(|n| {
            let program = programs[n % programs.len()].clone();
            tokio::spawn(async move { program.set(&format!("name {n}"), &format!("{n}")).await })
        })
        .collect();
    for work in at_work {
        work.await.expect("it ran").expect("kept");
    }
    let last = sealed(&file, PASSPHRASE);
    for n in 0..12 {
        assert_eq!(last.get(&format!("name {n}")).await.expect("read"), Some(format!("{n}")));
    }
}
