//! The state of the commands: the vault once it is open, the page, and the user's settings.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Mutex, MutexGuard};
use vault_core::model::MatterId;
use vault_core::ports::Secrets;
use vault_firm::{Connection, Firms, LiveObserver};
use vault_jobs::Observer;

use crate::changes::Changes;
use crate::compose::{self, Open};
use crate::events::Page;
use crate::firms::{Connections, SigningIn};
use crate::offers::Offers;
use crate::os::clipboard::Held;
use crate::os::copies::Copies;
use crate::os::drag::Drag;
use crate::os::relaunch::Relaunch;
use crate::reason::WindowReason;
use crate::settings::{Read, Settings};
use crate::text::{self, Texts};
use crate::views::{ConnectionOffer, Refusal, SettingsView, WindowEvent, waiting_edits};

/// The state of the commands.
pub(crate) struct Shell {
    /// Held while a vault is being opened or replaced.
    opening: tokio::sync::Mutex<()>,
    open: Mutex<Option<Arc<Open>>>,
    observer: Arc<dyn Observer>,
    live: Arc<dyn LiveObserver>,
    /// Where the sessions of firms are stored.
    pub(crate) secrets: Arc<dyn Secrets>,
    settings: Mutex<Settings>,
    /// The page in the window.
    pub(crate) page: Page,
    /// The state of the vault last sent to the page.
    pub(crate) changes: Changes,
    /// Dropped or chosen paths.
    pub(crate) offers: Offers,
    /// Connections that wait for the user's decision.
    pub(crate) connections: Connections,
    /// The sign-in in progress.
    pub(crate) signing_in: SigningIn,
    /// The drag over the window.
    pub(crate) drag: Drag,
    /// Copies of documents that were opened in other programs.
    pub(crate) copies: Copies,
    /// The clipboard, once something was copied to it.
    pub(crate) clipboard: Arc<Held>,
    /// Whether the program is ending.
    pub(crate) leaving: AtomicBool,
    /// Whether the work before the end of the program is in progress.
    pub(crate) finishing: AtomicBool,
    /// A start that arrived meanwhile.
    pub(crate) relaunch: Relaunch,
    looked_at: AtomicBool,
}

impl Shell {
    /// A shell with its settings in the folder `config`, and its copies in the folder `cache`.
    pub(crate) fn new<T>(config: &Path, cache: &Path, told: Arc<T>, secrets: Arc<dyn Secrets>) -> Self
    where
        T: Observer + LiveObserver + 'static,
    {
        let Read { settings, notice } = Settings::read(config);
        let page = Page::default();
        if let Some(message) = notice {
            page.tell_surely(WindowEvent::notice(message));
        }
        Self {
            opening: tokio::sync::Mutex::default(),
            open: Mutex::default(),
            observer: told.clone(),
            live: told,
            secrets,
            settings: Mutex::new(settings),
            page,
            changes: Changes::default(),
            offers: Offers::default(),
            connections: Connections::default(),
            signing_in: SigningIn::default(),
            drag: Drag::default(),
            copies: Copies::new(cache.join("opened")),
            clipboard: Arc::default(),
            leaving: AtomicBool::new(false),
            finishing: AtomicBool::new(false),
            relaunch: Relaunch::default(),
            looked_at: AtomicBool::new(true),
        }
    }

    /// The vault; opens it, if it is not open or opening it failed, and waits if it is already being opened.
    ///
    /// # Errors
    /// [`Refusal`] with a sentence for the user if it cannot be opened now.
    pub(crate) async fn open(&self) -> Result<Arc<Open>, Refusal> {
        if let Some(open) = self.opened() {
            return Ok(open);
        }
        let _one_at_a_time = self.opening.lock().await;
        if let Some(open) = self.opened() {
            return Ok(open);
        }
        let (folder, choices) = {
            let settings = self.settings();
            (settings.data_folder(), settings.chosen())
        };
        let told = compose::Observers { jobs: Arc::clone(&self.observer), live: Arc::clone(&self.live) };
        let open = Arc::new(compose::open(folder, told, Arc::clone(&self.secrets), &choices).await?);
        if let Some(message) = open.notice.clone() {
            self.page.tell_surely(WindowEvent::notice(message));
        }
        *self.open.lock() = Some(Arc::clone(&open));
        Ok(open)
    }

    /// The vault, if it is open.
    pub(crate) fn opened(&self) -> Option<Arc<Open>> {
        self.open.lock().clone()
    }

    /// Closes the vault, if one is open, once nothing is being written any more; runs `meanwhile` with it, and makes
    /// the page request everything again.
    ///
    /// # Errors
    /// Those of `meanwhile`; in any case, the next request opens the vault again.
    pub(crate) async fn change_vault<T>(
        &self,
        meanwhile: impl AsyncFnOnce(Option<&Open>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let _one_at_a_time = self.opening.lock().await;
        let open = self.open.lock().take();
        if let Some(open) = &open {
            open.close().await;
        }
        let done = meanwhile(open.as_deref()).await;
        self.changes.forget().await;
        self.page.tell(WindowEvent::Workspace);
        done
    }

    /// A connection, for the user to trust or reject.
    ///
    /// # Errors
    /// [`Refusal`] if no folder for the vault is known.
    pub(crate) fn offer_connection(&self, connection: Connection) -> Result<ConnectionOffer, Refusal> {
        let home = compose::home(self.settings().data_folder().as_deref())?;
        let known = Firms::of(&home).known(&connection);
        Ok(self.connections.keep(connection, known.as_ref().map(|firm| &firm.connection)))
    }

    /// Whether the window has the focus, so that the user sees its content.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.looked_at.load(Ordering::Relaxed)
    }

    /// The window gained or lost the focus.
    pub(crate) fn set_looked_at(&self, looked_at: bool) {
        self.looked_at.store(looked_at, Ordering::Relaxed);
    }

    /// The user's settings. Locked for a moment only, never across an `await`.
    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock()
    }

    /// The texts of the shell, in the language the user chose for the window.
    pub(crate) fn texts(&self) -> &'static dyn Texts {
        text::texts(self.settings().chosen().language)
    }

    /// The user's settings, for the page.
    pub(crate) fn settings_view(&self, open: &Open) -> SettingsView {
        SettingsView::of(&self.settings(), &open.home)
    }

    /// The user's settings, for the page, whether or not the vault could be opened.
    ///
    /// # Errors
    /// [`Refusal`] if no folder for the vault is known.
    pub(crate) fn settings_view_now(&self) -> Result<SettingsView, Refusal> {
        let settings = self.settings();
        match self.opened() {
            Some(open) => Ok(SettingsView::of(&settings, &open.home)),
            None => Ok(SettingsView::of(&settings, &compose::home(settings.data_folder().as_deref())?)),
        }
    }

    /// Sends the page the changes of other programs of this computer in the vault, if it is open. Changes that cannot
    /// be read now are sent the next time.
    pub(crate) async fn look_for_changes(&self) {
        self.tell_changes(false).await;
    }

    /// Notifies the page that edits waiting for the firm's vault are shown differently now.
    pub(crate) async fn tell_waiting(&self) {
        self.tell_changes(true).await;
        if let Some(open) = self.opened()
            && let Ok(edits) = waiting_edits(&open.vault).await
        {
            self.page.tell(WindowEvent::WaitingEdits { edits });
        }
    }

    async fn tell_changes(&self, surely: bool) {
        for event in self.changes_since(surely).await {
            self.page.tell(event);
        }
    }

    /// Notifies the page once that files or history of a matter changed, and of other changes.
    pub(crate) async fn tell_filed(&self, matter: &MatterId) {
        let mut events = self.changes_since(false).await;
        let filed = |event: &WindowEvent| matches!(event, WindowEvent::Filed { matter: of } if of == matter.as_str());
        if !events.iter().any(filed) {
            events.push(WindowEvent::Filed { matter: matter.to_string() });
        }
        for event in events {
            self.page.tell(event);
        }
    }

    async fn changes_since(&self, surely: bool) -> Vec<WindowEvent> {
        let Some(open) = self.opened() else { return Vec::new() };
        let looked = match open.sync_mirror().await {
            Ok(()) => self.changes.look(&open.vault, surely).await,
            Err(error) => Err(error),
        };
        looked.unwrap_or_else(|error| {
            tracing::warn!(damaged = error.is_damage(), "changes could not be read");
            Vec::new()
        })
    }
}

/// Runs a blocking task on a thread for blocking tasks, and survives a panic in it.
///
/// # Errors
/// [`Refusal`] if it panicked.
pub(crate) async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Refusal::later(WindowReason::OwnFault))
}
