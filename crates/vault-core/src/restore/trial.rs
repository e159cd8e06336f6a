//! Finds out how a drive handles names, by trying. The same drive has different rules on different systems, and
//! refusals vary: "not found", "not permitted", or no error but a different name.

use std::io;

use unicode_normalization::UnicodeNormalization as _;

use super::drive::DriveFolder;
use super::drive_names::{DriveNames, Letters, REFUSED, Unit};
use crate::model::PathText;
use crate::system_fault::SystemFault;

/// The longest name of all common file systems.
const LONGEST: usize = 255;

/// Tries names in an empty folder, which is empty again afterwards.
///
/// # Errors
/// As the system reports them, if not even an ordinary name works.
pub(super) fn names_of(folder: &impl DriveFolder) -> io::Result<DriveNames> {
    let folds_case = same(folder, "Trial", "tRIAL")?;
    // On Windows some of these mean something else to the file API, so they are never used there.
    let here = !cfg!(windows);
    let mut marks = String::new();
    for mark in REFUSED.chars() {
        if here && takes(folder, &PathText::plain(format!("a{mark}b")))? {
            marks.push(mark);
        }
    }
    let controls = here && takes(folder, &PathText::plain("a\u{1}b"))?;
    let ends = here && takes(folder, &PathText::plain("a."))? && takes(folder, &PathText::plain("a "))?;
    let devices = here && takes(folder, &PathText::plain("con"))?;
    let letters = letters(folder)?;
    let folds_forms = letters > Letters::Ascii && same(folder, "\u{e9}", "e\u{301}")?;
    let longest = longest(folder)?;
    let wide = letters > Letters::Ascii && takes(folder, &PathText::plain("\u{e9}".repeat(longest)))?;
    let unit = if wide { Unit::Utf16 } else { Unit::Bytes };
    Ok(DriveNames { marks, controls, ends, devices, letters, folds_case, folds_forms, longest, unit })
}

fn letters(folder: &impl DriveFolder) -> io::Result<Letters> {
    let tried = [
        PathText::from_bytes(b"a\xff".to_vec()),
        PathText::plain("\u{e4}\u{5408}\u{1d54f}"),
        PathText::plain("\u{e4}\u{5408}"),
    ];
    // Accepting any bytes implies accepting any text; a drive may also just be lenient about bytes, so text is tried as
    // well.
    let taken: Vec<bool> = tried.iter().map(|name| takes(folder, name)).collect::<io::Result<_>>()?;
    Ok(match taken[..] {
        [true, true, true] if !cfg!(windows) => Letters::Bytes,
        [_, true, true] => Letters::Unicode,
        [_, false, true] => Letters::Basic,
        _ => Letters::Ascii,
    })
}

fn longest(folder: &impl DriveFolder) -> io::Result<usize> {
    let takes = |length: usize| takes(folder, &PathText::plain("a".repeat(length)));
    if takes(LONGEST)? {
        return Ok(LONGEST);
    }
    let (mut shorter, mut longer) = (1, LONGEST);
    while shorter + 1 < longer {
        let middle = shorter.midpoint(longer);
        if takes(middle)? {
            shorter = middle;
        } else {
            longer = middle;
        }
    }
    Ok(shorter)
}

/// Whether a file can be created with the name, and then has that name.
fn takes(folder: &impl DriveFolder, name: &PathText) -> io::Result<bool> {
    match folder.create(name) {
        Ok(made) => drop(made),
        Err(error) => return refused(error).map(|()| false),
    }
    let names = folder.names()?;
    let composed = |name: &PathText| name.text().nfc().collect::<String>();
    let kept = names.iter().any(|there| there == name || composed(there) == composed(name));
    // By its actual name, which may differ.
    names.iter().try_for_each(|name| folder.remove(name))?;
    Ok(kept)
}

/// Whether the drive treats two names as equal.
fn same(folder: &impl DriveFolder, one: &str, other: &str) -> io::Result<bool> {
    let name = PathText::plain(one);
    drop(folder.create(&name)?);
    let same = folder.look(&PathText::plain(other)).is_ok();
    folder.remove(&name)?;
    Ok(same)
}

/// A full or failing drive refuses every name, which is no evidence about this one.
fn refused(error: io::Error) -> io::Result<()> {
    match SystemFault::of(&error) {
        SystemFault::NoRoom
        | SystemFault::Quota
        | SystemFault::ReadOnly
        | SystemFault::Failing
        | SystemFault::DriveGone
        | SystemFault::TooManyOpen
        | SystemFault::NoMemory => Err(error),
        _ => Ok(()),
    }
}
