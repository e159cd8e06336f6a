//! Files that wait on this computer for a firm that no user is signed in to any more: the queues still list them, with
//! their source paths.

use std::fs;
use std::sync::Arc;

use async_trait::async_trait;
use vault_core::model::{TeamId, UserId};
use vault_core::ports::{Attention, Identity, Person, PortError, Token};
use vault_core::reason::Reason;
use vault_firebase::{FirebaseBlobs, FirebaseRecords};
use vault_home::{Home, Opened};

use crate::error::FirmError;
use crate::firms::{Firm, Firms};
use crate::kept;
use crate::open::{databases, opened, put_together};

impl Firm {
    /// Opens the vault once for each of its queues on this computer, without a user: waiting files can be
    /// listed and copied; no server is asked.
    ///
    /// # Errors
    /// [`FirmError`] if the local data cannot be opened.
    pub async fn open_for_nobody(&self, home: &Home) -> Result<Vec<Opened>, FirmError> {
        let identity: Arc<dyn Identity> = Arc::new(Nobody(nobody(&Firms::of(home))?));
        let mut folders: Vec<_> =
            fs::read_dir(&self.folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        folders.retain(|folder| kept::journal(folder).exists());
        folders.sort();
        let mut queues = Vec::with_capacity(folders.len());
        for folder in folders {
            let kept_here = databases(&folder).await?;
            let records = Arc::new(FirebaseRecords::open(&self.connection, Arc::clone(&identity)).await?);
            let blobs = FirebaseBlobs::open(&self.connection, Arc::clone(&identity), records.clone()).await?;
            let vault = put_together(home, (Arc::clone(&identity), records, Arc::new(blobs)), kept_here);
            queues.push(opened(vault, &folder));
        }
        Ok(queues)
    }
}

/// Placeholder for the user who filed: a queue does not record the user, and nothing is written under this name.
fn nobody(firms: &Firms) -> Result<Person, FirmError> {
    let invalid = |_| PortError::invalid("Nobody is signed in.");
    Ok(Person {
        user: UserId::new("nobody").map_err(invalid)?,
        team: TeamId::new("nobody").map_err(invalid)?,
        display_name: String::new(),
        device: firms.device()?,
    })
}

struct Nobody(Person);

#[async_trait]
impl Identity for Nobody {
    async fn person(&self) -> Result<Person, PortError> {
        Ok(self.0.clone())
    }

    async fn token(&self, _renew: bool) -> Result<Option<Token>, PortError> {
        Err(PortError::NeedsPerson { kind: Attention::SignIn, message: Reason::SignInFirst.into() })
    }
}
