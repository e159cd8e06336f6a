//! Folders to measure with, the same every time.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

/// A stream of numbers that is the same for the same seed (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn write(&mut self, file: &Path, size: u64) -> Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, File::create_new(file)?);
        let mut left = size;
        while left > 0 {
            let bytes = self.next().to_le_bytes();
            let length = usize::try_from(left.min(8))?;
            out.write_all(&bytes[..length])?;
            left -= length as u64;
        }
        Ok(out.into_inner()?.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000))?)
    }
}

/// A folder like a firm's: many small files, a few large ones, one in ten a copy of another.
pub(super) fn like_a_firms(folder: &Path, files: u64, bytes: u64) -> Result<()> {
    let mut numbers = Numbers(files ^ bytes);
    // Sizes as a power law gives them, then scaled so that they add up.
    let sizes: Vec<u64> = (0..files).map(|_| 1 << (numbers.next() % 12)).collect();
    let total: u64 = sizes.iter().sum();
    for (index, size) in (0_u64..).zip(&sizes) {
        let place = folder.join(format!("Box {:02}/Folder {:03}", index / 1000, index / 40));
        if index % 40 == 0 {
            fs::create_dir_all(&place)?;
        }
        // Every tenth file begins the same stream again as the one before it, and has its size.
        let copy = index % 10 == 9;
        let like = if copy { index - 1 } else { index };
        let like_at = usize::try_from(like)?;
        let size = if copy { sizes[like_at] } else { *size } * bytes / total + 1;
        Numbers(like).write(&place.join(format!("Document {index:05}.pdf")), size)?;
    }
    Ok(())
}

/// `count` files of `size` bytes, all different, a thousand to a folder.
pub(super) fn of_equal_size(folder: &Path, count: u64, size: u64) -> Result<()> {
    for index in 0..count {
        let place = folder.join(format!("{:04}", index / 1000));
        if index % 1000 == 0 {
            fs::create_dir_all(&place)?;
        }
        Numbers(index).write(&place.join(format!("{index:07}.txt")), size)?;
    }
    Ok(())
}

/// A folder as a client hands it over: letters in a few folders, most of them short, one in ten a copy of another. With
/// another `seed` names and lengths are the same, and no content is.
pub(super) fn like_letters(folder: &Path, files: u64, bytes: u64, seed: u64) -> Result<()> {
    let mut numbers = Numbers(2);
    let sizes: Vec<u64> = (0..files).map(|_| 1 << (numbers.next() % 8)).collect();
    let total: u64 = sizes.iter().sum();
    for (index, size) in (0_u64..).zip(&sizes) {
        let place = folder.join(format!("Letters {:02}", index / 100));
        fs::create_dir_all(&place)?;
        let copy = index % 10 == 9;
        let like = if copy { index - 1 } else { index };
        let size = if copy { sizes[usize::try_from(like)?] } else { *size } * bytes / total + 1;
        Numbers(seed << 32 | like).write(&place.join(format!("Letter {index:04}.pdf")), size)?;
    }
    Ok(())
}

/// Number and total length of the files below a folder.
pub(super) fn measure(folder: &Path) -> Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if metadata.is_file() {
                files += 1;
                bytes += metadata.len();
            }
        }
    }
    Ok((files, bytes))
}

/// Makes a folder unless an earlier run has made it.
pub(super) fn once(folder: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    let unfinished = folder.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(&unfinished)?;
    make(&unfinished)?;
    fs::rename(&unfinished, folder)?;
    Ok(())
}
