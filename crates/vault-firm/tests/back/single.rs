//! One document: viewed, or opened in its own program.

use std::fs;

use vault_core::model::FileHash;
use vault_core::ports::{Attention, PortError};
use vault_testing::storage_server::Fault;

use super::world::{World, files};

const LETTER: &[u8] = b"Dear Sir or Madam";

/// The errors of both ways; neither leaves anything behind.
async fn refused(world: &World) -> [PortError; 2] {
    let opened = world.path("opened");
    fs::create_dir_all(&opened).unwrap();
    let (hash, before) = (FileHash::of(LETTER), files(&opened));
    let looked = world.vault.read_verified(hash, 1000).await.unwrap_err();
    let copied = world.vault.verified_copy(hash, &opened, "Letter.pdf").await.unwrap_err();
    assert_eq!(files(&opened), before, "{copied}");
    [looked, copied]
}

fn damaged(error: &PortError, words: &str) {
    assert!(matches!(error, PortError::NeedsPerson { kind: Attention::Damaged, .. }), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with(words) && text.contains("“Letter.pdf”") && text.ends_with('.'), "{text}");
}

/// Row 36.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_document_is_neither_shown_nor_opened_and_is_named() {
    let world = World::with(&[("Letter.pdf", LETTER), ("other.txt", b"other")]).await;
    let last = LETTER.len() as u64 * 8 - 1;
    for fault in [Fault::FlipBit(0), Fault::FlipBit(last), Fault::Shorten(1), Fault::Lengthen(1), Fault::Lengthen(99)] {
        world.always(LETTER, fault);
        for error in refused(&world).await {
            damaged(&error, "Verification failed");
        }
    }
    world.server.heal();
    assert_eq!(world.vault.read_verified(FileHash::of(LETTER), 1000).await, Ok(Some(LETTER.to_vec())));
    let copy = world.vault.verified_copy(FileHash::of(LETTER), &world.path("opened"), "Letter.pdf").await;
    assert_eq!(fs::read(copy.unwrap()).unwrap(), LETTER);
}

/// Row 37.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_without_its_content_is_named() {
    let world = World::with(&[("Letter.pdf", LETTER)]).await;
    world.server.remove(&world.place_of(LETTER));
    for error in refused(&world).await {
        damaged(&error, "Content missing");
    }
}

/// Row 7: a broken connection is no fault of the document.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_arrives_incomplete_can_be_requested_later() {
    let world = World::with(&[("Letter.pdf", LETTER)]).await;
    for at in [0, 5] {
        world.always(LETTER, Fault::CutAt(at));
        for error in refused(&world).await {
            assert!(
                matches!(&error, PortError::TryLater { message } if message.contains("cannot be reached")),
                "{error:?}"
            );
        }
    }
}
