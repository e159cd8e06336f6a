//! How fast bytes go to the firm's storage, as far as this computer decides it: to a strict server in the same program,
//! over the loopback. Half of the work is the server's, so the figures are the lower bound of what a client takes.
//!
//! ```text
//! cargo run --release -p vault-firebase --example transfers -- [files] [gigabytes]
//! ```

#![allow(clippy::print_stdout, reason = "figures are for reading")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use vault_core::intake::Source;
use vault_core::model::{
    BlobRef, ContentHasher, DeviceId, FileHash, LastModified, MatterId, StoragePath, TeamId, UserId,
};
use vault_core::ports::{Blobs as _, Identity, Person, PortError, Put, PutWatch, Reading, Token, UploadSession};
use vault_firebase::{Connection, FirebaseBlobs, Matters};
use vault_testing::storage_server::{BUCKET, Options, StorageServer};

type Failure = Box<dyn std::error::Error>;

/// A small file: a scanned letter has some tens of kilobytes.
const SMALL: usize = 20_000;

/// Files that are sent as one batch.
const BATCH: usize = 1000;

const GIGABYTE: u64 = 1_000_000_000;

struct Ann;

#[async_trait]
impl Identity for Ann {
    async fn person(&self) -> Result<Person, PortError> {
        let invalid = |_| PortError::invalid("an id");
        Ok(Person {
            user: UserId::new("ann").map_err(invalid)?,
            team: TeamId::new("firm").map_err(invalid)?,
            display_name: "Ann".to_owned(),
            device: DeviceId::new("bench").map_err(invalid)?,
        })
    }

    async fn token(&self, _renew: bool) -> Result<Option<Token>, PortError> {
        Ok(Some(Token("ann".to_owned())))
    }
}

#[async_trait]
impl Matters for Ann {
    async fn ids(&self) -> Result<Vec<MatterId>, PortError> {
        Ok(vec![MatterId::general()])
    }
}

struct Quiet;

impl PutWatch for Quiet {
    fn stored(&self, _bytes: u64) {}

    fn file_stored(&self, _index: usize) {}

    fn stop(&self) -> bool {
        false
    }

    fn session(&self, _index: usize, _session: &UploadSession) {}
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let files: usize = arguments.next().map_or(Ok(20_000), |text| text.parse())?;
    let gigabytes: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let folder = tempfile::tempdir()?;

    let server = StorageServer::start("ann", Options { keep: false, md5: true, whole_blocks: true }).await;
    let puts: Vec<Put> = (0..files).map(|number| small(folder.path(), number)).collect::<Result<_, _>>()?;
    let took = store(&server, puts).await?;
    let rate = as_f64(files as u64) / took;
    println!("{files} files of {SMALL} bytes: {took:.2} s, {rate:.0} files/s (goal 3000), peak {} MB", peak_mb());

    // The server's MD5 would take longer than all the rest together; Google's servers have other processors.
    let bare = Options { keep: false, md5: false, whole_blocks: true };
    let server = StorageServer::start("ann", bare).await;
    let put = sparse(folder.path(), gigabytes * GIGABYTE)?;
    let took = store(&server, vec![put]).await?;
    let rate = as_f64(gigabytes) / took;
    println!("{gigabytes} GB in one file: {took:.2} s, {rate:.2} GB/s, peak {} MB (goal 150)", peak_mb());

    // Where the system has the file in memory, neither disk nor the making of pages is measured.
    let server = StorageServer::start("ann", bare).await;
    let put = sparse(folder.path(), GIGABYTE)?;
    std::io::copy(&mut std::fs::File::open(&put.source.path)?, &mut std::io::sink())?;
    let puts: Vec<Put> = (0..4).map(|matter| to_matter(&put, matter)).collect::<Result<_, _>>()?;
    let took = store(&server, puts).await?;
    println!("4 times 1 GB that was read before: {took:.2} s, {:.2} GB/s (goal 1)", 4.0 / took);
    Ok(())
}

async fn store(server: &StorageServer, puts: Vec<Put>) -> Result<f64, Failure> {
    let file = serde_json::json!({
        "projectId": "demo-bench", "apiKey": "any", "bucket": BUCKET, "clientId": "strongroom",
        "authEmulator": "127.0.0.1:1", "firestoreEmulator": "127.0.0.1:1", "storageEmulator": server.address(),
    });
    let connection = Connection::from_file(file.to_string().as_bytes())?;
    let blobs = FirebaseBlobs::open(&connection, Arc::new(Ann), Arc::new(Ann)).await?;
    let begun = Instant::now();
    for batch in puts.chunks(BATCH) {
        for result in blobs.put(batch.to_vec(), Arc::new(Quiet)).await? {
            result.map_err(|failure| format!("{failure:?}"))?;
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let log = server.log();
    if log.finalised.len() != puts.len() || !log.violations.is_empty() {
        return Err(format!("{} of {} stored, {:?}", log.finalised.len(), puts.len(), log.violations).into());
    }
    Ok(took)
}

fn small(folder: &Path, number: usize) -> Result<Put, Failure> {
    let path = folder.join(format!("{number}.pdf"));
    let mut content = vec![b' '; SMALL];
    content[..8].copy_from_slice(&number.to_le_bytes());
    std::fs::write(&path, &content)?;
    put(&path, FileHash::of(&content), SMALL as u64)
}

/// A file of zeros that takes no room on the disk.
fn sparse(folder: &Path, size: u64) -> Result<Put, Failure> {
    let path = folder.join("sparse.bin");
    std::fs::File::create(&path)?.set_len(size)?;
    let mut hasher = ContentHasher::default();
    let zeros = vec![0; 1_000_000];
    (0..size / 1_000_000).for_each(|_| hasher.update(&zeros));
    put(&path, hasher.finish(), size)
}

fn put(path: &Path, hash: FileHash, size: u64) -> Result<Put, Failure> {
    let last_modified = LastModified::from_system(path.metadata()?.modified()?);
    let name = path.file_name().and_then(|name| name.to_str()).ok_or("a name")?;
    let place = StoragePath::new(&TeamId::new("firm")?, &MatterId::general(), hash, name);
    let source = Source { path: path.to_owned(), expected: Reading { size, last_modified, hash } };
    Ok(Put { blob: BlobRef { path: place, size }, source, resume: None, begun: false })
}

/// The same file, for another matter: another object.
fn to_matter(put: &Put, matter: u32) -> Result<Put, Failure> {
    let matter = MatterId::new(format!("matter-{matter}"))?;
    let path = StoragePath::new(put.blob.path.team(), &matter, put.blob.hash(), "sparse.bin");
    Ok(Put { blob: BlobRef { path, size: put.blob.size }, ..put.clone() })
}

/// The most memory that this program had; 0 where the system does not tell.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024 / 1_000_000
}

#[allow(clippy::cast_precision_loss, reason = "a figure for reading")]
fn as_f64(number: u64) -> f64 {
    number as f64
}
