//! Reads content from whichever place has it.
//!
//! A record may point to a place with other bytes, or none: then the content is read from the claimed place. A place
//! may also hold far too many bytes: no more are read than the largest size given for the content.

use tokio::runtime::Handle;

use super::verified::{Unverified, Verified};
use crate::model::BlobRef;
use crate::ports::{Blobs, Place};

/// Passes the content to `read`: from the place in its record or, if that has something else or nothing, from the
/// claimed place. Reads at most `longest` bytes of either.
///
/// # Errors
/// The error of the first place, if the second does not have the content.
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
