//! A stopped check of the vault, stored beside the queue so that the next check can continue it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use vault_core::durable::write_whole;
use vault_core::model::MatterId;
use vault_core::{Fault, UpTo, Verification, small_file};

use crate::opened::Opened;

/// Version of the file format.
const VERSION: u32 = 1;

/// Larger than the state of any check worth continuing.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Where a stopped check is stored.
#[derive(Debug, Clone)]
pub struct UnfinishedCheck(PathBuf);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    version: u32,
    matter: String,
    record: String,
    records: u64,
    contents: u64,
    bytes: u64,
    missing: Vec<KeptFault>,
    damaged: Vec<KeptFault>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptFault {
    storage_path: String,
    documents: Vec<String>,
}

impl UnfinishedCheck {
    /// The stopped check of this vault.
    pub fn of(opened: &Opened) -> Self {
        Self(opened.folder.join("check.json"))
    }

    /// The check to continue; `None` if none was stopped or it cannot be read, and then everything is checked.
    pub fn read(&self) -> Option<Verification> {
        let kept: Kept = serde_json::from_slice(&small_file::read(&self.0, MOST_BYTES).ok()?).ok()?;
        let Kept { version, matter, record, records, contents, bytes, missing, damaged } = kept;
        let up_to = UpTo { matter: MatterId::new(matter).ok()?, record: record.parse().ok()? };
        let faults = |kept: Vec<KeptFault>| kept.into_iter().map(KeptFault::fault).collect::<Option<Vec<_>>>();
        let (missing, damaged) = (faults(missing)?, faults(damaged)?);
        let found =
            Verification { records, contents, bytes, missing, damaged, up_to: Some(up_to), ..Verification::default() };
        (version == VERSION).then_some(found)
    }

    /// Stores a stopped check; removes the file for a finished one.
    ///
    /// # Errors
    /// As the system reports them.
    pub fn keep(&self, found: &Verification) -> io::Result<()> {
        let Verification { records, contents, bytes, missing, damaged, stopped, up_to, .. } = found;
        let Some(UpTo { matter, record }) = up_to.as_ref().filter(|_| *stopped) else {
            self.forget();
            return Ok(());
        };
        let kept = Kept {
            version: VERSION,
            matter: matter.to_string(),
            record: record.to_string(),
            records: *records,
            contents: *contents,
            bytes: *bytes,
            missing: missing.iter().map(KeptFault::of).collect(),
            damaged: damaged.iter().map(KeptFault::of).collect(),
        };
        let text = serde_json::to_vec_pretty(&kept).unwrap_or_default();
        write_whole(&self.0, &text)
    }

    /// Removes the stored check.
    pub fn forget(&self) {
        // A leftover file does no harm.
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::debug!(kind = ?error.kind(), "a stopped check is not removed");
        }
    }

    /// The file, for messages.
    pub fn file(&self) -> &Path {
        &self.0
    }
}

impl KeptFault {
    fn of(fault: &Fault) -> Self {
        Self { storage_path: fault.path.to_string(), documents: fault.documents.clone() }
    }

    fn fault(self) -> Option<Fault> {
        Some(Fault { path: self.storage_path.parse().ok()?, documents: self.documents })
    }
}

#[cfg(test)]
mod tests {
    use vault_core::model::{FileHash, LastModified, MetadataHash, StoragePath, TeamId};

    use super::*;

    fn found(stopped: bool) -> Verification {
        let team = TeamId::new("firm").expect("an id");
        let path = StoragePath::new(&team, &MatterId::general(), FileHash::of(b"x"), "a.pdf");
        let record = MetadataHash::of("a.pdf", LastModified(-1), FileHash::of(b"x"));
        Verification {
            records: 3,
            contents: 2,
            bytes: 17,
            missing: vec![Fault { path, documents: vec!["ü|\".pdf".to_owned()] }],
            stopped,
            up_to: Some(UpTo { matter: MatterId::general(), record }),
            ..Verification::default()
        }
    }

    #[test]
    fn a_stopped_check_is_kept_for_the_next_start_and_cleared_once_done() {
        let place = tempfile::tempdir().expect("a folder");
        let unfinished = UnfinishedCheck(place.path().join("check.json"));
        assert_eq!(unfinished.read(), None);
        unfinished.keep(&found(true)).expect("kept");
        assert_eq!(unfinished.read(), Some(Verification { stopped: false, ..found(true) }));
        unfinished.keep(&found(false)).expect("forgotten");
        assert_eq!(unfinished.read(), None);
    }

    #[test]
    fn an_unreadable_file_is_no_check_to_continue() {
        let place = tempfile::tempdir().expect("a folder");
        let unfinished = UnfinishedCheck(place.path().join("check.json"));
        unfinished.keep(&found(true)).expect("kept");
        let good = fs::read_to_string(&unfinished.0).expect("text");
        for (from, to) in [("general", ".."), ("\"version\": 1", "\"version\": 2"), ("teams/", "../teams/"), ("{", "")]
        {
            fs::write(&unfinished.0, good.replacen(from, to, 1)).expect("written");
            assert_eq!(unfinished.read(), None, "{from} → {to}");
        }
    }
}
