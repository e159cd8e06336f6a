//! Random faults from a seed: despite any of them, every file is stored once and correctly, and next
//! to nothing is sent twice. `STRONGROOM_SEED` tries one more.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use vault_core::ports::{Put, PutFailure, UploadSession};
use vault_testing::storage_server::{Asked, Fault, Log, Options, Step};

use crate::world::{CHUNK, MIB, Watch, World, retry_policy};

/// Faults of one object, after which its requests succeed.
const FAULTS: u64 = 6;

/// Faults in a row: fewer than make the client stop trying.
const IN_A_ROW: u64 = 2;

/// Uploads of one object that the server forgets.
const FORGOTTEN: u64 = 2;

fn seeds() -> Vec<u64> {
    let more = std::env::var("STRONGROOM_SEED").ok().map(|text| text.parse().expect("a number"));
    (1..=3).chain(more).collect()
}

/// A number that only these inputs give.
fn drawn(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The faults of the requests for one object.
#[derive(Default)]
struct Fate {
    asked: u64,
    faults: u64,
    in_a_row: u64,
    forgotten: u64,
    refused: bool,
}

impl Fate {
    /// Depends only on the seed and the earlier requests for this object, so that the order in which objects
    /// are requested makes no difference.
    fn fault(&mut self, seed: u64, asked: &Asked) -> Option<Fault> {
        self.asked += 1;
        let chance = drawn((seed, &asked.path, self.asked));
        let well = !chance.is_multiple_of(2) || self.faults == FAULTS || self.in_a_row == IN_A_ROW;
        let fault = (!well).then(|| self.draw(chance / 2, asked));
        self.refused = fault == Some(Fault::Answer(401));
        self.in_a_row = if fault.is_some() { self.in_a_row + 1 } else { 0 };
        self.faults += u64::from(fault.is_some());
        fault
    }

    fn draw(&mut self, chance: u64, asked: &Asked) -> Fault {
        let chunk = matches!(asked.step, Step::Upload | Step::Finalize);
        let somewhere = chance / 8 % (CHUNK + MIB);
        match chance % 8 {
            0 => Fault::Answer(503),
            1 => Fault::Answer(429),
            2 if !self.refused => Fault::Answer(401),
            3 if chunk && self.forgotten < FORGOTTEN => {
                self.forgotten += 1;
                Fault::Answer(410)
            }
            4 | 5 => Fault::LoseReply,
            6 => Fault::CutAt(0),
            _ => Fault::CutAt(somewhere),
        }
    }
}

/// A world with files of every kind, and faults.
async fn world(seed: u64) -> (World, Vec<Put>) {
    let whole_blocks = seed.is_multiple_of(2);
    let world = World::with(retry_policy(), Options { keep: false, md5: true, whole_blocks }).await;
    let tokens: Vec<String> = (0..1000).map(|number| format!("ann-{number}")).collect();
    world.server.accept(&tokens.iter().map(String::as_str).collect::<Vec<_>>());
    let mut fates: HashMap<String, Fate> = HashMap::new();
    world.server.decide(move |asked| fates.entry(asked.path.clone()).or_default().fault(seed, asked));
    let small = (0..20_u64).map(|at| (at, drawn((seed, at)) % 200_000));
    let large = (20..23_u64).map(|at| (at, CHUNK + 1 + drawn((seed, at)) % (2 * CHUNK)));
    let puts = small.chain(large).map(|(at, size)| world.file(seed * 100 + at, size)).collect();
    (world, puts)
}

/// The checks of an outside observer.
#[track_caller]
fn all_is_well(world: &World, puts: &[Put]) {
    let log = world.server.log();
    for put in puts {
        world.stored(put);
        let path = put.blob.path.to_string();
        assert_eq!(log.finalised.iter().filter(|object| object.path == path).count(), 1, "{path}");
    }
    let unique: u64 = puts.iter().map(|put| put.blob.size).sum();
    let again: u64 = log.asked.iter().map(|(asked, fault, _)| cost(asked, *fault, puts)).sum();
    // A request for a small file contains a little more than the file.
    let around = 1000 * log.count(Step::Multipart) as u64;
    assert!(log.received <= unique + again + around, "{} > {unique} + {again} + {around}", log.received);
}

/// How many bytes may be sent once more because of a fault: a chunk, or all of an upload that was forgotten.
fn cost(asked: &Asked, fault: Option<Fault>, puts: &[Put]) -> u64 {
    let size = puts.iter().find(|put| put.blob.path.to_string() == asked.path).map_or(0, |put| put.blob.size);
    match fault {
        None => 0,
        Some(Fault::Answer(410)) => size,
        Some(_) => size.min(CHUNK),
    }
}

type Trace = BTreeMap<String, Vec<(Step, u64, Option<Fault>)>>;

fn trace(log: &Log) -> Trace {
    let mut trace = Trace::new();
    for (asked, fault, _) in &log.asked {
        trace.entry(asked.path.clone()).or_default().push((asked.step, asked.offset, *fault));
    }
    trace
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_stored_once_despite_any_fault_and_a_seed_repeats_the_run() {
    for seed in seeds() {
        let mut traces = Vec::new();
        for _ in 0..2 {
            let (world, puts) = world(seed).await;
            let watch = Arc::new(Watch::default());
            let answers = world.put_watched(&puts, &watch).await;
            assert_eq!(answers, vec![Ok(()); puts.len()], "seed {seed}");
            all_is_well(&world, &puts);
            assert_eq!(watch.bytes(), puts.iter().map(|put| put.blob.size).sum::<u64>(), "seed {seed}");
            traces.push(trace(&world.server.log()));
        }
        let faults = traces[0].values().flatten().filter(|(.., fault)| fault.is_some()).count();
        assert!(faults > 10, "seed {seed} has {faults} faults");
        assert_eq!(traces[0], traces[1], "seed {seed}");
    }
}

/// The program is stopped again and again, too, and resumes with its queue.
#[tokio::test(flavor = "multi_thread")]
async fn uploads_stopped_at_any_time_store_everything_once() {
    for seed in seeds() {
        let (world, puts) = world(seed).await;
        let mut waiting = puts.clone();
        for run in 0_u64.. {
            assert!(run < 50, "seed {seed} does not end");
            let stop = if run < 8 { drawn((seed, "stop", run)) % (3 * CHUNK) } else { u64::MAX };
            let watch = Watch::stopping_at(stop);
            let answers = world.put_watched(&waiting, &watch).await;
            let sessions: HashMap<usize, UploadSession> = watch.sessions.lock().unwrap().iter().cloned().collect();
            let mut left = Vec::new();
            for (at, (put, answer)) in waiting.into_iter().zip(answers).enumerate() {
                match answer {
                    Ok(()) => {}
                    Err(PutFailure::Stopped) => {
                        let resume = sessions.get(&at).cloned().or(put.resume.clone());
                        left.push(Put { resume, ..put });
                    }
                    Err(failure) => panic!("seed {seed}: {failure:?}"),
                }
            }
            waiting = left;
            if waiting.is_empty() {
                break;
            }
        }
        for put in &puts {
            world.stored(put);
        }
    }
}
