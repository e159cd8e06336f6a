//! The content in Cloud Storage, by the Firebase Storage API (v0) as the signed-in user.
//!
//! ```text
//! check   asks for an object's metadata: content counts as stored if its size and checksum match;
//!         what was verified here before is only listed                                            [check, listed]
//! put     small files whole, several at once; large ones in resumable chunks;
//!         read, hashed, sent, and the response compared                                                     [put]
//! get     streams, and resumes a broken connection; the reader verifies                                     [get]
//! list    a matter at a time, as the rules allow it                                                        [list]
//! ```
//!
//! Objects are written once: the rules refuse to replace one. So a wrong object cannot be repaired from here; it is
//! reported, and the content does not count as stored.

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

/// Files that may have begun and are not recorded: all upload slots, those queued for the next slot, and those being
/// recorded.
const UNDER_WAY: usize = upload_concurrency::MOST + upload_concurrency::AHEAD + 48;

/// Blobs read concurrently.
const READERS: usize = 16;

/// The matters whose content is listed: the rules do not allow listing a whole team at once.
#[async_trait]
pub trait Matters: Send + Sync {
    /// The ids of all matters visible to this user, including removed ones: their content still exists.
    ///
    /// # Errors
    /// As the server reports them.
    async fn ids(&self) -> Result<Vec<MatterId>, PortError>;

    /// Whether the matter is visible to this user.
    ///
    /// # Errors
    /// As the server reports them.
    async fn sees(&self, matter: &MatterId) -> Result<bool, PortError> {
        Ok(self.ids().await?.contains(matter))
    }

    /// Where the first user who filed content with this hash claimed to store it; `None` without a claim.
    ///
    /// # Errors
    /// As the server reports them.
    async fn claimed(&self, _content: FileHash) -> Result<Option<StoragePath>, PortError> {
        Ok(None)
    }

    /// Why the storage refused content for a matter, if that can be determined.
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
    /// Seals the URLs of unfinished uploads before they are stored.
    seal: Seal,
    /// Memory for content being sent, in KiB.
    memory: Semaphore,
}

type Answer<T> = Result<T, PortError>;

impl FirebaseBlobs {
    /// The content of the team that `identity` works in; `matters` supplies the matters for listing all content.
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

    /// The same with another retry policy.
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

    /// Stores which content was verified, and afterwards only checks that it still exists. Without this, all content is
    /// verified each time.
    pub fn remembering(mut self, verifications: Arc<dyn Verifications>) -> Self {
        self.verified = Verified(Some(verifications));
        self
    }

    /// Continues uploads that this `seal` has sealed, in this run or an earlier one. Without it, only uploads that
    /// began in this run are continued.
    pub fn sealing(mut self, seal: Seal) -> Self {
        self.seal = seal;
        self
    }

    /// How many requests were sent to Cloud Storage.
    pub fn requests(&self) -> u64 {
        self.api.requests()
    }

    /// How many local files an MD5 was computed from: only where the server had an object to compare with.
    pub fn md5s_computed(&self) -> u64 {
        self.md5s.computed()
    }
}

impl FirebaseBlobs {
    /// Opens the content at this path.
    async fn open_there(&self, blob: &BlobRef, longest: u64) -> Answer<Option<BlobReader>> {
        match get::open(&self.api, blob, longest).await {
            Err(error) if self.is_out_of_sight(blob, &error).await => Ok(None),
            opened => opened,
        }
    }

    /// Whether a path is refused because its matter is not visible to this user or does not exist. A record may name
    /// any path; for this user, it has no content.
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
        // A record may name a path without content. Content is stored where the filing program claimed to store it.
        match self.matters.claimed(blob.hash()).await? {
            Some(path) if path != blob.path && path.team() == &self.team && path.hash() == blob.hash() => {
                self.open_there(&BlobRef { path, size: blob.size }, longest).await
            }
            _ => Ok(None),
        }
    }

    /// Files being sent, and verified ones waiting to be recorded together.
    fn under_way(&self) -> usize {
        UNDER_WAY
    }

    /// Downloads mostly wait for the network.
    fn readers(&self) -> usize {
        READERS
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
        list::page(self, after, limit).await
    }
}
