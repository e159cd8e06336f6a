//! The filing lock: one program at a time files on one computer.

use std::fs::{File, TryLockError};
use std::path::Path;

use vault_core::private;

use crate::db::Result;
use crate::folder::{Folder, cannot};

/// Held during filing; released when it is dropped or the program ends, however it ends.
#[derive(Debug)]
pub struct FilingGuard {
    _file: File,
}

fn lock_file(path: &Path) -> Result<File> {
    let opened = private::file(path);
    opened.map_err(|error| cannot("open", path, &error))
}

/// Waits for the lock at `path`.
pub(crate) fn wait(path: &Path) -> Result<File> {
    let file = lock_file(path)?;
    file.lock().map_err(|error| cannot("lock", path, &error))?;
    Ok(file)
}

/// Acquires the filing lock, if it is free.
pub(crate) fn try_filing(folder: &Folder) -> Result<Option<FilingGuard>> {
    let path = folder.filing();
    let file = lock_file(&path)?;
    match file.try_lock() {
        Ok(()) => {
            folder.empty_tmp()?;
            Ok(Some(FilingGuard { _file: file }))
        }
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(cannot("lock", &path, &error)),
    }
}
