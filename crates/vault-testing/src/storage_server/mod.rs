//! Cloud Storage as strict as Google's, and as unreliable as a bad network: the Firebase Storage API (v0), on this
//! computer, for tests.
//!
//! The emulator accepts every chunk at every offset from everyone. This server does not: a chunk starts where the last
//! one ended, is a multiple of 256 KiB unless it is the last, and comes with a valid token; an object is written
//! once. Content is hashed as it arrives and discarded, unless [`Options::keep`] says otherwise.
//!
//! - [`faults`]: faults, by a script or by a function of the request.
//! - [`log`]: the outside view: stored objects, bytes on the wire, and violations by the client.

pub mod faults;
mod hashing;
pub mod log;
mod multipart;
mod reading;
mod resumable;
mod serve;
mod state;

pub use faults::{Asked, Fault, Step};
pub use log::{Finalised, Log, Violation};

use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use hashing::Taken;
use state::{Kept, State, Tokens, lock};

/// Chunks other than the last are a multiple of so many bytes.
pub const GRANULARITY: u64 = 256 << 10;

/// The only bucket.
pub const BUCKET: &str = "strict.example";

/// Options of a server.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether content is kept, to be downloaded.
    pub keep: bool,
    /// Whether MD5 is computed; SHA-256 and CRC32C always are. It is slower than all the rest together.
    pub md5: bool,
    /// Whether only whole multiples of [`GRANULARITY`] are kept of a chunk that was cut off, as Google does.
    pub whole_blocks: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { keep: true, md5: true, whole_blocks: true }
    }
}

/// A server that runs until it is dropped. It runs on the runtime that started it.
pub struct StorageServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl StorageServer {
    /// Starts a server that accepts this token.
    pub async fn start(token: &str, options: Options) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::new(address, token, options)));
        let task = tokio::spawn(serve::all(listener, Arc::clone(&state)));
        Self { address, state, task }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// The address of the server.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on accepts these tokens, and no others.
    pub fn accept(&self, tokens: &[&str]) {
        self.state().tokens = Tokens::These(tokens.iter().map(|token| (*token).to_owned()).collect());
    }

    /// From now on accepts the tokens for which `good` returns true, and no others.
    pub fn accept_by(&self, good: impl Fn(&str) -> bool + Send + 'static) {
        self.state().tokens = Tokens::By(Box::new(good));
    }

    /// From now on responds 403 to all reads and writes: the membership has ended.
    pub fn revoke(&self) {
        self.state().revoked = true;
    }

    /// From now on requires App Check of all clients, as a project may, and says so.
    pub fn demand_app_check(&self) {
        self.state().app_check = true;
    }

    /// The next request of this kind that has no fault yet gets this one.
    pub fn next(&self, step: Step, fault: Fault) {
        self.state().script.next(step, Some(fault));
    }

    /// So many requests of this kind succeed before the faults that are added from now on.
    pub fn spare(&self, step: Step, requests: usize) {
        let state = &mut self.state();
        (0..requests).for_each(|_| state.script.next(step, None));
    }

    /// Decides for each request that the script does not cover.
    pub fn decide(&self, by: impl FnMut(&Asked) -> Option<Fault> + Send + 'static) {
        self.state().script.decide(Some(Box::new(by)));
    }

    /// From now on all requests succeed.
    pub fn heal(&self) {
        self.state().script.clear();
    }

    /// Forgets all open uploads, as after a restart or a week.
    pub fn forget_sessions(&self) {
        self.state().forget();
    }

    /// How many bytes of content with this hash have arrived, in its furthest upload; none if there is no such upload.
    pub fn received(&self, hash: &str) -> Option<u64> {
        let sessions: Vec<_> = self.state().sessions.values().cloned().collect();
        let received = sessions.iter().filter_map(|session| {
            let session = lock(session);
            session.path.contains(hash).then(|| session.received())
        });
        received.max()
    }

    /// Puts content at a path, whatever is there; its metadata names no hash, as for any object not from Strongroom.
    pub fn plant(&self, path: &str, content: &[u8]) {
        let mut taken = Taken::new(Options { keep: true, ..Options::default() });
        taken.take(content);
        self.state().objects.insert(path.to_owned(), Kept::new(taken.finish(), None));
    }

    /// The same, with custom metadata that states `said` as its SHA-256.
    pub fn plant_saying(&self, path: &str, content: &[u8], said: &str) {
        self.plant(path, content);
        if let Some(kept) = self.state().objects.get_mut(path) {
            kept.said = Some(said.to_owned());
        }
    }

    /// Removes the object at a path.
    pub fn remove(&self, path: &str) {
        self.state().objects.remove(path);
    }

    /// The paths of all objects, in order.
    pub fn paths(&self) -> Vec<String> {
        self.state().objects.keys().cloned().collect()
    }

    /// The SHA-256 of the object at a path, as hexadecimal digits, and its size.
    pub fn object(&self, path: &str) -> Option<(String, u64)> {
        self.state().objects.get(path).map(|kept| (kept.content.sha256.clone(), kept.content.size))
    }

    /// How many requests have arrived.
    pub fn requests(&self) -> usize {
        self.state().log.asked.len()
    }

    /// The log so far.
    pub fn log(&self) -> Log {
        self.state().log.clone()
    }
}

impl Drop for StorageServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
