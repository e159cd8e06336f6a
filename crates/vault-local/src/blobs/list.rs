//! Everything that is stored, in order of path.

use std::fs::DirEntry;
use std::io;
use std::path::Path;

use vault_core::model::PathText;
use vault_core::ports::ListedBlob;

use crate::db::Result;
use crate::folder::cannot;

/// Lists what stands below `teams/`, by path as text, those after `after`. Folders that lie before it are not opened.
pub(super) fn list(root: &Path, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>> {
    let mut walk = Walk { after: after.unwrap_or_default(), limit, found: Vec::new() };
    let teams = root.join("teams");
    match walk.folder(&teams, "teams/") {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot("list", &teams, &error)),
        _ => Ok(walk.found),
    }
}

struct Walk<'a> {
    after: &'a str,
    limit: usize,
    found: Vec<ListedBlob>,
}

/// An entry with the text it is sorted by. That of a folder ends with `/`, because so do the paths of what is in it:
/// `a-b/` stands before `a/`, though `a` stands before `a-b`.
struct Entry {
    path: String,
    folder: bool,
    there: DirEntry,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        let mut entries = Vec::new();
        for entry in folder.read_dir()? {
            let entry = entry?;
            let name = PathText::from_os(&entry.file_name());
            let is_folder = entry.file_type()?.is_dir();
            let path = format!("{prefix}{}{}", name.text(), if is_folder { "/" } else { "" });
            let beyond = path.as_str() > self.after || is_folder && self.after.starts_with(&path);
            if beyond {
                entries.push(Entry { path, folder: is_folder, there: entry });
            }
        }
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        for Entry { path, folder, there } in entries {
            if self.found.len() >= self.limit {
                return Ok(());
            }
            if folder {
                self.folder(&there.path(), &path)?;
                continue;
            }
            match there.metadata() {
                Ok(metadata) => self.push(path, metadata.len()),
                // It was set aside in the meantime.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn push(&mut self, path: String, size: u64) {
        let parsed = path.parse().map_err(|_| path);
        self.found.push(ListedBlob { path: parsed, size });
    }
}
