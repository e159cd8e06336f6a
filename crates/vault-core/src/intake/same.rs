//! Whether what stands at another place is a file that was dropped.

use std::path::Path;

use super::sys::{self, Kind};
use super::{IntakeProgress, Problem, read, source};
use crate::ports::Reading;

/// What comparing gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Compared {
    /// It has the content.
    Same,
    /// It has other content, or cannot be read.
    Different,
    /// Nothing is there.
    Missing,
    /// It was stopped on request.
    Stopped,
}

/// Compares the file at `path` with what was read of a file that was dropped; all of it is read, unless it is said to be
/// longer. (One that is said to be shorter may give more.) Of a file that was never read nothing is known, so any file is the same.
pub(crate) fn compare(path: &Path, dropped: Option<&Reading>, progress: &IntakeProgress) -> Compared {
    let Ok(stat) = sys::look(path) else { return Compared::Missing };
    if stat.kind != Kind::File || dropped.is_some_and(|dropped| stat.stamp.size > dropped.size) {
        return Compared::Different;
    }
    let Some(dropped) = dropped else { return Compared::Same };
    let mut went_on = |bytes| {
        progress.add_bytes_read(bytes);
        !progress.stopped()
    };
    match source::fingerprint(path, &mut vec![0; read::BUFFER], &mut went_on) {
        Ok(Some(now)) if now.reading.hash == dropped.hash => Compared::Same,
        Ok(None) => Compared::Stopped,
        Err(Problem::Vanished) => Compared::Missing,
        Ok(Some(_)) | Err(_) => Compared::Different,
    }
}
