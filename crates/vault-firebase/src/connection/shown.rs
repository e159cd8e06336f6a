//! The connection settings shown to the user before they are trusted.

use super::{Connection, Partition};

/// One row: a label and the connection's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The label.
    pub label: &'static str,
    /// The connection's value.
    pub value: String,
}

impl Connection {
    /// Where the connection leads, in the terms of the confirmation dialog: everything that could reveal a forged one.
    pub fn shown(&self) -> Vec<Shown> {
        let line = |label, value: &str| Shown { label, value: value.to_owned() };
        let mut lines = vec![
            line("Firm", &self.name),
            line("Firebase project", &self.project),
            line("Documents are stored in", &self.bucket),
            line("You sign in at", self.provider.issuer.as_str()),
            line("It gets what proves it", &self.provider.hosts().join(", ")),
        ];
        if self.partition == Partition::Training {
            lines.push(line("Data", "Training: nothing here is the firm's work"));
        }
        if self.emulators.is_some() {
            lines.push(line("Servers", "Emulators on this computer, for trying things out"));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_destination_of_a_connection_is_shown() {
        let file = br#"{"projectId": "acme-law", "apiKey": "k", "bucket": "acme-test", "clientId": "c", "name": "ACME",
            "partition": "test"}"#;
        let shown = Connection::from_file(file).expect("connection").shown();
        let values: Vec<&str> = shown.iter().map(|line| line.value.as_str()).collect();
        let google = ["https://accounts.google.com/", "accounts.google.com, oauth2.googleapis.com"];
        assert_eq!(values[..5], [&["ACME", "acme-law", "acme-test"][..], &google].concat());
        assert!(values[5].starts_with("Training"));
    }
}
