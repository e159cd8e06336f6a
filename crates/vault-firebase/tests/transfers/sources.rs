//! Files that change while they are sent: an object is only ever made of the promised bytes.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use vault_core::intake::Problem;
use vault_core::ports::{Put, PutFailure};
use vault_testing::storage_server::{Fault, Step};

use crate::world::{CHUNK, Watch, World};

/// Writes into the middle of a file without changing its size or times.
fn scribble(put: &Put, at: u64) {
    let mut file = File::options().write(true).open(&put.source.path).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(b"scribbled").unwrap();
    file.set_modified(time).unwrap();
}

const CHANGED: Result<(), PutFailure> = Err(PutFailure::Source(Problem::Changed));

/// Rows 19 and 20: before it is read for the vault, and at any offset.
#[tokio::test(flavor = "multi_thread")]
async fn new_bytes_under_the_old_size_and_time_are_never_finalised() {
    for at in [0, CHUNK, 3 * CHUNK - 9] {
        let world = World::new().await;
        let put = world.file(1, 3 * CHUNK);
        scribble(&put, at);
        assert_eq!(world.put_one(&put).await, CHANGED);
        world.not_stored(&put);
        let log = world.server.log();
        assert_eq!((log.count(Step::Finalize), log.count(Step::Cancel)), (0, 1));
    }
}

/// Rows 19 and 21: while it is read, by a writer that waits until some of it is stored.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_during_its_upload_is_never_finalised() {
    let truncate = |put: &Put| File::options().write(true).open(&put.source.path).unwrap().set_len(CHUNK + 5).unwrap();
    let grow = |put: &Put| {
        File::options().append(true).open(&put.source.path).unwrap().write_all(b"one more page").unwrap();
    };
    let edit = |put: &Put| scribble(put, 7 * CHUNK + 1);
    for change in [&truncate as &(dyn Fn(&Put) + Sync), &grow, &edit] {
        let world = World::new().await;
        let put = world.file(1, 8 * CHUNK);
        let watch = Arc::new(Watch::default());
        let (answers, ()) = tokio::join!(world.put_watched(std::slice::from_ref(&put), &watch), async {
            while watch.bytes() < CHUNK {
                tokio::task::yield_now().await;
            }
            change(&put);
        });
        assert_eq!(answers, [CHANGED]);
        world.not_stored(&put);
        assert_eq!(world.server.log().count(Step::Finalize), 0);
    }
}

/// Row 20, between two runs of the program.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_before_its_upload_resumed_is_never_finalised() {
    let world = World::new().await;
    let put = world.file(1, 4 * CHUNK);
    let watch = Watch::stopping_at(2 * CHUNK);
    world.put_watched(std::slice::from_ref(&put), &watch).await;
    scribble(&put, 100);
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    assert_eq!(world.put_one(&resumed).await, CHANGED);
    world.not_stored(&put);
    assert_eq!(world.server.log().count(Step::Finalize), 0);
}

/// Row 23, in the middle: a file that is temporarily unreadable keeps what was sent of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_temporarily_unreadable_resumes_where_it_stopped() {
    let world = World::new().await;
    let put = world.file(1, 4 * CHUNK);
    let watch = Watch::stopping_at(2 * CHUNK);
    world.put_watched(std::slice::from_ref(&put), &watch).await;
    let resumed = Put { resume: watch.last_session(), ..put.clone() };
    let away = put.source.path.with_extension("away");
    std::fs::rename(&put.source.path, &away).unwrap();
    assert_eq!(world.put_one(&resumed).await, Err(PutFailure::Source(Problem::Vanished)));
    assert_eq!(world.server.log().count(Step::Cancel), 0);
    std::fs::rename(&away, &put.source.path).unwrap();
    assert_eq!(world.put_one(&resumed).await, Ok(()));
    world.stored(&put);
    let log = world.server.log();
    assert_eq!((log.received, log.count(Step::Start)), (put.blob.size, 1));
}

/// A server responds 499 for a cancelled upload, instead of reporting it as unknown.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_upload_restarts_whatever_the_server_reports() {
    for status in [400, 404, 410, 412, 499] {
        let world = World::new().await;
        let put = world.file(1, 3 * CHUNK);
        let watch = Watch::stopping_at(CHUNK);
        world.put_watched(std::slice::from_ref(&put), &watch).await;
        world.server.next(Step::Query, Fault::Answer(status));
        let resumed = Put { resume: watch.last_session(), ..put.clone() };
        assert_eq!(world.put_one(&resumed).await, Ok(()), "{status}");
        world.stored(&put);
        assert_eq!(world.server.log().count(Step::Start), 2);
    }
}
