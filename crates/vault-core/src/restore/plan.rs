//! Decides where each file goes: a pure function of what was received.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::folders::{Folder, Folders, segments};
use super::names::{Flavor, Segment, safe_segment};
use super::tops::{Kind, Taken};
use super::trees::{Received, Tree, Trees};
use crate::model::{DropFolder, FileHash, LastModified, MetadataHash, MetadataRecord, PathText, UploadEvent};

/// One file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreFile {
    /// Its name at the destination.
    pub name: PathText,
    /// Its path when it was received, name included.
    pub received_as: PathText,
    /// The same path, below the name that its tree has at the destination.
    pub expected_as: PathText,
    /// The record that says where its content is stored.
    pub record: MetadataHash,
    /// Hash of its content.
    pub hash: FileHash,
    /// Length of its content in bytes.
    pub size: u64,
    /// The modification time to set.
    pub last_modified: LastModified,
    /// Where it was dropped from, as a readable path, if its name is taken by something else.
    pub source: Option<String>,
}

/// A dropped folder that cannot keep its name at the destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedTop {
    /// Its path when it was received.
    pub received_as: PathText,
    /// Its name at the destination.
    pub restored_as: PathText,
    /// Where it was dropped from, as a readable path; `None` if that is unknown.
    pub source: Option<String>,
}

/// Everything to be written, by folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestorePlan {
    /// Files by the path of their folder at the destination.
    pub files: BTreeMap<PathText, Vec<RestoreFile>>,
    /// Folders, including empty ones, with the times to set.
    pub folders: BTreeMap<PathText, LastModified>,
    /// Dropped folders that are renamed, because their names are taken.
    pub renamed: Vec<RenamedTop>,
    /// Paths that have no similar valid form at the destination.
    pub refused: Vec<PathText>,
}

impl RestorePlan {
    /// How many documents the files belong to.
    pub(super) fn documents(&self) -> u64 {
        self.files.values().flatten().map(|file| file.record).collect::<HashSet<_>>().len() as u64
    }

    /// Whether the plan writes files to a folder, or below it.
    pub(super) fn has_files_in(&self, folder: &PathText) -> bool {
        let within = format!("{}/", folder.text());
        let below = self.files.range(PathText::plain(&*within)..).map(|(with, _)| with);
        let mut below = below.take_while(|with| with.text().starts_with(&within));
        self.files.contains_key(folder) || below.any(|with| is_below(with, folder))
    }

    /// Whether the plan is empty.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty() && self.refused.is_empty()
    }
}

/// Whether a path is below a folder.
fn is_below(path: &PathText, folder: &PathText) -> bool {
    path.bytes().strip_prefix(folder.bytes()).is_some_and(|rest| rest.starts_with(b"/"))
}

/// Plans to restore what these drops stored, and their folders. Drops have to be in a fixed order, new ones at the end:
/// then repeating a restore gives the same names.
///
/// Everything from one place on one computer is one tree, however often it was dropped. Trees are kept apart; one whose
/// name is taken gets a number. Within a tree, the same file received several times is written once. Different files
/// that were received under one path are all written: the first under its name, later ones with a number.
pub fn plan(drops: &[Received], flavor: Flavor) -> RestorePlan {
    planned(drops, flavor).finish()
}

fn planned(drops: &[Received], flavor: Flavor) -> Planner {
    let mut planner = Planner::new(flavor);
    let mut inside: Vec<(Tree, &UploadEvent)> = Vec::new();
    // First the top-level entries and all folders, so that no file below takes a folder's name.
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
    planner
}

/// Plans to restore these records under these names, without folders. Different records with one name get numbers.
pub(super) fn plan_documents(records: &[(PathText, MetadataRecord)], flavor: Flavor) -> RestorePlan {
    let mut planner = Planner::new(flavor);
    for (name, record) in records {
        let MetadataRecord { metadata_hash, file_hash, size, last_modified, .. } = record;
        planner.add(0, &PathText::plain(""), name, (*metadata_hash, *file_hash, *size, *last_modified));
    }
    planner.finish()
}

/// The record, content, length and time of a file to be written.
type Written = (MetadataHash, FileHash, u64, LastModified);

enum Entry<'a> {
    Folder(&'a DropFolder),
    File(&'a UploadEvent),
}

/// The received folders of one tree that have a place.
#[derive(Default)]
struct Placed {
    folders: Folders,
    /// The place of each folder at the destination.
    at: Vec<Folder>,
}

struct Planner {
    flavor: Flavor,
    trees: Trees,
    taken: Taken<Folder>,
    /// The placed folders of each tree.
    placed: HashMap<Tree, Placed>,
    /// All folders of the destination.
    dirs: Folders,
    same: HashSet<(Tree, PathText, FileHash, LastModified)>,
    files: HashMap<Folder, Vec<RestoreFile>>,
    folders: HashMap<Folder, LastModified>,
    renamed: Vec<RenamedTop>,
    refused: Vec<PathText>,
}

impl Planner {
    fn new(flavor: Flavor) -> Self {
        Self {
            flavor,
            trees: Trees::default(),
            taken: Taken::default(),
            placed: HashMap::new(),
            dirs: Folders::default(),
            same: HashSet::new(),
            files: HashMap::new(),
            folders: HashMap::new(),
            renamed: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn finish(self) -> RestorePlan {
        let Self { dirs, files, folders, renamed, refused, .. } = self;
        let files = files.into_iter().map(|(folder, files)| (dirs.path(folder), files)).collect();
        let folders = folders.into_iter().map(|(folder, time)| (dirs.path(folder), time)).collect();
        RestorePlan { files, folders, renamed, refused }
    }

    /// The entries of a drop, source by source, folders first, each with its tree.
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
            // The root of a drive is replaced by its content.
            Some(Folders::TOP) => {}
            Some(place) => {
                self.folders.insert(place, folder.last_modified);
            }
            None => self.refused.push(folder.path.clone()),
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
        let (Some(place), Some(safe)) = (self.place(tree, folder), self.safe(name)) else {
            self.refused.push(received_as);
            return;
        };
        let dirs = &self.dirs;
        let free = self.taken.free(place, &safe, Kind::File, |name| dirs.find(place, name.bytes()).is_some());
        let source = self.trees.place(tree).filter(|_| free != safe).map(str::to_owned);
        let expected_as = self.expected(tree, folder, name);
        let file = RestoreFile { name: free, received_as, expected_as, record, hash, size, last_modified, source };
        self.files.entry(place).or_default().push(file);
    }

    /// The received path of a file, below the name that its tree has at the destination.
    fn expected(&self, tree: Tree, folder: &PathText, name: &PathText) -> PathText {
        let mut segments = segments(folder);
        let Some((placed, top)) = self.placed.get(&tree).zip(segments.next()) else { return name.clone() };
        let Some(top) = placed.folders.find(Folders::TOP, top) else { return name.clone() };
        let top = self.dirs.name(placed.at[top]);
        let mut path = vec![top.bytes()];
        segments.for_each(|segment| path.push(segment));
        path.push(name.bytes());
        PathText::from_bytes(path.join(&b'/'))
    }

    /// Where a folder of a tree goes; `None` if that would lead out of the destination.
    fn place(&mut self, tree: Tree, folder: &PathText) -> Option<Folder> {
        // Parents that have a place already keep it.
        let mut known = Folders::TOP;
        let mut rest = segments(folder).peekable();
        if let Some(placed) = self.placed.get(&tree) {
            while let Some(below) = rest.peek().and_then(|name| placed.folders.find(known, name)) {
                known = below;
                rest.next();
            }
        }
        let rest: Vec<&[u8]> = rest.collect();
        // If the folder itself is refused, its parents get no place either.
        let safe: Vec<PathText> = rest.iter().map(|name| self.safe_bytes(name)).collect::<Option<_>>()?;
        let mut at = self.placed.get(&tree).and_then(|placed| placed.at.get(known)).copied().unwrap_or(Folders::TOP);
        for (name, safe) in rest.into_iter().zip(safe) {
            let safe = if at == Folders::TOP { self.top(tree, name, &safe) } else { safe };
            at = self.dirs.add(at, safe.bytes());
            let placed = self.placed.entry(tree).or_default();
            placed.at.resize(placed.folders.len(), Folders::TOP);
            known = placed.folders.add(known, name);
            placed.at.push(at);
        }
        Some(at)
    }

    /// The name at the destination of a tree's top-level folder that has no place yet.
    fn top(&mut self, tree: Tree, received_as: &[u8], safe: &PathText) -> PathText {
        let dirs = &self.dirs;
        let is_folder = |name: &PathText| dirs.find(Folders::TOP, name.bytes()).is_some();
        let restored_as = self.taken.free(Folders::TOP, safe, Kind::Folder, is_folder);
        let received_as = PathText::from_bytes(received_as.to_vec());
        if restored_as != received_as {
            let source = self.trees.place(tree).map(str::to_owned);
            self.renamed.push(RenamedTop { received_as, restored_as: restored_as.clone(), source });
        }
        restored_as
    }

    fn safe(&self, name: &PathText) -> Option<PathText> {
        match safe_segment(name, self.flavor) {
            Segment::Same(safe) | Segment::Renamed(safe) => Some(safe),
            Segment::Refused => None,
        }
    }

    fn safe_bytes(&self, name: &[u8]) -> Option<PathText> {
        self.safe(&PathText::from_bytes(name.to_vec()))
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

    /// A drop of an older version, which did not record sources.
    fn old(events: &[UploadEvent], folders: &[DropFolder]) -> [Received; 1] {
        let drop = DropId::from_bytes([0; 16]);
        [Received { events: events.to_vec(), folders: folders.to_vec(), ..Received::of(drop) }]
    }

    /// A drop with these sources.
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
        // Continued by this version after a part of it was filed: it stays one tree.
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

    /// Their paths have 32 MB in total: only the plan itself holds each of them in full.
    #[test]
    fn two_thousand_folders_in_each_other_are_known_by_their_names() {
        let path = |depth: usize| (0..=depth).map(|n| format!("folder {n:07}")).collect::<Vec<_>>().join("/");
        let deepest = path(1_999);
        let ends = deepest.match_indices('/').map(|(end, _)| end).chain([deepest.len()]);
        let folders: Vec<(u32, &str)> = ends.map(|end| (0, &deepest[..end])).collect();
        let events = [(0, event(&deepest, "a.pdf", b"1", 5))];
        let planned = planned(&[dropped(1, &["/a/folder 0000000"], &events, &folders)], Flavor::Unix);
        let names = 2_000 * "folder 0000000".len();
        let received: usize = planned.placed.values().map(|placed| placed.folders.bytes()).sum();
        assert_eq!((planned.dirs.bytes(), received), (names, names));
        let plan = planned.finish();
        assert_eq!(
            (plan.folders.len(), &plan.files[&PathText::plain(&*deepest)][0].name),
            (2_000, &PathText::plain("a.pdf"))
        );
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
