//! Where content is kept: `/teams/{teamId}/matters/{matterId}/files/{fileHash}.{extension}`.

use std::fmt;
use std::str::FromStr;

use super::{FileHash, MatterId, TeamId};

/// A text that is not the path of a blob.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the path of stored content (teams/…/matters/…/files/…)")]
pub struct InvalidStoragePath(pub String);

/// The path of a blob inside a team's storage, without a leading `/`. Its parts are valid by construction, so joining
/// it to a folder never leads out of that folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoragePath {
    team: TeamId,
    matter: MatterId,
    hash: FileHash,
    extension: String,
}

/// Content, with the two facts that identify it independently of its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRef {
    /// Its path, which includes the hash.
    pub path: StoragePath,
    /// Its length in bytes.
    pub size: u64,
}

impl BlobRef {
    /// The hash of the content.
    pub fn hash(&self) -> FileHash {
        self.path.hash()
    }
}

/// The extension a blob gets from the first name it was stored under: what follows the last dot, in lower case, if it
/// is 1 to 16 ASCII letters or digits and something precedes the dot; otherwise empty.
pub fn extension_of(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

fn is_extension(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

impl StoragePath {
    /// The path for content first filed to `matter` under `original_name`.
    pub fn new(team: &TeamId, matter: &MatterId, hash: FileHash, original_name: &str) -> Self {
        Self { team: team.clone(), matter: matter.clone(), hash, extension: extension_of(original_name) }
    }

    /// The team whose storage this is in.
    pub fn team(&self) -> &TeamId {
        &self.team
    }

    /// The matter under which the content was first stored.
    pub fn matter(&self) -> &MatterId {
        &self.matter
    }

    /// The hash of the content.
    pub fn hash(&self) -> FileHash {
        self.hash
    }

    /// The extension it was first stored under; empty if it has none.
    pub fn extension(&self) -> &str {
        &self.extension
    }

    /// The folder of the blob: everything before its name.
    pub fn folder(&self) -> String {
        format!("teams/{}/matters/{}/files", self.team, self.matter)
    }

    /// The name of the blob: hash and extension.
    pub fn file_name(&self) -> String {
        if self.extension.is_empty() { self.hash.to_string() } else { format!("{}.{}", self.hash, self.extension) }
    }
}

impl fmt::Display for StoragePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "teams/{}/matters/{}/files/{}", self.team, self.matter, self.file_name())
    }
}

impl FromStr for StoragePath {
    type Err = InvalidStoragePath;

    /// Parses a path as in a record; a leading `/` is accepted.
    fn from_str(text: &str) -> Result<Self, InvalidStoragePath> {
        let invalid = || InvalidStoragePath(text.to_owned());
        let segments: Vec<&str> = text.strip_prefix('/').unwrap_or(text).split('/').collect();
        let ["teams", team, "matters", matter, "files", name] = segments[..] else {
            return Err(invalid());
        };
        let (hash, extension) = match name.split_once('.') {
            Some((hash, extension))
                if is_extension(extension) && !extension.bytes().any(|b| b.is_ascii_uppercase()) =>
            {
                (hash, extension)
            }
            Some(_) => return Err(invalid()),
            None => (name, ""),
        };
        Ok(Self {
            team: TeamId::new(team).map_err(|_| invalid())?,
            matter: MatterId::new(matter).map_err(|_| invalid())?,
            hash: hash.parse().map_err(|_| invalid())?,
            extension: extension.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(name: &str) -> StoragePath {
        let team = TeamId::new("team-1").expect("id");
        StoragePath::new(&team, &MatterId::general(), FileHash::of(b""), name)
    }

    #[test]
    fn the_extension_is_that_of_the_name_in_lower_case() {
        for (name, extension) in [
            ("Scan.PDF", "pdf"),
            ("a.tar.gz", "gz"),
            ("README", ""),
            (".profile", ""),
            ("ends.", ""),
            ("odd.p df", ""),
            ("x.ünï", ""),
            ("a./../b", ""),
        ] {
            assert_eq!(extension_of(name), extension, "{name}");
        }
    }

    #[test]
    fn a_hostile_path_is_no_storage_path() {
        let good = place("a.pdf").to_string();
        for bad in [
            good.replace("team-1", ".."),
            good.replace("general", "a/../b"),
            good.replace(".pdf", ".pdf/../x"),
            good.replace(".pdf", ".PDF"),
            good.replace("files", "Files"),
            format!("../{good}"),
            format!("//{good}"),
            String::new(),
        ] {
            assert!(bad.parse::<StoragePath>().is_err(), "{bad}");
        }
        assert_eq!(format!("/{good}").parse::<StoragePath>(), Ok(place("a.pdf")));
    }

    proptest! {
        #[test]
        fn a_path_survives_the_record(name in ".{0,24}") {
            prop_assert_eq!(place(&name).to_string().parse::<StoragePath>(), Ok(place(&name)));
        }
    }
}
