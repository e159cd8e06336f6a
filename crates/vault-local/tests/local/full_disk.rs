//! A disk that is full: files that fit are stored and reported, the rest waits, and nothing is left incomplete.
//!
//! Needs its own file system, so it runs if this process may mount one, and says so if it may not.
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use vault_core::intake::Source;
use vault_core::model::{BlobRef, FileHash, LastModified, MatterId, StoragePath};
use vault_core::ports::{
    Attention, Blobs as _, Identity as _, PortError, Presence, Put, PutFailure, PutWatch, Reading, SystemClock,
    UploadSession,
};
use vault_local::LocalVault;

struct Unwatched;

impl PutWatch for Unwatched {
    fn stored(&self, _bytes: u64) {}

    fn file_stored(&self, _index: usize) {}

    fn stop(&self) -> bool {
        false
    }

    fn session(&self, _index: usize, _session: &UploadSession) {}
}

/// A small file system, as long as this value lives.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    fn mount(at: &'a Path) -> Option<Self> {
        std::fs::create_dir(at).expect("folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).output();
    }
}

#[tokio::test]
#[allow(clippy::print_stderr)]
async fn files_that_fit_are_stored_and_the_rest_waits_for_room() {
    let home = tempfile::tempdir().expect("folder");
    let place = home.path().join("small");
    let Some(_small) = Small::mount(&place) else {
        eprintln!("left out: this user may not mount a file system");
        return;
    };
    let folder = place.join("vault");
    let vault = LocalVault::open(&folder, Arc::new(SystemClock)).await.expect("open");
    let team = vault.identity.person().await.expect("person").team;
    let puts: Vec<Put> = (0..40_u8)
        .map(|n| {
            let path = home.path().join(n.to_string());
            let content = vec![n; 300_000];
            std::fs::write(&path, &content).expect("write");
            let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("time");
            let last_modified = LastModified::from_system(modified);
            let expected = Reading { size: 300_000, last_modified, hash: FileHash::of(&content) };
            let path_in_vault = StoragePath::new(&team, &MatterId::general(), expected.hash, "a.pdf");
            Put {
                blob: BlobRef { path: path_in_vault, size: 300_000 },
                source: Source { path, expected },
                resume: None,
                begun: false,
            }
        })
        .collect();
    let blobs: Vec<BlobRef> = puts.iter().map(|put| put.blob.clone()).collect();
    let answers = vault.blobs.put(puts, Arc::new(Unwatched)).await.expect("an answer for each");
    let stored = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(stored > 5 && stored < 25, "{stored}");
    for answer in answers.iter().filter(|answer| answer.is_err()) {
        let no_room = matches!(
            answer,
            Err(PutFailure::Vault(PortError::NeedsPerson { kind: Attention::NoRoom, message })) if message.contains("full")
        );
        assert!(no_room, "{answer:?}");
    }
    let expected: Vec<Presence> =
        answers.iter().map(|answer| if answer.is_ok() { Presence::Verified } else { Presence::Missing }).collect();
    assert_eq!(vault.blobs.check(&blobs).await, Ok(expected));
    assert_eq!(folder.join("tmp").read_dir().expect("list").count(), 0);
}
