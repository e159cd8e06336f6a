//! A large file, sent in resumable chunks: after a fault the server is asked for its offset, and nothing it has is sent
//! again. The last chunk is held back until the whole file is verified, so an object never has other content.

use reqwest::StatusCode;
use url::Url;
use vault_core::intake::Problem;
use vault_core::ports::{Put, PutFailure, UploadSession};

use super::super::api::{Place, Reply};
use super::super::failure::{never_ends, of_status};
use super::content::{self, Chunk};
use super::tries::Tries;
use super::{Batch, Stored};

/// How often an upload that the server no longer knows is restarted.
const BEGINNINGS: u32 = 4;

/// Chunks end at multiples of this.
const GRANULARITY: u64 = 256 << 10;

/// One file being sent.
pub(super) struct Transfer<'a> {
    batch: &'a Batch<'a>,
    index: usize,
    put: &'a Put,
    path: String,
    /// Bytes already reported as stored.
    told: u64,
    tries: Tries<'a>,
}

/// Where to continue.
enum Went {
    /// The content is stored.
    Stored,
    /// The server's offset differs from the expected one.
    To(u64),
    /// The server does not know the upload.
    Gone,
    /// Confirmed, and there is more to send.
    On,
}

impl<'a> Transfer<'a> {
    pub(super) fn new(batch: &'a Batch<'a>, index: usize, put: &'a Put) -> Self {
        Self { batch, index, put, path: put.blob.path.to_string(), told: 0, tries: Tries::new(batch) }
    }

    pub(super) async fn run(mut self) -> Stored {
        let mut at = self.earlier().await?;
        if at.is_none() && self.there().await? {
            self.tell(self.put.blob.size);
            return Ok(());
        }
        let mut beginnings = 0;
        while beginnings < BEGINNINGS {
            let (upload, offset) = match at.take() {
                Some(at) => at,
                None => match self.begin().await? {
                    Some(upload) => (upload, 0),
                    None => return self.forbidden().await,
                },
            };
            let furthest = self.told;
            match self.send(&upload, offset).await? {
                Went::Stored => {
                    self.tell(self.put.blob.size);
                    return Ok(());
                }
                Went::To(place) => {
                    beginnings += u32::from(place <= furthest);
                    at = Some((upload, place));
                }
                Went::Gone | Went::On => beginnings += 1,
            }
        }
        Err(PutFailure::Vault(never_ends()))
    }

    /// An earlier upload of the file, if the server still knows it.
    async fn earlier(&mut self) -> Result<Option<(Url, u64)>, PutFailure> {
        let api = &self.batch.vault.api;
        let Some(session) = &self.put.resume else { return Ok(None) };
        if self.batch.vault.stuck.is_hopeless(&self.path) {
            return Ok(None);
        }
        let Some(address) = self.batch.vault.seal.open(&session.handle, &self.path).await else { return Ok(None) };
        let Some(upload) = api.upload_address(&address) else { return Ok(None) };
        match api.place(&upload).await.map_err(PutFailure::Vault)? {
            Place::At(offset) if offset <= self.put.blob.size => Ok(Some((upload, offset))),
            _ => Ok(None),
        }
    }

    /// Whether the content is already stored: a check costs little compared with a needless upload.
    async fn there(&self) -> Result<bool, PutFailure> {
        match self.batch.vault.api.metadata(&self.path).await.map_err(PutFailure::Vault)? {
            Some(object) => self.batch.compare_found(self.put, &object, None).await.map(|()| true),
            None => Ok(false),
        }
    }

    async fn begin(&self) -> Result<Option<Url>, PutFailure> {
        self.go_on()?;
        let blob = &self.put.blob;
        self.batch.vault.api.start(&self.path, blob.hash(), blob.size).await.map_err(PutFailure::Vault)
    }

    /// Sends the file from `offset` on.
    async fn send(&mut self, upload: &Url, offset: u64) -> Result<Went, PutFailure> {
        self.tell(offset);
        let handle = self.batch.vault.seal.seal(upload.as_str(), &self.path).await;
        let mut chunks = content::chunks(self.put.source.clone(), offset, self.batch.watch.clone());
        while let Some(chunk) = chunks.next().await {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(failure) => {
                    // A temporary read error may be resumed; after a change, the uploaded part is useless.
                    if failure == PutFailure::Source(Problem::Changed) {
                        self.batch.vault.api.cancel(upload).await;
                    }
                    return Err(failure);
                }
            };
            self.go_on()?;
            match self.chunk(upload, &chunk).await? {
                Went::On => {
                    self.tries.got_on();
                    self.batch.vault.stuck.got_on(&self.path);
                    self.tell(chunk.end());
                    if let Some(handle) = &handle {
                        let session = UploadSession { handle: handle.clone(), offset: chunk.end() };
                        self.batch.watch.session(self.index, &session);
                    }
                    chunks.give_back(chunk);
                }
                went => return Ok(went),
            }
        }
        // The reader always sends the last chunk or a failure, unless it panicked.
        Err(PutFailure::Source(Problem::Changed))
    }

    /// Sends one chunk until it is confirmed.
    async fn chunk(&mut self, upload: &Url, chunk: &Chunk) -> Result<Went, PutFailure> {
        let api = &self.batch.vault.api;
        let mut sent = 0;
        loop {
            let content = chunk.bytes.slice(sent..);
            let (error, asked) = match api.chunk(upload, chunk.at + sent as u64, content, chunk.last.is_some()).await {
                Reply::Stored(object) => {
                    let sums = chunk.last.ok_or_else(|| self.batch.occupied(self.put, object.size))?;
                    return self.batch.compare(self.put, &object, sums, None).await.map(|()| Went::Stored);
                }
                Reply::Confirmed(place) if chunk.last.is_none() && place.is_none_or(|place| place == chunk.end()) => {
                    return Ok(Went::On);
                }
                Reply::Forbidden => return self.forbidden().await.map(|()| Went::Stored),
                Reply::Gone => return Ok(Went::Gone),
                Reply::Failed(error) | Reply::Misplaced(error) => return Err(PutFailure::Vault(error)),
                Reply::Unknown(error, asked) => (error, asked),
                Reply::Confirmed(_) | Reply::Ended => (of_status(StatusCode::SERVICE_UNAVAILABLE), None),
            };
            if !self.tries.again(asked).await {
                return Err(PutFailure::Vault(error));
            }
            self.go_on()?;
            let place = match api.place(upload).await.map_err(PutFailure::Vault)? {
                Place::At(place) => place,
                Place::Ended => return self.ended().await,
                Place::Gone => return Ok(Went::Gone),
            };
            match place.checked_sub(chunk.at) {
                Some(_) if place == chunk.end() && chunk.last.is_none() => return Ok(Went::On),
                Some(came) if place <= chunk.end() && (came.is_multiple_of(GRANULARITY) || chunk.last.is_some()) => {
                    if came > sent as u64 {
                        self.tries.got_on();
                    }
                    sent = usize::try_from(came).unwrap_or_default();
                    self.tell(place);
                }
                // The server lost some, or its offset is inside a chunk: the file is read from there.
                _ if place <= self.put.blob.size => return Ok(Went::To(place)),
                _ => return Ok(Went::Gone),
            }
        }
    }

    /// The upload was finalized although the response was lost: an object should exist, possibly another user's.
    async fn ended(&self) -> Result<Went, PutFailure> {
        match self.batch.vault.api.metadata(&self.path).await.map_err(PutFailure::Vault)? {
            Some(object) => self.batch.compare_found(self.put, &object, None).await.map(|()| Went::Stored),
            None => Ok(Went::Gone),
        }
    }

    /// The object may not be written. If one exists, any user may have created it.
    async fn forbidden(&mut self) -> Stored {
        self.batch.found(self.put, None).await?;
        self.tell(self.put.blob.size);
        Ok(())
    }

    fn go_on(&self) -> Result<(), PutFailure> {
        if self.batch.watch.stop() { Err(PutFailure::Stopped) } else { Ok(()) }
    }

    /// Reports newly stored bytes.
    fn tell(&mut self, stored: u64) {
        if stored > self.told {
            self.batch.watch.stored(stored - self.told);
            self.told = stored;
        }
    }
}
