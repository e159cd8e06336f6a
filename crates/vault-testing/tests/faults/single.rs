//! Single documents: given back, looked at, opened in their own program.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use vault_core::model::{FileHash, LastModified, MatterId, MetadataHash};
use vault_core::ports::{Attention, PortError};
use vault_core::restore::{RestoreScope, Restored};

use super::world::{World, overwrite, set_time};

/// The identity of a document that was filed from a file with the usual time.
fn id(name: &str, content: &[u8]) -> MetadataHash {
    MetadataHash::of(name, LastModified(1_600_000_000_123), FileHash::of(content))
}

async fn give_back(world: &World, ids: &[MetadataHash], to: &Path) -> Restored {
    let scope = RestoreScope::Documents(MatterId::general(), ids.to_vec());
    world.vault.restore(&scope, to, Arc::default()).await.unwrap()
}

fn entries(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[tokio::test]
async fn chosen_documents_come_back_side_by_side_under_their_names() {
    let world = World::new().await;
    world.write("1/a.txt", b"one");
    world.write("2/a.txt", b"two");
    world.write("2/3/b.txt", b"three");
    world.write("not asked for.txt", b"four");
    world.file().await;
    let (one, two, three) = (id("a.txt", b"one"), id("a.txt", b"two"), id("b.txt", b"three"));
    let back = world.elsewhere("back");
    let restored = give_back(&world, &[three, one, two, one], &back).await;
    assert_eq!((restored.restored, restored.problems, restored.renamed.len()), (3, vec![], 1));
    assert_eq!(entries(&back), ["a (2).txt", "a.txt", "b.txt"]);
    assert_eq!(fs::read(back.join("a.txt")).unwrap(), b"one");
    assert_eq!(fs::read(back.join("a (2).txt")).unwrap(), b"two");
    let modified = fs::metadata(back.join("b.txt")).unwrap().modified().unwrap();
    assert_eq!(modified, UNIX_EPOCH + Duration::from_millis(1_600_000_000_123));

    let again = give_back(&world, &[three, one, two], &back).await;
    assert_eq!((again.restored, again.already_there), (0, 3));
    fs::write(back.join("b.txt"), b"mine").unwrap();
    give_back(&world, &[three], &back).await;
    assert_eq!(fs::read(back.join("b.txt")).unwrap(), b"mine");
    assert_eq!(fs::read(back.join("b (2).txt")).unwrap(), b"three");
}

#[tokio::test]
async fn a_name_that_is_not_unicode_comes_back_exactly() {
    let world = World::new().await;
    let name = OsStr::from_bytes(b"Br\xfccke 100%.txt");
    fs::write(world.folder().join(name), b"text").unwrap();
    set_time(&world.folder().join(name), 1_600_000_000_123);
    world.file().await;
    let back = world.elsewhere("back");
    let restored = give_back(&world, &[id("Br%FCcke 100%.txt", b"text")], &back).await;
    assert_eq!((restored.restored, restored.renamed), (1, vec![]));
    assert_eq!(fs::read(back.join(name)).unwrap(), b"text");
}

#[tokio::test]
async fn a_document_that_is_damaged_or_unknown_does_not_hold_up_the_others() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    world.write("b.txt", b"other");
    world.file().await;
    overwrite(world.blobs().iter().find(|path| fs::read(path).unwrap() == b"text").unwrap(), b"teXt");
    let unknown = id("never filed", b"");
    let back = world.elsewhere("back");
    let restored = give_back(&world, &[id("a.txt", b"text"), unknown, id("b.txt", b"other")], &back).await;
    assert_eq!((restored.restored, entries(&back)), (1, vec!["b.txt".to_owned()]));
    let reasons: Vec<_> = restored.problems.iter().map(|problem| (problem.path.text(), &problem.reason[..])).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(
        reasons.iter().any(|(path, why)| *path == "a.txt" && why.starts_with("Verification failed")),
        "{reasons:?}"
    );
    assert!(reasons.iter().any(|(path, why)| *path == unknown.to_string() && why.contains("no such document")));
}

#[tokio::test]
async fn a_preview_is_verified_and_no_larger_than_asked_for() {
    let world = World::new().await;
    world.write("a.txt", b"the text");
    world.write("empty.txt", b"");
    world.file().await;
    let content = FileHash::of(b"the text");
    let read = async |content, most| world.vault.read_verified(content, most).await;
    assert_eq!(read(content, 8).await, Ok(Some(b"the text".to_vec())));
    assert_eq!(read(content, 7).await, Ok(None));
    assert_eq!(read(FileHash::of(b""), 0).await, Ok(Some(Vec::new())));
    let unknown = read(FileHash::of(b"never filed"), 8).await;
    assert!(matches!(unknown, Err(PortError::NeedsPerson { kind: Attention::Invalid, .. })), "{unknown:?}");

    let blob = world.blobs().into_iter().find(|path| fs::read(path).unwrap() == b"the text").unwrap();
    for damaged in [&b"thE text"[..], b"the tex", b"the text and more"] {
        overwrite(&blob, damaged);
        let refused = read(content, 100).await.unwrap_err().to_string();
        assert!(refused.starts_with("Verification failed"), "{refused}");
    }
    fs::remove_file(&blob).unwrap();
    let refused = read(content, 100).await.unwrap_err().to_string();
    assert!(refused.starts_with("Content missing"), "{refused}");
}

#[tokio::test]
async fn a_copy_to_open_is_verified_and_writes_over_nothing() {
    let world = World::new().await;
    world.write("a.txt", b"the text");
    world.file().await;
    let content = FileHash::of(b"the text");
    let folder = world.elsewhere("opened");
    fs::create_dir(&folder).unwrap();
    let copy = async |name: &str| world.vault.verified_copy(content, &folder, name).await;
    assert_eq!(copy("Letter.txt").await, Ok(folder.join("Letter.txt")));
    assert_eq!(fs::read(folder.join("Letter.txt")).unwrap(), b"the text");
    assert_eq!(copy("Letter.txt").await, Ok(folder.join("Letter (2).txt")));
    for hostile in ["../outside", "..", ".", "", "a/b", "a\0b"] {
        let refused = copy(hostile).await;
        assert!(matches!(refused, Err(PortError::NeedsPerson { kind: Attention::Invalid, .. })), "{refused:?}");
    }
    let link = folder.join("link.txt");
    std::os::unix::fs::symlink(world.elsewhere("outside"), &link).unwrap();
    assert_eq!(copy("link.txt").await, Ok(folder.join("link (2).txt")));
    assert!(!world.elsewhere("outside").exists());
    let before = entries(&folder);

    for damaged in [&b"thE text"[..], b"the tex", b"the text and more"] {
        overwrite(&world.blobs()[0], damaged);
        let refused = copy("Other.txt").await.unwrap_err().to_string();
        assert!(refused.starts_with("Verification failed"), "{refused}");
        assert_eq!(entries(&folder), before, "nothing is left of it");
    }
    let nowhere = world.vault.verified_copy(content, &world.elsewhere("nowhere"), "a.txt").await;
    assert!(matches!(nowhere, Err(PortError::TryLater { .. })), "{nowhere:?}");
}
