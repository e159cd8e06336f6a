//! The state of the server.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parking_lot::{Mutex, MutexGuard};
use serde_json::{Value, json};

use super::faults::{Asked, Script};
use super::hashing::{Content, Taken};
use super::log::{Finalised, Log};
use super::{BUCKET, Options};

/// An object.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) content: Content,
    /// The SHA-256 that its uploader states.
    pub(super) said: Option<String>,
}

impl Kept {
    pub(super) fn new(content: Content, said: Option<String>) -> Self {
        Self { content, said }
    }

    /// Its metadata as the server reports it; with wrong checksums if `wrong`.
    pub(super) fn metadata(&self, path: &str, wrong: bool) -> Value {
        let Content { size, md5, crc32c, .. } = &self.content;
        let flip = u8::from(wrong);
        let mut answer = json!({
            "name": path, "bucket": BUCKET, "generation": "1", "metageneration": "1", "storageClass": "STANDARD",
            "contentType": "application/octet-stream", "size": size.to_string(),
            "crc32c": STANDARD.encode((crc32c ^ u32::from(flip)).to_be_bytes()),
            "downloadTokens": "a-secret-that-opens-the-object-to-everybody",
        });
        if let Some(md5) = md5 {
            answer["md5Hash"] = STANDARD.encode(md5.map(|byte| byte ^ flip)).into();
        }
        if let Some(said) = &self.said {
            answer["metadata"] = json!({ "sha256": said });
        }
        answer
    }
}

/// An upload in chunks.
pub(super) struct Session {
    pub(super) path: String,
    /// The length that was announced.
    pub(super) size: u64,
    pub(super) said: Option<String>,
    /// None once it is an object.
    pub(super) taken: Option<Taken>,
    /// Which request owns the upload: a later one takes it over from one that hangs.
    pub(super) turn: u64,
    /// Whether a request failed, and the client has not queried since how far the upload is.
    pub(super) in_doubt: bool,
}

/// An upload in chunks, shared by the requests for it.
pub(super) type Shared = Arc<Mutex<Session>>;

pub(super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock()
}

impl Session {
    /// How many bytes have arrived.
    pub(super) fn received(&self) -> u64 {
        self.taken.as_ref().map_or(self.size, Taken::size)
    }

    /// Gives the upload to the next request; one that hangs loses it. Returns its turn.
    pub(super) fn take_over(&mut self, options: Options) -> u64 {
        if self.in_doubt
            && options.whole_blocks
            && let Some(taken) = &mut self.taken
        {
            taken.only_whole_blocks();
        }
        self.turn += 1;
        self.turn
    }
}

/// Which tokens are valid.
pub(super) enum Tokens {
    /// These.
    These(HashSet<String>),
    /// Those for which this returns true.
    By(Box<dyn Fn(&str) -> bool + Send>),
}

impl Tokens {
    pub(super) fn take(&self, token: &str) -> bool {
        match self {
            Self::These(tokens) => tokens.contains(token),
            Self::By(good) => good(token),
        }
    }
}

pub(super) struct State {
    pub(super) address: SocketAddr,
    pub(super) options: Options,
    pub(super) tokens: Tokens,
    pub(super) revoked: bool,
    pub(super) app_check: bool,
    pub(super) script: Script,
    pub(super) objects: BTreeMap<String, Kept>,
    pub(super) sessions: HashMap<u64, Shared>,
    pub(super) last_session: u64,
    /// Objects whose upload in one request got no response, and that were not queried since.
    pub(super) doubted: HashSet<String>,
    pub(super) log: Log,
}

impl State {
    pub(super) fn new(address: SocketAddr, token: &str, options: Options) -> Self {
        Self {
            address,
            options,
            tokens: Tokens::These(HashSet::from([token.to_owned()])),
            revoked: false,
            app_check: false,
            script: Script::default(),
            objects: BTreeMap::new(),
            sessions: HashMap::new(),
            last_session: 0,
            doubted: HashSet::new(),
            log: Log::default(),
        }
    }

    /// Forgets all uploads.
    pub(super) fn forget(&mut self) {
        let lost = self.sessions.values().map(|session| lock(session)).filter(|session| session.taken.is_some());
        self.log.forgotten += lost.map(|session| session.received()).sum::<u64>();
        self.sessions.clear();
    }

    /// Makes an object of the received bytes; `false` if there is one already.
    pub(super) fn finalise(&mut self, asked: &Asked, content: Content, said: Option<String>) -> bool {
        let Asked { path, number, .. } = asked;
        if self.objects.contains_key(path) {
            return false;
        }
        let Content { size, sha256, .. } = &content;
        let (path, at) = (path.clone(), SystemTime::now());
        let sha256 = sha256.clone();
        self.log.finalised.push(Finalised { path: path.clone(), size: *size, sha256, at, request: *number });
        self.objects.insert(path, Kept::new(content, said));
        true
    }
}
