//! The content in Cloud Storage, by the Firebase Storage API (v0) as the signed-in user.
//!
//! ```text
//! check   asks for an object's metadata: content counts as there if its size and checksum are ours;
//!         what was verified here before needs only be listed                                      [check, listed]
//! put     small files whole, several at once; large ones in chunks that can be continued;
//!         read, hashed, sent, and the answer compared                                                [put]
//! get     streams, and goes on where a line was cut; whoever reads verifies                          [get]
//! list    a matter at a time, as the rules allow it                                                  [list]
//! ```
//!
//! Objects are written once: the rules refuse whatever would replace one. So nothing here can mend an object that is
//! not ours; it is reported, and the content is not said to be stored.

mod api;
mod check;
mod failure;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzed;
mod get;
mod list;
mod listed;
mod md5s;
mod object;
mod put;
mod retry_policy;
mod stuck;
mod sums;
mod unanswered;
mod upload_concurrency;
mod verified;

pub use retry_policy::RetryPolicy;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::{Mutex, Semaphore};
use vault_core::model::{BlobRef, FileHash, MatterId, StoragePath, TeamId};
use vault_core::ports::{
    AtHand, Attention, BlobReader, Blobs, Identity, ListedBlob, Place, PortError, Presence, Put, PutFailure, PutWatch,
    Verifications,
};

use crate::connection::Connection;
use crate::seal::Seal;
use api::Api;
use list::Listing;
use md5s::Md5s;
use stuck::Stuck;
use unanswered::Unanswered;
use verified::Verified;

/// Files that may have begun and not be recorded: all upload_concurrency, those that are to take the next, and what is being recorded.
const UNDER_WAY: usize = upload_concurrency::MOST + upload_concurrency::AHEAD + 48;

/// Contents that are read at once.
const READERS: usize = 16;

/// Which matters there are to list the content of: the rules let nobody list a whole team at once.
#[async_trait]
pub trait Matters: Send + Sync {
    /// The ids of all matters that this person may see, removed ones included: their content is still there.
    ///
    /// # Errors
    /// As the server reports them.
    async fn ids(&self) -> Result<Vec<MatterId>, PortError>;

    /// Whether this person can see the matter.
    ///
    /// # Errors
    /// As the server reports them.
    async fn sees(&self, matter: &MatterId) -> Result<bool, PortError> {
        Ok(self.ids().await?.contains(matter))
    }

    /// Where content with this hash was to be stored, by whoever filed it first; none if nobody said.
    ///
    /// # Errors
    /// As the server reports them.
    async fn claimed(&self, _content: FileHash) -> Result<Option<StoragePath>, PortError> {
        Ok(None)
    }

    /// Why nothing can be stored for a matter that the storage refused content for, as far as that can be seen.
    async fn why_refused(&self, _matter: &MatterId) -> Option<PortError> {
        None
    }
}

/// [`Blobs`] of the firm's vault.
pub struct FirebaseBlobs {
    api: Arc<Api>,
    team: TeamId,
    bucket: String,
    matters: Arc<dyn Matters>,
    md5s: Md5s,
    verified: Verified,
    unanswered: Unanswered,
    stuck: Stuck,
    listing: Mutex<Listing>,
    /// What leaves here of uploads that are under way.
    seal: Seal,
    /// Room for content that is on its way, in KiB.
    memory: Semaphore,
}

type Answer<T> = Result<T, PortError>;

impl FirebaseBlobs {
    /// The content of the team that `identity` works in; `matters` are asked which there are when all of it is listed.
    ///
    /// # Errors
    /// As the identity reports them.
    pub async fn open(
        connection: &Connection,
        identity: Arc<dyn Identity>,
        matters: Arc<dyn Matters>,
    ) -> Result<Self, PortError> {
        Self::open_with(connection, identity, matters, RetryPolicy::default()).await
    }

    /// The same, with another retry_policy than the usual one.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_with(
        connection: &Connection,
        identity: Arc<dyn Identity>,
        matters: Arc<dyn Matters>,
        retry_policy: RetryPolicy,
    ) -> Result<Self, PortError> {
        let team = identity.person().await?.team;
        Ok(Self {
            api: Arc::new(Api::new(connection, identity, retry_policy)),
            team,
            bucket: connection.bucket.clone(),
            matters,
            md5s: Md5s::default(),
            verified: Verified::default(),
            unanswered: Unanswered::default(),
            stuck: Stuck::default(),
            listing: Mutex::default(),
            seal: Seal::ephemeral(),
            memory: Semaphore::new(put::MEMORY as usize),
        })
    }

    /// Keeps there what is verified, and only asks whether it is still there for what was. Without such a place all of
    /// it is verified each time.
    pub fn remembering(mut self, verifications: Arc<dyn Verifications>) -> Self {
        self.verified = Verified(Some(verifications));
        self
    }

    /// Continues uploads that this `seal` has sealed, in this program or an earlier one. Without it, only those that
    /// began here are continued.
    pub fn sealing(mut self, seal: Seal) -> Self {
        self.seal = seal;
        self
    }

    /// How many requests Cloud Storage has been sent.
    pub fn requests(&self) -> u64 {
        self.api.requests()
    }

    /// How many files of this computer an MD5 was computed of: only where the server had an object that was to be compared.
    pub fn md5s_computed(&self) -> u64 {
        self.md5s.computed()
    }
}

impl FirebaseBlobs {
    /// Opens what is at this place.
    async fn open_there(&self, blob: &BlobRef, longest: u64) -> Answer<Option<BlobReader>> {
        match get::open(&self.api, blob, longest).await {
            Err(error) if self.is_out_of_sight(blob, &error).await => Ok(None),
            opened => opened,
        }
    }

    /// Whether a place is refused because its matter is none that this person can see, or none at all. A record may name any
    /// place; to them there is no content.
    async fn is_out_of_sight(&self, blob: &BlobRef, error: &PortError) -> bool {
        let refused = matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess, .. });
        refused && self.matters.sees(blob.path.matter()).await == Ok(false)
    }
}

#[async_trait]
impl Blobs for FirebaseBlobs {
    async fn check(&self, blobs: &[BlobRef]) -> Answer<Vec<Presence>> {
        check::all(self, blobs, &AtHand::default()).await
    }

    async fn check_against(&self, blobs: &[BlobRef], at_hand: &AtHand) -> Answer<Vec<Presence>> {
        check::all(self, blobs, at_hand).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<Result<(), PutFailure>>> {
        put::all(self, batch, watch).await
    }

    async fn get(&self, blob: &BlobRef) -> Answer<Option<BlobReader>> {
        if let Some(reader) = self.open(blob, Place::Recorded, u64::MAX).await? {
            return Ok(Some(reader));
        }
        self.open(blob, Place::Claimed, u64::MAX).await
    }

    async fn open(&self, blob: &BlobRef, place: Place, longest: u64) -> Answer<Option<BlobReader>> {
        if place == Place::Recorded {
            return self.open_there(blob, longest).await;
        }
        // A record may name a place that nobody stored the content at. What was filed is where its program said before.
        match self.matters.claimed(blob.hash()).await? {
            Some(path) if path != blob.path && path.team() == &self.team && path.hash() == blob.hash() => {
                self.open_there(&BlobRef { path, size: blob.size }, longest).await
            }
            _ => Ok(None),
        }
    }

    /// Those on their way, and those that are verified and wait to be recorded together.
    fn under_way(&self) -> usize {
        UNDER_WAY
    }

    /// A line is waited for more than it is used.
    fn readers(&self) -> usize {
        READERS
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
        list::page(self, after, limit).await
    }
}
