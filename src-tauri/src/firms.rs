//! Connections that wait for the user's decision, and the sign-in in progress.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;
use vault_core::ports::Secrets;
use vault_core::{SystemFault, small_file};
use vault_firm::{Connection, Firms};
use vault_home::Home;

use crate::views::{AccountView, ConnectionOffer, FirmView, FirmsView, Refusal};

/// The extension of connection files.
pub(crate) const EXTENSION: &str = "strongroom";

/// Whether this name is that of a connection file.
pub(crate) fn is_connection_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION)) && path.is_file()
}

/// Reads a connection file.
///
/// # Errors
/// [`Refusal`] if it cannot be read or is no connection file.
pub(crate) fn read(path: &Path) -> Result<Connection, Refusal> {
    let bytes = small_file::read(path, small_file::SETTINGS)
        .map_err(|error| Refusal::not_found(SystemFault::of(&error).could_not("read", path)))?;
    Ok(Connection::from_file(&bytes)?)
}

/// Connections that were shown to the user and wait for a decision: the latest few.
#[derive(Debug, Default)]
pub(crate) struct Connections(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    last: u32,
    offers: Vec<(String, Connection)>,
}

const KEPT: usize = 8;

impl Connections {
    /// Keeps a connection until the user trusts or rejects it.
    pub(crate) fn keep(&self, connection: Connection, known: Option<&Connection>) -> ConnectionOffer {
        let mut waiting = self.0.lock();
        waiting.last = waiting.last.wrapping_add(1);
        let id = format!("connection-{}", waiting.last);
        let offer = ConnectionOffer::of(id.clone(), &connection, known);
        if waiting.offers.len() == KEPT {
            waiting.offers.remove(0);
        }
        waiting.offers.push((id, connection));
        offer
    }

    /// Takes a connection that the user trusts or rejects.
    pub(crate) fn take(&self, id: &str) -> Option<Connection> {
        let mut waiting = self.0.lock();
        let at = waiting.offers.iter().position(|(of, _)| of == id)?;
        Some(waiting.offers.remove(at).1)
    }
}

/// A sign-in in progress, which can be stopped.
#[derive(Debug)]
pub(crate) struct SigningIn(watch::Sender<u64>);

impl Default for SigningIn {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl SigningIn {
    /// Stops the sign-in.
    pub(crate) fn cancel(&self) {
        self.0.send_modify(|times| *times += 1);
    }

    /// Starts a sign-in: an earlier one is stopped. The returned future ends when this one is to stop.
    pub(crate) fn begin(&self) -> impl Future<Output = ()> + Send + use<> {
        self.cancel();
        let mut stopped = self.0.subscribe();
        async move {
            // Without a sender the program is ending.
            let _ = stopped.changed().await;
        }
    }
}

/// The firms of a home, and their signed-in users.
///
/// # Errors
/// [`Refusal`] if the system does not let them be read.
pub(crate) async fn firms_view(home: &Home, secrets: &Arc<dyn Secrets>) -> Result<FirmsView, Refusal> {
    let firms = Firms::of(home);
    let mut shown = Vec::new();
    for firm in firms.list()? {
        // A locked keychain must not hide the firms.
        let session = firm.session(firms.device()?, Arc::clone(secrets)).await.ok().flatten();
        let account = match session {
            Some(session) => {
                let account = session.account().await;
                Some(AccountView { person: account.person.display_name, email: account.email })
            }
            None => None,
        };
        shown.push(FirmView {
            id: firm.id.to_string(),
            name: firm.connection.name.clone(),
            project: firm.connection.project.clone(),
            training: firm.connection.is_training(),
            account,
        });
    }
    let active = firms.active_if_known()?.map(|id| id.to_string());
    Ok(FirmsView { active, firms: shown })
}
