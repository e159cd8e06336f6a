//! Arbitrary bytes as a connection file, and as a link.

use super::Connection;

/// Every accepted input names unmistakable hosts, and survives a round trip.
pub fn any(bytes: &[u8]) {
    let file = Connection::from_file(bytes).ok();
    let link = std::str::from_utf8(bytes).ok().and_then(|text| Connection::from_link(text).ok());
    for connection in file.into_iter().chain(link) {
        sound(&connection);
        let again = Connection::from_link(&connection.to_link()).expect("what it writes, it reads");
        assert_eq!(again, connection);
        assert_eq!(again.fingerprint(), connection.fingerprint());
        assert!(connection.changed_from(&again).is_empty(), "nothing differs");
    }
}

fn sound(connection: &Connection) {
    let issuer = &connection.provider.issuer;
    assert!(issuer.username().is_empty() && issuer.password().is_none());
    let host = issuer.host_str().expect("a server");
    let is_here = ["localhost", "[::1]"].contains(&host) || host.starts_with("127.");
    if let Some(emulators) = connection.emulators {
        assert!([emulators.auth, emulators.firestore, emulators.storage].iter().all(|at| at.ip().is_loopback()));
    }
    if !is_here {
        assert_eq!((issuer.scheme(), issuer.port()), ("https", None));
        assert!(host.contains('.') && !host.ends_with('.') && !host.contains("xn--"), "{host}");
        assert!(host.parse::<std::net::IpAddr>().is_err(), "{host}");
    }
    assert_eq!(vault_core::deceptive_in(&connection.name).next(), None);
    assert_eq!(connection.is_training(), connection.bucket.ends_with("-test"), "bucket and partition agree");
    assert!(!connection.provider.hosts().is_empty());
}
