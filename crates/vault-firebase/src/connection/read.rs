//! Reading a connection from its file (a JSON object of strings) or its link (`strongroom://connect?…`). Both use the
//! same names; an unknown or repeated name is refused, not ignored.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use url::Url;

use super::{Connection, Emulators, GOOGLE, GOOGLE_HOSTS, Partition, Provider, checks, text};

/// Why something is not a valid connection, as a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidConnection(String);

/// More than any connection needs.
const MOST_BYTES: usize = 16 * 1024;

/// The suffix of a training bucket's name, by which the rules recognize it.
const TRAINING: &str = "-test";

const NAMES: [&str; 14] = [
    "name",
    "projectId",
    "apiKey",
    "bucket",
    "partition",
    "providerId",
    "clientId",
    "clientSecret",
    "issuer",
    "authUrl",
    "tokenUrl",
    "authEmulator",
    "firestoreEmulator",
    "storageEmulator",
];

impl Connection {
    /// Reads a connection file, in UTF-8 or UTF-16, with or without a BOM. The file may also contain a link.
    ///
    /// # Errors
    /// [`InvalidConnection`] states what is wrong with it.
    pub fn from_file(bytes: &[u8]) -> Result<Self, InvalidConnection> {
        if bytes.len() > MOST_BYTES {
            return Err(invalid("This is no connection file: it is too large. Ask your administrator for it again."));
        }
        let none =
            |why: String| invalid(format!("This is no connection file: {why}. Ask your administrator for it again."));
        if let Some(link) = text::link(bytes) {
            return Self::from_link(&link);
        }
        let text = text::of(bytes).map_err(none)?;
        let facts: Facts = serde_json::from_str(&text).map_err(|error| none(text::fault(&error)))?;
        facts.connection("The connection file")
    }

    /// Reads a connection link, `strongroom://connect?projectId=…`.
    ///
    /// # Errors
    /// [`InvalidConnection`] states what is wrong with it.
    pub fn from_link(link: &str) -> Result<Self, InvalidConnection> {
        let no_link = || invalid("This is no connection link: it has to begin with “strongroom://connect?”.");
        if link.len() > MOST_BYTES {
            return Err(invalid("This is no connection link: it is too long. Ask your administrator for it again."));
        }
        let url = Url::parse(link).map_err(|_| no_link())?;
        let here = url.scheme() == "strongroom"
            && url.host_str() == Some("connect")
            && matches!(url.path(), "" | "/")
            && url.port().is_none()
            && url.username().is_empty()
            && url.fragment().is_none();
        if !here {
            return Err(no_link());
        }
        let mut facts = Facts(BTreeMap::new());
        for (name, value) in url.query_pairs() {
            facts.take(&name, value.into_owned()).map_err(|what| invalid(format!("The connection link {what}.")))?;
        }
        facts.connection("The connection link")
    }

    /// The link that [`from_link`](Self::from_link) reads.
    pub fn to_link(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.facts());
        format!("strongroom://connect?{}", query.finish())
    }

    /// The file that [`from_file`](Self::from_file) reads.
    pub fn to_file(&self) -> String {
        let facts: serde_json::Map<String, serde_json::Value> =
            self.facts().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        format!("{:#}\n", serde_json::Value::Object(facts))
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let Self { name, project, api_key, bucket, provider, partition, emulators } = self;
        let Provider { id, client_id, client_secret, issuer } = provider;
        let mut facts = vec![
            ("name", name.clone()),
            ("projectId", project.clone()),
            ("apiKey", api_key.clone()),
            ("bucket", bucket.clone()),
            ("partition", partition.as_str().to_owned()),
            ("providerId", id.clone()),
            ("clientId", client_id.clone()),
        ];
        facts.extend(client_secret.iter().map(|secret| ("clientSecret", secret.clone())));
        if *provider != Provider::google(client_id.clone(), client_secret.clone()) {
            facts.push(("issuer", issuer.to_string()));
        }
        if let Some(Emulators { auth, firestore, storage }) = emulators {
            facts.extend([("authEmulator", auth.to_string()), ("firestoreEmulator", firestore.to_string())]);
            facts.push(("storageEmulator", storage.to_string()));
        }
        facts
    }
}

impl Provider {
    /// Google, with its own endpoints (<https://accounts.google.com/.well-known/openid-configuration>).
    pub(super) fn google(client_id: String, client_secret: Option<String>) -> Self {
        let url = |text: &str| Url::parse(text).unwrap_or_else(|_| unreachable!("a constant address"));
        Self { id: GOOGLE.to_owned(), client_id, client_secret, issuer: url("https://accounts.google.com") }
    }
}

/// The settings that were read, by name.
struct Facts(BTreeMap<&'static str, String>);

impl Facts {
    fn take(&mut self, name: &str, value: String) -> Result<(), String> {
        let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
            return Err(format!("has “{}”, which this version does not know", name.escape_debug()));
        };
        match self.0.insert(name, value) {
            None => Ok(()),
            Some(_) => Err(format!("has “{name}” twice")),
        }
    }

    fn connection(mut self, what: &str) -> Result<Connection, InvalidConnection> {
        self.read().map_err(|why| invalid(format!("{what} {why}. Ask your administrator for it again.")))
    }

    fn read(&mut self) -> Result<Connection, String> {
        let project = self.required("projectId", checks::project)?;
        let connection = Connection {
            name: self.optional("name", checks::name)?.unwrap_or_else(|| project.clone()),
            api_key: self.required("apiKey", checks::api_key)?,
            bucket: self.required("bucket", checks::bucket)?,
            partition: self.optional("partition", partition)?.unwrap_or_default(),
            emulators: self.emulators()?,
            provider: self.provider()?,
            project,
        };
        let here = checks::is_loopback(&connection.provider.issuer);
        if connection.provider.id == GOOGLE && !connection.provider.is_google() && !here {
            return Err("sends people who sign in with Google somewhere else".to_owned());
        }
        if here && connection.emulators.is_none() {
            return Err("lets people sign in at a program on this computer, which only emulators are for".to_owned());
        }
        let training = connection.bucket.ends_with(TRAINING);
        match connection.partition {
            Partition::Training if !training => {
                Err("is for training, but its bucket is not: that ends with “-test”".to_owned())
            }
            Partition::Work if training => {
                Err("names a bucket for training (it ends with “-test”), but not the partition “test”".to_owned())
            }
            _ => Ok(connection),
        }
    }

    fn provider(&mut self) -> Result<Provider, String> {
        let id = self.optional("providerId", checks::provider)?.unwrap_or_else(|| GOOGLE.to_owned());
        let client_id = self.required("clientId", checks::client)?;
        let client_secret = self.optional("clientSecret", checks::client)?;
        let provider = match self.optional("issuer", checks::address)? {
            Some(issuer) => Provider { id, client_id, client_secret, issuer },
            None if id == GOOGLE => Provider::google(client_id, client_secret),
            None => return Err("has no “issuer”".to_owned()),
        };
        self.no_other_endpoints(&provider)?;
        Ok(provider)
    }

    /// Earlier versions took the authorization and token endpoints from the connection. The issuer determines both; a
    /// connection with different ones is not the firm's.
    fn no_other_endpoints(&mut self, provider: &Provider) -> Result<(), String> {
        for name in ["authUrl", "tokenUrl"] {
            let Some(url) = self.optional(name, checks::address)? else { continue };
            let its_own = if provider.is_google() {
                url.host_str().is_some_and(|host| GOOGLE_HOSTS.contains(&host))
            } else {
                checks::is_same_server(&url, &provider.issuer)
            };
            if !its_own {
                let (there, issuer) =
                    (url.host_str().unwrap_or_default(), provider.issuer.host_str().unwrap_or_default());
                return Err(format!(
                    "sends what proves who you are to “{there}” (its “{name}”), which is not where you sign in (“{issuer}”): \
                     do not use it"
                ));
            }
        }
        Ok(())
    }

    fn emulators(&mut self) -> Result<Option<Emulators>, String> {
        let auth = self.optional("authEmulator", checks::emulator)?;
        let firestore = self.optional("firestoreEmulator", checks::emulator)?;
        let storage = self.optional("storageEmulator", checks::emulator)?;
        match (auth, firestore, storage) {
            (None, None, None) => Ok(None),
            (Some(auth), Some(firestore), Some(storage)) => Ok(Some(Emulators { auth, firestore, storage })),
            _ => Err("names some emulators and not the others".to_owned()),
        }
    }

    fn optional<T>(
        &mut self,
        name: &str,
        check: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Result<Option<T>, String> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        check(&value).map(Some).map_err(|why| format!("has a wrong “{name}”: {why}"))
    }

    fn required<T>(&mut self, name: &str, check: impl Fn(&str) -> Result<T, &'static str>) -> Result<T, String> {
        self.optional(name, check)?.ok_or_else(|| format!("has no “{name}”"))
    }
}

fn partition(text: &str) -> Result<Partition, &'static str> {
    [Partition::Work, Partition::Training]
        .into_iter()
        .find(|partition| partition.as_str() == text)
        .ok_or("it is “default” or “test”")
}

fn invalid(message: impl Into<String>) -> InvalidConnection {
    InvalidConnection(message.into())
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Facts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
                let mut facts = Facts(BTreeMap::new());
                while let Some((name, value)) = map.next_entry::<String, serde_json::Value>()? {
                    let serde_json::Value::String(value) = value else {
                        return Err(A::Error::custom(format!("its “{}” is no text", name.escape_debug())));
                    };
                    facts.take(&name, value).map_err(|what| A::Error::custom(format!("it {what}")))?;
                }
                Ok(facts)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: &str = r#"{"projectId": "acme-law", "apiKey": "AIzaSyA-1_x", "bucket": "acme-law.firebasestorage.app",
        "clientId": "12-ab.apps.googleusercontent.com"}"#;

    fn file(more: &str) -> Result<Connection, InvalidConnection> {
        Connection::from_file(PLAIN.replace('}', &format!("{more}}}")).as_bytes())
    }

    #[track_caller]
    fn refused(answer: Result<Connection, InvalidConnection>, because: &str) {
        let message = answer.expect_err("refused").to_string();
        assert!(message.contains(because) && message.ends_with('.'), "{message}");
    }

    #[test]
    fn the_guide_for_administrators_describes_every_field() {
        let guide = include_str!("../../../../docs/set-up-your-firm.md");
        for name in NAMES {
            assert!(guide.contains(&format!("`{name}`")), "{name}");
        }
        let block = |text: &'static str| text.split("```json").nth(1).and_then(|rest| rest.split("```").next());
        let example = block(guide).expect("an example").replace('…', "x").replace("FIRM", "oak-law");
        assert_eq!(Connection::from_file(example.as_bytes()).expect("a connection").project, "oak-law");
        let entra = block(guide.split("## Microsoft Entra").nth(1).expect("a section")).expect("an example");
        file(&format!(r#", "providerId": "oidc.entra", {entra}"#)).expect("a connection");
    }

    #[test]
    fn a_minimal_file_means_google_and_production() {
        let connection = file("").expect("connection");
        assert_eq!(connection.provider.hosts(), ["accounts.google.com", "oauth2.googleapis.com"]);
        assert_eq!((connection.name.as_str(), connection.partition), ("acme-law", Partition::Work));
        assert_eq!(connection.database(), "projects/acme-law/databases/(default)");
        assert_eq!(connection.emulators, None);
    }

    #[test]
    fn unknown_and_invalid_fields_are_refused() {
        refused(file(r#", "adminKey": "x""#), "does not know");
        refused(file(r#", "apiKey": "y""#), "“apiKey” twice");
        refused(file(r#", "partition": "live""#), "“default” or “test”");
        refused(file(r#", "name": 5"#), "its “name” is no text.");
        refused(Connection::from_file(b"{}"), "has no “projectId”");
        refused(Connection::from_file(&vec![b' '; MOST_BYTES + 1]), "too large");
    }

    #[test]
    fn a_file_saved_by_any_editor_is_parsed() {
        let plain = Connection::from_file(PLAIN.as_bytes()).expect("a connection");
        let utf16 = |order: fn(u16) -> [u8; 2]| PLAIN.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let with_mark = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
        for saved in [
            with_mark(b"\xEF\xBB\xBF", PLAIN.into()),
            with_mark(b"\xFF\xFE", utf16(u16::to_le_bytes)),
            with_mark(b"\xFE\xFF", utf16(u16::to_be_bytes)),
            utf16(u16::to_le_bytes),
            format!("\r\n{}\r\n", PLAIN.replace('\n', "\r\n")).into_bytes(),
            with_mark(b"\xEF\xBB\xBF", format!(" {}\r\n", plain.to_link()).into()),
        ] {
            assert_eq!(Connection::from_file(&saved).as_ref(), Ok(&plain), "{}", String::from_utf8_lossy(&saved));
        }
    }

    #[test]
    fn a_file_that_is_not_a_connection_is_named_by_its_kind() {
        for (file, because) in [
            (&b""[..], "it is empty."),
            (b"\xEF\xBB\xBF \r\n", "it is empty."),
            (b"\xff\xfe", "it is empty."),
            (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
            (b"%PDF-1.7", "it is a PDF."),
            (b"PK\x03\x04\x14\x00", "ZIP archive or an Office document"),
            (b"Dear Ann, here is the file.", "something else"),
            (b"[1]", "something else"),
            (b"{\"projectId\": \"acme-law\",", "its end is missing."),
            (b"{\"projectId\": \"acme-law\" \"apiKey\"}", "in line 1 (character 26)"),
            (b"{ \"x\": \"caf\xe9\" }", "line 1"),
        ] {
            let message = Connection::from_file(file).expect_err("refused").to_string();
            refused(Connection::from_file(file), because);
            for words in ["expected", "EOF", "column", "stream"] {
                assert!(!message.contains(words), "a library's words: {message}");
            }
        }
    }

    #[test]
    fn a_false_google_address_is_refused() {
        let own = r#", "issuer": "https://evil.example", "authUrl": "https://evil.example/a",
            "tokenUrl": "https://evil.example/t""#;
        refused(file(own), "somewhere else");
        let emulators = r#", "authEmulator": "127.0.0.1:9099", "firestoreEmulator": "127.0.0.1:8080",
            "storageEmulator": "127.0.0.1:9199""#;
        refused(file(&format!("{own}{emulators}")), "somewhere else");
        let here = own.replace("https://evil.example", "http://127.0.0.1:8090");
        assert!(file(&format!("{here}{emulators}")).is_ok());
        refused(file(&here), "only emulators");
    }

    #[test]
    fn addresses_use_https_and_emulators_are_local() {
        let oidc = |issuer: &str| {
            file(&format!(
                r#", "providerId": "oidc.entra", "issuer": "{issuer}", "authUrl": "https://login.example/a",
                "tokenUrl": "https://login.example/t""#
            ))
        };
        assert!(oidc("https://login.example/tenant/v2.0").is_ok());
        for bad in ["http://login.example", "https://a:b@login.example", "https://x/#y", "file:///etc", "login"] {
            assert!(oidc(bad).is_err(), "{bad}");
        }
        refused(file(r#", "providerId": "oidc.entra""#), "has no “issuer”");
        refused(file(r#", "providerId": "facebook.com""#), "wrong “providerId”");
        refused(file(r#", "authEmulator": "127.0.0.1:1""#), "some emulators");
        refused(file(r#", "authEmulator": "10.0.0.1:9099""#), "run on this computer");
    }

    #[test]
    fn a_name_with_deceptive_characters_is_refused() {
        refused(file(", \"name\": \"ACME\\u202egro.evil\""), "wrong “name”");
        refused(file(r#", "name": "   ""#), "wrong “name”");
    }

    #[test]
    fn only_a_connection_link_is_accepted() {
        let link = file("").expect("connection").to_link();
        assert_eq!(Connection::from_link(&link), file(""));
        for bad in [
            link.replace("connect", "disconnect"),
            link.replace("strongroom", "https"),
            link.replace("connect?", "connect/x?"),
            format!("{link}&projectId=other-one"),
            format!("{link}#x"),
            link.replace("//connect", "//me@connect"),
        ] {
            assert!(Connection::from_link(&bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_connection_round_trips_through_file_and_link(
            name in "[A-Za-z&äß.]{1,9}( [A-Za-z&äß.]{1,9}){0,2}", training: bool, secret in proptest::option::of("[A-Za-z-]{1,20}"),
            oidc: bool, emulators: bool,
        ) {
            let mut connection = file("").expect("connection");
            connection.name = name;
            if training {
                (connection.partition, connection.bucket) = (Partition::Training, "acme-law-test".to_owned());
            }
            connection.provider.client_secret = secret;
            if oidc {
                connection.provider.id = "oidc.entra".to_owned();
                connection.provider.issuer = Url::parse("https://login.example/v2.0%20/y").expect("url");
            }
            connection.emulators = emulators.then(|| Emulators {
                auth: ([127, 0, 0, 1], 1).into(), firestore: ([127, 0, 0, 1], 2).into(), storage: ([127, 0, 0, 1], 3).into(),
            });
            prop_assert_eq!(Connection::from_file(connection.to_file().as_bytes()), Ok(connection.clone()));
            prop_assert_eq!(Connection::from_link(&connection.to_link()), Ok(connection));
        }

        #[test]
        fn no_input_makes_the_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
            let _ = Connection::from_file(&bytes);
            let _ = Connection::from_link(&text);
            let _ = Connection::from_link(&format!("strongroom://connect?{text}"));
        }
    }
}
