//! A keychain that is missing, locked, or hangs.

use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::{Instant, pause};
use vault_core::ports::{Attention, PortError, Secrets as _};
use vault_keychain::{Keychain, KeychainTimeouts, KeychainWithFallback};

use crate::environment::{in_a_session, part, run, with_bus};

const NAME: &str = "acme-law/refresh-token";

/// As long as a user would wait, and no longer than a test should.
const IMPATIENT: KeychainTimeouts =
    KeychainTimeouts { there: Duration::from_millis(500), answer: Duration::from_secs(5) };

/// Far longer than a test takes that does not hang.
const HUNG: Duration = Duration::from_mins(2);

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
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        hung();
        ended.send(()).expect("somebody waits for it");
    });
    end.recv_timeout(HUNG).expect("the runtime ended, though somebody still hangs");
}

/// Asks a bus that hangs, in a runtime that can pause its clock.
fn hung() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("runtime");
    runtime.block_on(async {
        let secrets = KeychainWithFallback::over(Keychain::with_timeouts(IMPATIENT));
        let silent = secrets.get(NAME).await;
        assert!(matches!(silent, Err(PortError::TryLater { .. })), "{silent:?}");
        // No other caller waits for the call that timed out. From here on, the clock advances only where something waits.
        pause();
        let timed_out = Instant::now();
        for name in ["a", "b", "c"] {
            secrets.set(name, "token").await.expect("kept for now");
        }
        assert!(timed_out.elapsed() < IMPATIENT.there, "{:?}", timed_out.elapsed());
        assert_eq!(secrets.get("b").await.expect("read").as_deref(), Some("token"));
        assert!(!secrets.is_lasting());
    });
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
