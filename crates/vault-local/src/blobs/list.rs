//! All stored content, in order of path.

use std::fs::DirEntry;
use std::io;
use std::path::Path;

use vault_core::model::PathText;
use vault_core::ports::ListedBlob;

use crate::db::Result;
use crate::folder::cannot;

/// Lists the content below `teams/` after `after`, by path as text. Folders before it are not opened.
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

/// An entry with its sort key. A folder's key ends with `/`, as the paths in it do: `a-b/` sorts before `a/`, although
/// `a` sorts before `a-b`.
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
                // Set aside in the meantime.
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
