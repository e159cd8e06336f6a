//! Folders and files that are their owner's alone: names of clients and of documents are in every one of them.

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

/// Makes a folder, and those above it, for its owner alone, if it is not there.
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

/// Makes a folder as [`make`] does; one that is there is checked, and others are shut out of it. Where it is a link, what it
/// leads to is checked.
///
/// # Errors
/// As the system reports them; a sentence if the folder is somebody else's, or others may write to it.
pub fn folder(folder: &Path) -> io::Result<()> {
    make(folder)?;
    #[cfg(unix)]
    shut(folder)?;
    #[cfg(windows)]
    windows::shut(folder)?;
    Ok(())
}

/// Checks that nobody else can put another folder in the place of `folder`, which need not be there.
///
/// # Errors
/// A sentence if a folder above it is somebody else's, or others may write to it.
pub fn above(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    way::check(folder)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Whether others can read a folder, or write to it: [`folder`] would shut them out, or refuse it.
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

/// Opens a file for writing, and makes it for its owner alone if it is not there; one that is there is shut to others. A link
/// is not followed: what it leads to is none of ours.
///
/// # Errors
/// As the system reports them; a sentence if a pipe, a socket or a device stands there.
pub fn file(path: &Path) -> io::Result<File> {
    none_in_the_way(path)?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
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

/// Whether something stands at the place of a file that is none. A link is none either, and is looked at elsewhere.
fn none_in_the_way(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_symlink() => small_file::is_file(&about),
        _ => Ok(()),
    }
}

/// The same for a database, and what it puts beside its file.
///
/// # Errors
/// A sentence if a pipe, a socket or a device stands there: `SQLite` would take it for a fault of the drive, or wait.
pub fn no_database_in_the_way(path: &Path) -> io::Result<()> {
    none_in_the_way(path)?;
    for beside in beside(path) {
        // Whoever asks names the database.
        none_in_the_way(&beside)
            .map_err(|error| io::Error::other(SystemFault::of(&error).port_error("use", &beside)))?;
    }
    Ok(())
}

/// What a database puts beside its file.
fn beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.iter().map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// What a database puts beside its file, by what follows the file's name.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Makes the file of a database for its owner alone if it is not there, and shuts it and what is beside it to others. What
/// the database puts there later has the rights of the file.
///
/// One that is there is not opened: closing it again would take away the locks that `SQLite` holds on it in this process
/// (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
///
/// # Errors
/// As the system reports them; a sentence if it is a link, which `SQLite` would follow, and leave names beside what it leads to.
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

/// Shuts a file of this user's to others, if it is there. What is no file is left alone, a link above all: it may lead to what
/// is none of ours. A drive without rights keeps what it has.
#[cfg(unix)]
fn shut_file(path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    if let Ok(about) = fs::symlink_metadata(path)
        && about.is_file()
        && about.uid() == rustix::process::geteuid().as_raw()
        && is_open(about.permissions().mode())
    {
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(about.permissions().mode() & 0o700));
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

/// Whether the drive keeps owners and rights at all: a stick with FAT gives everything those that it was mounted with.
#[cfg(unix)]
fn keeps_rights(folder: &Path) -> bool {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let mut builder = tempfile::Builder::new();
    let Ok(trial) = builder.permissions(fs::Permissions::from_mode(0o700)).tempdir_in(folder) else {
        // Who may make nothing in it has no home there anyway.
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

    /// A link that somebody planted leads out of the vault's folder.
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
