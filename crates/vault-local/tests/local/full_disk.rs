//! A disk that is full: files that fit are stored and reported, the rest waits, and nothing is left incomplete.
//!
//! Needs its own file system, so it runs if this process may mount one, and says so if it may not.
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use vault_core::model::BlobRef;
use vault_core::ports::{Attention, Blobs as _, Identity as _, PortError, Presence, Put, PutFailure, SystemClock};
use vault_local::LocalVault;

use crate::files::{Unwatched, written};

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
    let puts: Vec<Put> =
        (0..40_u8).map(|n| written(&home.path().join(n.to_string()), &vec![n; 300_000], &team)).collect();
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
