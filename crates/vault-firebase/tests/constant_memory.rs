//! A file larger than the memory that may be used (row 30 of the faults): one test, in a separate program,
//! because the system counts memory by the program. `STRONGROOM_LARGE_FILE_MIB` makes the file larger.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

#[allow(dead_code, reason = "it is shared with other tests")]
#[path = "transfers/world.rs"]
mod world;

use std::sync::Arc;

use vault_core::ports::{Blobs as _, Put, PutFailure};
use vault_testing::storage_server::{Fault, Options, Step};
use world::{CHUNK, MIB, Watch, World, retry_policy};

/// The peak memory of this program, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("kilobytes")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_upload_uses_constant_memory_and_can_be_resumed() {
    let size = std::env::var("STRONGROOM_LARGE_FILE_MIB").map_or(300, |mib| mib.parse().expect("a number")) * MIB;
    let world = World::with(retry_policy(), Options { keep: false, md5: false, whole_blocks: true }).await;
    let put = world.zeros(size);
    world.server.spare(Step::Upload, 3);
    world.server.next(Step::Upload, Fault::CutAt(5 * MIB + 1));
    world.server.next(Step::Upload, Fault::LoseReply);
    let watch = Watch::stopping_at(size / 2);
    let stopped = world.blobs.put(vec![put.clone()], watch.clone()).await;
    assert_eq!(stopped, Ok(vec![Err(PutFailure::Stopped)]));
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    let answers = world.again().await.put(vec![resumed], Arc::new(Watch::default())).await;
    assert_eq!(answers, Ok(vec![Ok(())]));
    world.stored(&put);
    assert!(world.server.log().received <= size + CHUNK);
    assert!(peak() <= 150 << 10, "{} KiB", peak());
}
