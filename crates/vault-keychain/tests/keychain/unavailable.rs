//! A keychain that is missing, locked, or hangs.

use std::os::unix::net::UnixListener;
use std::process::Command;
use std::time::{Duration, Instant};

use vault_core::ports::{Attention, PortError, Secrets as _};
use vault_keychain::{Keychain, KeychainTimeouts, KeychainWithFallback};

use crate::environment::{in_a_session, part, run, with_bus};

const NAME: &str = "acme-law/refresh-token";

/// As long as a user would wait, and no longer than a test should.
const IMPATIENT: KeychainTimeouts =
    KeychainTimeouts { there: Duration::from_millis(500), answer: Duration::from_secs(5) };

#[test]
fn where_there_is_no_bus_secrets_end_with_the_program() {
    if part().is_none() {
        return with_bus("unavailable::where_there_is_no_bus_secrets_end_with_the_program", None);
    }
    run(async {
        let keychain = Keychain::new();
        for refused in [keychain.get(NAME).await.map(drop), keychain.set(NAME, "token").await] {
            let Err(PortError::NeedsPerson { kind: Attention::NoAccess, message }) = refused else {
                panic!("{refused:?}")
            };
            assert!(message.contains("no keychain") && !message.contains("token"), "{message}");
        }

        let secrets = KeychainWithFallback::default();
        assert_eq!(secrets.get(NAME).await, Ok(None), "nobody is signed in, and nothing is wrong");
        assert!(secrets.is_lasting());
        secrets.set(NAME, "token").await.expect("kept for now");
        assert_eq!(secrets.get(NAME).await.expect("read").as_deref(), Some("token"));
        assert!(!secrets.is_lasting());
        assert_eq!(KeychainWithFallback::default().get(NAME).await, Ok(None), "the next start");
        secrets.remove(NAME).await.expect("removed");
        assert_eq!(secrets.get(NAME).await, Ok(None));
        assert!(secrets.is_lasting());

        let home = std::env::var_os("HOME").expect("a home of its own");
        assert_eq!(std::fs::read_dir(home).expect("home").count(), 0, "nothing is written to a file");
    });
}

#[test]
fn a_bus_that_hangs_times_out() {
    if part().is_none() {
        let folder = tempfile::tempdir().expect("folder");
        let bus = folder.path().join("bus");
        // Accepts connections, and never answers.
        let _silent = UnixListener::bind(&bus).expect("bus");
        return with_bus("unavailable::a_bus_that_hangs_times_out", Some(&bus));
    }
    let started = Instant::now();
    run(async {
        let secrets = KeychainWithFallback::over(Keychain::with_timeouts(IMPATIENT));
        let silent = secrets.get(NAME).await;
        assert!(matches!(silent, Err(PortError::TryLater { .. })), "{silent:?}");
        // No other caller waits for the call that timed out.
        let timed_out = Instant::now();
        for name in ["a", "b", "c"] {
            secrets.set(name, "token").await.expect("kept for now");
        }
        assert!(timed_out.elapsed() < IMPATIENT.there, "{:?}", timed_out.elapsed());
        assert_eq!(secrets.get("b").await.expect("read").as_deref(), Some("token"));
        assert!(!secrets.is_lasting());
    });
    // The runtime has ended, though a call still hangs.
    assert!(started.elapsed() < IMPATIENT.answer, "{:?}", started.elapsed());
}

#[test]
fn a_locked_keychain_counts_as_unavailable() {
    if part().is_none() {
        return in_a_session("unavailable::a_locked_keychain_counts_as_unavailable", 1);
    }
    run(async {
        let timeouts = KeychainTimeouts { answer: IMPATIENT.answer, ..KeychainTimeouts::default() };
        let secrets = KeychainWithFallback::over(Keychain::with_timeouts(timeouts));
        secrets.set(NAME, "old").await.expect("kept");
        assert!(secrets.is_lasting());
        lock();
        let locked = secrets.get(NAME).await.expect_err("locked");
        assert!(locked.to_string().contains("Unlock it"), "{locked}");
        secrets.set(NAME, "new").await.expect("kept for now");
        assert!(!secrets.is_lasting());
        assert_eq!(secrets.get(NAME).await.expect("read").as_deref(), Some("new"));
    });
}

/// Locks the keychain of this session; no user is there to unlock it.
fn lock() {
    let mut command = Command::new("dbus-send");
    command.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
    command.arg("org.freedesktop.Secret.Service.Lock");
    command.arg("array:objpath:/org/freedesktop/secrets/aliases/default");
    let output = command.output().expect("dbus-send, of the package dbus");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
