//! The contract of [`Verifications`].

use std::sync::Arc;

use vault_core::model::{BlobRef, FileHash, MatterId, StoragePath, TeamId};
use vault_core::ports::Verifications;

use super::Keep;

/// An implementation under test, empty.
pub struct Subject {
    /// The implementation.
    pub verifications: Arc<dyn Verifications>,
    /// The same, opened once more.
    pub again: Arc<dyn Verifications>,
    /// Keeps the folder of the implementation alive.
    pub keep: Keep,
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! verifications_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, verifications:
            only_this_path_and_size_are_recalled,
            many_answers_come_in_the_order_requested,
        );
    };
}

fn blob(team: &str, matter: &str, n: u64, name: &str) -> BlobRef {
    let (team, matter) = (TeamId::new(team).expect("id"), MatterId::new(matter).expect("id"));
    BlobRef { path: StoragePath::new(&team, &matter, FileHash::of(&n.to_le_bytes()), name), size: n }
}

/// The same content at another path, with another extension or of another length was not verified.
pub async fn only_this_path_and_size_are_recalled(subject: &Subject) {
    let one = blob("oak", "a", 1, "a.pdf");
    let longer = BlobRef { size: 2, ..one.clone() };
    let others = [blob("elm", "a", 1, "a.pdf"), blob("oak", "b", 1, "a.pdf"), blob("oak", "a", 1, "a.txt"), longer];
    let all: Vec<BlobRef> = others.iter().cloned().chain([one.clone()]).collect();
    assert_eq!(subject.verifications.recall(&all).await, Ok(vec![false; 5]));
    for _ in 0..2 {
        subject.verifications.remember(std::slice::from_ref(&one)).await.expect("remember");
        for verifications in [&subject.verifications, &subject.again] {
            assert_eq!(verifications.recall(&all).await, Ok(vec![false, false, false, false, true]));
        }
    }
}

/// Any number in one request, known or not, the same one twice.
pub async fn many_answers_come_in_the_order_requested(subject: &Subject) {
    let all: Vec<_> = (0..5000).map(|n| blob("oak", "a", n, "a.pdf")).collect();
    let known: Vec<_> = all.iter().filter(|blob| blob.size % 3 != 0).chain(&all[1..2]).cloned().collect();
    subject.verifications.remember(&known).await.expect("remember");
    subject.verifications.remember(&[]).await.expect("nothing");
    let asked: Vec<_> = all.iter().rev().chain(&all[..2]).cloned().collect();
    let expected: Vec<_> = asked.iter().map(|blob| blob.size % 3 != 0).collect();
    assert_eq!(subject.verifications.recall(&asked).await, Ok(expected));
    assert_eq!(subject.verifications.recall(&[]).await, Ok(vec![]));
}
