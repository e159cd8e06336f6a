//! Error numbers of Windows whose kind is too general, or misleading for the user.
//! <https://learn.microsoft.com/windows/win32/debug/system-error-codes>

use super::SystemFault;

pub(super) const fn fault(code: i32) -> Option<SystemFault> {
    Some(match code {
        // TOO_MANY_OPEN_FILES
        4 => SystemFault::TooManyOpen,
        // INVALID_DRIVE, NOT_READY, DEV_NOT_EXIST, UNEXP_NET_ERR, NETNAME_DELETED, DEVICE_NOT_CONNECTED
        15 | 21 | 55 | 59 | 64 | 1167 => SystemFault::DriveGone,
        // WRITE_PROTECT
        19 => SystemFault::ReadOnly,
        // CRC, SEEK, SECTOR_NOT_FOUND, WRITE_FAULT, READ_FAULT, GEN_FAILURE, IO_DEVICE, FILE_CORRUPT, DISK_CORRUPT
        23 | 25 | 27 | 29 | 30 | 31 | 1117 | 1392 | 1393 => SystemFault::Failing,
        // SHARING_VIOLATION, LOCK_VIOLATION
        32 | 33 => SystemFault::InUse,
        // INVALID_NAME
        123 => SystemFault::NameRefused,
        // FILENAME_EXCED_RANGE
        206 => SystemFault::NameTooLong,
        // FILE_TOO_LARGE
        223 => SystemFault::TooLarge,
        _ => return None,
    })
}
