//! Other content at the path of a document, put there by a member of the firm.

use std::fs;
use std::sync::Arc;

use vault_core::Progress;
use vault_core::model::FileHash;
use vault_testing::storage_server::{Fault, Step};

use super::world::{World, files};

const LETTER: &[u8] = b"Dear Sir or Madam";

/// Ten bytes were filed, and ten megabytes are at their path: none of them is read or written.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_longer_than_recorded_is_not_read() {
    let world = World::with(&[("a.pdf", b"ten bytes."), ("b.pdf", LETTER)]).await;
    world.server.plant(&world.place_of(b"ten bytes."), &vec![7; 10 << 20]);
    let (back, progress) = (world.path("back"), Arc::<Progress>::default());
    let restored = world.give_back(&back, &progress).await.unwrap();
    let [problem] = &restored.problems[..] else { panic!("{:?}", restored.problems) };
    assert!(problem.path.text() == "Box/a.pdf" && problem.reason.starts_with("Verification failed"), "{problem:?}");
    assert_eq!((restored.restored, progress.counts().bytes_done), (1, LETTER.len() as u64));
    let (hash, folder) = (FileHash::of(b"ten bytes."), world.path("opened"));
    fs::create_dir_all(&folder).unwrap();
    for error in [
        world.vault.read_verified(hash, 1000).await.map(|_| ()).unwrap_err(),
        world.vault.verified_copy(hash, &folder, "a.pdf").await.map(|_| ()).unwrap_err(),
    ] {
        assert!(error.to_string().starts_with("Verification failed") && error.to_string().contains("a.pdf"), "{error}");
    }
    assert!(files(&folder).is_empty());
}

/// If other bytes are at the path of a record, the content is searched where its first filer claimed it would
/// be stored.
#[tokio::test(flavor = "multi_thread")]
async fn content_missing_at_its_recorded_path_is_searched_at_the_claimed_one() {
    for junk in [b"Dear Mr or Sir XX".to_vec(), b"short".to_vec(), vec![7; 100_000]] {
        let world = World::with(&[("a.pdf", LETTER)]).await;
        world.claim_beside(LETTER);
        let place = world.server.paths().into_iter().find(|path| path.contains(".pdf")).unwrap();
        world.server.plant(&place, &junk);
        let (back, folder) = (world.path("back"), world.path("opened"));
        let restored = world.give_back(&back, &Arc::default()).await.unwrap();
        assert_eq!((restored.restored, restored.problems.len()), (1, 0), "{:?}", restored.problems);
        assert_eq!(files(&back)["Box/a.pdf"], LETTER);
        let hash = FileHash::of(LETTER);
        assert_eq!(world.vault.read_verified(hash, 1000).await, Ok(Some(LETTER.to_vec())));
        fs::create_dir_all(&folder).unwrap();
        let copy = world.vault.verified_copy(hash, &folder, "a.pdf").await.unwrap();
        assert_eq!(fs::read(copy).unwrap(), LETTER);
        let found = world.vault.verify(Arc::default()).await.unwrap();
        assert!(found.is_sound() && found.contents == 1, "{found:?}");
        assert!(found.orphaned.is_empty(), "the only whole copy is needed: {found:?}");
        // A dead connection is no reason to call it damaged.
        world.server.decide(|asked| (asked.step == Step::Media).then_some(Fault::CutAt(0)));
        assert!(world.give_back(&world.path("later"), &Arc::default()).await.is_err());
    }
}
