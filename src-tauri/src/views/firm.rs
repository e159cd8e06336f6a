//! The firms this computer is connected to, and how the copy of a firm's vault stands.

use serde::Serialize;
use specta::Type;
use vault_firm::{Changed, Connection, Fact, Sync, SyncState};

use super::ReasonView;

/// The firms this computer is connected to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FirmsView {
    /// The one whose vault is opened; none for the vault of this computer.
    pub(crate) active: Option<String>,
    /// All of them, by name.
    pub(crate) firms: Vec<FirmView>,
}

/// A firm this computer is connected to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FirmView {
    /// Identity.
    pub(crate) id: String,
    /// What it calls itself.
    pub(crate) name: String,
    /// Its Firebase project.
    pub(crate) project: String,
    /// Whether it is for training.
    pub(crate) training: bool,
    /// Who is signed in.
    pub(crate) account: Option<AccountView>,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "FirmAccount")]
pub(crate) struct AccountView {
    /// What the person is called.
    pub(crate) person: String,
    /// The e-mail address; empty where none is known.
    pub(crate) email: String,
}

/// A connection that waits to be trusted: everything by which a false one could be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionOffer {
    /// Identity of the offer.
    pub(crate) id: String,
    /// What the firm calls itself: anybody can write anything here.
    pub(crate) name: String,
    /// The Firebase project.
    pub(crate) project: String,
    /// Where documents are stored.
    pub(crate) bucket: String,
    /// The address people sign in at.
    pub(crate) sign_in_at: String,
    /// The servers that get what proves who somebody is.
    pub(crate) hosts: Vec<String>,
    /// Whether it is for training.
    pub(crate) training: bool,
    /// Whether it leads to emulators on this computer.
    pub(crate) emulators: bool,
    /// Whether this computer is connected to it already: then its connection is replaced.
    pub(crate) known: bool,
    /// What that would change.
    pub(crate) changes: Vec<ConnectionChange>,
}

/// A fact of a connection that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionChange {
    /// Which.
    pub(crate) fact: ConnectionFact,
    /// What the connection before says; empty for nothing.
    pub(crate) before: String,
    /// What this one says; likewise.
    pub(crate) now: String,
}

/// A fact of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ConnectionFact {
    /// What the firm calls itself.
    Name,
    /// The project's API key.
    ApiKey,
    /// Where documents are stored.
    Bucket,
    /// Who tells the project who somebody is.
    Provider,
    /// Where people sign in.
    Issuer,
    /// Strongroom's id with the provider.
    Client,
    /// What the provider wants beside that id.
    ClientSecret,
    /// The servers on this computer instead of Google's.
    Emulators,
}

/// How the copy of the firm's vault on this computer stands to it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "Sync")]
pub(crate) struct SyncView {
    /// How.
    pub(crate) state: SyncStateView,
    /// When it was last the same; none if never since the program started.
    pub(crate) since: Option<i64>,
    /// Documents that the present catching up has taken in.
    pub(crate) taken: u64,
    /// Why it is offline, or why somebody has to sign in: a sentence; empty otherwise.
    pub(crate) message: String,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
}

/// How the copy of the firm's vault stands to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "SyncState")]
pub(crate) enum SyncStateView {
    /// It is the same.
    Current,
    /// What changed is being taken in.
    CatchingUp,
    /// The firm's vault cannot be reached; it is tried again by itself.
    Offline,
    /// Somebody has to sign in.
    SignIn,
}

impl ConnectionOffer {
    /// An offer of this identity.
    pub(crate) fn of(id: String, connection: &Connection, known: Option<&Connection>) -> Self {
        let changed = known.map(|before| connection.changed_from(before)).unwrap_or_default();
        Self {
            id,
            name: connection.name.clone(),
            project: connection.project.clone(),
            bucket: connection.bucket.clone(),
            sign_in_at: connection.provider.issuer.to_string(),
            hosts: connection.provider.hosts().into_iter().map(str::to_owned).collect(),
            training: connection.is_training(),
            emulators: connection.emulators.is_some(),
            known: known.is_some(),
            changes: changed.into_iter().map(ConnectionChange::from).collect(),
        }
    }
}

impl From<Changed> for ConnectionChange {
    fn from(changed: Changed) -> Self {
        let Changed { fact, before, now } = changed;
        let fact = match fact {
            Fact::Name => ConnectionFact::Name,
            Fact::ApiKey => ConnectionFact::ApiKey,
            Fact::Bucket => ConnectionFact::Bucket,
            Fact::Provider => ConnectionFact::Provider,
            Fact::Issuer => ConnectionFact::Issuer,
            Fact::Client => ConnectionFact::Client,
            Fact::ClientSecret => ConnectionFact::ClientSecret,
            Fact::Emulators => ConnectionFact::Emulators,
        };
        Self { fact, before, now }
    }
}

impl From<&Sync> for SyncView {
    fn from(sync: &Sync) -> Self {
        let Sync { state, since, taken, message } = sync.clone();
        let state = match state {
            SyncState::Current => SyncStateView::Current,
            SyncState::CatchingUp => SyncStateView::CatchingUp,
            SyncState::Offline => SyncStateView::Offline,
            SyncState::SignIn => SyncStateView::SignIn,
        };
        let reasons = ReasonView::all_in(&message);
        Self { state, since: since.map(|since| since.0), taken, message, reasons }
    }
}
