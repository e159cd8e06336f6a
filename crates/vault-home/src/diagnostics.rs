//! What a maintainer needs to know of an installation, without any of the firm's data: versions, counts and the log.

use std::fmt;
use std::path::Path;

use vault_core::Vault;
use vault_core::ports::{DropPhase, JournaledDrop, PortError, StatusFilter};
use vault_core::queue::PauseReason;
use vault_store::schema_version;

use crate::home::Home;

/// How many lines of the log are included.
const LINES: usize = 200;

/// What a maintainer needs to know. It contains no name, no path, no address and no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    /// The version of Strongroom.
    pub version: &'static str,
    /// The operating system and the processor, as in `linux x86_64`.
    pub system: String,
    /// `local`, `firm`, or `none` if no vault could be opened.
    pub vault: &'static str,
    /// Why the vault could not be opened or read, by the kind of failure.
    pub failure: Option<String>,
    /// What is in the vault and in the queue; `None` if they could not be read.
    pub counts: Option<VaultCounts>,
    /// The version of the tables of each database that is there.
    pub schemas: Vec<(&'static str, i64)>,
    /// The last lines of the log, oldest first.
    pub log: Vec<String>,
}

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VaultCounts {
    /// Clients.
    pub clients: u64,
    /// Matters.
    pub matters: u64,
    /// Records: filed documents.
    pub records: u64,
    /// Edits that wait to be sent, or for the user.
    pub waiting_edits: u64,
    /// Documents that cannot be read, and are set aside.
    pub set_aside: u64,
    /// The queue.
    pub queue: Queue,
}

/// The queue of this computer: drops by their state, and files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Drops whose folders are not read yet.
    pub reading: u64,
    /// Drops that wait in the window for review.
    pub review: u64,
    /// Drops that are being filed, or will be.
    pub filing: u64,
    /// Drops that a user paused.
    pub paused: u64,
    /// Drops that the vault does not accept for now.
    pub blocked: u64,
    /// Drops that are being cancelled.
    pub cancelling: u64,
    /// Files that proceed without the user.
    pub files: u64,
    /// Those of them that wait for a retry.
    pub files_later: u64,
    /// Files that need the user's attention.
    pub files_attention: u64,
}

impl Diagnostics {
    /// Collects them: of the open vault with its local data in a folder, or of the failure to open one. Never fails:
    /// what cannot be read is missing.
    pub async fn collect(home: &Home, opened: Result<(&Vault, &Path), String>) -> Self {
        let mut databases = vec![("vault", home.vault().join("vault.db"))];
        let (vault, mut failure, counts) = match opened {
            Ok((vault, folder)) => {
                let (journal, cache) = (("journal", folder.join("journal.db")), ("cache", folder.join("cache.db")));
                databases.extend([journal, cache]);
                let counted = VaultCounts::of(vault).await;
                let failure = counted.as_ref().err().map(|error| error.class().to_owned());
                (if vault.is_remote() { "firm" } else { "local" }, failure, counted.ok())
            }
            Err(failure) => {
                databases.extend([("journal", home.journal()), ("cache", home.cache())]);
                ("none", Some(failure), None)
            }
        };
        let mut schemas = Vec::new();
        for (name, file) in databases {
            schemas.extend(schema_version(&file).await.map(|version| (name, version)));
        }
        let folder = home.clone();
        let log = tokio::task::spawn_blocking(move || folder.last_log_lines(LINES)).await;
        let log = log.unwrap_or_else(|_| {
            failure = failure.take().or_else(|| Some("log".to_owned()));
            Vec::new()
        });
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        Self { version: env!("CARGO_PKG_VERSION"), system, vault, failure, counts, schemas, log }
    }
}

impl VaultCounts {
    async fn of(vault: &Vault) -> Result<Self, PortError> {
        let matters = vault.mirror.matters(StatusFilter::Present).await?;
        Ok(Self {
            clients: vault.mirror.clients(false).await?.len() as u64,
            records: matters.iter().map(|matter| matter.files).sum(),
            matters: matters.len() as u64,
            waiting_edits: vault.waiting_edits().await?.len() as u64,
            set_aside: vault.mirror.unreadable().await?.len() as u64,
            queue: Queue::of(&vault.unfinished_drops().await?, &vault.drops_needing_attention().await?),
        })
    }
}

impl Queue {
    fn of(unfinished: &[JournaledDrop], attention: &[JournaledDrop]) -> Self {
        let mut queue = Self::default();
        for drop in unfinished {
            let counted = match (&drop.paused, drop.phase) {
                (Some(PauseReason::ByUser), _) => &mut queue.paused,
                (Some(PauseReason::Cancelling), _) => &mut queue.cancelling,
                (Some(PauseReason::AwaitingReview), _) => &mut queue.review,
                (Some(PauseReason::Blocked(_)), _) => &mut queue.blocked,
                (None, DropPhase::Preparing) => &mut queue.reading,
                (None, _) => &mut queue.filing,
            };
            *counted += 1;
            queue.files += drop.waiting;
            queue.files_later += drop.later;
        }
        queue.files_attention = attention.iter().map(|drop| drop.attention).sum();
        queue
    }
}

/// As text to send to a maintainer.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, system, vault, failure, counts, schemas, log } = self;
        writeln!(f, "Strongroom {version} on {system}")?;
        writeln!(f, "Vault: {vault}")?;
        if let Some(failure) = failure {
            writeln!(f, "Failure: {failure}")?;
        }
        if let Some(counts) = counts {
            let VaultCounts { clients, matters, records, waiting_edits, set_aside, queue } = counts;
            writeln!(f, "Counts: {clients} clients, {matters} matters, {records} records")?;
            writeln!(f, "Waiting edits: {waiting_edits}")?;
            writeln!(f, "Documents set aside: {set_aside}")?;
            let Queue { reading, review, filing, paused, blocked, cancelling, files, files_later, files_attention } =
                queue;
            writeln!(
                f,
                "Queue, drops: {reading} reading, {review} awaiting review, {filing} filing, {paused} paused, {blocked} \
                 blocked, {cancelling} cancelling"
            )?;
            writeln!(
                f,
                "Queue, files: {files} waiting ({files_later} for a retry), {files_attention} needing attention"
            )?;
        }
        let schemas = schemas.iter().map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>().join(", ");
        writeln!(f, "Schema versions: {schemas}")?;
        writeln!(f, "Log, last {} lines:", log.len())?;
        log.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_vault_that_is_open_is_counted_and_one_that_is_not_is_named_by_its_failure() {
        let place = tempfile::tempdir().expect("a folder");
        let home = Home::find(Some(&place.path().join("home"))).expect("a home");
        let opened = home.open().await.expect("opened");
        opened.vault.sync_mirror().await.expect("current");
        let found = Diagnostics::collect(&home, Ok((&opened.vault, &opened.folder))).await;
        assert_eq!((found.vault, &found.failure), ("local", &None));
        assert_eq!(found.counts, Some(VaultCounts { matters: 1, ..VaultCounts::default() }), "the general matter");
        let names: Vec<_> = found.schemas.iter().map(|(name, version)| (*name, *version > 0)).collect();
        assert_eq!(names, [("vault", true), ("journal", true), ("cache", true)]);
        let text = found.to_string();
        assert!(text.contains("Counts: 0 clients, 1 matters, 0 records"), "{text}");
        assert!(!text.contains(&*place.path().to_string_lossy()), "{text}");

        let none = Diagnostics::collect(&home, Err("damaged".to_owned())).await;
        assert_eq!((none.vault, none.failure.as_deref(), none.counts), ("none", Some("damaged"), None));
        assert_eq!(none.schemas.len(), 3, "the databases are there all the same");
    }
}
