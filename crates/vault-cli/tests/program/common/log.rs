//! The log of a folder's content: the reference for all checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// The entry of a file: hash, length, modified time in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Logged {
    pub(crate) sha256: String,
    pub(crate) size: u64,
    pub(crate) modified: i64,
}

/// Files by the bytes of their path below the folder that holds `Box`.
pub(crate) type Log = BTreeMap<Vec<u8>, Logged>;

/// Reads the content of a folder, whichever program wrote it.
pub(crate) fn log(place: &Path) -> Log {
    let mut log = Log::new();
    let mut folders = vec![place.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let (path, metadata) = (entry.path(), entry.metadata().unwrap());
            if metadata.is_dir() {
                folders.push(path);
                continue;
            }
            let content = fs::read(&path).unwrap();
            let since = metadata.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
            let logged = Logged {
                sha256: hex::encode(Sha256::digest(&content)),
                size: content.len() as u64,
                modified: i64::try_from(since.as_millis()).unwrap(),
            };
            log.insert(path.strip_prefix(place).unwrap().as_os_str().as_encoded_bytes().to_vec(), logged);
        }
    }
    log
}
