//! A client's folder, made from a seed: small, with everything that a folder can contain.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::numbers::Numbers;
use crate::plan::{Plan, Storage};
use crate::storage_faults::CHUNK;

/// Part of every name, so that a misplaced name is found.
pub(crate) const MARK: &str = "Mandant";

const FOLDERS: [&[u8]; 6] = [b"Exhibits", b"2025", b"Scans & more", "Übergabe".as_bytes(), b"a|b", b"not \xff UTF-8"];

/// Makes `place/Box`.
pub(crate) fn make(place: &Path, plan: &Plan) -> PathBuf {
    let folder = place.join("Box");
    let mut numbers = Numbers::new(plan.seed ^ 0xF11E5);
    let files = 3 + numbers.below(if plan.storage == Storage::Strict { 14 } else { 6 });
    let large = (plan.storage == Storage::Strict && numbers.below(4) == 0).then(|| numbers.below(files));
    let mut contents: Vec<Vec<u8>> = Vec::new();
    for index in 0..files {
        let mut at = folder.clone();
        for level in 0..numbers.below(3) {
            at.push(OsStr::from_bytes(FOLDERS[usize::try_from((index + level) % 6).unwrap()]));
        }
        fs::create_dir_all(&at).unwrap();
        let content = if large == Some(index) {
            let more = numbers.below(CHUNK + CHUNK / 2);
            numbers.bytes(CHUNK + 1 + more)
        } else {
            content(&mut numbers, &contents)
        };
        let path = at.join(name(&mut numbers, index));
        fs::write(&path, &content).unwrap();
        let time = UNIX_EPOCH + Duration::from_micros(1_500_000_000_000_000 + numbers.below(200_000_000_000_000));
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        contents.push(content);
    }
    fs::create_dir_all(folder.join("Nothing in here")).unwrap();
    folder
}

fn content(numbers: &mut Numbers, before: &[Vec<u8>]) -> Vec<u8> {
    match numbers.below(8) {
        0 => Vec::new(),
        1 | 2 if !before.is_empty() => {
            let which = numbers.below(before.len() as u64);
            before[usize::try_from(which).unwrap()].iter().copied().take(1 << 20).collect()
        }
        3 => {
            let length = 50_000 + numbers.below(400_000);
            numbers.bytes(length)
        }
        _ => {
            let length = numbers.below(9000);
            numbers.bytes(length)
        }
    }
}

/// Names repeat in other folders; in one folder the last file of a name stays.
fn name(numbers: &mut Numbers, index: u64) -> PathBuf {
    match numbers.below(10) {
        0..=2 => format!("{MARK} letter.pdf").into(),
        3 => OsStr::from_bytes(&[MARK.as_bytes(), b" \xfe ", index.to_string().as_bytes(), b".doc"].concat()).into(),
        4 => format!("{MARK} {index}").into(),
        5 => format!("{MARK} ü|{index}%7C.PDF").into(),
        _ => format!("{MARK} {index}.PDF").into(),
    }
}
