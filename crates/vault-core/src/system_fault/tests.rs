use std::io;
use std::path::Path;

use super::*;

#[test]
fn no_number_of_the_system_is_ever_shown() {
    for code in 1..=200 {
        let fault = SystemFault::of(&io::Error::from_raw_os_error(code));
        let message = fault.could_not("write", Path::new("/media/stick/a.pdf"));
        assert!(!message.contains("os error"), "{code}: {message}");
        assert!(message.starts_with("Could not write “/media/stick/a.pdf”: "), "{message}");
        assert!(message.ends_with('.') && !message.contains(".."), "{message}");
        assert!(!fault.help().is_empty(), "{code}: nothing to do about {fault}");
    }
}

#[cfg(unix)]
#[test]
fn what_people_meet_is_named() {
    use rustix::io::Errno;
    for (code, words) in [
        (Errno::NOSPC, "The disk is full. Make room, then try again."),
        (Errno::DQUOT, "Your share of the disk is used up."),
        (Errno::ROFS, "The drive can only be read."),
        (Errno::PERM, "Permission denied."),
        (Errno::ACCESS, "Permission denied."),
        (Errno::EXIST, "Something of that name is there already."),
        (Errno::NAMETOOLONG, "The name or the path is too long for the drive."),
        (Errno::NOTDIR, "A file stands where a folder should be."),
        (Errno::IO, "The drive reports a fault when it reads or writes."),
        (Errno::MFILE, "Too many files are open on this computer."),
        (Errno::STALE, "The drive is no longer connected."),
        (Errno::FBIG, "The drive cannot hold a file of that size."),
        (Errno::INVAL, "The drive cannot do that."),
    ] {
        let sentence = SystemFault::of(&code.into()).sentence();
        assert!(sentence.starts_with(words), "{code:?}: {sentence}");
    }
}

#[test]
fn what_a_part_of_the_program_said_is_said_as_it_is() {
    let said = PortError::later("The line to the vault was cut. It goes on by itself.");
    let fault = SystemFault::of(&io::Error::other(said));
    assert_eq!(fault.sentence(), "The line to the vault was cut. It goes on by itself.");
}

#[test]
fn what_passes_is_tried_again_and_what_does_not_needs_a_person() {
    let at = |kind: io::ErrorKind| SystemFault::of(&kind.into()).port_error("open", Path::new("a"));
    assert!(matches!(at(io::ErrorKind::StorageFull), PortError::NeedsPerson { kind: Attention::NoRoom, .. }));
    assert!(matches!(at(io::ErrorKind::ReadOnlyFilesystem), PortError::NeedsPerson { kind: Attention::NoAccess, .. }));
    assert!(matches!(at(io::ErrorKind::InvalidFilename), PortError::NeedsPerson { kind: Attention::Invalid, .. }));
    assert!(matches!(at(io::ErrorKind::NotConnected), PortError::TryLater { .. }));
    let said = |error: PortError| SystemFault::of(&io::Error::other(error)).port_error("use", Path::new("a"));
    assert!(matches!(said(PortError::invalid("Not so.")), PortError::NeedsPerson { kind: Attention::Invalid, .. }));
    assert!(matches!(said(PortError::later("Not now.")), PortError::TryLater { .. }));
}
