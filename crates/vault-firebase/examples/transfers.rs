//! How fast bytes go to the firm's storage, as far as this computer decides it: to a strict server on it, over the loopback.
//! The server is a program of its own, so that the processor time of both can be told apart: on a computer that others use,
//! that is what to compare. Half of the work is the server's, which hashes all it gets.
//!
//! ```text
//! cargo run --release -p vault-firebase --example transfers -- [files] [gigabytes]
//! ```

#![allow(clippy::print_stdout, reason = "figures are for reading")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
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
    let mut arguments = std::env::args().skip(1).peekable();
    if let Some(md5) = arguments.next_if(|text| text.starts_with("serve")) {
        return serve(md5 == "serve-md5").await;
    }
    let files: usize = arguments.next().map_or(Ok(20_000), |text| text.parse())?;
    let gigabytes: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let folder = tempfile::tempdir()?;

    let puts: Vec<Put> = (0..files).map(|number| small(folder.path(), number)).collect::<Result<_, _>>()?;
    let Took { seconds, ours, servers } = store(true, puts).await?;
    println!(
        "{files} files of {SMALL} bytes: {seconds:.2} s, {:.0} files/s (goal 3000), peak {} MB; processor: ours {:.0}, the \
         server's {:.0} microseconds a file",
        as_f64(files as u64) / seconds,
        peak_mb(),
        ours * 1e6 / as_f64(files as u64),
        servers * 1e6 / as_f64(files as u64),
    );

    // The server's MD5 would take longer than all the rest together; Google's servers have other processors.
    let put = sparse(folder.path(), gigabytes * GIGABYTE)?;
    tell(&format!("{gigabytes} GB in one file"), as_f64(gigabytes), &store(false, vec![put]).await?);

    // Where the system has the file in memory, neither disk nor the making of pages is measured.
    let put = sparse(folder.path(), GIGABYTE)?;
    std::io::copy(&mut std::fs::File::open(&put.source.path)?, &mut std::io::sink())?;
    let puts: Vec<Put> = (0..4).map(|matter| to_matter(&put, matter)).collect::<Result<_, _>>()?;
    tell("4 times 1 GB", 4.0, &store(false, puts).await?);
    Ok(())
}

fn tell(what: &str, gigabytes: f64, Took { seconds, ours, servers }: &Took) {
    println!(
        "{what}: {seconds:.2} s, {:.2} GB/s (goal 1), peak {} MB (goal 150); processor: ours {:.2}, the server's {:.2} s a GB",
        gigabytes / seconds,
        peak_mb(),
        ours / gigabytes,
        servers / gigabytes,
    );
}

/// What storing took, in seconds; the last two of processor time, here and in the server.
struct Took {
    seconds: f64,
    ours: f64,
    servers: f64,
}

async fn store(md5: bool, puts: Vec<Put>) -> Result<Took, Failure> {
    let (mut server, address) = Server::start(md5)?;
    let file = serde_json::json!({
        "projectId": "demo-bench", "apiKey": "any", "bucket": BUCKET, "clientId": "strongroom",
        "authEmulator": "127.0.0.1:1", "firestoreEmulator": "127.0.0.1:1", "storageEmulator": address,
    });
    let connection = Connection::from_file(file.to_string().as_bytes())?;
    let blobs = FirebaseBlobs::open(&connection, Arc::new(Ann), Arc::new(Ann)).await?;
    let (begun, before) = (Instant::now(), processor());
    for batch in puts.chunks(BATCH) {
        for result in blobs.put(batch.to_vec(), Arc::new(Quiet)).await? {
            result.map_err(|failure| format!("{failure:?}"))?;
        }
    }
    let (seconds, ours) = (begun.elapsed().as_secs_f64(), processor() - before);
    let (stored, servers) = server.end()?;
    if stored != puts.len() {
        return Err(format!("{stored} of {} stored", puts.len()).into());
    }
    Ok(Took { seconds, ours, servers })
}

/// A server, until its input ends: says where it is, and in the end how many objects it has and what that took.
async fn serve(md5: bool) -> Result<(), Failure> {
    let server = StorageServer::start("ann", Options { keep: false, md5, whole_blocks: true }).await;
    println!("{}", server.address());
    tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    let log = server.log();
    if !log.violations.is_empty() {
        return Err(format!("{:?}", log.violations).into());
    }
    println!("{} {}", log.finalised.len(), processor());
    Ok(())
}

/// A server in a program of its own.
struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Server {
    fn start(md5: bool) -> Result<(Self, String), Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(if md5 { "serve-md5" } else { "serve" }).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let said = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut server = Self { child, said };
        let address = server.line()?;
        Ok((server, address))
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.said.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// How many objects it has, and its processor time.
    fn end(&mut self) -> Result<(usize, f64), Failure> {
        drop(self.child.stdin.take());
        let line = self.line()?;
        let (stored, took) = line.split_once(' ').ok_or("the server failed")?;
        Ok((stored.parse()?, took.parse()?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
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

/// Processor time that this program has taken, in seconds (`proc_pid_stat(5)`); 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    as_f64(ticks) / 100.0
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
