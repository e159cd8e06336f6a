//! How many files this program may have open at once. Databases need several each, and don't report this limit as the
//! cause of a failure, so it is checked before they are opened.

use crate::ports::PortError;

/// How many files are open at once, including the connections to a firm's vault.
#[cfg(unix)]
const NEEDED: usize = 48;

/// The limit to request where the initial one is lower: macOS starts with 256.
#[cfg(unix)]
const WANTED: u64 = 1024;

/// Fewer files than a database opens.
#[cfg(unix)]
const FEW: usize = 8;

/// Ensures that enough files can be opened.
///
/// # Errors
/// A sentence for the user if there are not enough.
pub fn make_room() -> Result<(), PortError> {
    #[cfg(unix)]
    {
        raise();
        if !may_open(NEEDED) {
            return Err(too_low());
        }
    }
    Ok(())
}

/// An error if hardly any file can be opened, for a caller that could not open a file: then the error it got does not
/// name the cause.
pub fn used_up() -> Option<PortError> {
    #[cfg(unix)]
    if !may_open(FEW) {
        return Some(too_low());
    }
    None
}

#[cfg(unix)]
fn too_low() -> PortError {
    PortError::invalid(crate::reason::Reason::TooFewOpenFiles)
}

/// The initial limit is often lower than what a program may request.
#[cfg(unix)]
fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let more = maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if current.is_some_and(|current| current < more) {
        // If the request fails, the check below still counts the files.
        if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(more), maximum }) {
            tracing::debug!(kind = ?error.kind(), more, "the limit of open files is not raised");
        }
    }
}

/// Whether this many more files can be opened. Found by trying, because the limit includes neither files that are open
/// already nor the system-wide limit.
#[cfg(unix)]
fn may_open(files: usize) -> bool {
    let mut opened = Vec::with_capacity(files);
    for _ in 0..files {
        match std::fs::File::open("/") {
            Ok(file) => opened.push(file),
            Err(error) => return crate::SystemFault::of(&error) != crate::SystemFault::TooManyOpen,
        }
    }
    true
}
