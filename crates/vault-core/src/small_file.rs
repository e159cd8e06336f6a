//! Reads small input files of a vault: lists, connections, settings. Such a path may be a pipe without a writer, or an
//! endless device, and must not block the program.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::ports::PortError;

/// An upper limit in bytes for a settings or connection file.
pub const SETTINGS: u64 = 64 * 1024;

/// An upper limit in bytes for a list that users edit.
pub const LIST: u64 = 4 * 1024 * 1024;

/// Reads a whole file. Links are followed.
///
/// # Errors
/// As the system reports them; a sentence if it is a pipe, a socket or a device, or has more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Opening a device can have effects, so the path is checked first; and again afterwards, because it may have been
    // replaced.
    is_file(&fs::metadata(path)?)?;
    let file = open(path)?;
    is_file(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let message =
            format!("it has more than {most} bytes, so it is not what it should be. Put the right file in its place");
        return Err(io::Error::other(PortError::invalid(message)));
    }
    Ok(bytes)
}

/// Checks that this is a file.
///
/// # Errors
/// A folder is [`io::ErrorKind::IsADirectory`]; a sentence for anything else.
pub(crate) fn is_file(about: &fs::Metadata) -> io::Result<()> {
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        let message = "it is a pipe, a socket or a device, not a file. Put a file in its place, or remove it";
        return Err(io::Error::other(PortError::invalid(message)));
    }
    Ok(())
}

/// Opens without waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, without_waiting());
    options.open(path)
}

/// Flags to open a file without blocking, and without making a terminal the controlling one.
#[cfg(unix)]
pub(crate) fn without_waiting() -> i32 {
    use rustix::fs::OFlags;
    i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemFault;

    #[test]
    fn a_file_is_read_whole_and_a_longer_one_is_not() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("list.txt");
        fs::write(&file, "12345").expect("written");
        assert_eq!(read(&file, 5).expect("read"), b"12345");
        let error = read(&file, 4).expect_err("too long");
        assert!(SystemFault::of(&error).could_not("read", &file).contains("list.txt”: it has more than 4 bytes"));
        let kind = |path: &Path| read(path, 5).expect_err("no file").kind();
        assert_eq!(kind(place.path()), io::ErrorKind::IsADirectory);
        assert_eq!(kind(&place.path().join("none")), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_a_socket_and_a_device_are_no_files_and_hold_nobody_up() {
        let place = tempfile::tempdir().expect("a folder");
        let pipe = place.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
        let socket = place.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        let link = place.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).expect("a link");
        for path in [&pipe, &socket, &link, Path::new("/dev/zero")] {
            let error = read(path, 5).expect_err("no file");
            assert!(SystemFault::of(&error).sentence().starts_with("It is a pipe"), "{}", path.display());
        }
    }
}
