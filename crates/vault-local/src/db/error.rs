//! User-facing errors for database errors.

use vault_core::ports::{Attention, PortError};
use vault_core::reason::{Database, Reason};
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
    let no_access = |why: Reason| PortError::NeedsPerson { kind: Attention::NoAccess, message: why.into() };
    let fault = system_fault(&error);
    match code(&error).map(|code| code & 0xFF) {
        Some(CORRUPT | NOTADB) => PortError::damaged(Reason::VaultDamaged),
        _ if fault == Some(SystemFault::NoRoom) => {
            PortError::NeedsPerson { kind: Attention::NoRoom, message: Reason::DiskFullVault.into() }
        }
        Some(BUSY | LOCKED) => PortError::later(Reason::VaultInUse),
        Some(PERM | READONLY) => no_access(Reason::VaultReadOnly),
        Some(CANTOPEN) => {
            open_files::used_up().unwrap_or_else(|| no_access(Reason::DatabaseNotOpened { database: Database::VAULT }))
        }
        _ if matches!(error, sqlx::Error::ColumnDecode { .. }) => unreadable("a value"),
        _ => {
            let fault = fault.unwrap_or_else(|| SystemFault::Other(error.to_string()));
            fault.after(&format!("{} could not be used", Database::VAULT))
        }
    }
}

/// The error for an invalid value in the database.
pub(crate) fn unreadable(what: &str) -> PortError {
    PortError::damaged(format!(
        "The vault's database (vault.db) holds {what} that cannot be understood. Put back a copy from a backup."
    ))
}
