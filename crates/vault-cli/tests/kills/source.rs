//! A client's folder, made from a seed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::numbers::Numbers;

/// Makes `place/Box`.
pub(crate) fn make(place: &Path, seed: u64) -> PathBuf {
    let folder = place.join("Box");
    let mut numbers = Numbers::new(seed ^ 0xB0C5);
    let mut contents: Vec<Vec<u8>> = Vec::new();
    for index in 0..60 + numbers.below(120) {
        let deep = numbers.below(4);
        let mut at = folder.clone();
        for level in 0..deep {
            at.push(
                ["Exhibits", "2025", "Scans & more", "Übergabe", "a|b"][usize::try_from((index + level) % 5).unwrap()],
            );
        }
        fs::create_dir_all(&at).unwrap();
        let content = match numbers.below(10) {
            0 => Vec::new(),
            1..=2 if !contents.is_empty() => {
                let of = contents.len() as u64;
                contents[usize::try_from(numbers.below(of)).unwrap()].clone()
            }
            3 => {
                let length = 100_000 + numbers.below(1_500_000);
                numbers.bytes(length)
            }
            _ => {
                let length = numbers.below(9000);
                numbers.bytes(length)
            }
        };
        let name = if numbers.below(3) == 0 { "Letter.pdf".to_owned() } else { format!("Document {index}.PDF") };
        let path = at.join(name);
        fs::write(&path, &content).unwrap();
        let time = UNIX_EPOCH + Duration::from_micros(1_500_000_000_000_000 + numbers.below(200_000_000_000_000));
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        contents.push(content);
    }
    fs::create_dir_all(folder.join("Nothing in here")).unwrap();
    folder
}
