//! Intake: from dropped paths to fingerprints. It only reads.
//!
//! [`scan_and_hash`] lists the folders on one thread and reads the files on all cores. Its result, [`Found`], accounts
//! for every entry: a file with its size, time and hash, a problem with its reason, or something left out on purpose.

mod found;
mod left_out;
mod own;
mod problem;
mod progress;
mod read;
mod same;
mod scan_and_hash;
mod source;
mod sys;
mod walk;

pub use found::{Found, FoundFile, FoundFolder, ProblemFile, absolute};
pub use left_out::{InvalidPattern, LeftOutRules};
pub use own::OwnFolders;
pub(crate) use own::{STAGING, temporary_name};
pub use problem::Problem;
pub use progress::{IntakeCounts, IntakeProgress};
pub(crate) use same::{Compared, compare};
pub(crate) use scan_and_hash::scan_and_hash_roots;
pub use scan_and_hash::{LeftOut, Stopped, dropped_path, scan_and_hash};
pub use source::{Source, SourceReader};
pub(crate) use walk::Root;

/// Reads one file again, after it changed or could not be read before.
///
/// # Errors
/// Why it cannot be read now.
pub(crate) fn read_again(path: &std::path::Path) -> Result<crate::ports::Reading, Problem> {
    // It is never asked to stop, so there is always a reading.
    let read = source::fingerprint(path, &mut vec![0; read::BUFFER], &mut |_| true)?;
    read.map(|read| read.reading).ok_or(Problem::Changed)
}

/// When the file or folder at this path was last modified.
pub(crate) fn modified_now(path: &std::path::Path) -> Option<crate::model::LastModified> {
    sys::look(path).ok().map(|stat| stat.last_modified)
}

/// Whether there is a folder at this path now; a link to one doesn't count.
pub(crate) fn is_folder(path: &std::path::Path) -> bool {
    sys::look(path).is_ok_and(|stat| stat.kind == sys::Kind::Folder)
}

#[cfg(test)]
pub(crate) mod testing {
    use super::found::{Found, FoundFile, FoundFolder, Listing};
    use crate::model::{FileHash, LastModified, PathText};
    use crate::ports::Reading;

    /// A drop of one folder with one-byte files of these contents.
    pub(crate) fn found_with(contents: &[u8]) -> Found {
        let mut listing = Listing::default();
        let mut files = Vec::new();
        for (index, content) in contents.iter().enumerate() {
            let entry = listing.push(0, format!("{index}.pdf").as_bytes());
            let reading = Reading { size: 1, last_modified: LastModified(0), hash: FileHash::of(&[*content]) };
            files.push(FoundFile { entry, reading });
        }
        let folder = FoundFolder { source: 0, path: PathText::plain("Box"), last_modified: Some(LastModified(0)) };
        Found { sources: vec!["/media/Box".into()], folders: vec![folder], files, listing, ..Found::default() }
    }
}
