//! Puts a drop of generated files through the queue and says how long each step takes.
//!
//! `cargo run --release -p vault-store --example measure_journal -- FILES [FOLDER]`

use std::path::PathBuf;
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use vault_core::filing::ItemState;
use vault_core::model::{DropId, EventId, EventKind, FileHash, LastModified, MatterId, PathText, Timestamp};
use vault_core::ports::{DropPhase, ItemUpdate, Journal as _, NewDrop, NewItem, PortError, Reading};
use vault_store::JournalDb;

/// Files moved on at once.
const PAGE: usize = 2048;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn item(n: u32) -> NewItem {
    NewItem {
        source: 0,
        folder: PathText::plain(format!("Box/Production {}/{}", n / 5000, n / 100)),
        name: PathText::plain(format!("2023-03-{:02} Letter to Smith {n}.pdf", n % 28 + 1)),
        read: Some(Reading {
            size: u64::from(n % 100_000),
            last_modified: LastModified(1_700_000_000_000 - i64::from(n)),
            hash: FileHash::from_bytes(Sha256::digest(n.to_le_bytes()).into()),
        }),
        event: EventId::new(Uuid::from_u128(u128::from(n) + (0x0190_u128 << 112))),
        state: ItemState::Queued,
        moved_to: None,
    }
}

/// How long some work takes, with the most memory the process has had by then.
#[allow(clippy::print_stdout)]
async fn timed<T>(what: &str, work: impl Future<Output = Result<T, PortError>>) -> Result<T, PortError> {
    let began = Instant::now();
    let done = work.await?;
    println!("{what:<36}{:>10.2} ms   {}", began.elapsed().as_secs_f64() * 1e3, peak_memory());
    Ok(done)
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(String::new, |size| format!("largest in memory {}", size.trim()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let files: u32 = arguments.next().ok_or("how many files?")?.parse()?;
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("strongroom-measure"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let journal = timed("open", JournalDb::open(&folder.join("journal.db"))).await?;
    let id = DropId::new(Uuid::now_v7());
    let drop =
        NewDrop { id, matter: MatterId::general(), sources: vec![folder.join("Box")], started: Timestamp::now() };
    timed("accept", journal.accept(&drop)).await?;
    timed("enqueue", journal.enqueue(id, &mut (0..files).map(item), &[], &[])).await?;
    timed("counts", journal.drop_by_id(id)).await?;
    move_on(&journal, id).await?;
    let began = Instant::now();
    loop {
        let seqs: Vec<_> = journal.open_items(id, 0, PAGE).await?.iter().map(|i| (i.seq, EventKind::Success)).collect();
        if seqs.is_empty() {
            break;
        }
        journal.done(id, &seqs).await?;
    }
    timed(&format!("the rest ({:.1} s), then close", began.elapsed().as_secs_f64()), async {
        journal.close(id, DropPhase::Finished, Timestamp::now()).await
    })
    .await?;
    journal.close_file().await?;
    timed("open again", JournalDb::open(&folder.join("journal.db"))).await?;
    Ok(())
}

/// One page through the states.
async fn move_on(journal: &JournalDb, id: DropId) -> Result<(), PortError> {
    for _ in 0..2 {
        let items = timed("read a page", journal.open_items(id, 0, PAGE)).await?;
        let state = |state: ItemState| -> Vec<ItemUpdate> {
            items.iter().map(|i| ItemUpdate { seq: i.seq, state: state.clone(), read: None, event: None }).collect()
        };
        timed("advance a page", journal.advance(id, &state(ItemState::Uploading { session: None, tried: 0 }))).await?;
        timed("advance a page", journal.advance(id, &state(ItemState::Recording))).await?;
        let done: Vec<_> = items.iter().map(|item| (item.seq, EventKind::Success)).collect();
        timed("a page is done", journal.done(id, &done)).await?;
        timed("counts", journal.drop_by_id(id)).await?;
    }
    Ok(())
}
