//! Content: the contract of every vault.

use std::sync::Arc;

use vault_core::model::{BlobRef, FileHash, MatterFields, MatterId, StoragePath};
use vault_core::ports::{Identity as _, Presence, Records as _};
use vault_firebase::{FirebaseBlobs, MemorySecrets};
use vault_testing::conformance::blobs;

use crate::world::{self, Administrator, connection, sign_in};

async fn open() -> blobs::Subject {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let team = administrator.team(&[&ann]).await;
    let session = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    assert_eq!(session.person().await.expect("person").team, team);
    let records = Arc::new(world::records(&session).await);
    // The matters that the suite files to.
    for id in ["a", "a-b", "a.b", "a_b"] {
        let fields = MatterFields { title: id.to_owned(), ..MatterFields::default() };
        records.put_matter(&MatterId::new(id).expect("id"), fields, false, None).await.expect("matter");
    }
    let open =
        async || Arc::new(FirebaseBlobs::open(&connection(), session.clone(), records.clone()).await.expect("open"));
    let (blobs, again) = (open().await, open().await);
    blobs::Subject { blobs, again, team, tamper: Box::new(tamper), immutable: true, keep: Box::new(()) }
}

/// As an administrator, from outside the test's own runtime.
fn tamper(path: &str, bytes: Option<&[u8]>) {
    let (path, bytes) = (path.to_owned(), bytes.map(<[u8]>::to_vec));
    let done = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(Administrator::new().put_object(&path, bytes.as_deref()));
    });
    done.join().expect("tampered");
}

vault_testing::blobs_conformance!(open);

/// A record may name any path; content in a missing matter, or behind a wall, does not exist for the reader.
#[tokio::test]
async fn an_inaccessible_path_counts_as_empty_and_blocks_nothing() {
    let subject = open().await;
    let hash = FileHash::of(b"x");
    let place = |matter: &str| BlobRef {
        path: StoragePath::new(&subject.team, &MatterId::new(matter).expect("id"), hash, "x.pdf"),
        size: 1,
    };
    let places = [place("nowhere"), place("a")];
    assert_eq!(subject.blobs.check(&places).await, Ok(vec![Presence::Missing; 2]));
    for place in &places {
        assert!(matches!(subject.blobs.get(place).await, Ok(None)));
    }
}
