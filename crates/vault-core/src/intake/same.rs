//! Checks whether the file at another place is one that was dropped.

use std::path::Path;

use super::sys::{self, Kind};
use super::{IntakeProgress, Problem, read, source};
use crate::ports::Reading;

/// The result of the comparison.
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

/// Compares the file at `path` with the reading of a dropped file. It is read completely, unless its reported length is
/// greater. (A file with a smaller reported length may deliver more.) Without a reading, any file counts as the same.
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
