//! Error numbers of Linux and macOS whose kind is too general, or misleading for the user.

use rustix::io::Errno;

use super::SystemFault;

pub(super) fn fault(code: i32) -> Option<SystemFault> {
    Some(match Errno::from_raw_os_error(code) {
        Errno::IO => SystemFault::Failing,
        Errno::NAMETOOLONG => SystemFault::NameTooLong,
        Errno::ILSEQ => SystemFault::NameRefused,
        Errno::LOOP => SystemFault::Link,
        Errno::MFILE | Errno::NFILE => SystemFault::TooManyOpen,
        Errno::NODEV | Errno::NXIO | Errno::NOTCONN | Errno::HOSTDOWN | Errno::SHUTDOWN | Errno::STALE => {
            SystemFault::DriveGone
        }
        Errno::TXTBSY => SystemFault::InUse,
        Errno::NOTSUP | Errno::NOSYS | Errno::NOTTY | Errno::MLINK => SystemFault::Unsupported,
        _ => return other(code),
    })
}

#[cfg(target_os = "linux")]
fn other(code: i32) -> Option<SystemFault> {
    match Errno::from_raw_os_error(code) {
        // Errors of a failing medium, a damaged file system and a network drive.
        Errno::UCLEAN | Errno::BADMSG | Errno::REMOTEIO | Errno::PROTO => Some(SystemFault::Failing),
        Errno::NOMEDIUM | Errno::NOLINK | Errno::COMM => Some(SystemFault::DriveGone),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
const fn other(_: i32) -> Option<SystemFault> {
    None
}
