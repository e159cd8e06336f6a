//! What people ask for, and how long the answer takes.

use std::fmt;
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use vault_core::model::{EventKind, FileHash};
use vault_core::ports::{
    FileStamp, Fingerprint, Fingerprints, FolderKey, ListQuery, Mirror, PortError, SortBy, StatusFilter,
};

use crate::generate::Generator;

/// What is typed into the search, letter by letter or at once.
const TYPED: &[&str] = &[
    "c",
    "s",
    "m",
    "2",
    "co",
    "con",
    "contr",
    "contra",
    "contract",
    "contract d",
    "contract draft",
    "inv",
    "invoice",
    "invoice acme",
    "msa",
    "discovery msa",
    "discovery contract",
    "discovery exhibit 2011",
    "exhibit",
    "exhibit 12",
    "müller",
    "mul",
    "Müller contract",
    "resume",
    "résumé garcía",
    "2019",
    "2019-03",
    "2019-03-14",
    "scan",
    "scan0004242",
    "scan00",
    "hakansson",
    "o'brien letter",
    "van der berg",
    "pdf",
    "contract pdf",
    "lease contract",
    "bank statements",
    "correspondence letter smith",
    "pleadings brief",
    "dvorak",
    "prüfbericht",
    "zzz",
    "contract zzz",
    "msa 4711",
    "native files invoice",
    "tanaka memo v3",
    "old drafts",
    "verträge",
    "opinion kowalski 2010",
    "minutes rossi",
    "invoice exhibit",
    "letter memo",
    "\"contract",
    "contract AND",
    "d",
    "di",
    "dis",
    "7",
    "77",
    "777",
    "v2",
    "docx",
];

/// How long something took, over several times, in milliseconds.
#[derive(Debug)]
pub(crate) struct Figure {
    what: String,
    times: Vec<f64>,
}

impl Figure {
    fn new(what: impl Into<String>, mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self { what: what.into(), times }
    }

    /// The time that so many hundredths of all are below.
    pub(crate) fn percentile(&self, hundredths: usize) -> f64 {
        let at = (self.times.len() * hundredths / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or_default()
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p50, p95, max) = (self.percentile(50), self.percentile(95), self.percentile(100));
        write!(f, "{:<40} p50 {p50:>8.2} ms   p95 {p95:>8.2} ms   max {max:>8.2} ms", self.what)
    }
}

async fn timed<T>(times: &mut Vec<f64>, work: impl Future<Output = Result<T, PortError>>) -> Result<T, PortError> {
    let began = Instant::now();
    let done = work.await?;
    times.push(began.elapsed().as_secs_f64() * 1e3);
    Ok(done)
}

/// Asks for everything a window shows, again and again.
///
/// # Errors
/// [`PortError`] from the mirror.
pub(crate) async fn measure(mirror: &dyn Mirror, firm: &Generator) -> Result<Vec<Figure>, PortError> {
    let mut figures = vec![matters(mirror).await?];
    figures.push(folders(mirror).await?);
    figures.extend(lists(mirror).await?);
    figures.extend(searches(mirror).await?);
    figures.extend(history(mirror, firm).await?);
    Ok(figures)
}

async fn matters(mirror: &dyn Mirror) -> Result<Figure, PortError> {
    let mut times = Vec::new();
    for _ in 0..50 {
        timed(&mut times, mirror.matters(StatusFilter::Present)).await?;
    }
    Ok(Figure::new("list of matters", times))
}

async fn folders(mirror: &dyn Mirror) -> Result<Figure, PortError> {
    let key = FolderKey { matter: Generator::large_matter(), path: String::new() };
    let mut times = Vec::new();
    for _ in 0..50 {
        timed(&mut times, mirror.folders(&key)).await?;
    }
    Ok(Figure::new("folders at the top of a matter", times))
}

/// Long lists: of a tenth of all records, and of a whole matter.
async fn lists(mirror: &dyn Mirror) -> Result<Vec<Figure>, PortError> {
    let query = |path: &str, sort, containing: &str| ListQuery {
        folder: FolderKey { matter: Generator::large_matter(), path: path.to_owned() },
        deep: true,
        containing: containing.to_owned(),
        sort,
        descending: false,
    };
    let mut figures = Vec::new();
    for (place, path, times_asked) in [("a folder", Generator::LARGE_FOLDER, 10), ("a matter", "", 5)] {
        for (sort, containing) in [(SortBy::Name, ""), (SortBy::Modified, ""), (SortBy::Name, "contract")] {
            let mut times = Vec::new();
            let mut length = 0;
            for _ in 0..times_asked {
                length = timed(&mut times, mirror.list(&query(path, sort, containing))).await?.len();
            }
            let narrowed = if containing.is_empty() { String::new() } else { format!(", “{containing}”") };
            figures.push(Figure::new(format!("list of {place}: {length} by {sort:?}{narrowed}"), times));
        }
    }
    let all = mirror.list(&query("", SortBy::Name, "")).await?;
    let mut times = Vec::new();
    for window in all.chunks(200).step_by(1 + all.len() / 200 / 50) {
        timed(&mut times, mirror.records(&Generator::large_matter(), window)).await?;
    }
    figures.push(Figure::new("200 rows of a list", times));
    Ok(figures)
}

async fn searches(mirror: &dyn Mirror) -> Result<Vec<Figure>, PortError> {
    let mut all = Vec::new();
    let mut slowest = Vec::new();
    for text in TYPED {
        let mut times = Vec::new();
        for _ in 0..5 {
            timed(&mut times, mirror.search(text, 20)).await?;
        }
        all.extend(&times);
        slowest.push(Figure::new(format!("  search “{text}”"), times));
    }
    slowest.sort_by(|a, b| b.percentile(50).total_cmp(&a.percentile(50)));
    slowest.truncate(12);
    slowest.insert(0, Figure::new("search", all));
    Ok(slowest)
}

fn fingerprint(n: u32) -> Fingerprint {
    let mut path_key = [0; 16];
    // A hundred files a folder; those of one folder have keys that lie together.
    path_key[..8].copy_from_slice(&Sha256::digest((n / 100).to_be_bytes())[..8]);
    path_key[8..].copy_from_slice(&Sha256::digest(n.to_le_bytes())[..8]);
    let stamp = FileStamp { size: n.into(), modified: i128::from(n) << 40, changed: 7, device: 8, inode: n.into() };
    Fingerprint { path_key, stamp, hash: FileHash::from_bytes(Sha256::digest(n.to_be_bytes()).into()) }
}

/// What the files of a drop hashed to: kept and asked for again, as many at a time as a drop does.
///
/// # Errors
/// [`PortError`] from the cache.
pub(crate) async fn fingerprints(cache: &dyn Fingerprints, files: u32) -> Result<Vec<Figure>, PortError> {
    let (mut kept, mut recalled) = (Vec::new(), Vec::new());
    for first in (0..files).step_by(4096) {
        let read: Vec<Fingerprint> = (first..files.min(first + 4096)).map(fingerprint).collect();
        timed(&mut kept, cache.remember(&read)).await?;
    }
    for first in (0..files).step_by(256).take(500) {
        let asked: Vec<_> = (first..files.min(first + 256)).map(fingerprint).map(|f| (f.path_key, f.stamp)).collect();
        timed(&mut recalled, cache.recall(&asked)).await?;
    }
    Ok(vec![Figure::new("4,096 fingerprints kept", kept), Figure::new("256 fingerprints recalled", recalled)])
}

async fn history(mirror: &dyn Mirror, firm: &Generator) -> Result<Vec<Figure>, PortError> {
    let (mut drops, mut events, mut failed, mut document) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for n in 0..50 {
        timed(&mut drops, mirror.drops(None, None, 50)).await?;
        timed(&mut events, mirror.drop_events(firm.last_drop(), &[], None, 100)).await?;
        timed(&mut failed, mirror.drop_events(firm.last_drop(), &[EventKind::Failed], None, 100)).await?;
        timed(&mut document, mirror.document(firm.hash(n * 7919))).await?;
    }
    Ok(vec![
        Figure::new("history, first page", drops),
        Figure::new("events of a drop", events),
        Figure::new("failed events of a drop", failed),
        Figure::new("one document", document),
    ])
}
