//! When the local copy was last current. Stored beside the copy, so that a start without a network can show its age.

use std::io;
use std::path::PathBuf;

use parking_lot::Mutex;
use vault_core::model::Timestamp;
use vault_core::small_file;
use vault_home::write_whole;

/// Accuracy in milliseconds; the user is shown minutes.
const EVERY: i64 = 30_000;

/// The file that stores it.
pub(crate) struct Mark {
    file: PathBuf,
    written: Mutex<Option<Timestamp>>,
}

impl Mark {
    /// The mark in this file, which need not exist.
    pub(crate) fn at(file: PathBuf) -> Self {
        let text = small_file::read(&file, small_file::SETTINGS).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let written = text.and_then(|text| text.trim().parse().ok()).map(Timestamp);
        Self { file, written: Mutex::new(written) }
    }

    /// When the local copy was last current; `None` if never.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        *self.written.lock()
    }

    /// Records that the local copy is current now. If writing fails, the next start only shows an older time.
    pub(crate) fn set(&self, now: Timestamp) {
        let mut written = self.written.lock();
        if written.is_none_or(|at| (now.0 - at.0).abs() >= EVERY) && self.write(now).is_ok() {
            *written = Some(now);
        }
    }

    /// Replaces the file.
    fn write(&self, now: Timestamp) -> io::Result<()> {
        write_whole(&self.file, now.0.to_string().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_mark_survives_a_restart_and_is_written_now_and_then() {
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
