//! Fills a cache with generated records and says how fast it is.
//!
//! `cargo run --release -p vault-store --example measure_cache -- RECORDS [FOLDER]`
//!
//! The same number gives the same records. `FOLDER` is where `cache.db` is made (a new one under the system's temporary
//! folder without it); one that holds a filled cache already is only measured.

#[path = "measure_cache/generate.rs"]
mod generate;
#[path = "measure_cache/queries.rs"]
mod queries;

use std::path::{Path, PathBuf};
use std::time::Instant;

use generate::Generator;
use vault_core::ports::Mirror as _;
use vault_store::CacheDb;

/// Changes taken in at once.
const PAGE: usize = 4096;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout)]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let records: u32 = arguments.next().ok_or("how many records?")?.parse()?;
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("strongroom-measure"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("cache.db");

    let began = Instant::now();
    let cache = CacheDb::open(&file).await?;
    println!("opened            {:>10.1} ms", began.elapsed().as_secs_f64() * 1e3);
    if cache.cursor().await?.is_none() {
        fill(&cache, records).await?;
    }
    println!("cache.db          {:>10.1} MB", f64::from(u32::try_from(size_of(&file) / 1000)?) / 1e3);
    for figure in queries::measure(&cache, &Generator::new(records)).await? {
        println!("{figure}");
    }
    for figure in queries::fingerprints(&cache, records).await? {
        println!("{figure}");
    }
    println!("largest in memory {:>10} ", peak_memory());
    cache.close_file().await?;
    Ok(())
}

#[allow(clippy::print_stdout)]
async fn fill(cache: &CacheDb, records: u32) -> Outcome<()> {
    let began = Instant::now();
    let mut written = 0_u32;
    for page in Generator::new(records).pages(PAGE) {
        written += u32::try_from(page.changes.len())?;
        cache.apply(&page).await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("taken in          {written:>10} changes in {seconds:.1} s, {:.0} a second", f64::from(written) / seconds);
    Ok(())
}

fn size_of(file: &Path) -> u64 {
    ["", "-wal"]
        .iter()
        .filter_map(|suffix| std::fs::metadata(format!("{}{suffix}", file.display())).ok())
        .map(|found| found.len())
        .sum()
}

/// The most memory this process has had, where the system tells (Linux).
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known".to_owned(), |size| size.trim().to_owned())
}
