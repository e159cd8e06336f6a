//! The contract of [`Fingerprints`].

use std::sync::Arc;

use vault_core::model::FileHash;
use vault_core::ports::{FileStamp, Fingerprint, Fingerprints};

use super::Keep;

/// An implementation under test, empty.
pub struct Subject {
    /// The implementation.
    pub fingerprints: Arc<dyn Fingerprints>,
    /// The same, opened once more.
    pub again: Arc<dyn Fingerprints>,
    /// Keeps the folder of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! fingerprints_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, fingerprints:
            only_the_exact_stamp_is_recalled,
            a_later_reading_replaces_an_earlier_one,
            many_answers_come_in_the_order_requested,
        );
    };
}

fn read(n: u64) -> Fingerprint {
    let mut path_key = [0; 16];
    path_key[..8].copy_from_slice(&n.to_be_bytes());
    path_key[15] = 7;
    let stamp = FileStamp {
        size: n,
        modified: -1_500_000_000_000_000_001 + i128::from(n),
        changed: 1_700_000_000_123_456_789,
        device: 66_305,
        inode: u64::MAX - n,
    };
    Fingerprint { path_key, stamp, hash: FileHash::of(&n.to_le_bytes()) }
}

async fn recall(fingerprints: &Arc<dyn Fingerprints>, asked: &[Fingerprint]) -> Vec<Option<FileHash>> {
    let asked: Vec<_> = asked.iter().map(|one| (one.path_key, one.stamp)).collect();
    fingerprints.recall(&asked).await.expect("recall")
}

/// A file that differs in any property is not the file that was read.
pub async fn only_the_exact_stamp_is_recalled(subject: &Subject) {
    let one = read(1);
    assert_eq!(recall(&subject.fingerprints, &[one]).await, [None]);
    subject.fingerprints.remember(&[one]).await.expect("remember");
    assert_eq!(recall(&subject.fingerprints, &[one]).await, [Some(one.hash)]);
    assert_eq!(recall(&subject.again, &[one]).await, [Some(one.hash)]);
    let stamp = one.stamp;
    for other in [
        FileStamp { size: stamp.size + 1, ..stamp },
        FileStamp { modified: stamp.modified + 1, ..stamp },
        FileStamp { changed: stamp.changed + 1, ..stamp },
        FileStamp { device: stamp.device + 1, ..stamp },
        FileStamp { inode: stamp.inode - 1, ..stamp },
    ] {
        assert_eq!(recall(&subject.fingerprints, &[Fingerprint { stamp: other, ..one }]).await, [None], "{other:?}");
    }
}

/// The last reading of a path replaces the earlier one.
pub async fn a_later_reading_replaces_an_earlier_one(subject: &Subject) {
    let one = read(1);
    let stamp = FileStamp { modified: one.stamp.modified + 5, ..one.stamp };
    let later = Fingerprint { stamp, hash: FileHash::of(b"later"), ..one };
    subject.fingerprints.remember(&[one]).await.expect("remember");
    subject.fingerprints.remember(&[later]).await.expect("remember");
    assert_eq!(recall(&subject.fingerprints, &[one, later]).await, [None, Some(later.hash)]);
}

/// Any number in one request, known or not, the same one twice.
pub async fn many_answers_come_in_the_order_requested(subject: &Subject) {
    let all: Vec<_> = (0..3000).map(read).collect();
    let known: Vec<_> = all.iter().copied().filter(|one| one.stamp.size % 3 != 0).collect();
    subject.fingerprints.remember(&known).await.expect("remember");
    subject.fingerprints.remember(&[]).await.expect("nothing");
    let asked: Vec<_> = all.iter().rev().chain(&all[..2]).copied().collect();
    let expected: Vec<_> = asked.iter().map(|one| (one.stamp.size % 3 != 0).then_some(one.hash)).collect();
    assert_eq!(recall(&subject.fingerprints, &asked).await, expected);
    assert_eq!(recall(&subject.fingerprints, &[]).await, []);
}
