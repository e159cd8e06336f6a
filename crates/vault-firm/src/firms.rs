//! The firms this computer is connected to. Each has a folder with its connection file; a file beside these folders
//! names the active firm.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use vault_core::small_file;
use vault_firebase::{Connection, Partition};
use vault_home::{Home, private_folder, write_whole};
use vault_store::JournalDb;

use crate::error::{FirmError, cannot};
use crate::kept;

/// The id of a firm on this computer: the name of its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FirmId(String);

impl FirmId {
    /// The id of the firm a connection leads to. Work and training data have different ids, and so do servers and
    /// emulators.
    pub fn of(connection: &Connection) -> Self {
        let mut id = connection.project.clone();
        if connection.partition == Partition::Training {
            id.push_str(".training");
        }
        if connection.emulators.is_some() {
            id.push_str(".emulators");
        }
        Self(id)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FirmId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FirmId {
    type Err = FirmError;

    fn from_str(text: &str) -> Result<Self, FirmError> {
        let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
        let good = (1..=64).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(safe);
        if good { Ok(Self(text.to_owned())) } else { Err(FirmError::Unknown) }
    }
}

/// A firm this computer is connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    /// The firm's id.
    pub id: FirmId,
    /// Its connection.
    pub connection: Connection,
    pub(crate) folder: PathBuf,
}

/// The firms this computer is connected to.
#[derive(Debug, Clone)]
pub struct Firms {
    folder: PathBuf,
}

const CONNECTION: &str = "connection.json";

/// Marker file beside a connection whose session is stored per connection. Earlier versions stored one per project.
const WHOLE: &str = "session-of-connection";

const ACTIVE: &str = "active";

impl Firm {
    /// Whether this connection may take over the session that earlier versions stored per project.
    pub(crate) fn may_take_over(&self) -> bool {
        !self.folder.join(WHOLE).exists()
    }

    pub(crate) fn has_taken_over(&self) -> Result<(), FirmError> {
        write(&self.folder.join(WHOLE), "")
    }
}

impl Firms {
    /// The firms stored in this computer's home.
    pub fn of(home: &Home) -> Self {
        Self { folder: home.folder().join("firms") }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// All firms, by name. A firm whose connection file cannot be read is left out: it can be connected again.
    ///
    /// # Errors
    /// [`FirmError::Folder`], as the system reports it.
    pub fn list(&self) -> Result<Vec<Firm>, FirmError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(cannot("read", &self.folder, error)),
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let ids = names.filter_map(|name| name.parse::<FirmId>().ok());
        let mut firms: Vec<Firm> = ids.filter_map(|id| self.get(&id).ok()).collect();
        firms.sort_by(|a, b| (&a.connection.name, &a.id).cmp(&(&b.connection.name, &b.id)));
        Ok(firms)
    }

    /// The firm with this id.
    ///
    /// # Errors
    /// [`FirmError::Unknown`], [`FirmError::Kept`], [`FirmError::Folder`].
    pub fn get(&self, id: &FirmId) -> Result<Firm, FirmError> {
        let folder = self.folder.join(id.as_str());
        let file = folder.join(CONNECTION);
        let bytes = small_file::read(&file, small_file::SETTINGS).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FirmError::Unknown,
            _ => cannot("read", &file, error),
        })?;
        let connection = Connection::from_file(&bytes).map_err(|why| FirmError::Kept { path: file, why })?;
        // A file copied from another firm's folder must not lead there under this firm's name.
        if FirmId::of(&connection) != *id {
            return Err(FirmError::Unknown);
        }
        Ok(Firm { id: id.clone(), connection, folder })
    }

    /// The firm that a connection leads to, if this computer is already connected to it. Show the user the differences
    /// before the new connection replaces the old one.
    pub fn known(&self, connection: &Connection) -> Option<Firm> {
        self.get(&FirmId::of(connection)).ok()
    }

    /// Connects this computer to a firm, or replaces the firm's connection. Local data of the firm stays. A signed-in
    /// user must sign in again, unless only the firm's name changed.
    ///
    /// # Errors
    /// [`FirmError::Folder`], as the system reports it.
    pub fn connect(&self, connection: &Connection) -> Result<Firm, FirmError> {
        let id = FirmId::of(connection);
        let folder = self.folder.join(id.as_str());
        for folder in [&self.folder, &folder] {
            private_folder(folder).map_err(|error| cannot("make", folder, error))?;
        }
        let before = self.known(connection);
        if before.is_none_or(|before| !connection.is_same_but_for_its_name(&before.connection)) {
            // Written first, so that no session of the previous connection is used for this one.
            write(&folder.join(WHOLE), "")?;
        }
        write(&folder.join(CONNECTION), &connection.to_file())?;
        Ok(Firm { id, connection: connection.clone(), folder })
    }

    /// Removes a firm with all its local data, for all users. A signed-in user is signed out first.
    ///
    /// # Errors
    /// [`FirmError::StillWaiting`] if drops or changes of any user wait here, or if their queues cannot be read; then
    /// nothing has changed. [`FirmError::Folder`], as the system reports it.
    pub async fn forget(&self, id: &FirmId) -> Result<(), FirmError> {
        let folder = self.folder.join(id.as_str());
        for person in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            let journal = kept::journal(&person.path());
            if journal.exists() {
                kept::none_waits(&JournalDb::open(&journal).await?).await?;
            }
        }
        if self.active_if_known()?.as_ref() == Some(id) {
            self.activate(None)?;
        }
        remove(&folder)
    }

    /// The active firm; `None` if this computer's own vault is active.
    ///
    /// # Errors
    /// [`FirmError::NoneChosen`] if the file names no firm of this computer; [`FirmError::Folder`], as the system
    /// reports it.
    pub fn active(&self) -> Result<Option<FirmId>, FirmError> {
        let file = self.folder.join(ACTIVE);
        let bytes = match small_file::read(&file, small_file::SETTINGS) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot("read", &file, error)),
        };
        match String::from_utf8_lossy(&bytes).trim().parse() {
            Ok(id) if !matches!(self.get(&id), Err(FirmError::Unknown)) => Ok(Some(id)),
            // Falling back to this computer's own vault would look like data loss.
            _ => Err(FirmError::NoneChosen(file)),
        }
    }

    /// Like [`active`](Self::active), for lists of firms to choose from: also `None` if the file names no firm of this
    /// computer.
    ///
    /// # Errors
    /// [`FirmError::Folder`], as the system reports it.
    pub fn active_if_known(&self) -> Result<Option<FirmId>, FirmError> {
        match self.active() {
            Err(FirmError::NoneChosen(_)) => Ok(None),
            known => known,
        }
    }

    /// Makes this the active firm; `None` activates this computer's own vault.
    ///
    /// # Errors
    /// [`FirmError::Unknown`], [`FirmError::Folder`].
    pub fn activate(&self, id: Option<&FirmId>) -> Result<(), FirmError> {
        let file = self.folder.join(ACTIVE);
        match id {
            Some(id) => {
                self.get(id)?;
                write(&file, id.as_str())
            }
            None => match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot("remove", &file, error)),
                _ => Ok(()),
            },
        }
    }
}

pub(crate) fn remove(folder: &Path) -> Result<(), FirmError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot("remove", folder, error)),
        _ => Ok(()),
    }
}

/// Writes a file atomically.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), FirmError> {
    write_whole(file, text.as_bytes()).map_err(|error| cannot("write", file, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firms() -> (tempfile::TempDir, Firms) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::find(Some(&folder.path().join("home"))).unwrap();
        (folder, Firms::of(&home))
    }

    fn connection(name: &str, project: &str, partition: &str) -> Connection {
        let bucket = if partition == "test" { "acme-test" } else { "acme" };
        let file = format!(
            r#"{{"projectId": "{project}", "apiKey": "k", "bucket": "{bucket}", "clientId": "c", "name": "{name}",
            "partition": "{partition}"}}"#
        );
        Connection::from_file(file.as_bytes()).unwrap()
    }

    #[tokio::test]
    async fn firms_are_connected_listed_opened_and_forgotten() {
        let (_folder, firms) = firms();
        assert!(firms.list().unwrap().is_empty() && firms.active().unwrap().is_none());
        let work = firms.connect(&connection("Acme", "acme-law", "default")).unwrap();
        let training = firms.connect(&connection("Acme", "acme-law", "test")).unwrap();
        assert_ne!(work.id, training.id);
        assert_eq!(firms.list().unwrap(), [work.clone(), training.clone()]);
        firms.activate(Some(&training.id)).unwrap();
        assert_eq!(firms.active().unwrap().as_ref(), Some(&training.id));
        // Another process sees the same.
        assert_eq!(firms.clone().active().unwrap().as_ref(), Some(&training.id));
        firms.forget(&training.id).await.unwrap();
        assert_eq!((firms.list().unwrap(), firms.active().unwrap()), (vec![work.clone()], None));
        assert!(matches!(firms.activate(Some(&training.id)), Err(FirmError::Unknown)));
        firms.forget(&training.id).await.unwrap();
    }

    #[test]
    fn a_new_connection_of_the_same_firm_takes_the_place_of_the_old_and_keeps_its_folder() {
        let (_folder, firms) = firms();
        let old = firms.connect(&connection("Acme", "acme-law", "default")).unwrap();
        fs::write(old.folder.join("kept"), "x").unwrap();
        let new = firms.connect(&connection("Acme & Sons", "acme-law", "default")).unwrap();
        assert_eq!(new.id, old.id);
        assert_eq!(firms.list().unwrap()[0].connection.name, "Acme & Sons");
        assert!(new.folder.join("kept").exists());
    }

    #[test]
    fn an_invalid_connection_is_no_firm_and_blocks_no_other() {
        let (_folder, firms) = firms();
        let good = firms.connect(&connection("Acme", "acme-law", "default")).unwrap();
        let other = firms.connect(&connection("Other", "other-law", "default")).unwrap();
        // Another firm's file in its place.
        fs::copy(good.folder.join(CONNECTION), other.folder.join(CONNECTION)).unwrap();
        let torn = firms.folder().join("torn-law");
        fs::create_dir(&torn).unwrap();
        fs::write(torn.join(CONNECTION), "{").unwrap();
        assert_eq!(firms.list().unwrap(), [good]);
        for id in ["", "..", "../x", "A", "a/b", ".hidden"] {
            assert!(id.parse::<FirmId>().is_err(), "{id}");
        }
    }

    #[tokio::test]
    async fn a_damaged_choice_of_firm_is_reported_and_rewritten_by_choosing() {
        let (_folder, firms) = firms();
        let id = firms.connect(&connection("Acme", "acme-law", "default")).unwrap().id;
        let file = firms.folder().join(ACTIVE);
        for garbled in [&b""[..], b"../../etc", b"\0\0\0\0\0\0\0\0", b"\xff\xfe", b"other-law", b"{"] {
            fs::write(&file, garbled).unwrap();
            let said = firms.active().unwrap_err().to_string();
            assert!(said.contains(&file.display().to_string()) && said.contains("Nothing is lost"), "{said}");
            assert_eq!(firms.active_if_known().unwrap(), None);
            firms.activate(Some(&id)).unwrap();
            assert_eq!(firms.active().unwrap().as_ref(), Some(&id));
        }
        fs::write(&file, "{").unwrap();
        firms.activate(None).unwrap();
        assert_eq!(firms.active().unwrap(), None);
        fs::write(&file, "{").unwrap();
        firms.forget(&id).await.unwrap();
    }
}
