//! Making a tree.

use std::path::Path;

use super::names::{NASTY, NOT_SYSTEM, SYSTEM, TIMES, TWINS};
use super::place::{Place, Time};
use super::{Manifest, snapshot};

/// What a tree should hold beside ordinary files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a separate option
pub struct Wishes {
    /// Ordinary files, of 0 to some 10,000 bytes, in nested folders; a tenth of them are duplicates.
    pub files: usize,
    /// Files of a few MB.
    pub large: usize,
    /// Odd names, twins, odd times, system files, empty folders, the same file in three folders.
    pub odd: bool,
    /// Folders whose path is longer than 4,096 bytes.
    pub deep: bool,
    /// Links (whole, dangling, in a circle), a pipe, a socket.
    pub special: bool,
    /// A file and a folder that cannot be read (by anyone but `root`).
    pub locked: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { files: 60, large: 2, odd: true, deep: true, special: true, locked: true }
    }
}

/// Makes a tree in the empty folder `root` and returns its content; the same for the same seed. Locked entries were
/// read before.
///
/// # Panics
/// When the tree cannot be made.
pub fn grow(root: &Path, seed: u64, wishes: Wishes) -> Manifest {
    let mut random = Random(seed.wrapping_mul(2).wrapping_add(1));
    let top = Place::open(root);
    ordinary(&top, &mut random, wishes.files);
    for n in 0..wishes.large {
        let size = (1 << 21) + random.below(1 << 21);
        top.file(format!("large {n}.bin").as_bytes(), &random.bytes(size), random.time());
    }
    if wishes.odd {
        odd(&top, &mut random);
    }
    if wishes.deep {
        top.folder(b"deep", random.time(), |place| deep(place, &mut random, 0));
    }
    if wishes.special {
        top.folder(b"special", random.time(), special);
    }
    if wishes.locked {
        locked(&top, &mut random);
    }
    let mut manifest = snapshot(root);
    if wishes.locked {
        let folder = top.enter(b"locked");
        for name in [&b"file.pdf"[..], b"folder"] {
            folder.lock(name);
            if let Some(entry) = manifest.entries.get_mut(&[b"locked/", name].concat()) {
                entry.readable = false;
            }
        }
        manifest.entries.retain(|path, _| !path.starts_with(b"locked/folder/"));
    }
    manifest
}

/// Files in folders of folders; some are copies of earlier ones.
fn ordinary(top: &Place, random: &mut Random, count: usize) {
    let mut contents: Vec<Vec<u8>> = Vec::new();
    let mut left = count;
    let mut number = 0;
    while left > 0 {
        let here = left.min(1 + random.below(20));
        left -= here;
        number += 1;
        let time = random.time();
        top.folder(format!("Box {number}").as_bytes(), time, |outer| {
            outer.folder("Année 2023".as_bytes(), random.time(), |inner| {
                for n in 0..here {
                    let copied = random.below(10) == 0 && !contents.is_empty();
                    let content = if copied {
                        contents[random.below(contents.len())].clone()
                    } else {
                        let size = [0, 1, random.below(100), random.below(10_000)][random.below(4)];
                        random.bytes(size)
                    };
                    let place = if n % 2 == 0 { outer } else { inner };
                    place.file(format!("Exhibit {n}.pdf").as_bytes(), &content, random.time());
                    contents.push(content);
                }
            });
        });
    }
}

fn odd(top: &Place, random: &mut Random) {
    top.folder(b"odd | names %7C", random.time(), |place| {
        for name in NASTY {
            let length = random.below(300);
            place.file(name, &random.bytes(length), random.time());
        }
        place.file(&[b'n'; 255], b"longest name", random.time());
        for name in NASTY.iter().take(12) {
            let folder = [b"folder ", *name].concat();
            place.folder(&folder, random.time(), |inner| inner.file(name, b"inside", random.time()));
        }
    });
    top.folder(b"twins", random.time(), |place| {
        for (one, two) in TWINS {
            place.file(one, b"one", random.time());
            place.file(two, b"two", random.time());
        }
    });
    top.folder(b"times", random.time(), |place| {
        for (n, time) in TIMES.iter().enumerate() {
            place.file(format!("{n}.tif").as_bytes(), &n.to_le_bytes(), *time);
        }
    });
    top.folder(b"left behind", random.time(), |place| {
        for name in SYSTEM.iter().chain(NOT_SYSTEM) {
            place.file(name, name, random.time());
        }
    });
    top.folder(b"empty", (86_400, 5), |place| place.folder(b"emptier", (-86_400, 5), |_| {}));
    let (same, time) = (random.bytes(5000), random.time());
    for folder in [&b"2023"[..], b"General Account", b"Statements"] {
        top.folder(folder, random.time(), |place| {
            place.file(b"same.pdf", &same, time);
            place.folder(b"2023", random.time(), |inner| inner.file(b"same.pdf", &same, time));
        });
    }
}

/// Nested folders, until the path is longer than the system accepts.
fn deep(place: &Place, random: &mut Random, level: usize) {
    place.file(format!("at {level}.txt").as_bytes(), format!("level {level}").as_bytes(), random.time());
    if level < 24 {
        let name = format!("{level:02} {}", "d".repeat(190));
        place.folder(name.as_bytes(), random.time(), |inner| deep(inner, random, level + 1));
    }
}

fn special(place: &Place) {
    place.file(b"real.txt", b"real", (1, 0));
    place.link(b"to a file", b"real.txt");
    place.link(b"to nothing", b"nowhere/at all");
    place.link(b"to itself", b"to itself");
    place.link(b"in a circle", b".");
    place.link(b"up", b"../..");
    place.link(b"outside", b"/etc");
    place.pipe_and_socket();
}

fn locked(top: &Place, random: &mut Random) {
    top.folder(b"locked", random.time(), |place| {
        place.file(b"file.pdf", b"nobody may read this", random.time());
        place.file(b"beside.pdf", b"everybody may", random.time());
        place.folder(b"folder", random.time(), |inner| inner.file(b"inside.pdf", b"nor this", random.time()));
    });
}

/// `SplitMix64` (Steele, Lea, Flood 2014): varied enough, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| self.next().to_le_bytes()).collect();
        bytes.truncate(length);
        bytes
    }

    /// A time between 1990 and 2020, to the nanosecond.
    fn time(&mut self) -> Time {
        let seconds = 631_152_000 + i64::try_from(self.next() % 946_684_800).unwrap_or_default();
        (seconds, u32::try_from(self.next() % 1_000_000_000).unwrap_or_default())
    }
}
