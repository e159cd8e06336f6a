//! The log of the window: in the folder of the vault, and on standard error.

use std::io;
use std::sync::OnceLock;

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use vault_home::{Home, Log, Program};

/// The log, once it is started. Tests have none.
static LOG: OnceLock<Log> = OnceLock::new();

/// Writes our own events to the log, and those of this crate to standard error, with ids only: those of libraries may
/// contain names.
pub(crate) fn start() {
    let log = LOG.get_or_init(|| Log::of(Program::Window));
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(ours);
    // Only if there is no subscriber already: otherwise that one decides.
    if tracing_subscriber::registry().with(log.layer()).with(lines).try_init().is_ok() {
        vault_home::log_panics();
    }
}

/// Keeps the log in the folder of this vault from now on. The folder must have been made.
pub(crate) fn keep_in(home: &Home) {
    if let Some(log) = LOG.get() {
        log.keep_in(home);
    }
}
