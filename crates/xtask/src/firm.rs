//! A firm in the emulators: made to be worked in, and what its vault is tested on.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::campaign;
use crate::emulators::{Addresses, Emulators, Ports, Product};
use crate::sh::{self, Sh};
use crate::tests_run::{self, Tests};

/// Makes the firm of `firebase/sample-firm.js`, and writes the file that connects with it.
///
/// # Errors
/// When the emulators do not take it, or the file cannot be written.
pub(crate) fn make(sh: &Sh, emulators: &Emulators, place: &Path) -> Result<PathBuf> {
    let mut command = sh.command("node");
    command.arg(sh.root().join("firebase/sample-firm.js"));
    emulators.introduce(&mut command);
    sh::read(&mut command).context("the sample firm cannot be made")?;
    let file = place.join("firm.strongroom");
    fs::create_dir_all(place)?;
    fs::write(&file, connection(&emulators.addresses())).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// The connection file of a firm in the emulators.
fn connection(at: &Addresses) -> String {
    let file = json!({
        "name": "Archer & Baker",
        "projectId": at.project,
        "apiKey": "any",
        "bucket": format!("{}.appspot.com", at.project),
        "clientId": "strongroom",
        "issuer": format!("http://{}", at.identity_provider),
        "authEmulator": at.auth,
        "firestoreEmulator": at.firestore,
        "storageEmulator": at.storage,
    });
    format!("{file:#}\n")
}

/// The tests that need the emulators: of the crates `vault-firebase`, `vault-firm` and `vault-cli`.
const TESTS: [&str; 3] = ["emulators", "people", "firm"];

/// Starts the emulators and runs what needs them: these tests, and the campaign.
///
/// # Errors
/// When the emulators cannot be started, or a test fails.
pub(crate) fn check(sh: &Sh) -> Result<Tests> {
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let mut command = tests_run::targets(sh, &TESTS);
    emulators.introduce(&mut command);
    let ran = tests_run::run(&mut command, tests_run::by_cargo);
    let campaign = if cfg!(target_os = "linux") {
        campaign::with(sh, &emulators, campaign::Which::All)
    } else {
        Ok(Tests::default())
    };
    emulators.stop()?;
    let mut tests = ran?;
    tests += campaign?;
    Ok(tests)
}

#[cfg(test)]
mod tests {
    use vault_firebase::Connection;

    use super::*;

    #[test]
    fn the_connection_file_is_one() {
        let at = |port| format!("127.0.0.1:{port}");
        let addresses = Addresses {
            project: "demo-strongroom",
            auth: at(1),
            firestore: at(2),
            storage: at(3),
            identity_provider: at(4),
        };
        let connection = Connection::from_file(connection(&addresses).as_bytes()).expect("a connection");
        let emulators = connection.emulators.expect("emulators");
        assert_eq!([emulators.auth, emulators.firestore, emulators.storage].map(|at| at.port()), [1, 2, 3]);
        assert_eq!(connection.provider.issuer.as_str(), "http://127.0.0.1:4/");
    }
}
