//! Whatever folders and files are dropped together and after one another, nested, overlapping, of one name, empty, given
//! twice: each comes back, once, exactly.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use proptest::test_runner::Config;
use vault_core::intake::dropped_path;
use vault_core::model::{DropId, MatterId};
use vault_core::ports::{Attention, PortError};
use vault_core::restore::{RestoreScope, Restored};
use vault_core::{Vault, VaultError};

use super::world::World;

/// What of each person's desk can be dropped; the desk itself holds all of it.
const PLACES: [&str; 6] = ["", "Box", "Box/Letters", "Letters", "x.pdf", "Box/x.pdf"];

/// Folders that stand on a desk, if chosen, empty or not, and the files, if chosen.
const FOLDERS: [&str; 5] = ["Box", "Box/Letters", "Box/Letters/empty", "Letters", "Letters/2023"];
const FILES: [&str; 5] = ["x.pdf", "Box/x.pdf", "Box/x (2).pdf", "Box/Letters/x.pdf", "Letters/2023/x.pdf"];

/// A desk: which folders and files stand on it; a content of a file is one of few, so that some are equal.
#[derive(Debug, Clone)]
struct Desk {
    folders: [bool; FOLDERS.len()],
    files: [Option<u8>; FILES.len()],
}

prop_compose! {
    fn desk()(folders: [bool; FOLDERS.len()], files in proptest::array::uniform5(proptest::option::of(0..3_u8))) -> Desk {
        Desk { folders, files }
    }
}

/// The person, and which of their places: of one desk is dropped more than of the others.
fn sources() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((0..3_usize, 0..PLACES.len()), 1..6)
}

fn set_time(path: &Path, seconds: u64) {
    File::open(path).unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(1_600_000_000 + seconds)).unwrap();
}

impl Desk {
    fn make(&self, at: &Path) {
        fs::create_dir_all(at).unwrap();
        let folders = FOLDERS.iter().zip(self.folders).filter(|(_, there)| *there);
        folders.for_each(|(folder, _)| fs::create_dir_all(at.join(folder)).unwrap());
        for (file, content) in FILES.iter().zip(self.files) {
            let Some(content) = content else { continue };
            let path = at.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, [content]).unwrap();
            set_time(&path, u64::from(content % 2));
        }
        for (seconds, folder) in (7..).zip(FOLDERS.iter().rev()) {
            if at.join(folder).is_dir() {
                set_time(&at.join(folder), seconds);
            }
        }
        set_time(at, 99);
    }
}

/// Everything at and below a place: the length of a folder's content is none.
type Snapshot = BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)>;

fn snapshot(at: &Path, below: &Path, into: &mut Snapshot) {
    let metadata = fs::symlink_metadata(at).unwrap();
    let content = metadata.is_file().then(|| fs::read(at).unwrap());
    into.insert(below.to_owned(), (content, metadata.modified().unwrap()));
    if metadata.is_dir() {
        for entry in fs::read_dir(at).unwrap() {
            let name = entry.unwrap().file_name();
            snapshot(&at.join(&name), &below.join(&name), into);
        }
    }
}

fn seen(at: &Path) -> Snapshot {
    let mut seen = Snapshot::new();
    snapshot(at, Path::new(""), &mut seen);
    seen
}

/// Restores, twice; and holds what is there against these trees, each of which has to be there once and nothing else.
async fn comes_back(vault: &Vault, scope: &RestoreScope, below: &str, trees: &BTreeSet<PathBuf>) {
    let back = tempfile::tempdir().unwrap();
    let restored = vault.restore(scope, back.path(), Arc::default()).await.unwrap();
    assert_eq!((restored.problems.len(), restored.already_there), (0, 0));
    let mut left = seen(back.path());
    left.remove(Path::new(""));
    for tree in trees {
        let top = name_of(tree, &restored);
        // The folders around a part of a tree come with it, but were not asked for.
        let part = Path::new(below).components().skip(1).collect::<PathBuf>();
        for ancestor in part.ancestors().skip(1) {
            left.remove(&top.join(ancestor));
        }
        // A file with an empty path behind it is not the file.
        let asked = if part.as_os_str().is_empty() { tree.clone() } else { tree.join(&part) };
        for (path, what) in seen(&asked) {
            let at = if path == Path::new("") { top.join(&part) } else { top.join(&part).join(path) };
            let at: PathBuf = at.components().collect();
            assert_eq!(left.remove(&at), Some(what), "{} of {} as {}", at.display(), tree.display(), top.display());
        }
    }
    assert_eq!(left, Snapshot::new(), "nothing else");
    let all = || {
        let mut all = seen(back.path());
        all.remove(Path::new(""));
        all
    };
    let before = all();
    let again = vault.restore(scope, back.path(), Arc::default()).await.unwrap();
    assert_eq!((again.restored, again.already_there), (0, restored.restored));
    assert_eq!(again.renamed, restored.renamed);
    assert_eq!(all(), before, "nothing is written again");
}

/// What a tree is called where it was restored to.
fn name_of(tree: &Path, restored: &Restored) -> PathBuf {
    let renamed = restored.renamed.iter().find(|one| one.source.as_deref() == tree.to_str());
    renamed.map_or_else(|| PathBuf::from(tree.file_name().unwrap()), |renamed| renamed.to.text().into())
}

async fn drop_and_file(vault: &Vault, sources: &[PathBuf]) -> DropId {
    let general = MatterId::general();
    let drop = vault.accept(&general, sources.to_vec()).await.unwrap();
    let preflight = vault.preflight(&general, sources.to_vec(), Arc::default()).await.unwrap();
    let same: Vec<String> = preflight.same_names().iter().map(|same| same.name.to_string()).collect();
    let mut count: BTreeMap<&str, BTreeSet<&PathBuf>> = BTreeMap::new();
    for source in sources {
        count.entry(source.file_name().unwrap().to_str().unwrap()).or_default().insert(source);
    }
    let expected: Vec<&str> = count.iter().filter(|(_, of)| of.len() > 1).map(|(name, _)| *name).collect();
    assert_eq!(same, expected, "the pre-flight says so");
    let finished = vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((finished.halt, finished.drop.counts.failed), (None, 0));
    drop
}

async fn check(desks: &[Desk], dropped: &[Vec<(usize, usize)>]) {
    let world = World::new().await;
    for (desk, person) in desks.iter().zip(["ann", "ben", "cleo"]) {
        desk.make(&world.elsewhere(person));
    }
    let place = |(person, at): &(usize, usize)| world.elsewhere(["ann", "ben", "cleo"][*person]).join(PLACES[*at]);
    let (mut all, mut nothing) = (BTreeSet::new(), true);
    for sources in dropped {
        let there = sources.iter().map(place).filter(|path| path.exists());
        let sources: Vec<PathBuf> = there.map(|path| dropped_path(&path).unwrap()).collect();
        if sources.is_empty() {
            continue;
        }
        let drop = drop_and_file(&world.vault, &sources).await;
        let trees: BTreeSet<PathBuf> = sources.into_iter().collect();
        comes_back(&world.vault, &RestoreScope::Drop(drop), "", &trees).await;
        all.extend(trees);
        nothing = false;
    }
    if nothing {
        return;
    }
    let general = MatterId::general();
    comes_back(&world.vault, &RestoreScope::Matter(general.clone()), "", &all).await;
    for folder in ["Box", "Box/Letters", "./Letters//", "ann", "ben/Box/Letters/empty", "nowhere"] {
        let scope = RestoreScope::Folder(general.clone(), folder.to_owned());
        let path: PathBuf = Path::new(folder).components().filter(|part| part.as_os_str() != ".").collect();
        let holds = |tree: &&PathBuf| {
            let mut parts = path.components();
            let top = parts.next().unwrap();
            tree.file_name() == Some(top.as_os_str()) && tree.join(parts.as_path()).is_dir()
        };
        let trees: BTreeSet<PathBuf> = all.iter().filter(holds).cloned().collect();
        if trees.is_empty() {
            let back = tempfile::tempdir().unwrap();
            fs::create_dir_all(back.path().join(&path)).unwrap();
            let refused = world.vault.restore(&scope, back.path(), Arc::default()).await;
            assert!(
                matches!(&refused, Err(VaultError::Port(PortError::NeedsPerson { kind: Attention::NotFound, .. }))),
                "{refused:?}"
            );
        } else {
            comes_back(&world.vault, &scope, path.to_str().unwrap(), &trees).await;
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, max_shrink_iters: 60, ..Config::default() })]

    #[test]
    fn every_dropped_tree_comes_back_once(
        desks in proptest::array::uniform3(desk()),
        dropped in proptest::collection::vec(sources(), 1..4),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(check(&desks, &dropped));
    }
}
