//! Folders and files that only their owner may access: all of them contain names of clients and documents.

#[cfg(any(windows, test))]
mod list;
#[cfg(unix)]
mod way;
#[cfg(windows)]
mod windows;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::ports::PortError;
use crate::{SystemFault, small_file};

/// Creates a folder and its parents for their owner only, if it does not exist.
///
/// # Errors
/// As the system reports them.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Creates a folder as [`make`] does; an existing one is checked, and access by others is removed. If it is a link, its
/// target is checked.
///
/// # Errors
/// As the system reports them; a sentence if another user owns the folder, or others may write to it.
pub fn folder(folder: &Path) -> io::Result<()> {
    make(folder)?;
    #[cfg(unix)]
    shut(folder)?;
    #[cfg(windows)]
    windows::shut(folder)?;
    Ok(())
}

/// Checks that no other user can replace `folder`, which need not exist.
///
/// # Errors
/// A sentence if another user owns a folder above it, or others may write to one.
pub fn above(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    way::check(folder)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Whether others can read a folder, or write to it: then [`folder`] would remove their access, or fail.
pub fn is_open_to_others(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(folder).is_ok_and(|about| is_open(about.permissions().mode()))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        false
    }
}

/// Opens a file for writing; creates it for its owner only if it does not exist, and removes others' access if it does.
/// A link is not followed, since its target may not be ours.
///
/// # Errors
/// As the system reports them; a sentence if the path is a pipe, a socket or a device.
pub fn file(path: &Path) -> io::Result<File> {
    open(path, OpenOptions::new().write(true))
}

/// As [`file`], for appending: whole writes of several programs never mix.
///
/// # Errors
/// As [`file`].
pub fn append(path: &Path) -> io::Result<File> {
    open(path, OpenOptions::new().append(true))
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    none_in_the_way(path)?;
    options.create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let no_link = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default();
        options.mode(0o600).custom_flags(no_link | small_file::without_waiting());
    }
    let file = options.open(path)?;
    small_file::is_file(&file.metadata()?)?;
    shut_file(path);
    Ok(file)
}

/// Checks that the path of a file is not something else. Links are checked separately.
fn none_in_the_way(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_symlink() => small_file::is_file(&about),
        _ => Ok(()),
    }
}

/// The same for a database, and the files `SQLite` creates with it.
///
/// # Errors
/// A sentence if one of them is a pipe, a socket or a device: `SQLite` would report a fault of the drive, or block.
pub fn no_database_in_the_way(path: &Path) -> io::Result<()> {
    none_in_the_way(path)?;
    for beside in beside(path) {
        // The caller names the database itself.
        none_in_the_way(&beside)
            .map_err(|error| io::Error::other(SystemFault::of(&error).port_error("use", &beside)))?;
    }
    Ok(())
}

/// The files that `SQLite` creates with a database.
fn beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.iter().map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Their suffixes.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Creates the file of a database for its owner only if it does not exist, and removes others' access to it and its
/// additional files. Files that `SQLite` creates later get the permissions of the database.
///
/// An existing one is not opened: closing it again would release the locks that `SQLite` holds on it in this process
/// (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
///
/// # Errors
/// As the system reports them; a sentence if it is a link: `SQLite` would follow it, and create files next to its
/// target.
pub fn database(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(_) | Err(_) => {}
    }
    if path.is_symlink() {
        return Err(io::Error::other(PortError::invalid(format!(
            "“{}” is a link. Put the file itself in its place.",
            path.display()
        ))));
    }
    no_database_in_the_way(path)?;
    shut_file(path);
    beside(path).for_each(|beside| shut_file(&beside));
    Ok(())
}

#[cfg(not(unix))]
fn shut_file(_: &Path) {}

/// Removes others' access to a file of this user, if it exists. Anything but a file is left alone, especially a link,
/// whose target may not be ours. On a drive without permissions nothing changes.
#[cfg(unix)]
fn shut_file(path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    if let Ok(about) = fs::symlink_metadata(path)
        && about.is_file()
        && about.uid() == rustix::process::geteuid().as_raw()
        && is_open(about.permissions().mode())
    {
        let mode = fs::Permissions::from_mode(about.permissions().mode() & 0o700);
        if let Err(error) = fs::set_permissions(path, mode) {
            tracing::warn!(kind = ?error.kind(), "others' access to a file of the vault is not removed");
        }
    }
}

/// Whether others may read, write or search.
#[cfg(unix)]
const fn is_open(mode: u32) -> bool {
    mode & 0o077 != 0
}

#[cfg(unix)]
fn shut(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let about = fs::metadata(folder)?;
    let mode = about.permissions().mode();
    let is_ours = about.uid() == rustix::process::geteuid().as_raw();
    if is_ours && !is_open(mode) || !keeps_rights(folder) {
        return Ok(());
    }
    if !is_ours {
        return Err(refused(folder, "belongs to somebody else", "Choose a folder of your own."));
    }
    if mode & 0o022 != 0 {
        let name = folder.display();
        let how = format!(
            "Take that right away (chmod go-w \"{name}\"), once you know that nobody changed what is in it, or choose \
             another folder."
        );
        return Err(refused(folder, "can be written to by others", &how));
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o700))
}

/// Whether the drive stores owners and permissions: on FAT all files have those of the mount.
#[cfg(unix)]
fn keeps_rights(folder: &Path) -> bool {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let mut builder = tempfile::Builder::new();
    let Ok(trial) = builder.permissions(fs::Permissions::from_mode(0o700)).tempdir_in(folder) else {
        // A user who can't create anything in it has no home there anyway.
        return true;
    };
    let keeps = |about: fs::Metadata| {
        about.uid() == rustix::process::geteuid().as_raw() && !is_open(about.permissions().mode())
    };
    fs::metadata(trial.path()).is_ok_and(keeps)
}

#[cfg(any(unix, windows))]
fn refused(folder: &Path, why: &str, how: &str) -> io::Error {
    io::Error::other(PortError::invalid(format!(
        "The folder “{}” {why}, so what is kept in it would not be safe from them. {how}",
        folder.display()
    )))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_its_owners_alone_and_what_is_there_is_shut() {
        let place = tempfile::tempdir().expect("a folder");
        let made = place.path().join("a/b");
        folder(&made).expect("made");
        assert_eq!((mode(&made), mode(&place.path().join("a"))), (0o700, 0o700));
        let open = place.path().join("open");
        fs::create_dir(&open).expect("made");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).expect("opened");
        folder(&open).expect("shut");
        assert_eq!(mode(&open), 0o700);
        let database = open.join("cache.db");
        fs::write(&database, "x").expect("written");
        fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).expect("opened");
        drop(file(&database).expect("opened"));
        let log = open.join("new.db-wal");
        fs::write(&log, "").expect("written");
        fs::set_permissions(&log, fs::Permissions::from_mode(0o644)).expect("opened");
        super::database(&open.join("new.db")).expect("made");
        assert_eq!([&database, &open.join("new.db"), &log].map(|file| mode(file)), [0o600; 3]);
        assert_eq!(fs::read(&database).expect("read"), b"x");
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_refused() {
        let place = tempfile::tempdir().expect("a folder");
        for bits in [0o770, 0o707, 0o777, 0o1777] {
            let shared = place.path().join(format!("{bits:o}"));
            fs::create_dir(&shared).expect("made");
            fs::set_permissions(&shared, fs::Permissions::from_mode(bits)).expect("opened");
            let message = folder(&shared).expect_err("refused").to_string();
            assert!(message.contains("by others") && message.contains("chmod go-w"), "{message}");
            assert_eq!(mode(&shared), bits & 0o777, "nothing was changed");
        }
    }

    /// A link planted by another user leads out of the vault's folder.
    #[test]
    fn no_link_is_followed() {
        let place = tempfile::tempdir().expect("a folder");
        let victim = place.path().join("victim");
        fs::write(&victim, "x").expect("written");
        fs::set_permissions(&victim, fs::Permissions::from_mode(0o644)).expect("opened");
        let link = |name: &str, to: &Path| {
            let link = place.path().join(name);
            std::os::unix::fs::symlink(to, &link).expect("linked");
            link
        };
        link("a.db-wal", &victim);
        super::database(&place.path().join("a.db")).expect("made");
        assert!(file(&link("filing.lock", &victim)).is_err());
        let message = super::database(&link("b.db", &victim)).expect_err("refused").to_string();
        assert!(message.contains("b.db” is a link"), "{message}");
        let nowhere = place.path().join("nowhere");
        assert!(file(&link("dangling.lock", &nowhere)).is_err());
        assert!(super::database(&link("dangling.db", &nowhere)).is_err());
        assert!(!nowhere.exists(), "nothing is made where a link leads");
        assert_eq!(mode(&victim), 0o644, "nothing was changed");
    }
}
