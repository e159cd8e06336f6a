//! When the copy was last current: kept beside it, so that somebody who starts without a network is told how old it is.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use vault_core::model::Timestamp;
use vault_core::small_file;
use vault_home::write_whole;

/// How exactly it is kept, in milliseconds: a person is told minutes.
const EVERY: i64 = 30_000;

/// The file it is kept in.
pub(crate) struct Mark {
    file: PathBuf,
    written: Mutex<Option<Timestamp>>,
}

impl Mark {
    /// The mark in a file, which need not be there.
    pub(crate) fn at(file: PathBuf) -> Self {
        let text = small_file::read(&file, small_file::SETTINGS).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let written = text.and_then(|text| text.trim().parse().ok()).map(Timestamp);
        Self { file, written: Mutex::new(written) }
    }

    /// When the copy was last current; `None` if it never was.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The copy is current now. A mark that cannot be written is an older one at the next start, and nothing else.
    pub(crate) fn set(&self, now: Timestamp) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.is_none_or(|at| (now.0 - at.0).abs() >= EVERY) && self.write(now).is_ok() {
            *written = Some(now);
        }
    }

    /// In the place of whatever stands there.
    fn write(&self, now: Timestamp) -> io::Result<()> {
        write_whole(&self.file, now.0.to_string().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_mark_is_there_at_the_next_start_and_written_now_and_then() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("current");
        let mark = Mark::at(file.clone());
        assert_eq!(mark.last(), None);
        for time in [1_000, 2_000, 31_000, 32_000] {
            mark.set(Timestamp(time));
        }
        assert_eq!(Mark::at(file.clone()).last(), Some(Timestamp(31_000)));
        fs::write(&file, "yesterday").unwrap();
        assert_eq!(Mark::at(file).last(), None);
    }
}
