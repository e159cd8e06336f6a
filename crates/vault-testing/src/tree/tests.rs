use super::*;

#[test]
fn the_same_seed_makes_the_same_tree() {
    let folders = [0, 0, 1].map(|_| tempfile::tempdir().expect("folder"));
    let [one, two, other] =
        [(0, 7), (1, 7), (2, 8)].map(|(at, seed): (usize, u64)| grow(folders[at].path(), seed, Wishes::default()));
    // Links, pipes and sockets have the time they were made at.
    let timeless = |manifest: &Manifest| {
        let mut manifest = manifest.clone();
        for entry in manifest.entries.values_mut() {
            if !matches!(entry.kind, Kind::File(_) | Kind::Folder) {
                entry.modified = 0;
            }
        }
        manifest
    };
    assert_eq!(timeless(&one).difference(&timeless(&two)), "");
    assert!(!one.difference(&other).is_empty());
    for (folder, manifest) in folders.iter().zip([one, two, other]) {
        unlock(folder.path(), &manifest);
    }
}

#[test]
fn the_tree_holds_what_it_should() {
    let folder = tempfile::tempdir().expect("folder");
    let manifest = grow(folder.path(), 3, Wishes::default());
    assert!(manifest.entries.keys().any(|path| path.len() > 4500));
    assert!(manifest.entries.keys().any(|path| std::str::from_utf8(path).is_err()));
    assert_eq!(manifest.count(|kind| matches!(kind, Kind::Link(_))), 6);
    assert!(manifest.entries.values().any(|entry| entry.modified < 0));
    assert!(manifest.files().any(|(_, entry, _)| entry.size > 2 << 20));
    assert!(manifest.files().any(|(_, entry, _)| entry.size == 0));
    let locked = manifest.entries.values().filter(|entry| !entry.readable).count();
    assert_eq!(locked, 2);
    let same: Vec<_> = manifest.files().filter(|(path, ..)| path.ends_with(b"same.pdf")).collect();
    assert_eq!(same.len(), 6);
    assert!(same.iter().all(|(_, entry, hash)| (entry.modified, *hash) == (same[0].1.modified, same[0].2)));
    unlock(folder.path(), &manifest);
    let all: Vec<_> = snapshot(folder.path()).entries.into_values().filter(|entry| !entry.readable).collect();
    assert_eq!(all, []);
}
