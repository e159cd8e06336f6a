//! Database errors, and their user-facing errors.

use sqlx::migrate::MigrateError;
use vault_core::ports::{Attention, PortError};
use vault_core::reason::{Database, Reason};
use vault_core::{SystemFault, open_files};

/// The result type used throughout this crate.
pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// A failed statement, or an invalid value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// An error of `SQLite` or of the connection to it.
    #[error(transparent)]
    Sqlite(#[from] sqlx::Error),
    /// A failed migration.
    #[error(transparent)]
    Migration(#[from] MigrateError),
    /// The database holds something that this version never writes.
    #[error("{0} cannot be understood")]
    Unreadable(&'static str),
    /// Already a user-facing error.
    #[error(transparent)]
    Said(#[from] PortError),
}

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Journal,
    Cache,
}

/// `SQLite`'s primary result codes, <https://sqlite.org/rescode.html>.
mod code {
    pub(super) const ERROR: i32 = 1;
    pub(super) const PERM: i32 = 3;
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READONLY: i32 = 8;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

impl StoreError {
    fn sqlite_code(&self) -> Option<i32> {
        let (Self::Sqlite(error)
        | Self::Migration(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _))) = self
        else {
            return None;
        };
        error.as_database_error()?.code()?.parse().ok()
    }

    /// Whether the file itself is at fault.
    pub(crate) fn is_damage(&self) -> bool {
        match (self.sqlite_code(), self) {
            (Some(code), _) => matches!(code & 0xFF, code::CORRUPT | code::NOTADB),
            (None, Self::Unreadable(_) | Self::Migration(_)) => true,
            (None, Self::Sqlite(error)) => {
                matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound)
            }
            (None, Self::Said(_)) => false,
        }
    }

    /// Whether a file being opened is damaged, or contains other tables than ours.
    pub(crate) fn is_no_file_of_ours(&self) -> bool {
        self.is_damage() || self.sqlite_code() == Some(code::ERROR)
    }

    /// The user-facing error.
    pub(crate) fn for_person(self, which: Which) -> PortError {
        let no_access = |why: Reason| PortError::NeedsPerson { kind: Attention::NoAccess, message: why.into() };
        let name = which.name();
        if let Self::Said(said) = self {
            return said;
        }
        if self.is_damage() {
            return PortError::damaged(which.damaged());
        }
        let fault = self.system_fault();
        if fault == Some(SystemFault::NoRoom) {
            let message = Reason::DiskFullDatabase { database: name }.into();
            return PortError::NeedsPerson { kind: Attention::NoRoom, message };
        }
        match self.sqlite_code().map(|code| code & 0xFF) {
            Some(code::BUSY | code::LOCKED) => PortError::later(Reason::DatabaseInUse { database: name }),
            Some(code::PERM | code::READONLY) => no_access(Reason::DatabaseReadOnly { database: name }),
            Some(code::CANTOPEN) => {
                open_files::used_up().unwrap_or_else(|| no_access(Reason::DatabaseNotOpened { database: name }))
            }
            _ => {
                let fault = fault.unwrap_or_else(|| SystemFault::Other(self.to_string()));
                fault.after(&format!("{name} could not be used"))
            }
        }
    }

    /// The drive's fault behind the error, if there is one.
    fn system_fault(&self) -> Option<SystemFault> {
        match self {
            Self::Sqlite(sqlx::Error::Io(error)) => Some(SystemFault::of(error)),
            _ => self.sqlite_code().and_then(SystemFault::of_database),
        }
    }
}

impl Which {
    /// The file's name.
    pub(crate) const fn name(self) -> Database {
        match self {
            Self::Journal => Database::JOURNAL,
            Self::Cache => Database::CACHE,
        }
    }

    const fn damaged(self) -> Reason {
        match self {
            Self::Journal => Reason::JournalDamaged,
            Self::Cache => Reason::CacheDamaged,
        }
    }
}
