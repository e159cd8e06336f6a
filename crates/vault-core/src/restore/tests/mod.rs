//! Restores to many kinds of drives: everything is restored, and a second restore finds everything there already.

mod made_up;

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use self::made_up::{MadeUp, Rules};
use super::destination::Destination;
use super::drive::DriveFolder as _;
use super::mark::{Mark, Marks, Origin};
use super::perform::{How, perform};
use super::plan::{RestoreFile, RestorePlan};
use super::run::Restored;
use super::scope::Located;
use crate::durable::Policy;
use crate::model::{BlobRef, FileHash, LastModified, MatterId, MetadataHash, PathText, StoragePath, TeamId, Timestamp};
use crate::ports::{BlobReader, Blobs, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch};
use crate::progress::Progress;

/// Content in memory.
#[derive(Default)]
struct Contents(HashMap<FileHash, Vec<u8>>);

#[async_trait]
impl Blobs for Contents {
    async fn check(&self, _: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        unreachable!("a restore asks for content only")
    }

    async fn put(&self, _: Vec<Put>, _: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        unreachable!("a restore stores nothing")
    }

    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        Ok(self.0.get(&blob.hash()).map(|content| Box::new(Cursor::new(content.clone())) as BlobReader))
    }

    async fn list(&self, _: Option<&str>, _: usize) -> Result<Vec<ListedBlob>, PortError> {
        unreachable!("a restore lists nothing")
    }
}

/// A file as it was received: its folder, name, content and time in milliseconds.
type Received = (String, Vec<u8>, u8, i64);

/// The plan that restores these, with their contents.
fn planned(received: &[Received], empty: &[&str]) -> (RestorePlan, HashMap<MetadataHash, BlobRef>, Contents) {
    let (mut files, mut places, mut contents) = (BTreeMap::<_, Vec<_>>::new(), HashMap::new(), Contents::default());
    let team = TeamId::new("t").expect("id");
    let mut seen = std::collections::HashSet::new();
    for (folder, name, byte, time) in received {
        let (folder, name) = (PathText::plain(folder), PathText::from_bytes(name.clone()));
        let received_as = folder.join(&name);
        // A file has one name.
        if !seen.insert(received_as.clone()) {
            continue;
        }
        let content = vec![*byte; usize::from(*byte) * 50_000];
        let (hash, last_modified) = (FileHash::of(&content), LastModified(*time));
        let record = MetadataHash::of(name.text(), last_modified, hash);
        let path = StoragePath::new(&team, &MatterId::general(), hash, name.text());
        places.insert(record, BlobRef { path, size: content.len() as u64 });
        let size = content.len() as u64;
        contents.0.insert(hash, content);
        files.entry(folder).or_default().push(RestoreFile {
            expected_as: received_as.clone(),
            source: None,
            name,
            received_as,
            record,
            hash,
            size,
            last_modified,
        });
    }
    let folders = empty.iter().map(|folder| (PathText::plain(*folder), LastModified(0))).collect();
    (RestorePlan { files, folders, renamed: Vec::new(), refused: Vec::new() }, places, contents)
}

fn restored(drive: &MadeUp, received: &[Received], empty: &[&str], runtime: &Runtime) -> Restored {
    restored_how(drive, received, empty, (How { mark: None, policy: Policy::here() }, runtime))
}

fn marked(drive: &MadeUp, received: &[Received], (mark, runtime): (Option<Mark>, &Runtime)) -> Restored {
    restored_how(drive, received, &[], (How { mark, policy: Policy::here() }, runtime))
}

/// Like [`restored`], and flushes everything at the end.
fn restored_how(drive: &MadeUp, received: &[Received], empty: &[&str], (how, runtime): (How, &Runtime)) -> Restored {
    let policy = how.policy;
    let (plan, places, contents) = planned(received, empty);
    let destination = Destination::on(drive.again().expect("drive")).expect("open");
    let located = Located { plan, places, unknown: Vec::new() };
    let restored = perform(located, &contents, (&destination, how), &Progress::default(), runtime.handle());
    destination.flush(policy).expect("flush");
    restored.expect("perform")
}

/// Restores twice, and checks the result.
fn check(rules: &Rules, received: &[Received], runtime: &Runtime) {
    let drive = MadeUp::new(rules.clone());
    let on = rules.called;
    let first = restored(&drive, received, &["Empty", "empty", "em:pty"], runtime);
    assert_eq!(first.problems, [], "{on}");
    let tree = drive.tree();
    let files = tree.values().filter(|content| content.is_some()).count() as u64;
    assert_eq!((first.restored, first.already_there), (files, 0), "{on}: {tree:?}");
    let (plan, ..) = planned(received, &[]);
    let mut expected: Vec<FileHash> = plan.files.values().flatten().map(|file| file.hash).collect();
    let mut there: Vec<FileHash> = tree.values().flatten().map(|content| FileHash::of(content)).collect();
    expected.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, expected, "{on}: every file once");
    let folders = |name: &str| tree.iter().filter(|(path, node)| node.is_none() && path.starts_with(name)).count();
    assert!(folders("Empty") + folders("empty") >= 2, "{on}: a folder was lost: {tree:?}");
    for file in plan.files.values().flatten() {
        let renamed = first.renamed.iter().find(|renamed| renamed.from == file.received_as);
        let at = renamed.map_or(&file.received_as, |renamed| &renamed.to);
        assert!(tree.contains_key(at.text()), "{on}: {at} is not there, and not listed");
    }

    let second = restored(&drive, received, &["Empty", "empty", "em:pty"], runtime);
    assert_eq!((second.restored, second.already_there), (0, files), "{on}");
    assert_eq!(
        (second.problems, second.renamed, second.other_times),
        (vec![], first.renamed, first.other_times),
        "{on}"
    );
    assert_eq!(drive.tree(), tree, "{on}: the second time changed something");
}

fn received(path: &str, byte: u8, time: i64) -> Received {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder.to_owned(), name.as_bytes().to_vec(), byte, time)
}

#[test]
fn every_drive_gets_everything_and_has_it_the_second_time() {
    let runtime = Runtime::new().expect("runtime");
    let long = format!("{}.pdf", "x".repeat(251));
    let umlauts = format!("{}.pdf", "ä".repeat(200));
    let time = 1_700_000_001_234;
    let files = [
        received("Box/A.pdf", 1, time),
        received("Box/a.pdf", 2, time),
        // The same content and time as its twin, but still two files.
        received("Box/B.pdf", 3, time),
        received("Box/b.pdf", 3, time),
        received("Docs/letter.txt", 1, time),
        received("docs/letter.txt", 1, time),
        received("docs/Docs", 1, time),
        received("Box/caf\u{e9}.txt", 1, time),
        received("Box/cafe\u{301}.txt", 1, time),
        received("Box/Memo 12:30.txt", 4, time),
        received("Box/Memo 12_30.txt", 5, time),
        received("re: Smith/re: Smith/?", 1, time),
        received("Box/ends.", 1, time),
        received("Box/ends", 1, time),
        received("Box/ends ", 1, time),
        received("Box/con.txt", 1, time),
        received("Box/合同.docx", 1, time),
        received(&format!("Box/{long}"), 1, time),
        received(&format!("Box/{}", long.to_uppercase()), 1, time),
        received(&format!("Box/{umlauts}"), 1, time),
        received("Box/new\nline", 1, time),
        ("Box".to_owned(), b"not \xff text".to_vec(), 1, time),
        received("Box/old", 1, -1_000_000_000_000),
        received("Box/before FAT", 1, 5),
        received("Box/late", 1, 2_600_000_000_000),
        received("Box/later", 1, 253_402_300_799_999),
        received("Box/holes", 0, time + 999),
        received("b", 1, time),
        received("c/b", 1, time),
    ];
    for rules in Rules::all() {
        check(&rules, &files, &runtime);
    }
}

#[test]
fn every_file_that_is_written_is_marked_unless_a_person_vouches_for_it() {
    let (runtime, now) = (Runtime::new().expect("runtime"), Timestamp(1_764_486_000_000));
    let files = [received("Box/a.docx", 1, 1_700_000_000_000), received("b", 2, 5)];
    for system in [Marks::Windows, Marks::Mac, Marks::None] {
        for origin in [Origin::Outside, Origin::Trusted] {
            let (drive, mark) = (MadeUp::new(Rules::EXT4), system.of(origin, now));
            let first = marked(&drive, &files, (mark.clone(), &runtime));
            assert_eq!((first.restored, first.unmarked, first.other_times.len()), (2, 0, 0), "{system:?}");
            assert_eq!(drive.marks(), vec![mark; 2], "{system:?} {origin:?}");
            // Existing files are not changed.
            let second = marked(&drive, &files, (system.of(Origin::Outside, now), &runtime));
            assert_eq!((second.already_there, second.unmarked), (2, 0), "{system:?}");
        }
    }
}

#[test]
fn a_drive_that_keeps_no_marks_gets_the_files_and_that_is_said() {
    let runtime = Runtime::new().expect("runtime");
    let drive = MadeUp::new(Rules { marks: false, ..Rules::EXT4 });
    let files = [received("Box/a.docx", 1, 5), received("b", 2, 5)];
    let mark = Marks::Windows.of(Origin::Outside, Timestamp(0));
    let restored = marked(&drive, &files, (mark, &runtime));
    assert_eq!((restored.restored, restored.unmarked, restored.problems), (2, 2, vec![]));
    assert_eq!(drive.marks(), [None, None]);
}

/// The calls for one file and an empty folder, as each system makes them durable.
#[test]
fn what_was_restored_is_flushed_before_the_restore_ends() {
    let runtime = Runtime::new().expect("runtime");
    let asked = |policy| {
        let drive = MadeUp::new(Rules::EXT4);
        let how = How { mark: None, policy };
        restored_how(&drive, &[received("Box/Letters/a.pdf", 1, 5)], &["Empty"], (how, &runtime));
        drive.flushes()
    };
    assert_eq!(asked(Policy::Linux), ["name Box/Letters/a.pdf", "drive"]);
    assert_eq!(
        asked(Policy::Mac),
        [
            "file .strongroom-restore/0",
            "name Box/Letters/a.pdf",
            "folder ",
            "folder Box",
            "folder Box/Letters",
            "folder Empty",
        ]
    );
    assert_eq!(
        asked(Policy::Windows),
        ["file .strongroom-restore/0", "name Box/Letters/a.pdf", "file Box/Letters/a.pdf"]
    );
}

/// Opening each from the top three times (for itself, its time and its flush) would take many more.
#[test]
fn folders_far_in_each_other_are_opened_from_near_by() {
    const DEEP: usize = 200;
    let runtime = Runtime::new().expect("runtime");
    let deepest = vec!["a?"; DEEP].join("/");
    let folders: Vec<&str> = (0..DEEP).map(|n| &deepest[..n * 3 + 2]).collect();
    for rules in Rules::all().into_iter().filter(|rules| matches!(rules.called, "ext4" | "FAT")) {
        let (on, drive) = (rules.called, MadeUp::new(rules));
        let how = (How { mark: None, policy: Policy::Mac }, &runtime);
        let restored = restored_how(&drive, &[received(&format!("{deepest}/x"), 1, 0)], &folders, how);
        assert_eq!((restored.problems, restored.restored, restored.folders), (vec![], 1, DEEP as u64), "{on}");
        assert!(drive.opened() < DEEP * 100, "{on}: {}", drive.opened());
    }
}

#[test]
fn a_time_that_a_drive_does_not_have_is_listed_with_the_nearest_one() {
    let runtime = Runtime::new().expect("runtime");
    let rules = Rules { unit: 1000, seconds: (0, (1 << 31) - 1), ..Rules::EXT4 };
    let drive = MadeUp::new(rules);
    let files = [received("a", 1, 2_600_000_000_000), received("b", 1, 1_700_000_000_500)];
    let restored = restored(&drive, &files, &[], &runtime);
    assert_eq!(restored.other_times.len(), 1, "{:?}", restored.other_times);
    let other = &restored.other_times[0];
    assert_eq!((other.path.text(), other.restored), ("a", LastModified(2_147_483_647_000)));
}

#[test]
fn what_is_there_is_neither_written_over_nor_taken_for_the_file() {
    let runtime = Runtime::new().expect("runtime");
    for rules in Rules::all() {
        let drive = MadeUp::new(rules.clone());
        let time = 1_700_000_000_000;
        // Another file with the name, and one with the first number.
        restored(&drive, &[received("Box/a.pdf", 7, time), received("Box/a (2).pdf", 1, time)], &[], &runtime);
        let files =
            [received("Box/A.pdf", 1, time), received("Box/a.pdf", 2, time), received("Box/a (2).pdf", 1, time)];
        let first = restored(&drive, &files, &[], &runtime);
        assert_eq!(first.restored + first.already_there, 3, "{}", rules.called);
        let tree = drive.tree();
        assert_eq!(tree["Box/a.pdf"].as_ref().expect("file").len(), 350_000, "{}", rules.called);
        let second = restored(&drive, &files, &[], &runtime);
        assert_eq!((second.restored, second.already_there), (0, 3), "{}: {:?}", rules.called, drive.tree().keys());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn a_second_time_gives_already_there_on_every_drive(
        files in proptest::collection::vec(
            (
                "(Docs|docs|re: S|é|e\u{301}|b)(/(A|a|b|x\\.))?",
                "([aAbB:?ßéÉ合 .]|e\u{301}|\u{1d54f}){1,4}(\\.pdf|\\.PDF)?|(con|x{255}|é{130})",
                0_u8..3,
                prop_oneof![
                    Just(1_700_000_000_000_i64),
                    1_700_000_000_000_i64..1_700_000_003_000,
                    -3_000_000_000_000_i64..9_000_000_000_000,
                ],
            ),
            0..12,
        ),
        kind in 0_usize..10,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime");
        let files: Vec<Received> = files
            .into_iter()
            .filter(|(_, name, ..)| ![".", ".."].contains(&name.as_str()))
            .map(|(folder, name, byte, time)| (folder, name.into_bytes(), byte, time))
            .collect();
        // A file and a folder with one path come from different drops; the plan has numbered one of them already.
        let clash = files.iter().any(|(folder, name, ..)| {
            let path = PathText::plain(folder).join(&PathText::from_bytes(name.clone()));
            files.iter().any(|(other, ..)| other == path.text() || other.starts_with(&format!("{path}/")))
        });
        prop_assume!(!clash);
        check(&Rules::all()[kind], &files, &runtime);
    }
}
