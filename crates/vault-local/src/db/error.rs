//! User-facing errors for database errors.

use vault_core::ports::{Attention, PortError};
use vault_core::{SystemFault, open_files};

/// The result type used throughout this crate.
pub(crate) type Result<T> = std::result::Result<T, PortError>;

/// The primary result codes of `SQLite`, <https://sqlite.org/rescode.html>.
const PERM: i32 = 3;
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const CORRUPT: i32 = 11;
const CANTOPEN: i32 = 14;
const NOTADB: i32 = 26;

fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// The drive's fault behind an error, if there is one.
fn system_fault(error: &sqlx::Error) -> Option<SystemFault> {
    match error {
        sqlx::Error::Io(error) => Some(SystemFault::of(error)),
        _ => code(error).and_then(SystemFault::of_database),
    }
}

/// The user-facing error of a failed statement.
#[allow(clippy::needless_pass_by_value)] // used in `map_err`
pub(crate) fn fault(error: sqlx::Error) -> PortError {
    let no_access = |message: &str| PortError::NeedsPerson { kind: Attention::NoAccess, message: message.to_owned() };
    let fault = system_fault(&error);
    match code(&error).map(|code| code & 0xFF) {
        Some(CORRUPT | NOTADB) => PortError::damaged(
            "The vault's database (vault.db) is damaged. Nothing was changed. Put back a copy of the vault's folder \
             from a backup; the documents themselves are in its folder “teams”.",
        ),
        _ if fault == Some(SystemFault::NoRoom) => PortError::NeedsPerson {
            kind: Attention::NoRoom,
            message: "The disk is full: the vault cannot write. Make room, then go on.".to_owned(),
        },
        Some(BUSY | LOCKED) => PortError::later("Another program is writing to the vault just now."),
        Some(PERM | READONLY) => {
            no_access("The vault's database (vault.db) may not be written to. Check its permissions.")
        }
        Some(CANTOPEN) => open_files::used_up().unwrap_or_else(|| {
            no_access(
                "The vault's database (vault.db) cannot be opened. Check that you may write to its folder, and that \
                 its drive has room.",
            )
        }),
        _ if matches!(error, sqlx::Error::ColumnDecode { .. }) => unreadable("a value"),
        _ => {
            let fault = fault.unwrap_or_else(|| SystemFault::Other(error.to_string()));
            fault.after("The vault's database (vault.db) could not be used")
        }
    }
}

/// The error for an invalid value in the database.
pub(crate) fn unreadable(what: &str) -> PortError {
    PortError::damaged(format!(
        "The vault's database (vault.db) holds {what} that cannot be understood. Put back a copy from a backup."
    ))
}
