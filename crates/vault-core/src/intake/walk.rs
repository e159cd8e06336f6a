//! Lists what was dropped: every entry becomes a file to read, a folder to list, or an entry with a reason.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::found::{FoundFolder, Listing, ProblemFile};
use super::own::is_temporary;
use super::progress::IntakeProgress;
use super::sys::{self, Entry, Kind};
use super::{LeftOutRules, OwnFolders, Problem};
use crate::model::{LastModified, PathText};
use crate::ports::LeftOutEntry;

const LINK: &str = "A link. Links are not followed; drop what it points to instead.";
const SPECIAL: &str = "A device, pipe or socket, not a document.";
const OWN: &str = "The vault itself is kept here. It is not filed into itself.";
const TOO_DEEP: &str =
    "An empty folder that lies too deep: below more than 2,048 folders, or in a path of more than 30,000 characters.";
const TEMPORARY: &str =
    "Strongroom's own: what it was writing here, for a restore or a copy, when it was stopped, or is writing now.";

/// A file to be read.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) entry: u32,
    pub(super) folder: Arc<Path>,
    pub(super) name: OsString,
}

impl Listed {
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

/// Where a walk starts.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    /// Which of the drop's sources it is, or lies under.
    pub(crate) source: u32,
    /// Its parent folder within the drop; empty for a source.
    pub(crate) above: PathText,
    /// Its path on this computer.
    pub(crate) path: PathBuf,
}

impl Root {
    /// The dropped folders and files themselves.
    pub(super) fn of(sources: &[PathBuf]) -> Vec<Self> {
        let root = |(source, path): (u32, &PathBuf)| Self { source, above: PathText::plain(""), path: path.clone() };
        (0..).zip(sources).map(root).collect()
    }
}

/// The result of listing, besides the files that were passed on.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) folders: Vec<FoundFolder>,
    pub(super) problems: Vec<ProblemFile>,
    pub(super) left_out: Vec<LeftOutEntry>,
    pub(super) listing: Listing,
}

/// A folder to list.
struct Pending {
    index: u32,
    path: PathBuf,
}

/// Lists the dropped folders, depth first, each folder in order of name.
pub(super) struct Walk<'a> {
    rules: &'a LeftOutRules,
    own: &'a OwnFolders,
    progress: &'a IntakeProgress,
    /// Called with each file; `false` ends the walk.
    hand_on: &'a mut dyn FnMut(Listed) -> bool,
    walked: Walked,
    pending: Vec<Pending>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        rules: &'a LeftOutRules,
        own: &'a OwnFolders,
        progress: &'a IntakeProgress,
        hand_on: &'a mut dyn FnMut(Listed) -> bool,
    ) -> Self {
        Self { rules, own, progress, hand_on, walked: Walked::default(), pending: Vec::new() }
    }

    pub(super) fn run(mut self, roots: &[Root]) -> Walked {
        for root in roots {
            self.begin(root);
            while let Some(folder) = self.pending.pop() {
                if self.progress.stopped() || !self.list(&folder) {
                    return self.walked;
                }
            }
        }
        self.walked
    }

    /// Examines a root itself. A path that the user named is accepted even if folders of that name are left out in
    /// general; but never the vault's own folders, and no link.
    fn begin(&mut self, root: &Root) {
        let Root { source, above, path } = root;
        let source = *source;
        let name = path.file_name().map(OsString::from).unwrap_or_default();
        match sys::look(path) {
            Ok(stat) if stat.kind == Kind::Folder => {
                let text = PathText::from_os(&name);
                let reason = is_temporary(text.text()).then_some(TEMPORARY);
                if let Some(reason) = reason.or_else(|| self.own.is_one(path).then_some(OWN)) {
                    self.leave_out_root(root, &text, reason.to_owned());
                    return;
                }
                self.add_folder(source, above.join(&text), stat.last_modified, path);
            }
            Ok(stat) if stat.kind == Kind::Link => self.leave_out_root(root, &PathText::from_os(&name), link(path)),
            Ok(stat) => {
                let top = FoundFolder { source, path: above.clone(), last_modified: None };
                self.walked.folders.push(top);
                let parent: Arc<Path> = super::found::base_of(path).into();
                self.sort_in(self.last_folder(), &parent, Entry { name, kind: stat.kind });
            }
            Err(error) => self.problem(source, above.clone(), PathText::from_os(&name), error.into()),
        }
    }

    fn last_folder(&self) -> u32 {
        u32::try_from(self.walked.folders.len() - 1).expect("fewer folders than 4 billion")
    }

    /// A folder that is too deep is listed as well, so that its content is reported; it is not part of the drop.
    fn add_folder(&mut self, source: u32, folder: PathText, last_modified: LastModified, path: &Path) {
        let last_modified = (!folder.is_too_deep()).then_some(last_modified);
        self.walked.folders.push(FoundFolder { source, path: folder, last_modified });
        self.pending.push(Pending { index: self.last_folder(), path: path.to_owned() });
    }

    fn list(&mut self, folder: &Pending) -> bool {
        let mut entries = match sys::list(&folder.path) {
            Ok(entries) => entries,
            Err(error) => {
                let FoundFolder { source, path, .. } = self.walked.folders[folder.index as usize].clone();
                let (above, name) = split(&path);
                self.problem(source, above, name, error.into());
                return true;
            }
        };
        if entries.is_empty() && self.walked.folders[folder.index as usize].path.is_too_deep() {
            let path = self.walked.folders[folder.index as usize].path.clone();
            self.walked.left_out.push(LeftOutEntry { path, reason: TOO_DEEP.to_owned() });
            self.progress.add_found(1);
            return true;
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let path: Arc<Path> = folder.path.as_path().into();
        let below = self.pending.len();
        for mut entry in entries {
            if entry.kind == Kind::Unknown {
                // An entry that has disappeared since is reported when it is read.
                entry.kind = sys::look(&path.join(&entry.name)).map_or(Kind::File, |stat| stat.kind);
            }
            if !self.sort_in(folder.index, &path, entry) {
                return false;
            }
        }
        // The folder with the first name is listed next.
        self.pending[below..].reverse();
        true
    }

    fn sort_in(&mut self, folder: u32, folder_path: &Arc<Path>, entry: Entry) -> bool {
        let name = PathText::from_os(&entry.name);
        if is_temporary(name.text()) {
            self.leave_out(folder, &name, TEMPORARY.to_owned());
            return true;
        }
        let rule = match entry.kind {
            Kind::Folder => self.rules.folder(name.text()),
            _ => self.rules.file(name.text()),
        };
        if let Some(rule) = rule {
            let kind = if entry.kind == Kind::Folder { "folder" } else { "file" };
            let reason = format!("A system {kind} ({} on the left-out list).", rule.trim_end_matches('/'));
            self.leave_out(folder, &name, reason);
            return true;
        }
        match entry.kind {
            Kind::Link => self.leave_out(folder, &name, LINK.to_owned()),
            Kind::Special => self.leave_out(folder, &name, SPECIAL.to_owned()),
            Kind::Folder => self.enter(folder, &folder_path.join(&entry.name), &name),
            Kind::File | Kind::Unknown => {
                let FoundFolder { source, path, .. } = &self.walked.folders[folder as usize];
                if path.is_too_deep() {
                    let (source, above) = (*source, path.clone());
                    self.problem(source, above, name, Problem::TooDeep);
                    return true;
                }
                let entry_index = self.walked.listing.push(folder, name.bytes());
                self.progress.add_found(1);
                let folder = Arc::clone(folder_path);
                return (self.hand_on)(Listed { entry: entry_index, folder, name: entry.name });
            }
        }
        true
    }

    fn enter(&mut self, above: u32, path: &Path, name: &PathText) {
        let FoundFolder { source, path: folder, .. } = &self.walked.folders[above as usize];
        let (source, folder) = (*source, folder.join(name));
        match sys::look(path) {
            Ok(stat) if stat.kind == Kind::Folder && self.own.is_one(path) => {
                self.leave_out(above, name, OWN.to_owned());
            }
            Ok(stat) if stat.kind == Kind::Folder => self.add_folder(source, folder, stat.last_modified, path),
            Ok(_) => {
                let above = self.walked.folders[above as usize].path.clone();
                self.problem(source, above, name.clone(), Problem::OtherKind);
            }
            Err(error) => {
                let above = self.walked.folders[above as usize].path.clone();
                self.problem(source, above, name.clone(), error.into());
            }
        }
    }

    fn leave_out(&mut self, folder: u32, name: &PathText, reason: String) {
        let path = self.walked.folders[folder as usize].path.join(name);
        self.walked.left_out.push(LeftOutEntry { path, reason });
        self.progress.add_found(1);
    }

    fn leave_out_root(&mut self, root: &Root, name: &PathText, reason: String) {
        let top = FoundFolder { source: root.source, path: root.above.clone(), last_modified: None };
        self.walked.folders.push(top);
        self.leave_out(self.last_folder(), name, reason);
    }

    fn problem(&mut self, source: u32, folder: PathText, name: PathText, problem: Problem) {
        self.walked.problems.push(ProblemFile { source, folder, name, problem });
        self.progress.add_found(1);
    }
}

/// Why a link that the user named is refused, and what to name instead.
fn link(path: &Path) -> String {
    let Ok(target) = path.read_link() else { return LINK.to_owned() };
    match path.metadata() {
        Ok(there) => {
            let what = if there.is_dir() { "folder" } else { "file" };
            let target = path.canonicalize().unwrap_or(target);
            format!("A link to “{}”. Links are not followed: name that {what} itself.", target.display())
        }
        Err(_) => format!("A link to “{}”, where nothing is.", target.display()),
    }
}

/// The parent folder of a path, and its name.
fn split(path: &PathText) -> (PathText, PathText) {
    let bytes = path.bytes();
    match bytes.iter().rposition(|b| *b == b'/') {
        Some(at) => (PathText::from_bytes(bytes[..at].to_vec()), PathText::from_bytes(bytes[at + 1..].to_vec())),
        None => (PathText::plain(""), path.clone()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::intake::sys::testing::Dug;
    use crate::model::{DEEPEST_FOLDER, LONGEST_FOLDER_PATH};

    /// The result of walking a dropped folder: the names of the files to be read, and the rest.
    fn walked(folder: &Path) -> (Vec<OsString>, Walked) {
        let (rules, own, progress) = (LeftOutRules::default(), OwnFolders::default(), IntakeProgress::default());
        let mut files = Vec::new();
        let mut hand_on = |file: Listed| {
            files.push(file.name);
            true
        };
        let walked = Walk::new(&rules, &own, &progress, &mut hand_on).run(&Root::of(&[folder.to_owned()]));
        (files, walked)
    }

    fn said(problems: &[ProblemFile]) -> Vec<(&str, &Problem)> {
        problems.iter().map(|file| (file.name.text(), &file.problem)).collect()
    }

    #[test]
    fn what_lies_deeper_than_is_filed_is_a_problem_and_none_of_its_folders_is_recorded() {
        let root = tempfile::tempdir().expect("temporary folder");
        let mut dug = Dug::at(root.path(), "f");
        // The first is the dropped folder, which counts.
        dug.down_to(DEEPEST_FOLDER);
        dug.file("filed.pdf", b"filed");
        dug.down_to(DEEPEST_FOLDER + 1);
        dug.file("below.pdf", b"below");
        // An empty folder below that.
        dug.down_to(DEEPEST_FOLDER + 2);
        let (files, walked) = walked(&root.path().join("f"));
        dug.up_to(0);
        assert_eq!(files, ["filed.pdf"]);
        assert_eq!(said(&walked.problems), [("below.pdf", &Problem::TooDeep)]);
        assert_eq!(walked.problems[0].folder.segments().count(), DEEPEST_FOLDER + 1);
        let recorded = walked.folders.iter().filter(|folder| folder.last_modified.is_some());
        assert_eq!((recorded.count(), walked.folders.len()), (DEEPEST_FOLDER, DEEPEST_FOLDER + 2));
        let left_out = walked.left_out.iter().map(|entry| (entry.path.segments().count(), &*entry.reason));
        assert_eq!(left_out.collect::<Vec<_>>(), [(DEEPEST_FOLDER + 2, TOO_DEEP)]);
    }

    #[test]
    fn what_lies_in_a_longer_path_than_is_filed_is_a_problem() {
        let root = tempfile::tempdir().expect("temporary folder");
        let mut dug = Dug::at(root.path(), &"f".repeat(200));
        // 201 units for each folder, less the first `/`.
        let fitting = (LONGEST_FOLDER_PATH + 1) / 201;
        dug.down_to(fitting);
        dug.file("filed.pdf", b"filed");
        dug.down_to(fitting + 1);
        dug.file("below.pdf", b"below");
        let (files, walked) = walked(&root.path().join("f".repeat(200)));
        dug.up_to(0);
        assert_eq!(files, ["filed.pdf"]);
        assert_eq!(said(&walked.problems), [("below.pdf", &Problem::TooDeep)]);
        assert!(walked.left_out.is_empty());
    }
}
