//! The content in Cloud Storage, by the Firebase Storage API (v0) as the signed-in user.
//!
//! ```text
//! check   asks for an object's metadata: content counts as there if its size and checksum are ours   [check]
//! put     small files whole, several at once; read, hashed, sent, and the answer compared            [put]
//! get     streams; whoever reads verifies                                                            [get]
//! list    a matter at a time, as the rules allow it                                                  [list]
//! ```
//!
//! Objects are written once: the rules refuse whatever would replace one. So nothing here can mend an object that is
//! not ours; it is reported, and the content is not said to be stored.

mod api;
mod check;
mod failure;
mod get;
mod list;
mod md5s;
mod object;
mod put;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;
use vault_core::model::{BlobRef, TeamId};
use vault_core::ports::{BlobReader, Blobs, Identity, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch};

use crate::connection::Connection;
use crate::records::FirebaseRecords;
use api::Api;
use list::Listing;
use md5s::Md5s;

/// [`Blobs`] of the firm's vault.
pub struct FirebaseBlobs {
    api: Api,
    team: TeamId,
    records: Arc<FirebaseRecords>,
    md5s: Md5s,
    listing: Mutex<Listing>,
}

type Answer<T> = Result<T, PortError>;

impl FirebaseBlobs {
    /// The content of the team that `identity` works in; `records` tell which matters it has.
    ///
    /// # Errors
    /// As the identity reports them.
    pub async fn open(
        connection: &Connection,
        identity: Arc<dyn Identity>,
        records: Arc<FirebaseRecords>,
    ) -> Result<Self, PortError> {
        let team = identity.person().await?.team;
        Ok(Self {
            api: Api::new(connection, identity),
            team,
            records,
            md5s: Md5s::default(),
            listing: Mutex::default(),
        })
    }
}

#[async_trait]
impl Blobs for FirebaseBlobs {
    async fn check(&self, blobs: &[BlobRef]) -> Answer<Vec<Presence>> {
        check::all(self, blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<Result<(), PutFailure>>> {
        put::all(self, batch, watch).await
    }

    async fn get(&self, blob: &BlobRef) -> Answer<Option<BlobReader>> {
        get::open(&self.api, blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
        list::page(self, after, limit).await
    }
}
