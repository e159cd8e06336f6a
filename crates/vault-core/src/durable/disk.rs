//! Durable writes on this computer's disk.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::{By, Naming, Policy, name_durably};

/// Flushes a file that is open for writing.
///
/// # Errors
/// As the system reports them.
pub fn flush_file(file: &File) -> io::Result<()> {
    let flushed = file.sync_all();
    // On macOS, network drives do not support a full flush; then an ordinary one is all there is.
    #[cfg(unix)]
    if flushed.as_ref().is_err_and(is_unknown) {
        return Ok(rustix::fs::fsync(file)?);
    }
    flushed
}

/// Flushes the entries of a folder, where the system supports it.
///
/// # Errors
/// As the system reports them.
pub fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    flush_open_folder(&File::open(folder)?)
}

/// Flushes the entries of an open folder.
///
/// # Errors
/// As the system reports them.
pub(crate) fn flush_open_folder(folder: &File) -> io::Result<()> {
    match flush_file(folder) {
        // On some drives (network and FUSE) folders can't be flushed.
        Err(error) if is_unknown(&error) => Ok(()),
        flushed => flushed,
    }
}

/// Flushes the whole file system of a file or folder, where the system supports it.
///
/// # Errors
/// As the system reports them.
#[cfg(target_os = "linux")]
pub fn flush_drive(on: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(on)?)
}

/// Flushes the whole file system of a file or folder, where the system supports it.
///
/// # Errors
/// `Unsupported`, always.
#[cfg(not(target_os = "linux"))]
pub fn flush_drive(_: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes a file durable that another program wrote under its name.
///
/// # Errors
/// As the system reports them.
pub fn flush_written(file: &Path) -> io::Result<()> {
    // Windows flushes only by a handle with write access.
    flush_file(&OpenOptions::new().write(true).open(file)?)?;
    flush_folder(file.parent().unwrap_or(Path::new("")))
}

/// Writes a file atomically: the old content stays until the new one is safe on the disk, and the new one survives a
/// power cut. Only the owner can access it.
///
/// # Errors
/// As the system reports them; then the file has its old or its new content.
pub fn write_whole(file: &Path, content: &[u8]) -> io::Result<()> {
    write(file, content, Whole::take)
}

/// Writes a new file as [`write_whole`] does; if another program created it meanwhile, that file stays.
///
/// # Errors
/// As the system reports them.
pub fn write_new(file: &Path, content: &[u8]) -> io::Result<()> {
    match write(file, content, Whole::take_free) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    }
}

fn write(file: &Path, content: &[u8], give: GiveName) -> io::Result<()> {
    let mut beside = NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
    beside.write_all(content)?;
    name_durably(Policy::here(), By::Return, &mut Whole { written: Written::Beside(beside), file, give })
}

type GiveName = fn(NamedTempFile, &Path) -> io::Result<File>;

struct Whole<'a> {
    written: Written,
    file: &'a Path,
    give: GiveName,
}

enum Written {
    Beside(NamedTempFile),
    Named(File),
    /// It could not be renamed, and was removed.
    Gone,
}

impl Whole<'_> {
    fn take(beside: NamedTempFile, file: &Path) -> io::Result<File> {
        Ok(beside.persist(file)?)
    }

    fn take_free(beside: NamedTempFile, file: &Path) -> io::Result<File> {
        match beside.persist_noclobber(file) {
            Err(failed) if failed.error.kind() != io::ErrorKind::AlreadyExists => {
                // A drive without links can't check whether the name is taken.
                Ok(failed.file.persist(file)?)
            }
            named => Ok(named?),
        }
    }

    fn sync(&self) -> io::Result<()> {
        match &self.written {
            Written::Beside(file) => flush_file(file.as_file()),
            Written::Named(file) => flush_file(file),
            Written::Gone => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Naming for Whole<'_> {
    fn sync_file(&mut self) -> io::Result<()> {
        self.sync()
    }

    fn give_name(&mut self) -> io::Result<()> {
        if let Written::Beside(beside) = std::mem::replace(&mut self.written, Written::Gone) {
            self.written = Written::Named((self.give)(beside, self.file)?);
        }
        Ok(())
    }

    fn sync_named(&mut self) -> io::Result<()> {
        self.sync()
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        flush_folder(self.file.parent().unwrap_or(Path::new("")))
    }
}

/// The errors of a drive that does not support a kind of flush.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("a");
        for content in [&b"first"[..], b"second", b""] {
            write_whole(&file, content).expect("write");
            assert_eq!(std::fs::read(&file).expect("read"), content);
            flush_written(&file).expect("flush_written");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("list").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o077, 0);
        }
    }

    #[test]
    fn what_is_there_stays_if_nothing_can_take_its_place() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("a");
        std::fs::create_dir(&file).expect("in the way");
        write_whole(&file, b"x").expect_err("a folder has its name");
        assert!(file.is_dir());
        assert_eq!(std::fs::read_dir(folder.path()).expect("list").count(), 1);
    }
}
