//! Sign-in that cannot succeed: refused before the browser opens, with the remedy.

use std::fs;

use crate::common::{Place, Ran};

#[cfg(target_os = "linux")]
const CONNECTION: &str = r#"{"name": "Acme", "projectId": "acme-law", "apiKey": "k", "bucket": "acme", "clientId": "c",
    "issuer": "http://127.0.0.1:9/",
    "authEmulator": "127.0.0.1:9", "firestoreEmulator": "127.0.0.1:9", "storageEmulator": "127.0.0.1:9"}"#;

/// `login` with a connection file of these bytes, without a keychain and without a terminal for questions.
fn login(place: &Place, bytes: &[u8], passphrase: Option<&str>) -> Ran {
    fs::write(place.path("acme.strongroom"), bytes).expect("a file");
    let mut command = place.command(["login", "acme.strongroom", "--trust", "--json"]);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere").env_remove("STRONGROOM_PASSPHRASE");
    command.envs(passphrase.map(|passphrase| ("STRONGROOM_PASSPHRASE", passphrase)));
    Ran::by(command.spawn().expect("the program runs"))
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_keychain_sign_in_is_refused_before_it_starts() {
    let place = Place::new();
    let ran = login(&place, CONNECTION.as_bytes(), None);
    assert_eq!(ran.code, 3, "{ran:?}");
    for part in ["\"sign-in\"", "no keychain", "STRONGROOM_PASSPHRASE", "--passphrase-file", "Nobody was signed in"] {
        assert!(ran.stdout.contains(part), "{ran:?}");
    }
    assert!(!ran.stderr.contains("browser"), "nobody was sent anywhere: {ran:?}");
    // Commands work on the vault of this computer, as before.
    assert!(place.well(["firms", "--json"]).contains("\"active\": null"));
    let ran = login(&place, CONNECTION.as_bytes(), Some("short"));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.contains("8 characters"), "{ran:?}");
    assert!(!place.home().join("session.sealed").exists());
}

#[test]
fn a_file_that_is_no_connection_file_is_named_with_its_kind() {
    let place = Place::new();
    for (bytes, because) in [
        (&b""[..], "it is empty"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"{\"projectId\": \"acme-law\",", "its end is missing"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xEF\xBB\xBF{\"projectId\": \"acme-law\"}", "has no “"),
    ] {
        let ran = login(&place, bytes, None);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stdout.contains("acme.strongroom") && ran.stdout.contains(because), "{ran:?}");
        assert!(!ran.stdout.contains("expected value") && !ran.stdout.contains("column"), "{ran:?}");
    }
    let ran = Ran::by(place.command(["login", "nowhere.strongroom", "--json"]).spawn().expect("the program runs"));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.contains("not-found") && !ran.stdout.contains("os error"), "{ran:?}");
}

/// The data of a firm, its queue included, stays if its connection is damaged.
#[test]
#[cfg(target_os = "linux")]
fn a_damaged_saved_connection_is_named_and_repaired_by_connecting_again() {
    let place = Place::new();
    login(&place, CONNECTION.as_bytes(), None);
    place.well(["use", "acme-law.emulators"]);
    let kept = place.home().join("firms/acme-law.emulators/connection.json");
    let whole = fs::read(&kept).unwrap();
    for bytes in [&b""[..], &whole[..whole.len() / 2], b"\x7fELF\x02\0\0\0\xff\xfe", b"[]"] {
        fs::write(&kept, bytes).unwrap();
        for args in [&["status"][..], &["use", "acme-law.emulators"], &["login"]] {
            let (code, refused) = place.json(args);
            assert_eq!((code, crate::common::text(&refused["error"], "code")), (3, "damaged"), "{refused:#}");
            let message = crate::common::text(&refused["error"], "message");
            assert!(
                message.contains("firms/acme-law.emulators/connection.json") && message.contains("login FILE"),
                "{message}"
            );
            assert!(message.contains("Nothing else is lost") && !message.contains(".."), "{message}");
        }
        let again = login(&place, CONNECTION.as_bytes(), None);
        assert!(again.code == 3 && again.stdout.contains("no keychain"), "it is connected again: {again:?}");
        assert_eq!(fs::read(&kept).unwrap(), whole);
    }
}

/// If the vault of this computer opened instead of the firm's, everything would seem lost.
#[test]
#[cfg(target_os = "linux")]
fn a_damaged_choice_of_firm_is_reported_with_the_remedy() {
    let place = Place::new();
    login(&place, CONNECTION.as_bytes(), None);
    place.well(["use", "acme-law.emulators"]);
    let active = place.home().join("firms/active");
    for garbled in [&b""[..], b"\0\0\0\0", b"acme-la"] {
        fs::write(&active, garbled).unwrap();
        for args in [&["status"][..], &["matters"], &["login"], &["logout"]] {
            let (code, refused) = place.json(args);
            assert_eq!((code, crate::common::text(&refused["error"], "code")), (3, "damaged"), "{refused:#}");
            let message = crate::common::text(&refused["error"], "message");
            for part in ["firms/active", "Nothing is lost", "strongroom firms", "strongroom use FIRM"] {
                assert!(message.contains(part), "{message}");
            }
        }
        place.well(["status", "--local"]);
        let listed = place.run(["firms"]);
        assert!(listed.stdout.contains("  acme-law.emulators") && !listed.stdout.contains('*'), "{listed:?}");
        assert!(listed.stderr.contains("strongroom use FIRM"), "{listed:?}");
        place.well(["use", "acme-law.emulators"]);
        assert_eq!(fs::read(&active).unwrap(), b"acme-law.emulators");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_connection_file_saved_by_notepad_is_accepted() {
    let place = Place::new();
    let utf16 = CONNECTION.encode_utf16().flat_map(u16::to_le_bytes);
    for saved in
        [[b"\xEF\xBB\xBF", CONNECTION.as_bytes()].concat(), [0xFF, 0xFE].into_iter().chain(utf16).collect::<Vec<u8>>()]
    {
        // It gets as far as the question where the session is to be kept.
        let ran = login(&place, &saved, None);
        assert!(ran.code == 3 && ran.stdout.contains("no keychain"), "{ran:?}");
    }
}
