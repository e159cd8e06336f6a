//! Opening a firm's vault for one user.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use vault_core::intake::LeftOutRules;
use vault_core::model::TeamId;
use vault_core::ports::{Identity, Person, PortError, SystemClock};
use vault_core::{Vault, VaultParts};
use vault_firebase::{Account, Cost, FirebaseBlobs, FirebaseRecords, Session};
use vault_home::{Home, Opened, databases_fit, private_folder};
use vault_store::{CacheDb, JournalDb};

use crate::error::{FirmError, cannot};
use crate::firms::{Firm, remove};
use crate::kept;
use crate::live::{Live, LiveObserver};
use crate::mark::Mark;
use crate::right::LockFile;

/// A firm's vault, open for the signed-in user.
pub struct OpenFirm {
    /// The firm.
    pub firm: Firm,
    /// The vault and its filing lock.
    pub opened: Opened,
    session: Arc<Session>,
    records: Arc<FirebaseRecords>,
    blobs: Arc<FirebaseBlobs>,
    team: TeamId,
    journal: Arc<JournalDb>,
    folder: PathBuf,
}

/// What signing out leaves on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Queue and local copy stay for the next sign-in.
    Everything,
    /// Nothing; refused while something waits that exists nowhere else.
    Nothing,
    /// Nothing, whatever waits: the user has confirmed what is lost.
    NotEvenWhatWaits,
}

impl Firm {
    /// Opens the firm's vault for the user of `session`. No server is asked: the local copy is shown as it is until it
    /// is [followed](OpenFirm::follow) or caught up. Nothing is filed from the folder of `home`.
    ///
    /// # Errors
    /// [`FirmError`] if the local data cannot be opened.
    pub async fn open(&self, home: &Home, session: Session) -> Result<OpenFirm, FirmError> {
        let session = Arc::new(session);
        let identity: Arc<dyn Identity> = session.clone();
        let person = identity.person().await?;
        let folder = self.folder.join(place_of(&person));
        databases_fit(&folder, "journal.db").map_err(|error| PortError::invalid(error.to_string()))?;
        // Starting at the folder of all firms: a user who may write to one of these folders may replace its content.
        let mut above: Vec<&Path> = folder.ancestors().take(3).collect();
        above.reverse();
        for folder in above {
            private_folder(folder).map_err(|error| cannot("make", folder, error))?;
        }
        let (journal, cache) = databases(&folder).await?;
        let records =
            Arc::new(FirebaseRecords::open(&self.connection, Arc::clone(&identity)).await?.beside(cache.clone()));
        let blobs = FirebaseBlobs::open(&self.connection, Arc::clone(&identity), records.clone()).await?;
        let blobs = Arc::new(blobs.remembering(cache.clone()).sealing(session.seal()));
        let vault = put_together(home, (identity, records.clone(), blobs.clone()), (journal.clone(), cache));
        // The local copy may have been deleted and lack the waiting changes.
        vault.show_waiting().await?;
        tracing::info!("a firm's vault is opened");
        let opened = opened(vault, &folder);
        Ok(OpenFirm { firm: self.clone(), opened, session, records, blobs, team: person.team, journal, folder })
    }
}

/// A user's queue and local copy of the firm's vault.
pub(crate) async fn databases(folder: &Path) -> Result<(Arc<JournalDb>, Arc<CacheDb>), FirmError> {
    let (journal, cache) = (kept::journal(folder), folder.join("cache.db"));
    let (journal, cache) = tokio::try_join!(JournalDb::open(&journal), CacheDb::open(&cache))?;
    Ok((Arc::new(journal), Arc::new(cache)))
}

/// Combines the firm's ports and the local databases into a vault.
pub(crate) fn put_together(
    home: &Home,
    (identity, records, blobs): (Arc<dyn Identity>, Arc<FirebaseRecords>, Arc<FirebaseBlobs>),
    (journal, cache): (Arc<JournalDb>, Arc<CacheDb>),
) -> Vault {
    Vault::new(VaultParts {
        identity,
        records,
        blobs,
        outbox: Some(journal.clone()),
        journal,
        mirror: cache.clone(),
        fingerprints: cache,
        clock: Arc::new(SystemClock),
        left_out: LeftOutRules::default(),
        protected_paths: vec![home.folder().to_owned()],
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// A vault with its filing lock.
pub(crate) fn opened(vault: Vault, folder: &Path) -> Opened {
    Opened { vault, right: Arc::new(LockFile(folder.join("filing.lock"))), folder: folder.to_owned() }
}

impl OpenFirm {
    /// Keeps the local copy current from now on, and reports its state to `observer`.
    pub fn follow(&self, observer: Arc<dyn LiveObserver>) -> Live {
        let mark = Mark::at(self.folder.join("current"));
        Live::start(self.opened.vault.clone(), self.team.clone(), mark, observer)
    }

    /// Who is signed in.
    pub async fn account(&self) -> Account {
        self.session.account().await
    }

    /// What Firestore has billed since the vault was opened.
    pub fn cost(&self) -> Cost {
        self.records.cost()
    }

    /// How many requests were sent to Cloud Storage since the vault was opened.
    pub fn storage_requests(&self) -> u64 {
        self.blobs.requests()
    }

    /// Whether the user stays signed in after the program ends. Not without a keychain.
    pub async fn is_remembered(&self) -> bool {
        self.session.is_remembered().await
    }

    /// Signs the user out. Nothing may be running or following any more.
    ///
    /// # Errors
    /// [`FirmError::StillWaiting`] if nothing is to be left and drops or changes wait here: then nothing has changed.
    /// As the keychain and the system report them; then the user is signed out, and some data may still be here.
    pub async fn sign_out(&self, left: Left) -> Result<(), FirmError> {
        if left == Left::Nothing {
            kept::none_waits(&self.journal).await?;
        }
        self.session.sign_out().await?;
        if left == Left::Everything { Ok(()) } else { remove(&self.folder) }
    }
}

/// The folder of one user in one team, so that queues and local copies never mix. Ids are case-sensitive, folder names
/// on some systems are not.
fn place_of(person: &Person) -> String {
    let whole = Sha256::digest(format!("{}\0{}", person.user, person.team));
    hex::encode(&whole[..12])
}
