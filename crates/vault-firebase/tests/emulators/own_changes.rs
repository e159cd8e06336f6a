//! A program's own writes are reported without a read. A mirror that is updated from them must equal one that reads
//! everything, despite concurrent changes by colleagues and another program, and lost replies.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use vault_core::model::{EventKind, MatterId, UploadEvent};
use vault_core::ports::{Change, ChangePage, Cursor, Identity as _, Outcome, Records as _};
use vault_firebase::{FirebaseRecords, MemorySecrets};
use vault_testing::conformance::Case;

use crate::world::{self, Administrator, sign_in};

/// Every random choice of a run, from its seed.
struct Choices(u64);

impl Choices {
    /// One of `0..below`.
    fn below(&mut self, below: u64) -> u64 {
        // Knuth's MMIX generator; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// A mirror of the team's documents, of a reader who follows the changes.
#[derive(Default)]
struct Copy {
    documents: BTreeMap<String, Change>,
    cursor: Option<Cursor>,
}

impl Copy {
    /// Applies a page; returns whether there are more.
    async fn page(&mut self, records: &FirebaseRecords, rows: usize) -> bool {
        let ChangePage { changes, cursor, more } = records.changes(self.cursor.as_ref(), rows).await.expect("changes");
        for change in changes {
            if let Change::Event(event) = &change
                && event.kind.is_stored()
            {
                let record = format!("matters/{}/metadata/{}", event.matter, event.metadata_hash);
                assert!(self.documents.contains_key(&record), "an event before its record");
            }
            self.documents.insert(change.document(), change);
        }
        self.cursor = Some(cursor);
        more
    }

    async fn sync_mirror(&mut self, records: &FirebaseRecords, rows: usize) {
        while self.page(records, rows).await {}
    }
}

/// Ann, the same user in another program on her computer, and a colleague.
struct Office {
    ann: FirebaseRecords,
    again: FirebaseRecords,
    bob: FirebaseRecords,
    case: Case,
    bobs: Case,
    sessions: Vec<Arc<vault_firebase::Session>>,
}

impl Office {
    async fn open(settled: Duration) -> Self {
        let administrator = Administrator::new();
        let people = (administrator.new_user("Ann").await, administrator.new_user("Bob").await);
        administrator.team(&[&people.0, &people.1]).await;
        let ann = Arc::new(sign_in(&people.0, &Arc::new(MemorySecrets::default())).await);
        let bob = Arc::new(sign_in(&people.1, &Arc::new(MemorySecrets::default())).await);
        let case = Case::new(&ann.person().await.expect("person"), &MatterId::general());
        let case = case.announced(&world::records(&ann).await).await;
        let bobs = Case::new(&bob.person().await.expect("person"), &MatterId::general());
        let bobs = bobs.announced(&world::records(&bob).await).await;
        Self {
            ann: world::records(&ann).await.settled_after(settled),
            again: world::records(&ann).await.settled_after(settled),
            bob: world::records(&bob).await.settled_after(settled),
            case,
            bobs,
            sessions: vec![ann, bob],
        }
    }

    /// The documents that a new reader finds.
    async fn everything(&self) -> BTreeMap<String, Change> {
        let mut fresh = Copy::default();
        fresh.sync_mirror(&world::records(&self.sessions[1]).await, 1000).await;
        fresh.documents
    }
}

fn begun(outcome: &Outcome) -> UploadEvent {
    UploadEvent { kind: EventKind::Interrupted, reason: None, ..outcome.event.clone() }
}

/// Some files, of which others have filed some already, from one of a few folders.
fn files(case: &Case, choices: &mut Choices) -> Vec<Outcome> {
    let folder = ["Box", "Archive/Box", "Letters", ""][usize::try_from(choices.below(4)).expect("small")];
    let mut files: HashMap<u64, Outcome> = HashMap::new();
    for _ in 0..=choices.below(8) {
        let seed = choices.below(40);
        let kind = [EventKind::Success, EventKind::Success, EventKind::Failed];
        let kind = kind[usize::try_from(choices.below(3)).expect("small")];
        files.insert(seed, case.file_of(&seed.to_string(), kind, folder));
    }
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_by_key(|(seed, _)| *seed);
    files.into_iter().map(|(_, file)| file).collect()
}

/// Performs the steps of the seed, and compares Ann's mirror now and then.
async fn run(seed: u64, settled: Duration) {
    let office = Office::open(settled).await;
    let (mut choices, mut copy) = (Choices(seed), Copy::default());
    // Started and not ended, with the user who started it.
    let mut under_way: Vec<(bool, Vec<Outcome>)> = Vec::new();
    for step in 0..40 {
        let hers = choices.below(3) > 0;
        let (records, case) = if hers { (&office.ann, &office.case) } else { (&office.bob, &office.bobs) };
        match choices.below(8) {
            0 | 1 => {
                let files = files(case, &mut choices);
                records.begin(&files.iter().map(begun).collect::<Vec<_>>()).await.expect("begin");
                under_way.push((hers, files));
            }
            2 | 3 => {
                let at = usize::try_from(choices.below(under_way.len().max(1) as u64)).expect("small");
                if at < under_way.len() {
                    let (hers, files) = under_way.swap_remove(at);
                    // Ann's may be ended by her other program; or by that one first, and hers does not learn of it.
                    let ended_by = choices.below(3);
                    if hers && ended_by > 0 {
                        office.again.commit(&files).await.expect("commit");
                    }
                    if !hers {
                        office.bob.commit(&files).await.expect("commit");
                    } else if ended_by < 2 {
                        office.ann.commit(&files).await.expect("commit");
                    }
                }
            }
            4 => {
                let skipped = files(case, &mut choices).into_iter().filter(|file| file.record.is_some()).map(|file| {
                    Outcome { event: UploadEvent { kind: EventKind::AlreadyStored, ..file.event }, ..file }
                });
                records.commit(&skipped.collect::<Vec<_>>()).await.expect("commit");
            }
            5 => records.put_drop(&case.summary(1), &[]).await.expect("drop"),
            _ => {
                let rows = [1, 3, 10, 1000][usize::try_from(choices.below(4)).expect("small")];
                if choices.below(4) == 0 {
                    copy.page(&office.ann, rows).await;
                } else {
                    copy.sync_mirror(&office.ann, rows).await;
                }
            }
        }
        if step % 10 == 9 {
            copy.sync_mirror(&office.ann, 1000).await;
            assert_eq!(copy.documents, office.everything().await, "seed {seed}, step {step}");
        }
    }
}

#[tokio::test]
async fn a_mirror_updated_from_its_own_writes_equals_one_that_read_everything() {
    for seed in 1..=2 {
        run(seed, Duration::from_secs(10)).await;
    }
}

#[tokio::test]
async fn a_mirror_with_a_close_cursor_equals_one_that_read_everything() {
    for seed in 11..=12 {
        run(seed, Duration::ZERO).await;
    }
}

#[tokio::test]
async fn own_writes_are_reported_without_a_read_and_a_colleagues_writes_are_read() {
    let office = Office::open(Duration::from_secs(10)).await;
    let mut copy = Copy::default();
    copy.sync_mirror(&office.ann, 1000).await;
    let hers: Vec<_> = (0..100).map(|_| office.case.file(EventKind::Success, "Box")).collect();
    for round in 0..3 {
        let before = office.ann.cost().reads;
        if round == 0 {
            office.ann.begin(&hers.iter().map(begun).collect::<Vec<_>>()).await.expect("begin");
            copy.sync_mirror(&office.ann, 1000).await;
            office.ann.commit(&hers).await.expect("commit");
        }
        copy.sync_mirror(&office.ann, 1000).await;
        // Each time four kinds are queried, among them the two drops just announced, and the events are counted
        // twice; the matter is queried once.
        assert!(office.ann.cost().reads - before <= 19, "{}", office.ann.cost().reads - before);
        assert_eq!(copy.documents, office.everything().await);
    }
    // A colleague starts an attempt: there are more events. Then it ends: as many, but fewer that have only started.
    let his = office.bobs.file(EventKind::Success, "Box");
    office.bob.begin(&[begun(&his)]).await.expect("begin");
    copy.sync_mirror(&office.ann, 1000).await;
    assert_eq!(copy.documents, office.everything().await);
    office.bob.commit(&[his]).await.expect("commit");
    copy.sync_mirror(&office.ann, 1000).await;
    assert_eq!(copy.documents, office.everything().await);
    // Documents that were read are not read again.
    let before = office.ann.cost().reads;
    copy.sync_mirror(&office.ann, 1000).await;
    assert!(office.ann.cost().reads - before <= 12, "{}", office.ann.cost().reads - before);
}
