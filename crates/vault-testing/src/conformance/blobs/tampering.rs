//! Changes to the storage by others.

use vault_core::ports::Presence;

use super::{Subject, noise};

/// A file of the right name is not the content; the content replaces it.
pub async fn junk_in_place_of_content_is_not_content(subject: &Subject) {
    let files = subject.files();
    for (name, junk) in [("longer", &b"something else"[..]), ("as long", b"so long"), ("empty", b"")] {
        let put = files.file(name, name.as_bytes());
        let blob = std::slice::from_ref(&put.blob);
        (subject.tamper)(&put.blob.path.to_string(), Some(junk));
        assert_eq!(subject.blobs.check(blob).await, Ok(vec![Presence::Different]), "{name}");
        subject.heal(&put).await;
        assert_eq!(subject.blobs.check(blob).await, Ok(vec![Presence::Verified]), "{name}");
        assert_eq!(subject.read(&put.blob).await.as_deref(), Some(name.as_bytes()));
    }
    assert_eq!(subject.blobs.list(None, 10).await.expect("list").len(), 3);
}

/// One changed byte in content verified before is noticed; filing the same file repairs it.
pub async fn damage_is_found_and_repaired(subject: &Subject) {
    let files = subject.files();
    let content = noise(1, 400_000);
    let put = files.file("a.pdf", &content);
    let other = files.file("b.pdf", &noise(2, 1000));
    let both = [put.blob.clone(), other.blob.clone()];
    subject.put(&[put.clone(), other]).await;
    assert_eq!(subject.blobs.check(&both).await, Ok(vec![Presence::Verified; 2]));
    let mut damaged = content.clone();
    damaged[200_000] ^= 1;
    for bytes in [&damaged[..], &content[..399_999]] {
        (subject.tamper)(&put.blob.path.to_string(), Some(bytes));
        for _ in 0..2 {
            assert_eq!(subject.blobs.check(&both).await, Ok(vec![Presence::Different, Presence::Verified]));
        }
        subject.heal(&put).await;
        assert_eq!(subject.blobs.check(&both).await, Ok(vec![Presence::Verified; 2]));
        assert!(subject.read(&put.blob).await.as_ref() == Some(&content));
    }
    // The same content rewritten by others is the content.
    (subject.tamper)(&put.blob.path.to_string(), Some(&content));
    assert_eq!(subject.blobs.check(&both).await, Ok(vec![Presence::Verified; 2]));
}

/// What an administrator deletes is missing, and can be stored again.
pub async fn deleted_content_is_missing(subject: &Subject) {
    let put = subject.files().file("a.pdf", b"here today");
    assert!(subject.read(&put.blob).await.is_none());
    let files = subject.files();
    let put = files.file("a.pdf", b"here today");
    subject.put(std::slice::from_ref(&put)).await;
    (subject.tamper)(&put.blob.path.to_string(), None);
    assert_eq!(subject.blobs.check(std::slice::from_ref(&put.blob)).await, Ok(vec![Presence::Missing]));
    assert!(subject.read(&put.blob).await.is_none());
    assert_eq!(subject.put(std::slice::from_ref(&put)).await, [Ok(())]);
    assert_eq!(subject.blobs.check(std::slice::from_ref(&put.blob)).await, Ok(vec![Presence::Verified]));
}
