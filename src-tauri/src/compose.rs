//! The vault and its jobs, put together for the window.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vault_core::ports::{PortError, Secrets};
use vault_core::{Vault, Verification};
use vault_firm::{Firms, Live, LiveObserver, OpenFirm};
use vault_home::{Diagnostics, Home, Opened, UnfinishedCheck};
use vault_jobs::{JobKind, Jobs, Observer, Options};

use crate::listings::Listings;
use crate::reason::WindowReason;
use crate::views::{Refusal, SettingsForm};

/// An open vault, with its jobs in progress.
pub(crate) struct Open {
    /// Where it is stored.
    pub(crate) home: Home,
    /// The firm whose vault it is; none for the vault of this computer.
    pub(crate) firm: Option<OpenFirm>,
    /// Keeps the local copy of its documents up to date.
    pub(crate) live: Option<Live>,
    /// The vault.
    pub(crate) vault: Vault,
    /// The jobs in progress.
    pub(crate) jobs: Jobs,
    /// Where the progress of a check is saved at the end of the program, and whether one was restored from there.
    check: UnfinishedCheck,
    took_up: bool,
    /// The lists the page scrolls through.
    pub(crate) listings: Listings,
    /// A message for the user although it could be opened.
    pub(crate) notice: Option<String>,
}

/// The observers of an open vault.
pub(crate) struct Observers {
    /// Of its jobs.
    pub(crate) jobs: Arc<dyn Observer>,
    /// Of the state of a firm's local copy.
    pub(crate) live: Arc<dyn LiveObserver>,
}

/// Whether the folder of the vault was given from outside, so that no choice in the window can change it.
pub(crate) fn folder_is_named() -> bool {
    vault_home::named_by_environment().is_some()
}

/// Where the vault is stored: in the folder given from outside, otherwise in the one the user chose, otherwise in the
/// default one.
///
/// # Errors
/// [`Refusal`] if there is no default one.
pub(crate) fn home(chosen: Option<&Path>) -> Result<Home, Refusal> {
    Ok(Home::find(chosen.filter(|_| !folder_is_named()))?)
}

/// Creates a home in the folder the user chose: in a subfolder `Strongroom`, if the folder is not empty.
///
/// # Errors
/// [`Refusal`] if nothing can be written there.
pub(crate) fn settle_in(chosen: &Path) -> Result<Home, Refusal> {
    let here = Home::find(Some(chosen))?;
    let is_empty = fs::read_dir(chosen).map_or(true, |mut entries| entries.next().is_none());
    let home = if is_empty || is_settled(&here) { here } else { Home::find(Some(&chosen.join("Strongroom")))? };
    home.make()?;
    Ok(home)
}

/// Whether a home has been created there.
fn is_settled(home: &Home) -> bool {
    home.left_out().exists()
}

/// Opens the vault: that of the active firm, or else that of this computer.
///
/// # Errors
/// [`Refusal`] with a sentence for the user: a chosen folder that does not exist, a newer version's vault, a damaged
/// one, no space, no access; no user signed in to the firm.
pub(crate) async fn open(
    chosen: Option<PathBuf>,
    told: Observers,
    secrets: Arc<dyn Secrets>,
    choices: &SettingsForm,
) -> Result<Open, Refusal> {
    let home = home(chosen.as_deref())?;
    // On a drive that is not connected, an empty vault would be created, and everything would seem lost.
    if chosen.is_some_and(|chosen| chosen == home.folder()) && !is_settled(&home) {
        let folder = home.folder().display().to_string();
        return Err(Refusal::later(WindowReason::VaultFolderNotThere { folder }));
    }
    // From here on, whatever fails, the log says what.
    if home.make().is_ok() {
        crate::log::keep_in(&home);
    }
    let firm = Firms::of(&home).open_active(&home, secrets).await?;
    let mut opened: Opened = match &firm {
        Some(firm) => firm.opened.clone(),
        None => home.open().await?,
    };
    // An invalid list must not keep users from their files.
    let notice = match home.make().and_then(|()| home.left_out_rules()) {
        Ok(rules) => {
            opened.vault.left_out = rules;
            None
        }
        Err(error) => Some(format!("{error} Until then, the list Strongroom comes with is used.")),
    };
    let options = Options { file_at_once: choices.file_at_once, ..Options::default() };
    let check = UnfinishedCheck::of(&opened);
    let jobs = Jobs::start(opened.vault.clone(), opened.right, told.jobs, options).await?;
    let unfinished = check.read();
    let took_up = unfinished.is_some();
    if let Some(so_far) = unfinished {
        // Only a registry that is ending refuses.
        if jobs.take_up_check(so_far, choices.check_rate()).is_err() {
            tracing::debug!("a check is not continued");
        }
    }
    let live = firm.as_ref().map(|firm| firm.follow(told.live));
    let open =
        Open { home, firm, live, vault: opened.vault, jobs, check, took_up, listings: Listings::default(), notice };
    open.sync_mirror().await?;
    tracing::info!(firm = open.firm.is_some(), jobs = open.jobs.list().len(), "the vault is open");
    Ok(open)
}

impl Open {
    /// Updates the local copy with the changes of other programs of this computer. A firm's copy updates itself.
    ///
    /// # Errors
    /// As the vault reports them.
    pub(crate) async fn sync_mirror(&self) -> Result<(), PortError> {
        if self.firm.is_some() { Ok(()) } else { self.vault.sync_mirror().await }
    }

    /// Stops the jobs in progress, and saves the progress of a check.
    pub(crate) async fn leave(&self) {
        self.jobs.shutdown().await;
        match self.jobs.unfinished_check() {
            Some(so_far) => {
                if let Err(error) = self.check.keep(&Verification { stopped: true, ..so_far }) {
                    tracing::warn!(kind = ?error.kind(), "how far the check came was not kept");
                }
            }
            None if self.took_up || self.jobs.list().iter().any(|job| job.kind == JobKind::Verify) => {
                self.check.forget();
            }
            // Another program may have stopped one meanwhile.
            None => {}
        }
    }

    /// Stops the jobs in progress, so that the next program to open the vault continues them.
    pub(crate) async fn close(&self) {
        self.leave().await;
        if let Some(live) = &self.live {
            live.stop().await;
        }
        tracing::info!("the vault is closed");
    }

    /// What a maintainer needs to know of it.
    pub(crate) async fn diagnostics(&self) -> Diagnostics {
        let folder = self.firm.as_ref().map_or_else(|| self.home.folder(), |firm| &firm.opened.folder);
        Diagnostics::collect(&self.home, Ok((&self.vault, folder))).await
    }

    /// The places the user dropped or chose, in the form the vault accepts.
    ///
    /// # Errors
    /// [`Refusal`] if one does not exist, or contains the vault itself.
    pub(crate) async fn sources(&self, paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, Refusal> {
        let home = self.home.clone();
        // A network drive may be slow to answer.
        Ok(crate::shell::on_a_thread(move || home.sources(&paths)).await??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_gets_a_folder_of_its_own_among_other_things() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        assert_eq!(settle_in(&empty).unwrap().folder(), empty);
        assert_eq!(settle_in(&empty).unwrap().folder(), empty, "a vault is there already");
        assert_eq!(settle_in(folder.path()).unwrap().folder(), folder.path().join("Strongroom"));
        assert!(folder.path().join("Strongroom").join("left-out.txt").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_refused_when_it_is_chosen() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(settle_in(&folder.path().join("file")).is_err());
    }

    /// An observer that does nothing.
    struct Nobody;
    impl Observer for Nobody {
        fn job(&self, _: &vault_jobs::JobStatus) {}
        fn job_gone(&self, _: vault_jobs::JobId) {}
        fn filed(&self, _: &vault_core::model::MatterId) {}
        fn ended(&self, _: &vault_jobs::JobStatus) {}
    }
    #[async_trait::async_trait]
    impl LiveObserver for Nobody {
        fn sync(&self, _: &vault_firm::Sync) {}
        async fn changed(&self) {}
        async fn reached(&self) {}
        async fn moved(&self) {}
    }

    /// An observer that passes on each phase that is reported.
    struct Phases(tokio::sync::mpsc::UnboundedSender<vault_jobs::Phase>);
    impl Observer for Phases {
        fn job(&self, job: &vault_jobs::JobStatus) {
            // The test may have seen what it waited for.
            let _ = self.0.send(job.phase);
        }
        fn job_gone(&self, _: vault_jobs::JobId) {}
        fn filed(&self, _: &vault_core::model::MatterId) {}
        fn ended(&self, _: &vault_jobs::JobStatus) {}
    }

    fn nobody() -> Observers {
        Observers { jobs: Arc::new(Nobody), live: Arc::new(Nobody) }
    }

    fn secrets() -> Arc<dyn Secrets> {
        Arc::new(vault_firm::MemorySecrets::default())
    }

    #[tokio::test]
    async fn no_empty_vault_is_made_on_a_drive_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let choices = crate::settings::Settings::read(folder.path()).settings.chosen();
        let drive = folder.path().join("drive");
        let refused = open(Some(drive.clone()), nobody(), secrets(), &choices).await.err().unwrap();
        assert!(refused.message.contains("Connect its drive"), "{}", refused.message);
        assert!(!drive.exists());
        settle_in(&drive).unwrap();
        let open = open(Some(drive), nobody(), secrets(), &choices).await.unwrap();
        assert!(!open.jobs.is_busy() && open.notice.is_none());
        open.close().await;
    }

    #[tokio::test]
    async fn a_stopped_check_is_offered_again_until_it_is_cancelled() {
        use vault_core::UpTo;
        use vault_core::model::{FileHash, LastModified, MatterId, MetadataHash};
        use vault_jobs::Phase;
        let folder = tempfile::tempdir().unwrap();
        let choices = crate::settings::Settings::read(folder.path()).settings.chosen();
        let place = folder.path().join("vault");
        let kept = UnfinishedCheck::of(&settle_in(&place).unwrap().open().await.unwrap());
        let record = MetadataHash::of("a.pdf", LastModified(0), FileHash::of(b"a"));
        let up_to = Some(UpTo { matter: MatterId::general(), record });
        kept.keep(&Verification { contents: 7, stopped: true, up_to, ..Verification::default() }).unwrap();

        let open = async |observers| super::open(Some(place.clone()), observers, secrets(), &choices).await.unwrap();
        let first = open(nobody()).await;
        let [check] = &first.jobs.list()[..] else { panic!("it is in the tray") };
        assert_eq!((check.kind, check.files_done), (JobKind::Verify, 7));
        first.close().await;
        assert_eq!(kept.read().map(|check| check.contents), Some(7), "nothing continued it");

        let (sender, mut phases) = tokio::sync::mpsc::unbounded_channel();
        let second = open(Observers { jobs: Arc::new(Phases(sender)), ..nobody() }).await;
        let check = second.jobs.list()[0].id;
        second.jobs.cancel(check).unwrap();
        let cancelled = async { while phases.recv().await.expect("the jobs are open") != Phase::Cancelled {} };
        tokio::time::timeout(std::time::Duration::from_mins(1), cancelled).await.expect("it was cancelled");
        assert_eq!(second.jobs.list()[0].phase, Phase::Cancelled);
        second.close().await;
        assert_eq!(kept.read(), None);
    }
}
