//! Reading a tree as it is.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat};
use sha2::{Digest as _, Sha256};

use super::place::Place;
use super::{Entry, Kind, Manifest};

/// Everything below `root`. Links are not followed; unreadable files and folders are marked as such.
///
/// # Panics
/// When `root` cannot be read, or the tree changes meanwhile.
pub fn snapshot(root: &Path) -> Manifest {
    let mut manifest = Manifest::default();
    add(&Place::open(root), &[], &mut manifest);
    manifest
}

fn add(folder: &Place, path: &[u8], manifest: &mut Manifest) {
    let mut names: Vec<Vec<u8>> = Dir::read_from(&folder.0)
        .expect("list")
        .map(|entry| entry.expect("entry").file_name().to_bytes().to_vec())
        .filter(|name| name != b"." && name != b"..")
        .collect();
    names.sort();
    for name in names {
        let stat = rustix::fs::statat(&folder.0, &name[..], AtFlags::SYMLINK_NOFOLLOW).expect("stat");
        let here = if path.is_empty() { name.clone() } else { [path, b"/", &name].concat() };
        let entry = entry(folder, &name, &stat);
        let enter = entry.kind == Kind::Folder && entry.readable;
        manifest.entries.insert(here.clone(), entry);
        if enter {
            add(&folder.enter(&name), &here, manifest);
        }
    }
}

fn entry(folder: &Place, name: &[u8], stat: &Stat) -> Entry {
    let mut readable = true;
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => {
            let hash = hash(folder, name);
            readable = hash.is_some();
            Kind::File(hash)
        }
        FileType::Directory => {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            readable = rustix::fs::openat(&folder.0, name, flags, Mode::empty()).is_ok();
            Kind::Folder
        }
        FileType::Symlink => {
            Kind::Link(rustix::fs::readlinkat(&folder.0, name, Vec::new()).expect("link").into_bytes())
        }
        FileType::Fifo => Kind::Pipe,
        FileType::Socket => Kind::Socket,
        _ => Kind::Other,
    };
    let size = if matches!(kind, Kind::File(_)) { stat.st_size.unsigned_abs() } else { 0 };
    let modified = i128::from(stat.st_mtime) * 1_000_000_000 + i128::from(stat.st_mtime_nsec);
    Entry { kind, size, modified, readable }
}

fn hash(folder: &Place, name: &[u8]) -> Option<String> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let mut file = File::from(rustix::fs::openat(&folder.0, name, flags, Mode::empty()).ok()?);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).expect("read") {
            0 => return Some(hex::encode(hasher.finalize())),
            length => hasher.update(&buffer[..length]),
        }
    }
}
