//! The MD5 of content that was verified since the program started, by its hash: what the server must say of it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use vault_core::model::{ContentMd5, FileHash};

use super::object::Md5;

/// More than are asked for again; about ten megabytes.
const MOST: usize = 200_000;

#[derive(Default)]
pub(super) struct Md5s(Mutex<HashMap<FileHash, Md5>>);

impl Md5s {
    pub(super) fn get(&self, hash: FileHash) -> Option<Md5> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).copied()
    }

    /// Takes those that are kept elsewhere, in the same order.
    pub(super) fn take(&self, contents: &[FileHash], kept: &[Option<ContentMd5>]) {
        for (content, md5) in contents.iter().zip(kept) {
            if let Some(ContentMd5(md5)) = md5 {
                self.keep(*content, *md5);
            }
        }
    }

    pub(super) fn keep(&self, hash: FileHash, md5: Md5) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, md5);
    }
}
