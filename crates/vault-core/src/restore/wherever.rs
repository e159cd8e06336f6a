//! Reading content wherever it may be.
//!
//! A record may name a place with other bytes, or with nothing: then the content is looked for where it was claimed. And it may
//! name a place with very many bytes: no more are read than somebody said that the content has.

use tokio::runtime::Handle;

use super::verified::{Unverified, Verified};
use crate::model::BlobRef;
use crate::ports::{Blobs, Place};

/// Gives the content to `read`, from the place of its record and, if that holds something else or nothing, from the claimed
/// one. No more than `longest` bytes are read of either.
///
/// # Errors
/// Why it cannot be read from the first place, if the second does not have it.
pub(crate) fn read_wherever<T>(
    (blobs, runtime): (&dyn Blobs, &Handle),
    blob: &BlobRef,
    longest: u64,
    mut read: impl FnMut(Verified) -> Result<T, Unverified>,
) -> Result<T, Unverified> {
    let mut at = |place| {
        let opened = runtime.block_on(blobs.open(blob, place, longest)).map_err(Unverified::Vault)?;
        read(Verified::up_to(opened.ok_or(Unverified::Missing)?, blob.hash(), longest))
    };
    let first = match at(Place::Recorded) {
        Err(first) if is_not_there(&first) => first,
        read => return read,
    };
    match at(Place::Claimed) {
        Err(second) if is_not_there(&second) => Err(first),
        read => read,
    }
}

/// Whether a place does not have the content.
fn is_not_there(error: &Unverified) -> bool {
    match error {
        Unverified::Damaged | Unverified::Missing => true,
        Unverified::Vault(error) => error.is_damage(),
        Unverified::Unread(_) | Unverified::Io(_) => false,
    }
}
