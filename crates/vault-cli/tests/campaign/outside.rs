//! The outside check after every step: what must hold at any instant, despite any kill and cut. The numbers are
//! those of the promises in `ARCHITECTURE.md` under *What is tried*.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};
use vault_testing::storage_server::Step;

use crate::cloud::{Document, Documents};
use crate::firm::Firm;
use crate::log::{self, Log};
use crate::queue::{self, Copy, Queue};
use crate::storage_faults::{CHUNK, cost};

const STORED: [&str; 2] = ["upload_success", "upload_skipped_metadata_recorded"];

/// Files being sent at once, at the most.
const LANES: usize = 96;

/// Files that have started and are not recorded, at the most: the slots, and those started or recorded together.
pub(crate) const UNDER_WAY: usize = LANES + 64;

/// The columns of the mirror have numbers for these.
const KINDS: [&str; 4] = ["upload_interrupted", "upload_success", "upload_failed", "upload_skipped_metadata_recorded"];

/// An observer who saw everything from the beginning.
pub(crate) struct Outside<'a> {
    firm: &'a Firm,
    /// The folder that is filed.
    source: &'a Path,
    log: Log,
    before: Permanent,
    /// How many bytes may be sent again because the program was stopped in the middle.
    stopped: u64,
    /// How many requests the storage had got when the program was last stopped in the middle.
    requests: usize,
    /// How often it was.
    stops: usize,
}

/// What must never change once it exists.
#[derive(Debug, Default)]
struct Permanent {
    events: Documents,
    records: Documents,
}

/// What exists now.
struct Seen {
    records: Documents,
    events: Documents,
    queue: Queue,
    copy: Copy,
}

impl<'a> Outside<'a> {
    pub(crate) fn new(firm: &'a Firm, source: &'a Path) -> Self {
        Self { firm, source, log: log::log(source), before: Permanent::default(), stopped: 0, requests: 0, stops: 0 }
    }

    pub(crate) fn files(&self) -> u64 {
        self.log.len() as u64
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// The program was stopped in the middle: content being sent, and not stored, is sent again by up to a chunk.
    /// Nothing else is.
    pub(crate) fn was_stopped(&mut self) {
        self.stops += 1;
        let Some(server) = &self.firm.server else { return };
        let log = server.log();
        let stored: BTreeSet<String> = log.finalised.into_iter().map(|object| object.sha256).collect();
        let sent = log.asked[self.requests..].iter().map(|(asked, ..)| asked).filter(|asked| asked.step.has_content());
        let sent: BTreeSet<&str> = sent.filter_map(|asked| hash_of(&asked.path)).collect();
        let open: Vec<u64> = self
            .contents()
            .into_iter()
            .filter(|(hash, _)| sent.contains(&**hash) && !stored.contains(hash))
            .map(|(_, size)| size.min(CHUNK))
            .collect();
        assert!(open.len() <= LANES, "{} files were on their way at once", open.len());
        self.stopped += open.into_iter().sum::<u64>();
        self.requests = log.asked.len();
    }

    /// How many events are interrupted at the most: files started and not recorded, each time the program is stopped in
    /// the middle, and those in progress now.
    fn interrupted(&self, seen: &Seen) {
        let interrupted = seen.events.values().filter(|event| event.text("eventType") == KINDS[0]).count();
        let most = UNDER_WAY * self.stops;
        assert!(interrupted <= most, "{interrupted} interrupted events after {} stops", self.stops);
    }

    /// How much was sent, of how much.
    pub(crate) fn report(&self) -> String {
        let received = self.firm.server.as_ref().map_or(0, |server| server.log().received);
        let unique: u64 = self.contents().values().sum();
        format!("{received} bytes sent of {unique}, ends in the middle were worth {} at the most", self.stopped)
    }

    /// Sizes of all contents by their hash.
    fn contents(&self) -> BTreeMap<String, u64> {
        self.log.values().map(|file| (file.sha256.clone(), file.size)).collect()
    }

    /// What must hold at any instant.
    pub(crate) async fn look(&mut self) {
        let seen = self.see().await;
        // 10
        assert!(log::log(self.source) == self.log, "a source was touched");
        self.records(&seen).await;
        self.events(&seen);
        self.named_states(&seen);
        copy(&seen);
        self.bytes();
        self.interrupted(&seen);
        self.permanent(seen);
    }

    /// What must hold once faults have ended, and everything was filed so many times.
    pub(crate) async fn look_at_the_end(&mut self, times: usize) {
        self.look().await;
        let seen = self.see().await;
        // 9
        assert!(seen.queue.items.is_empty(), "the queue did not drain: {:?}", seen.queue);
        assert!(seen.queue.drops.iter().all(|drop| drop.phase == "finished"), "{:?}", seen.queue.drops);
        assert_eq!(seen.queue.drops.len(), times, "drops");
        let stored = final_events(&seen.events);
        for drop in &seen.queue.drops {
            for path in self.log.keys() {
                let count = stored.get(&(drop.id.clone(), path.clone()));
                assert_eq!(count, Some(&1), "{} has so many final events", shown(path));
            }
        }
        let (server, copied): (BTreeSet<_>, BTreeSet<_>) =
            (seen.records.keys().collect(), seen.copy.records.iter().collect());
        assert_eq!(server, copied, "the copy is not the same once all is done");
    }

    async fn see(&self) -> Seen {
        let cloud = &self.firm.cloud;
        // One after the other: the last request of a killed program may take effect only now, its event and its record
        // at once.
        let events = cloud.documents("uploadEvents").await;
        let records = cloud.documents("metadata").await;
        let (queue, copy) = match self.firm.kept() {
            Some(kept) => queue::read(&kept).await,
            None => <(Queue, Copy)>::default(),
        };
        Seen { records, events, queue, copy }
    }

    /// 3 and 5: no record without its verified content, nor before it; each id is derived from its content, so there is
    /// one.
    async fn records(&self, seen: &Seen) {
        let finalised: BTreeMap<_, _> = match &self.firm.server {
            Some(server) => server.log().finalised.into_iter().map(|object| (object.path, object.at)).collect(),
            None => BTreeMap::new(),
        };
        for (id, record) in &seen.records {
            let (name, hash) = (record.text("originalName"), record.text("fileHash"));
            let identity = format!("{name}|{}|{hash}", record.number("lastModified"));
            assert_eq!(&hex::encode(Sha256::digest(identity)), id, "a record's id is not its hash");
            let path = record.text("storagePath");
            let object = match &self.firm.server {
                Some(server) => server.object(path),
                None => self.firm.cloud.object(path).await,
            };
            let expected = Some((hash.to_owned(), u64::try_from(record.number("size")).unwrap()));
            assert_eq!(object, expected, "a record without its content at {path}");
            if let Some(at) = finalised.get(path) {
                let at = i64::try_from(at.duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap();
                assert!(at <= record.made, "a record was there before its content at {path}: {at} > {}", record.made);
            }
        }
    }

    /// 1, 2 and 4 from the side of the vault: a file called stored was handed over, has a record, and one final event.
    fn events(&self, seen: &Seen) {
        for ((_, path), count) in final_events(&seen.events) {
            assert_eq!(count, 1, "{} has more than one final event in a drop", shown(&path));
        }
        for event in seen.events.values() {
            let path = path_of(event);
            let logged = self.log.get(&path).unwrap_or_else(|| panic!("{} was never handed over", shown(&path)));
            let stated = (event.text("fileHash"), event.number("size"), event.number("lastModified"));
            assert_eq!(
                stated,
                (&*logged.sha256, i64::try_from(logged.size).unwrap(), logged.modified),
                "{}",
                shown(&path)
            );
            assert_ne!(event.text("eventType"), "upload_failed", "nothing is wrong with {}", shown(&path));
            if STORED.contains(&event.text("eventType")) {
                let record = seen.records.get(event.text("metadataHash"));
                let record = record.unwrap_or_else(|| panic!("{} is stored without a record", shown(&path)));
                assert_eq!(record.text("fileHash"), logged.sha256);
            }
            let known = seen.queue.drops.iter().any(|drop| drop.id == event.text("batchId"));
            assert!(known, "an event of a drop that this computer does not know");
        }
    }

    /// 2, 4 and 8 from the side of the queue: every file is either waiting or stored.
    fn named_states(&self, seen: &Seen) {
        let stored = final_events(&seen.events);
        for drop in &seen.queue.drops {
            if drop.phase == "preparing" {
                continue;
            }
            let is_waiting = |path: &Vec<u8>| seen.queue.items.contains_key(&(drop.id.clone(), path.clone()));
            let (waiting, done): (Vec<_>, Vec<_>) = self.log.keys().partition(|path| is_waiting(path));
            let [counted_stored, counted_known, counted_waiting] = drop.counts;
            let counts = (counted_stored + counted_known, counted_waiting);
            assert_eq!(counts, (as_i64(done.len()), as_i64(waiting.len())), "the queue counts wrong");
            for path in done {
                let count = stored.get(&(drop.id.clone(), path.clone()));
                assert_eq!(count, Some(&1), "{} is done without a final event", shown(path));
            }
        }
        for ((drop, path), item) in &seen.queue.items {
            assert!(self.log.contains_key(path), "{} was never handed over", shown(path));
            assert!(item.state <= 3, "{} of {drop} needs attention: {item:?}", shown(path));
            let (Some((hash, offset)), Some(server)) = (&item.confirmed, &self.firm.server) else { continue };
            if let Some(received) = server.received(hash) {
                assert!(*offset <= received, "{offset} bytes count as confirmed, of {received}");
            }
        }
    }

    /// 7: stored content is not sent again, and other content only as much as the faults cause.
    fn bytes(&self) {
        let Some(server) = &self.firm.server else { return };
        let (log, sizes) = (server.log(), self.contents());
        assert_eq!(log.violations, [], "the program violated the protocol");
        assert_eq!(log.sent_again(), [""; 0], "stored content was sent again");
        let mut paths: Vec<&str> = log.finalised.iter().map(|object| &*object.path).collect();
        paths.sort_unstable();
        assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "an object was written twice");
        let size = |path: &str| hash_of(path).and_then(|hash| sizes.get(hash)).copied().unwrap_or_default();
        let faults: u64 =
            log.asked.iter().filter_map(|(asked, fault, _)| Some(cost((*fault)?, size(&asked.path)))).sum();
        let unique: u64 = sizes.values().sum();
        // A request for a small file contains a little more than the file.
        let around = 1000 * log.count(Step::Multipart) as u64;
        let most = unique + faults + self.stopped + log.forgotten + around;
        assert!(
            log.received <= most,
            "{} bytes were sent, of {unique}; faults explain {faults}, stops in the middle {}, forgotten uploads {}",
            log.received,
            self.stopped,
            log.forgotten
        );
    }

    /// 6: final events and records do not change, except the places of a record.
    fn permanent(&mut self, seen: Seen) {
        for (id, event) in &self.before.events {
            assert_eq!(seen.events.get(id), Some(event), "a final event changed or went");
        }
        for (id, record) in &self.before.records {
            let now = seen.records.get(id).map(lasting);
            assert_eq!(now, Some(lasting(record)), "a record changed or went");
        }
        let mut events = seen.events;
        events.retain(|_, event| event.text("eventType") != KINDS[0]);
        self.before = Permanent { events, records: seen.records };
    }
}

/// 11: the mirror contains nothing that the vault does not.
fn copy(seen: &Seen) {
    assert_eq!(seen.copy.waiting, 0, "nobody changed anything");
    for record in &seen.copy.records {
        assert!(seen.records.contains_key(record), "a record is in the copy only");
    }
    for (id, kind) in &seen.copy.events {
        let event = seen.events.get(id).unwrap_or_else(|| panic!("an event is in the copy only"));
        let kind = KINDS[usize::try_from(*kind).unwrap()];
        assert!(kind == KINDS[0] || kind == event.text("eventType"), "the copy says {kind} of {event:?}");
    }
}

/// A record without its places.
fn lasting(record: &Document) -> Document {
    let mut record = record.clone();
    for field in ["folderPaths", "updatedAt"] {
        record.fields[field] = serde_json::Value::Null;
    }
    record
}

/// The hash of the content at a path.
fn hash_of(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.split('.').next()
}

/// How many final events say that a file is stored, by drop and path.
fn final_events(events: &Documents) -> BTreeMap<(String, Vec<u8>), u64> {
    let mut counts = BTreeMap::new();
    for event in events.values().filter(|event| STORED.contains(&event.text("eventType"))) {
        *counts.entry((event.text("batchId").to_owned(), path_of(event))).or_default() += 1;
    }
    counts
}

fn path_of(event: &Document) -> Vec<u8> {
    [event.name("folderPath", "folderPathBytes"), event.name("fileName", "fileNameBytes")].join(&b'/')
}

fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}
