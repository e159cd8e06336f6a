//! Which file goes where: a pure function of what was received.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::names::{Flavor, Segment, safe_segment};
use super::tops::{Kind, Taken};
use super::trees::{Received, Tree, Trees};
use crate::model::{DropFolder, FileHash, LastModified, MetadataHash, MetadataRecord, PathText, UploadEvent};

/// One file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreFile {
    /// Its name at the destination.
    pub name: PathText,
    /// Where it stood when it was received, name included.
    pub received_as: PathText,
    /// The same below the name that its tree has at the destination.
    pub expected_as: PathText,
    /// The record that says where its content lies.
    pub record: MetadataHash,
    /// Hash of its content.
    pub hash: FileHash,
    /// Length of its content in bytes.
    pub size: u64,
    /// The time it gets.
    pub last_modified: LastModified,
    /// Where it was dropped from, as a readable path, if something else has its name.
    pub source: Option<String>,
}

/// A dropped folder that cannot have its name at the destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedTop {
    /// What it was called when it was received.
    pub received_as: PathText,
    /// What it is called at the destination.
    pub restored_as: PathText,
    /// Where it was dropped from, as a readable path; none if nothing tells.
    pub source: Option<String>,
}

/// Everything to be written, by folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestorePlan {
    /// Files by the path of their folder at the destination.
    pub files: BTreeMap<PathText, Vec<RestoreFile>>,
    /// Folders and the times they get; empty ones among them.
    pub folders: BTreeMap<PathText, LastModified>,
    /// Dropped folders that get another name, because something else has theirs.
    pub renamed: Vec<RenamedTop>,
    /// Paths that cannot be written anywhere near where they were received.
    pub refused: Vec<PathText>,
}

impl RestorePlan {
    /// How many documents the files are of.
    pub(super) fn documents(&self) -> u64 {
        self.files.values().flatten().map(|file| file.record).collect::<HashSet<_>>().len() as u64
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty() && self.refused.is_empty()
    }
}

/// Plans to restore what these drops stored, and their folders. Drops stand in a fixed order, new ones at the end: then
/// whatever is restored again gets the same name again.
///
/// What stood at one place of one computer is one tree, however often it was dropped; trees are kept apart, and one whose
/// name is taken gets a number. Within a tree, the same file received several times is written once. Different files
/// that were received under one path are all written: the first under its name, later ones with a number.
pub fn plan(drops: &[Received], flavor: Flavor) -> RestorePlan {
    let mut planner = Planner::new(flavor);
    let mut inside: Vec<(Tree, &UploadEvent)> = Vec::new();
    // First what stands at the top, and every folder: a file below gets no folder's name.
    for drop in drops {
        for (tree, entry) in planner.in_order(drop) {
            match entry {
                Entry::Folder(folder) => planner.add_folder(tree, folder),
                Entry::File(event) if event.folder_path.bytes().is_empty() => planner.add_event(tree, event),
                Entry::File(event) => {
                    planner.place(tree, &event.folder_path);
                    inside.push((tree, event));
                }
            }
        }
    }
    for (tree, event) in inside {
        planner.add_event(tree, event);
    }
    planner.plan
}

/// Plans to restore these records under these names, without folders. Different ones of one name get numbers.
pub(super) fn plan_documents(records: &[(PathText, MetadataRecord)], flavor: Flavor) -> RestorePlan {
    let mut planner = Planner::new(flavor);
    for (name, record) in records {
        let MetadataRecord { metadata_hash, file_hash, size, last_modified, .. } = record;
        planner.add(0, &PathText::plain(""), name, (*metadata_hash, *file_hash, *size, *last_modified));
    }
    planner.plan
}

/// What is written: the record it is of, its content, length and time.
type Written = (MetadataHash, FileHash, u64, LastModified);

enum Entry<'a> {
    Folder(&'a DropFolder),
    File(&'a UploadEvent),
}

/// Where a received folder is put.
#[derive(Debug, Clone)]
struct Place {
    /// At the destination.
    at: PathText,
    /// As it was received, below the name that its tree has there.
    expected: PathText,
}

struct Planner {
    flavor: Flavor,
    plan: RestorePlan,
    trees: Trees,
    taken: Taken,
    /// What each name at the top of a tree is at the destination; none if it is refused.
    tops: HashMap<(Tree, PathText), Option<PathText>>,
    places: HashMap<(Tree, PathText), Option<Place>>,
    /// Every folder of the destination.
    dirs: HashSet<PathText>,
    same: HashSet<(Tree, PathText, FileHash, LastModified)>,
}

impl Planner {
    fn new(flavor: Flavor) -> Self {
        Self {
            flavor,
            plan: RestorePlan::default(),
            trees: Trees::default(),
            taken: Taken::default(),
            tops: HashMap::new(),
            places: HashMap::new(),
            dirs: HashSet::new(),
            same: HashSet::new(),
        }
    }

    /// What a drop holds, source by source, folders first, each with its tree.
    fn in_order<'a>(&mut self, drop: &'a Received) -> Vec<(Tree, Entry<'a>)> {
        let mut sources = self.trees.of(drop);
        let mut entries = Vec::with_capacity(drop.folders.len() + drop.events.len());
        for folder in &drop.folders {
            let top = folder.path.segments().next().unwrap_or_else(|| folder.path.clone());
            let (source, tree) = sources.find(folder.source, &top);
            entries.push(((source, false), (tree, Entry::Folder(folder))));
        }
        for event in drop.events.iter().filter(|event| event.kind.is_stored()) {
            let top = event.folder_path.segments().next().unwrap_or_else(|| event.file_name.clone());
            let (source, tree) = sources.find(event.source, &top);
            entries.push(((source, true), (tree, Entry::File(event))));
        }
        entries.sort_by_key(|(order, _)| *order);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn add_folder(&mut self, tree: Tree, folder: &DropFolder) {
        match self.place(tree, &folder.path) {
            // The root of a drive is what it holds.
            Some(place) if place.at.bytes().is_empty() => {}
            Some(place) => {
                self.plan.folders.insert(place.at, folder.last_modified);
            }
            None => self.plan.refused.push(folder.path.clone()),
        }
    }

    fn add_event(&mut self, tree: Tree, event: &UploadEvent) {
        let UploadEvent { folder_path, file_name, metadata_hash, file_hash, size, last_modified, .. } = event;
        self.add(tree, folder_path, file_name, (*metadata_hash, *file_hash, *size, *last_modified));
    }

    fn add(&mut self, tree: Tree, folder: &PathText, name: &PathText, (record, hash, size, last_modified): Written) {
        let received_as = folder.join(name);
        if !self.same.insert((tree, received_as.clone(), hash, last_modified)) {
            return;
        }
        let (Some(place), Segment::Same(safe) | Segment::Renamed(safe)) =
            (self.place(tree, folder), safe_segment(name, self.flavor))
        else {
            self.plan.refused.push(received_as);
            return;
        };
        let dirs = &self.dirs;
        let free = self.taken.free(&place.at, &safe, Kind::File, |name| dirs.contains(&place.at.join(name)));
        let source = self.trees.place(tree).filter(|_| free != safe).map(str::to_owned);
        let expected_as = place.expected.join(name);
        let file = RestoreFile { name: free, received_as, expected_as, record, hash, size, last_modified, source };
        self.plan.files.entry(place.at).or_default().push(file);
    }

    /// Where a folder of a tree is put; `None` if that would lead out of the destination.
    fn place(&mut self, tree: Tree, folder: &PathText) -> Option<Place> {
        let key = (tree, folder.clone());
        if let Some(known) = self.places.get(&key) {
            return known.clone();
        }
        let place = self.find_place(tree, folder);
        self.places.insert(key, place.clone());
        place
    }

    fn find_place(&mut self, tree: Tree, folder: &PathText) -> Option<Place> {
        let mut segments = folder.segments();
        let Some(top) = segments.next() else {
            return Some(Place { at: PathText::plain(""), expected: PathText::plain("") });
        };
        let below: Vec<PathText> = segments.collect();
        let mut safe = Vec::with_capacity(below.len());
        for segment in &below {
            match safe_segment(segment, self.flavor) {
                Segment::Same(segment) | Segment::Renamed(segment) => safe.push(segment),
                Segment::Refused => return None,
            }
        }
        let top = self.top(tree, &top)?;
        let expected = below.iter().fold(top.clone(), |path, segment| path.join(segment));
        let mut at = top;
        for segment in &safe {
            at = at.join(segment);
            self.dirs.insert(at.clone());
        }
        Some(Place { at, expected })
    }

    /// What a folder at the top of a tree is called at the destination.
    fn top(&mut self, tree: Tree, received_as: &PathText) -> Option<PathText> {
        let key = (tree, received_as.clone());
        if let Some(known) = self.tops.get(&key) {
            return known.clone();
        }
        let top = match safe_segment(received_as, self.flavor) {
            Segment::Same(safe) | Segment::Renamed(safe) => {
                let dirs = &self.dirs;
                Some(self.taken.free(&PathText::plain(""), &safe, Kind::Folder, |name| dirs.contains(name)))
            }
            Segment::Refused => None,
        };
        if let Some(restored_as) = &top {
            self.dirs.insert(restored_as.clone());
            if restored_as != received_as {
                let (received_as, restored_as) = (received_as.clone(), restored_as.clone());
                let source = self.trees.place(tree).map(str::to_owned);
                self.plan.renamed.push(RenamedTop { received_as, restored_as, source });
            }
        }
        self.tops.insert(key, top.clone());
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        DeviceId, DropId, EventId, EventKind, FolderPaths, MatterId, StoragePath, TeamId, Timestamp, UserId,
    };

    fn event(folder: &str, name: &str, content: &[u8], time: i64) -> UploadEvent {
        let (hash, last_modified) = (FileHash::of(content), LastModified(time));
        UploadEvent {
            source: None,
            id: EventId::from_bytes([0; 16]),
            matter: MatterId::general(),
            kind: EventKind::Success,
            timestamp: Timestamp(0),
            file_name: PathText::plain(name),
            folder_path: PathText::plain(folder),
            file_hash: hash,
            metadata_hash: MetadataHash::of(name, last_modified, hash),
            size: content.len() as u64,
            last_modified,
            team: TeamId::new("t").expect("id"),
            user: UserId::new("u").expect("id"),
            batch: DropId::from_bytes([0; 16]),
            device: DeviceId::new("d").expect("id"),
            app_version: String::new(),
            reason: None,
        }
    }

    /// A drop of an older version, which did not say what came from where.
    fn old(events: &[UploadEvent], folders: &[DropFolder]) -> [Received; 1] {
        let drop = DropId::from_bytes([0; 16]);
        [Received { events: events.to_vec(), folders: folders.to_vec(), ..Received::of(drop) }]
    }

    /// A drop of these sources.
    fn dropped(id: u8, sources: &[&str], events: &[(u32, UploadEvent)], folders: &[(u32, &str)]) -> Received {
        let event = |(source, event): &(u32, UploadEvent)| UploadEvent { source: Some(*source), ..event.clone() };
        let folder = |(source, path): &(u32, &str)| DropFolder {
            path: PathText::plain(*path),
            source: Some(*source),
            last_modified: LastModified(0),
        };
        Received {
            drop: DropId::from_bytes([id; 16]),
            device: Some(DeviceId::new("desk").expect("id")),
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
            events: events.iter().map(event).collect(),
            folders: folders.iter().map(folder).collect(),
        }
    }

    fn tops(plan: &RestorePlan) -> Vec<(String, String, Option<&str>)> {
        let top = |top: &RenamedTop| (top.received_as.to_string(), top.restored_as.to_string());
        plan.renamed.iter().map(|renamed| (top(renamed).0, top(renamed).1, renamed.source.as_deref())).collect()
    }

    #[test]
    fn folders_of_one_name_are_kept_apart_and_lose_nothing() {
        let events = [(0, event("Documents", "a.pdf", b"1", 5)), (1, event("Documents", "a.pdf", b"1", 5))];
        let folders = [(0, "Documents"), (1, "Documents"), (1, "Documents/empty")];
        let plan = plan(&[dropped(1, &["/a/Documents", "/b/Documents"], &events, &folders)], Flavor::Unix);
        assert_eq!(paths(&plan), ["Documents/a.pdf", "Documents (2)/a.pdf"]);
        let folders: Vec<&str> = plan.folders.keys().map(PathText::text).collect();
        assert_eq!(folders, ["Documents", "Documents (2)", "Documents (2)/empty"]);
        let second = ("Documents".to_owned(), "Documents (2)".to_owned(), Some("/b/Documents"));
        assert_eq!(tops(&plan), [second]);
        for file in plan.files.values().flatten() {
            assert_eq!(file.received_as.text(), "Documents/a.pdf");
        }
    }

    #[test]
    fn one_place_dropped_again_is_one_tree() {
        let first = dropped(1, &["/a/Box"], &[(0, event("Box", "a.pdf", b"1", 5))], &[(0, "Box")]);
        let again = [(1, event("Box", "a.pdf", b"1", 5)), (1, event("Box", "b.pdf", b"2", 5))];
        let again = dropped(2, &["/b/Box", "/a/Box"], &again, &[(0, "Box"), (1, "Box")]);
        let plan = plan(&[first, again], Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a.pdf", "Box/b.pdf"]);
        assert_eq!(tops(&plan), [("Box".to_owned(), "Box (2)".to_owned(), Some("/b/Box"))]);
    }

    #[test]
    fn files_dropped_by_themselves_are_kept_apart_even_if_equal() {
        let events = [(0, event("", "x.pdf", b"1", 5)), (1, event("", "x.pdf", b"1", 5))];
        let drop = dropped(1, &["/a/x.pdf", "/b/x.pdf"], &events, &[]);
        let later = dropped(2, &["/a/x.pdf"], &[(0, event("", "x.pdf", b"2", 6))], &[]);
        let folder = dropped(3, &["/c/x.pdf"], &[(0, event("x.pdf", "in", b"3", 7))], &[(0, "x.pdf")]);
        let plan = plan(&[drop, later, folder], Flavor::Unix);
        assert_eq!(paths(&plan), ["x.pdf", "x (2).pdf", "x (3).pdf", "x.pdf (4)/in"]);
    }

    #[test]
    fn drives_are_what_they_hold_and_are_kept_apart() {
        let events = [
            (0, event("", "a.pdf", b"1", 5)),
            (0, event("Box", "b.pdf", b"1", 5)),
            (1, event("", "a.pdf", b"1", 5)),
            (1, event("Box", "b.pdf", b"1", 5)),
        ];
        let drop = dropped(1, &[r"E:\", r"F:\"], &events, &[(0, ""), (0, "Box"), (1, ""), (1, "Box")]);
        let plan = plan(&[drop], Flavor::Unix);
        assert_eq!(paths(&plan), ["a.pdf", "a (2).pdf", "Box/b.pdf", "Box (2)/b.pdf"]);
    }

    #[test]
    fn what_an_older_version_filed_is_one_tree_by_name_unless_its_drop_tells_more() {
        let older = |id, sources: &[&str]| {
            let mut drop = dropped(id, sources, &[(0, event("Box", "a.pdf", &[id], 5))], &[(0, "Box")]);
            drop.events[0].source = None;
            drop.folders[0].source = None;
            drop
        };
        let untold = [older(1, &["/a/Box", "/b/Box"]), older(2, &["/a/Box", "/c/Box"])];
        assert_eq!(paths(&plan(&untold, Flavor::Unix)), ["Box/a.pdf", "Box/a (2).pdf"]);
        // Taken up by this version after a part of it was filed: nothing is torn apart.
        let mut both = older(3, &["/a/Box"]);
        both.events.push(UploadEvent { source: Some(0), ..event("Box", "b.pdf", b"2", 5) });
        assert_eq!(paths(&plan(&[both], Flavor::Unix)), ["Box/a.pdf", "Box/b.pdf"]);
    }

    #[test]
    fn a_source_that_was_never_told_of_is_a_tree_all_the_same() {
        let events = [(0, event("Box", "a.pdf", b"1", 5)), (1, event("Box", "a.pdf", b"1", 5))];
        let plan = plan(&[dropped(1, &[], &events, &[])], Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a.pdf", "Box (2)/a.pdf"]);
    }

    fn paths(plan: &RestorePlan) -> Vec<String> {
        let mut paths = Vec::new();
        for (folder, files) in &plan.files {
            paths.extend(files.iter().map(|file| folder.join(&file.name).text().to_owned()));
        }
        paths
    }

    #[test]
    fn every_location_of_a_duplicate_comes_back() {
        let events = [event("Box", "a.pdf", b"1", 5), event("Box/2", "a.pdf", b"1", 5), event("", "a.pdf", b"1", 5)];
        let plan = plan(&old(&events, &[]), Flavor::Unix);
        assert_eq!(paths(&plan), ["a.pdf", "Box/a.pdf", "Box/2/a.pdf"]);
        assert_eq!(plan.documents(), 1, "one document, in three places");
    }

    #[test]
    fn what_was_received_twice_is_written_once_and_what_differs_twice() {
        let events = [
            event("Box", "a.pdf", b"1", 5),
            event("Box", "a.pdf", b"1", 5),
            event("Box", "a.pdf", b"2", 5),
            event("Box", "a.pdf", b"1", 6),
            event("Box", "a (2).pdf", b"3", 5),
        ];
        let plan = plan(&old(&events, &[]), Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a.pdf", "Box/a (2).pdf", "Box/a (3).pdf", "Box/a (2) (2).pdf"]);
    }

    #[test]
    fn interrupted_and_failed_attempts_are_not_restored() {
        let broken = UploadEvent { kind: EventKind::Interrupted, ..event("Box", "a.pdf", b"1", 5) };
        let failed = UploadEvent { kind: EventKind::Failed, ..event("Box", "b.pdf", b"1", 5) };
        assert!(plan(&old(&[broken, failed], &[]), Flavor::Unix).files.is_empty());
    }

    #[test]
    fn hostile_paths_stay_inside() {
        let events = [
            event("../..", "passwd", b"1", 5),
            event("/etc", "passwd", b"1", 5),
            event("a/../../b", "c", b"1", 5),
            event("ok", "..", b"1", 5),
        ];
        let plan = plan(&old(&events, &[]), Flavor::Unix);
        assert_eq!(paths(&plan), ["etc/passwd"]);
        assert_eq!(plan.refused.len(), 3);
    }

    #[test]
    fn single_documents_lose_their_folders_and_nothing_else() {
        let record = |name: &str, content: &[u8]| {
            let event = event("Box", name, content, 5);
            let record = MetadataRecord {
                metadata_hash: event.metadata_hash,
                matter: event.matter.clone(),
                original_name: name.to_owned(),
                last_modified: event.last_modified,
                file_hash: event.file_hash,
                size: event.size,
                folder_paths: FolderPaths::one("Box"),
                storage_path: StoragePath::new(&event.team, &event.matter, event.file_hash, name),
                uploaded_by: event.user,
                updated_at: Timestamp(0),
                revision: None,
            };
            (PathText::plain(name), record)
        };
        let names = ["a.pdf", "a.pdf", "..", "../b", "a/b", "CON", ""];
        let records: Vec<_> = (0..).zip(names).map(|(n, name)| record(name, &[n])).collect();
        let unix = plan_documents(&records, Flavor::Unix);
        assert_eq!(paths(&unix), ["a.pdf", "a (2).pdf", "CON"]);
        assert_eq!(unix.refused.len(), 4);
        let windows = plan_documents(&records, Flavor::Windows);
        assert_eq!(paths(&windows), ["a.pdf", "a (2).pdf", "_CON"]);
    }

    #[test]
    fn a_file_under_the_path_of_a_folder_gets_a_number() {
        let folder = DropFolder { path: PathText::plain("Box/a"), source: None, last_modified: LastModified(0) };
        let plan = plan(&old(&[event("Box", "a", b"1", 5)], &[folder]), Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a (2)"]);
    }
}
