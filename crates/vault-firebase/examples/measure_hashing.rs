//! What the intake computes of each file, and what a file costs that is compared with an object which was there before.
//!
//! `cargo run --release -p vault-firebase --example measure_hashing`

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use md5::{Digest as _, Md5};
use vault_core::model::ContentHasher;

/// What is hashed each time, in bytes; it stays in the processor's cache, so that nothing but hashing is measured.
const PIECE: u32 = 64 * 1024;
const PIECES: u32 = 8 * 1024;

/// The fastest of so many is told: whatever else the computer does only slows it down.
const TIMES: usize = 5;

fn main() {
    let piece: Vec<u8> = (0..PIECE).map(|n| (n % 251).to_le_bytes()[0]).collect();
    let (mut alone, mut both) = (f64::MAX, f64::MAX);
    for _ in 0..TIMES {
        alone = alone.min(seconds(&piece, false));
        both = both.min(seconds(&piece, true));
    }
    let bytes = f64::from(PIECE) * f64::from(PIECES);
    println!("filed: SHA-256               {:.2} GB/s", bytes / alone / 1e9);
    println!(
        "compared: SHA-256 and MD5    {:.2} GB/s, {:.2} times the processor time",
        bytes / both / 1e9,
        both / alone
    );
}

fn seconds(piece: &[u8], with_md5: bool) -> f64 {
    let began = Instant::now();
    let (mut hasher, mut md5) = (ContentHasher::default(), with_md5.then(Md5::new));
    for _ in 0..PIECES {
        hasher.update(black_box(piece));
        if let Some(md5) = &mut md5 {
            md5.update(piece);
        }
    }
    black_box((hasher.finish(), md5.map(Md5::finalize)));
    began.elapsed().as_secs_f64()
}
