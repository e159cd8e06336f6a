//! What the MD5 beside the SHA-256 costs that the intake of a firm's vault computes.
//!
//! `cargo run --release -p vault-core --example measure_hashing`

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

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
        alone = alone.min(seconds(ContentHasher::default(), &piece));
        both = both.min(seconds(ContentHasher::with_md5(), &piece));
    }
    let bytes = f64::from(PIECE) * f64::from(PIECES);
    println!("SHA-256            {:.2} GB/s", bytes / alone / 1e9);
    println!("SHA-256 and MD5    {:.2} GB/s, {:.2} times the processor time", bytes / both / 1e9, both / alone);
}

fn seconds(mut hasher: ContentHasher, piece: &[u8]) -> f64 {
    let began = Instant::now();
    for _ in 0..PIECES {
        hasher.update(black_box(piece));
    }
    black_box(hasher.finish_both());
    began.elapsed().as_secs_f64()
}
