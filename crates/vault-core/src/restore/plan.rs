//! Which file goes where: a pure function of the events.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::names::{Flavor, Segment, numbered, safe_segment};
use crate::model::{DropFolder, FileHash, LastModified, MetadataHash, MetadataRecord, PathText, UploadEvent};

/// One file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreFile {
    /// Its name at the destination.
    pub name: PathText,
    /// Where it stood when it was received, name included.
    pub received_as: PathText,
    /// The record that says where its content lies.
    pub record: MetadataHash,
    /// Hash of its content.
    pub hash: FileHash,
    /// Length of its content in bytes.
    pub size: u64,
    /// The time it gets.
    pub last_modified: LastModified,
}

/// Everything to be written, by folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestorePlan {
    /// Files by the path of their folder at the destination.
    pub files: BTreeMap<PathText, Vec<RestoreFile>>,
    /// Folders and the times they get; empty ones among them.
    pub folders: BTreeMap<PathText, LastModified>,
    /// Paths that cannot be written anywhere near where they were received.
    pub refused: Vec<PathText>,
}

impl RestorePlan {
    /// How many documents the files are of.
    pub(super) fn documents(&self) -> u64 {
        self.files.values().flatten().map(|file| file.record).collect::<HashSet<_>>().len() as u64
    }
}

/// Plans to restore what these events stored, and these folders.
///
/// The same file received several times is written once. Different files that were received under one path are all
/// written: the first under its name, later ones with a number.
pub fn plan<'a>(
    events: impl IntoIterator<Item = &'a UploadEvent>,
    folders: impl IntoIterator<Item = &'a DropFolder>,
    flavor: Flavor,
) -> RestorePlan {
    let mut planner = Planner { flavor, plan: RestorePlan::default(), taken: HashMap::new(), same: HashSet::new() };
    for folder in folders {
        match planner.safe_path(&folder.path) {
            Some(path) => {
                planner.plan.folders.insert(path, folder.last_modified);
            }
            None => planner.plan.refused.push(folder.path.clone()),
        }
    }
    for event in events.into_iter().filter(|event| event.kind.is_stored()) {
        let UploadEvent { folder_path, file_name, metadata_hash, file_hash, size, last_modified, .. } = event;
        planner.add(folder_path, file_name, (*metadata_hash, *file_hash, *size, *last_modified));
    }
    planner.plan
}

/// Plans to restore these records under these names, without folders. Different ones of one name get numbers.
pub(super) fn plan_documents(records: &[(PathText, MetadataRecord)], flavor: Flavor) -> RestorePlan {
    let mut planner = Planner { flavor, plan: RestorePlan::default(), taken: HashMap::new(), same: HashSet::new() };
    for (name, record) in records {
        let MetadataRecord { metadata_hash, file_hash, size, last_modified, .. } = record;
        planner.add(&PathText::plain(""), name, (*metadata_hash, *file_hash, *size, *last_modified));
    }
    planner.plan
}

/// What is written: the record it is of, its content, length and time.
type Written = (MetadataHash, FileHash, u64, LastModified);

struct Planner {
    flavor: Flavor,
    plan: RestorePlan,
    /// How many files were received under a path.
    taken: HashMap<(PathText, PathText), usize>,
    same: HashSet<(PathText, FileHash, LastModified)>,
}

impl Planner {
    fn add(&mut self, folder: &PathText, name: &PathText, (record, hash, size, last_modified): Written) {
        let received_as = folder.join(name);
        if !self.same.insert((received_as.clone(), hash, last_modified)) {
            return;
        }
        let (Some(folder), Segment::Same(name) | Segment::Renamed(name)) =
            (self.safe_path(folder), safe_segment(name, self.flavor))
        else {
            self.plan.refused.push(received_as);
            return;
        };
        let name = self.free_name(&folder, &name);
        let file = RestoreFile { name, received_as, record, hash, size, last_modified };
        self.plan.files.entry(folder).or_default().push(file);
    }

    fn safe_path(&self, path: &PathText) -> Option<PathText> {
        path.segments().try_fold(PathText::plain(""), |path, segment| match safe_segment(&segment, self.flavor) {
            Segment::Same(safe) | Segment::Renamed(safe) => Some(path.join(&safe)),
            Segment::Refused => None,
        })
    }

    /// `name`, or with the next number that nothing in the plan has.
    fn free_name(&mut self, folder: &PathText, name: &PathText) -> PathText {
        let mut candidate = name.clone();
        loop {
            let is_folder = self.plan.folders.contains_key(&folder.join(&candidate));
            if !is_folder && !self.taken.contains_key(&(folder.clone(), candidate.clone())) {
                self.taken.insert((folder.clone(), candidate.clone()), 1);
                return candidate;
            }
            let count = self.taken.entry((folder.clone(), name.clone())).or_insert(1);
            *count += 1;
            candidate = numbered(name, *count);
        }
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
        let plan = plan(&events, [], Flavor::Unix);
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
        let plan = plan(&events, [], Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a.pdf", "Box/a (2).pdf", "Box/a (3).pdf", "Box/a (2) (2).pdf"]);
    }

    #[test]
    fn interrupted_and_failed_attempts_are_not_restored() {
        let broken = UploadEvent { kind: EventKind::Interrupted, ..event("Box", "a.pdf", b"1", 5) };
        let failed = UploadEvent { kind: EventKind::Failed, ..event("Box", "b.pdf", b"1", 5) };
        assert!(plan(&[broken, failed], [], Flavor::Unix).files.is_empty());
    }

    #[test]
    fn hostile_paths_stay_inside() {
        let events = [
            event("../..", "passwd", b"1", 5),
            event("/etc", "passwd", b"1", 5),
            event("a/../../b", "c", b"1", 5),
            event("ok", "..", b"1", 5),
        ];
        let plan = plan(&events, [], Flavor::Unix);
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
        let folder = DropFolder { path: PathText::plain("Box/a"), last_modified: LastModified(0) };
        let plan = plan(&[event("Box", "a", b"1", 5)], [&folder], Flavor::Unix);
        assert_eq!(paths(&plan), ["Box/a (2)"]);
    }
}
