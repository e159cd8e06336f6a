//! Cloud Storage as strict as Google's, and as unreliable as a bad line: the Firebase Storage API (v0), on this computer,
//! for tests.
//!
//! The emulator takes every chunk at every offset from everybody. This server does not: a chunk stands where the last
//! one ended, is a multiple of 256 KiB unless it is the last, and comes with a token that is good; an object is written
//! once. Content is hashed as it comes and thrown away, unless [`Options::keep`] says otherwise.
//!
//! - [`faults`]: what goes wrong, by a script or by a function of what is asked.
//! - [`log`]: what an outsider saw: objects that were stored, bytes on the wire, and what a client must never do.

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

/// The bucket that there is.
pub const BUCKET: &str = "strict.example";

/// How a server is.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether content is kept, to be downloaded.
    pub keep: bool,
    /// Whether MD5 is computed; SHA-256 and CRC32C always are. It is slower than all the rest together.
    pub md5: bool,
    /// Whether of a chunk that was cut off only whole multiples of [`GRANULARITY`] are kept, as Google does.
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
    /// Starts a server that takes this token.
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

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on takes these tokens, and no others.
    pub fn accept(&self, tokens: &[&str]) {
        self.state().tokens = Tokens::These(tokens.iter().map(|token| (*token).to_owned()).collect());
    }

    /// From now on takes the tokens that `good` says so of, and no others.
    pub fn accept_by(&self, good: impl Fn(&str) -> bool + Send + 'static) {
        self.state().tokens = Tokens::By(Box::new(good));
    }

    /// From now on says 403 to whoever wants to see or store anything: the membership is gone.
    pub fn revoke(&self) {
        self.state().revoked = true;
    }

    /// From now on demands App Check of everybody, as a project may, and says so.
    pub fn demand_app_check(&self) {
        self.state().app_check = true;
    }

    /// The next request of this kind that has no fault yet gets this one.
    pub fn next(&self, step: Step, fault: Fault) {
        self.state().script.next(step, Some(fault));
    }

    /// So many requests of this kind go well before the faults that are added from now on.
    pub fn spare(&self, step: Step, requests: usize) {
        let state = &mut self.state();
        (0..requests).for_each(|_| state.script.next(step, None));
    }

    /// Decides for each request that the script says nothing of.
    pub fn decide(&self, by: impl FnMut(&Asked) -> Option<Fault> + Send + 'static) {
        self.state().script.decide(Some(Box::new(by)));
    }

    /// From now on all goes well.
    pub fn heal(&self) {
        self.state().script.clear();
    }

    /// Forgets all uploads that are under way, as after a restart or a week.
    pub fn forget_sessions(&self) {
        self.state().forget();
    }

    /// How many bytes have come of content with this hash, at the most by one upload; none if there is no such upload.
    pub fn received(&self, hash: &str) -> Option<u64> {
        let sessions: Vec<_> = self.state().sessions.values().cloned().collect();
        let received = sessions.iter().filter_map(|session| {
            let session = lock(session);
            session.path.contains(hash).then(|| session.received())
        });
        received.max()
    }

    /// Puts content at a path, whatever is there; it names no hash, as whatever did not come from Strongroom.
    pub fn plant(&self, path: &str, content: &[u8]) {
        let mut taken = Taken::new(Options { keep: true, ..Options::default() });
        taken.take(content);
        self.state().objects.insert(path.to_owned(), Kept::new(taken.finish(), None));
    }

    /// The same, and says in the object's custom metadata that its SHA-256 is `said`.
    pub fn plant_saying(&self, path: &str, content: &[u8], said: &str) {
        self.plant(path, content);
        if let Some(kept) = self.state().objects.get_mut(path) {
            kept.said = Some(said.to_owned());
        }
    }

    /// Takes away what stands at a path.
    pub fn remove(&self, path: &str) {
        self.state().objects.remove(path);
    }

    /// The paths of all objects, in order.
    pub fn paths(&self) -> Vec<String> {
        self.state().objects.keys().cloned().collect()
    }

    /// The SHA-256 of what stands at a path, as hexadecimal digits, and its size.
    pub fn object(&self, path: &str) -> Option<(String, u64)> {
        self.state().objects.get(path).map(|kept| (kept.content.sha256.clone(), kept.content.size))
    }

    /// How many requests have come.
    pub fn requests(&self) -> usize {
        self.state().log.asked.len()
    }

    /// What was seen until now.
    pub fn log(&self) -> Log {
        self.state().log.clone()
    }
}

impl Drop for StorageServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
