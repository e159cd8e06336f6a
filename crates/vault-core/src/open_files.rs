//! How many files this program may have open at once. Databases need several each and do not say that it was one too many,
//! so it is found out before they are opened.

use crate::ports::PortError;

/// So many files are open at once, with room for the connections to a firm's vault.
#[cfg(unix)]
const NEEDED: usize = 48;

/// What the system is asked for where it gives less at first: macOS gives 256.
#[cfg(unix)]
const WANTED: u64 = 1024;

/// Fewer than a database opens.
#[cfg(unix)]
const FEW: usize = 8;

/// Makes room for the files that have to be open at once.
///
/// # Errors
/// A sentence if there is not enough.
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

/// Whether hardly any more file can be opened, for whoever was told only that one could not. Then what it was told is not
/// the cause.
pub fn used_up() -> Option<PortError> {
    #[cfg(unix)]
    if !may_open(FEW) {
        return Some(too_low());
    }
    None
}

#[cfg(unix)]
fn too_low() -> PortError {
    PortError::invalid(
        "Strongroom cannot open as many files as it needs: too many are open on this computer, or the limit for one program is \
         too low. Close some programs, or have the limit raised (ulimit -n 1024), then try again.",
    )
}

/// What the system allows at first is often less than what it allows to whoever asks.
#[cfg(unix)]
fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let more = maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if current.is_some_and(|current| current < more) {
        // Where it is not given, the files are counted all the same.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(more), maximum });
    }
}

/// Whether so many more files can be opened. It is tried, because the limit says nothing of those that are open, nor of the
/// system's own.
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
