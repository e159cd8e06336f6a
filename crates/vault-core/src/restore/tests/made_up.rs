//! Simulated drives, in memory: each with its own rules for names and times.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use unicode_normalization::UnicodeNormalization as _;

use crate::model::PathText;
use crate::restore::drive::{DriveFolder, Look};
use crate::restore::mark::Mark;
use crate::sparse::Sparse;

/// The behaviour of a simulated drive.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) called: &'static str,
    /// Characters it refuses in names.
    pub(super) refused: &'static str,
    /// The error for a name it does not accept.
    pub(super) answer: io::ErrorKind,
    /// Whether it silently drops full stops and spaces at the end of a name.
    pub(super) trims: bool,
    pub(super) ascii_only: bool,
    pub(super) text_only: bool,
    pub(super) folds_case: bool,
    pub(super) folds_forms: bool,
    pub(super) longest: usize,
    pub(super) counts_utf16: bool,
    /// The resolution of its times in milliseconds.
    pub(super) unit: i64,
    /// The first and last second it can store; how it handles others.
    pub(super) seconds: (i64, i64),
    pub(super) outside: Outside,
    /// Whether it stores marks of files.
    pub(super) marks: bool,
    /// A name that it refuses for no other reason.
    pub(super) whim: Option<&'static str>,
}

/// How a drive handles a time that it can't store.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outside {
    Nearest,
    Refused,
    Wrapped,
}

impl Rules {
    pub(super) const EXT4: Self = Self {
        called: "ext4",
        refused: "",
        answer: io::ErrorKind::InvalidInput,
        trims: false,
        ascii_only: false,
        text_only: false,
        folds_case: false,
        folds_forms: false,
        longest: 255,
        counts_utf16: false,
        unit: 1,
        seconds: (i64::MIN / 1000, i64::MAX / 1000),
        outside: Outside::Nearest,
        marks: true,
        whim: None,
    };

    /// Kinds of drives found in practice.
    pub(super) fn all() -> Vec<Self> {
        let ext4 = Self::EXT4;
        let windows = "<>:\"\\|?*\u{1}\n";
        let exfat = Self {
            called: "exFAT",
            refused: windows,
            answer: io::ErrorKind::NotFound,
            text_only: true,
            folds_case: true,
            counts_utf16: true,
            unit: 1000,
            seconds: (315_532_800, 4_354_819_198),
            ..ext4
        };
        vec![
            Self { called: "ext4 with small inodes", unit: 1000, seconds: (-(1 << 31), (1 << 31) - 1), ..ext4 },
            Self { called: "ext4 that folds", folds_case: true, folds_forms: true, text_only: true, ..ext4 },
            Self { called: "eCryptfs", longest: 143, ..ext4 },
            Self { called: "HFS+", folds_forms: true, folds_case: true, text_only: true, counts_utf16: true, ..ext4 },
            Self { called: "FAT", trims: true, unit: 2000, answer: io::ErrorKind::InvalidInput, ..exfat.clone() },
            Self {
                called: "a FAT of few words",
                ascii_only: true,
                answer: io::ErrorKind::PermissionDenied,
                unit: 2000,
                outside: Outside::Wrapped,
                ..exfat.clone()
            },
            Self { called: "a drive that refuses times", unit: 1000, outside: Outside::Refused, ..exfat.clone() },
            Self { called: "a drive with a whim", whim: Some("合同.docx"), ..exfat.clone() },
            exfat,
            ext4,
        ]
    }

    fn kept(&self, name: &PathText) -> io::Result<PathText> {
        let text = name.text();
        let length = if self.counts_utf16 { text.encode_utf16().count() } else { name.bytes().len() };
        if length > self.longest {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let whim = self.whim.is_some_and(|whim| text == whim);
        let bytes = self.text_only && name.exact().is_some();
        if whim || bytes || text.contains(|c: char| self.refused.contains(c) || (self.ascii_only && !c.is_ascii())) {
            return Err(self.answer.into());
        }
        if self.trims { Ok(PathText::plain(text.trim_end_matches(['.', ' ']))) } else { Ok(name.clone()) }
    }

    fn key(&self, name: &PathText) -> Vec<u8> {
        let mut key = name.text().to_owned();
        if name.exact().is_some() {
            return name.bytes().to_vec();
        }
        if self.folds_forms {
            key = key.nfd().collect();
        }
        if self.folds_case {
            key = key.chars().flat_map(char::to_lowercase).collect();
        }
        key.into_bytes()
    }

    fn time(&self, time: SystemTime) -> io::Result<SystemTime> {
        let millis = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        let (first, last) = (self.seconds.0 * 1000, self.seconds.1 * 1000);
        let millis = match self.outside {
            _ if (first..=last).contains(&millis) => millis,
            Outside::Nearest => millis.clamp(first, last),
            Outside::Refused => return Err(io::ErrorKind::InvalidInput.into()),
            Outside::Wrapped => first + (millis - first).rem_euclid(last - first),
        };
        let millis = millis - millis.rem_euclid(self.unit);
        let distance = Duration::from_millis(millis.unsigned_abs());
        Ok(if millis >= 0 { UNIX_EPOCH + distance } else { UNIX_EPOCH - distance })
    }
}

#[derive(Debug, Clone)]
struct Content {
    bytes: Cursor<Vec<u8>>,
    modified: SystemTime,
    mark: Option<Mark>,
}

#[derive(Debug, Clone)]
enum Node {
    Folder,
    File(Arc<Mutex<Content>>),
}

type Nodes = BTreeMap<Vec<Vec<u8>>, (PathText, Node)>;

/// A folder on a simulated drive.
#[derive(Clone)]
pub(super) struct MadeUp {
    rules: Arc<Rules>,
    nodes: Arc<Mutex<Nodes>>,
    path: Vec<Vec<u8>>,
    /// The flushes and the renames to the destination, in order.
    flushes: Arc<Mutex<Vec<String>>>,
    /// How many subfolders were opened.
    opened: Arc<AtomicUsize>,
}

impl MadeUp {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules: Arc::new(rules),
            nodes: Arc::default(),
            path: Vec::new(),
            flushes: Arc::default(),
            opened: Arc::default(),
        }
    }

    /// Every file and folder on the drive by its path, except the staging folder; a folder has no content.
    pub(super) fn tree(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        let nodes = self.nodes.lock().unwrap();
        let name = |path: &[Vec<u8>]| nodes[path].0.text().to_owned();
        let tree = nodes.iter().map(|(path, (_, node))| {
            let path = (1..=path.len()).map(|length| name(&path[..length])).collect::<Vec<_>>().join("/");
            let content = match node {
                Node::Folder => None,
                Node::File(content) => Some(content.lock().unwrap().bytes.get_ref().clone()),
            };
            (path, content)
        });
        tree.filter(|(path, _)| !path.starts_with(".strongroom-restore")).collect()
    }

    /// The flushes and the renames to the destination, in order.
    pub(super) fn flushes(&self) -> Vec<String> {
        self.flushes.lock().unwrap().clone()
    }

    /// How many subfolders were opened.
    pub(super) fn opened(&self) -> usize {
        self.opened.load(Ordering::Relaxed)
    }

    fn note(&self, what: &str, path: &[Vec<u8>]) {
        let path = path.iter().map(|name| String::from_utf8_lossy(name)).collect::<Vec<_>>().join("/");
        self.flushes.lock().unwrap().push(format!("{what} {path}"));
    }

    /// The marks of all files.
    pub(super) fn marks(&self) -> Vec<Option<Mark>> {
        let nodes = self.nodes.lock().unwrap();
        let files = nodes.iter().filter(|(path, _)| path[0] != b".strongroom-restore");
        let marks = files.filter_map(|(_, (_, node))| match node {
            Node::Folder => None,
            Node::File(content) => Some(content.lock().unwrap().mark.clone()),
        });
        marks.collect()
    }

    fn at(&self, name: &PathText) -> Vec<Vec<u8>> {
        let mut path = self.path.clone();
        path.push(self.rules.key(name));
        path
    }

    fn get(&self, name: &PathText) -> io::Result<Node> {
        let name = self.rules.kept(name)?;
        let nodes = self.nodes.lock().unwrap();
        nodes.get(&self.at(&name)).map(|(_, node)| node.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn insert(&self, name: &PathText, node: Node) -> io::Result<()> {
        let name = self.rules.kept(name)?;
        let mut nodes = self.nodes.lock().unwrap();
        let at = self.at(&name);
        if nodes.contains_key(&at) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        nodes.insert(at, (name, node));
        Ok(())
    }
}

impl DriveFolder for MadeUp {
    type File = MadeUpFile;

    fn again(&self) -> io::Result<Self> {
        Ok(self.clone())
    }

    fn sub_folder(&self, name: &PathText) -> io::Result<Self> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        match self.insert(name, Node::Folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
        match self.get(name)? {
            Node::Folder => Ok(Self { path: self.at(&self.rules.kept(name)?), ..self.clone() }),
            Node::File(_) => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    fn look(&self, name: &PathText) -> io::Result<Look> {
        Ok(match self.get(name)? {
            Node::Folder => Look { is_file: false, size: 0, modified: UNIX_EPOCH },
            Node::File(content) => {
                let content = content.lock().unwrap();
                Look { is_file: true, size: content.bytes.get_ref().len() as u64, modified: content.modified }
            }
        })
    }

    fn open(&self, name: &PathText) -> io::Result<Box<dyn Read>> {
        match self.get(name)? {
            Node::File(content) => Ok(Box::new(Cursor::new(content.lock().unwrap().bytes.get_ref().clone()))),
            Node::Folder => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn create(&self, name: &PathText) -> io::Result<MadeUpFile> {
        let content = Arc::new(Mutex::new(Content { bytes: Cursor::default(), modified: UNIX_EPOCH, mark: None }));
        self.insert(name, Node::File(content.clone()))?;
        Ok(MadeUpFile { content })
    }

    fn names(&self) -> io::Result<Vec<PathText>> {
        let nodes = self.nodes.lock().unwrap();
        let here = nodes.iter().filter(|(path, _)| path[..path.len() - 1] == self.path);
        Ok(here.map(|(_, (name, _))| name.clone()).collect())
    }

    fn remove(&self, name: &PathText) -> io::Result<()> {
        self.nodes.lock().unwrap().remove(&self.at(&self.rules.kept(name)?)).expect("it is there");
        Ok(())
    }

    fn remove_folder(&self, name: &PathText) -> io::Result<()> {
        self.remove(name)
    }

    fn give_name(&self, from: &PathText, folder: &Self, to: &PathText) -> io::Result<()> {
        folder.insert(to, self.get(from)?)?;
        self.note("name", &folder.at(to));
        self.remove(from)
    }

    fn sync_file(&self, name: &PathText) -> io::Result<()> {
        self.get(name)?;
        self.note("file", &self.at(name));
        Ok(())
    }

    fn sync_folder(&self) -> io::Result<()> {
        self.note("folder", &self.path);
        Ok(())
    }

    fn sync_drive(&self) -> io::Result<()> {
        self.flushes.lock().unwrap().push("drive".to_owned());
        Ok(())
    }

    fn mark(&self, name: &PathText, mark: &Mark) -> io::Result<()> {
        if !self.rules.marks {
            // The error of Windows on FAT.
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        if let Node::File(content) = self.get(name)? {
            content.lock().unwrap().mark = Some(mark.clone());
        }
        Ok(())
    }

    fn set_time(&self, name: &PathText, time: SystemTime) -> io::Result<()> {
        if let Node::File(content) = self.get(name)? {
            content.lock().unwrap().modified = self.rules.time(time)?;
        }
        Ok(())
    }
}

/// A file on a simulated drive.
pub(super) struct MadeUpFile {
    content: Arc<Mutex<Content>>,
}

impl Write for MadeUpFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.content.lock().unwrap().bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for MadeUpFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.content.lock().unwrap().bytes.seek(to)
    }
}

impl Sparse for MadeUpFile {
    fn grow(&mut self, length: u64) -> io::Result<()> {
        self.content.lock().unwrap().bytes.get_mut().resize(usize::try_from(length).expect("small"), 0);
        Ok(())
    }
}
