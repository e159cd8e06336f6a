//! The hashes of files from the last reading.

use crate::common::*;
use vault_core::model::ContentMd5;
use vault_core::ports::{self, FileStamp, Fingerprint, Fingerprints as _, Mirror as _};

fn fingerprint(n: u64) -> Fingerprint {
    let mut path_key = [0; 16];
    path_key[..8].copy_from_slice(&(n * 7919 % 10_007).to_le_bytes());
    let stamp = FileStamp { size: n, modified: -5, changed: i128::MAX - i128::from(n), device: u64::MAX, inode: n };
    Fingerprint { path_key, stamp, hash: hash(n) }
}

#[tokio::test]
async fn a_file_is_known_by_exactly_its_stamp() {
    let (_home, cache) = cache().await;
    let read: Vec<Fingerprint> = (0..5000).map(fingerprint).collect();
    cache.remember(&read).await.expect("remember");
    let asked: Vec<_> = read.iter().map(|f| (f.path_key, f.stamp)).collect();
    let expected: Vec<_> = read.iter().map(|f| Some(f.hash)).collect();
    assert_eq!(cache.recall(&asked).await, Ok(expected));
    let stamp = read[9].stamp;
    let changed = [
        FileStamp { size: stamp.size + 1, ..stamp },
        FileStamp { modified: stamp.modified + 1, ..stamp },
        FileStamp { changed: stamp.changed - 1, ..stamp },
        FileStamp { device: 0, ..stamp },
        FileStamp { inode: stamp.inode + 1, ..stamp },
    ];
    let asked: Vec<_> = changed.iter().map(|stamp| (read[9].path_key, *stamp)).collect();
    assert_eq!(cache.recall(&asked).await, Ok(vec![None; 5]));
    assert_eq!(cache.recall(&[([0xEE; 16], stamp)]).await, Ok(vec![None]));
    assert_eq!(cache.recall(&[]).await, Ok(vec![]));
}

#[tokio::test]
async fn a_new_reading_replaces_the_known_fingerprint() {
    let (_home, cache) = cache().await;
    cache.remember(&[fingerprint(1)]).await.expect("remember");
    let newer = Fingerprint { hash: hash(77), stamp: fingerprint(2).stamp, ..fingerprint(1) };
    cache.remember(&[newer]).await.expect("remember");
    let asked = [(newer.path_key, fingerprint(1).stamp), (newer.path_key, newer.stamp), (newer.path_key, newer.stamp)];
    assert_eq!(cache.recall(&asked).await, Ok(vec![None, Some(newer.hash), Some(newer.hash)]));
    cache.remember(&[]).await.expect("nothing");
}

/// The MD5 of a file is computed only on demand: hashes do not wait for it, as they once did.
#[tokio::test]
async fn a_file_is_known_without_a_checksum_and_a_checksum_is_kept_by_content() {
    let (_home, cache) = cache().await;
    let read = [fingerprint(1), fingerprint(2)];
    cache.remember(&read).await.expect("remember");
    let asked: Vec<_> = read.iter().map(|f| (f.path_key, f.stamp)).collect();
    let both = Ok(vec![Some(read[0].hash), Some(read[1].hash)]);
    assert_eq!(cache.recall(&asked).await, both);
    ports::Verifications::remember_md5(&cache, &[(read[1].hash, ContentMd5([7; 16]))]).await.expect("remember");
    cache.clear().await.expect("clear");
    assert_eq!(cache.recall(&asked).await, both, "it is not a copy of anything");
    assert_eq!(
        ports::Verifications::md5_of(&cache, &[read[1].hash, read[0].hash]).await,
        Ok(vec![Some(ContentMd5([7; 16])), None])
    );
}
