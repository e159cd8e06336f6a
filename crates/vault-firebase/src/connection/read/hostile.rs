//! Connections forged to take over an account. All of them are refused.

use super::*;

/// A connection with these settings instead of, or in addition to, those of an honest one.
fn read(facts: &[(&str, &str)]) -> Result<Connection, InvalidConnection> {
    let mut all: BTreeMap<&str, &str> = BTreeMap::from([
        ("projectId", "acme-law"),
        ("apiKey", "AIzaSyA-1_x"),
        ("bucket", "acme-law.firebasestorage.app"),
        ("clientId", "12-ab.apps.googleusercontent.com"),
    ]);
    all.extend(facts.iter().copied());
    let file = serde_json::to_string(&all).expect("JSON");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&all);
    let link = Connection::from_link(&format!("strongroom://connect?{}", query.finish()));
    let read = Connection::from_file(file.as_bytes());
    assert_eq!(read.is_ok(), link.is_ok(), "{facts:?}: file and link differ");
    read
}

const OIDC: (&str, &str) = ("providerId", "oidc.x");
const HONEST: (&str, &str) = ("issuer", "https://login.example.com/tenant/v2.0");
const GOOGLE_ISSUER: (&str, &str) = ("issuer", "https://accounts.google.com");
const GOOGLE_AUTH: (&str, &str) = ("authUrl", "https://accounts.google.com/o/oauth2/v2/auth");

#[test]
fn an_honest_connection_is_read_with_the_addresses_that_older_ones_name() {
    assert!(read(&[]).is_ok());
    let google = [GOOGLE_ISSUER, GOOGLE_AUTH, ("tokenUrl", "https://oauth2.googleapis.com/token")];
    assert_eq!(read(&google), read(&[]));
    let entra = [OIDC, HONEST, ("authUrl", "https://login.example.com/tenant/oauth2/v2.0/authorize")];
    assert_eq!(read(&entra), read(&[OIDC, HONEST]));
}

#[test]
fn nothing_that_proves_who_somebody_is_goes_where_a_connection_says() {
    for (token, said) in [
        // An actual attack: everything is Google's, except that the code goes to an attacker.
        ("https://evil.example.com/token", "evil.example.com"),
        ("https://accounts.google.com.evil.com/token", "accounts.google.com.evil.com"),
        ("https://oauth2.googleapis.com.evil.com/token", "evil.com"),
        ("https://evil.com/oauth2.googleapis.com/token", "evil.com"),
        ("https://googleapis.com/token", "googleapis.com"),
    ] {
        for facts in [
            &[OIDC, GOOGLE_ISSUER, GOOGLE_AUTH, ("tokenUrl", token)][..],
            &[GOOGLE_ISSUER, GOOGLE_AUTH, ("tokenUrl", token)],
            &[OIDC, HONEST, ("tokenUrl", token)],
            &[OIDC, HONEST, ("authUrl", token)],
            &[("tokenUrl", token)],
        ] {
            let message = read(facts).expect_err(token).to_string();
            assert!(message.contains(said) && message.contains("do not use it"), "{message}");
        }
    }
}

#[test]
fn an_address_that_reads_as_another_is_refused() {
    for issuer in [
        // Look-alike letters of other scripts, and their encoded form.
        "https://аccounts.google.com",
        "https://accounts.gооgle.com",
        "https://xn--ccounts-2fg.google.com",
        "https://login.xn--pple-43d.com",
        "https://login。example.com",
        "https://login.example.com\u{200b}",
        "https://login\u{ad}.example.com",
        "https://ｌogin.example.com",
        // User info that looks like a host.
        "https://accounts.google.com@evil.com",
        "https://accounts.google.com:443@evil.com/",
        "https://user:pass@login.example.com",
        "https://@login.example.com",
        "https://login.example.com\\@evil.com",
        "https:\\\\login.example.com",
        // Ports.
        "https://login.example.com:8443",
        "https://login.example.com:22/x",
        // Not HTTPS, or no web address.
        "http://login.example.com",
        "HTTP://login.example.com",
        "ftp://login.example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "//login.example.com",
        "login.example.com",
        "",
        // IP addresses instead of names.
        "https://203.0.113.7",
        "https://0x7f000001",
        "https://2130706433",
        "https://017700000001",
        "https://[2001:db8::1]",
        "https://127.0.0.1",
        "https://[::1]",
        // Names that are not public hosts.
        "https://localhost",
        "https://intranet",
        "https://login.localhost",
        "https://metadata.internal",
        "https://printer.local",
        "https://login.example.com.",
        "https://.example.com",
        "https://login..example.com",
        // More parts than a host and a path.
        "https://login.example.com/?next=evil",
        "https://login.example.com/#fragment",
        "https://login.example.com/\tx",
        " https://login.example.com",
        "https://login.example.com\n",
    ] {
        read(&[OIDC, ("issuer", issuer)]).expect_err(issuer);
        read(&[OIDC, HONEST, ("tokenUrl", issuer)]).expect_err(issuer);
    }
}

#[test]
fn nothing_on_this_computer_is_trusted_but_with_emulators() {
    let here = [OIDC, ("issuer", "http://127.0.0.1:9098")];
    read(&here).expect_err("no emulators");
    let emulators =
        [("authEmulator", "127.0.0.1:1"), ("firestoreEmulator", "127.0.0.1:2"), ("storageEmulator", "127.0.0.1:3")];
    assert!(read(&[&here[..], &emulators].concat()).is_ok());
    for elsewhere in
        ["10.0.0.1:9099", "203.0.113.7:9099", "0.0.0.0:9099", "[2001:db8::1]:9099", "localhost:9099", "127.0.0.1:0"]
    {
        let mut emulators = emulators;
        emulators[0].1 = elsewhere;
        read(&[&here[..], &emulators].concat()).expect_err(elsewhere);
    }
    // An emulator's token is not sent to another program on this computer.
    let message = read(&[&here[..], &emulators, &[("tokenUrl", "http://127.0.0.1:1/token")]].concat());
    assert!(message.expect_err("another port").to_string().contains("do not use it"));
}

#[test]
fn work_is_not_filed_to_what_is_thrown_away_nor_the_reverse() {
    for (partition, bucket, because) in [
        ("default", "acme-law-test", "a bucket for training"),
        ("test", "acme-law", "its bucket is not"),
        ("test", "acme-law-test.firebasestorage.app", "its bucket is not"),
    ] {
        let message = read(&[("partition", partition), ("bucket", bucket)]).expect_err(bucket).to_string();
        assert!(message.contains(because), "{message}");
    }
    read(&[("bucket", "acme-law-test")]).expect_err("no partition named");
    assert!(read(&[("partition", "test"), ("bucket", "acme-law-test")]).is_ok());
}

/// At a terminal's width, a name with wide gaps could imitate a line of ours.
#[test]
fn a_name_does_not_draw_lines_of_its_own() {
    let forged = format!("Acme & Sons{}Firebase project         acme-law", " ".repeat(45));
    let name = |name: &str| read(&[("name", name)]).map(|connection| connection.name);
    assert_eq!(name(&forged).as_deref(), Ok("Acme & Sons Firebase project acme-law"));
    assert_eq!(name(" Acme\u{a0}\u{3000}Sons ").as_deref(), Ok("Acme Sons"));
    assert_eq!(name("Müller, Archer & Baker LLP").as_deref(), Ok("Müller, Archer & Baker LLP"));
    for blank in ["Acme\u{2800}Sons", "Ac\u{34f}me", "\u{3000}", "Acme\u{2028}Sons", "Acme\nSons"] {
        assert!(name(blank).is_err(), "{blank:?}");
    }
}
