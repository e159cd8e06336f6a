//! What the commands stand on: the vault once it is open, the page, and what the person chose.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;
use vault_desk::Observer;

use crate::changes::Changes;
use crate::compose::{self, Open};
use crate::events::Page;
use crate::offers::Offers;
use crate::os::clipboard::Held;
use crate::os::copies::Copies;
use crate::os::drag::Drag;
use crate::settings::{Read, Settings};
use crate::views::{Refusal, SettingsView, WindowEvent};

/// What the commands stand on.
pub(crate) struct Shell {
    open: OnceCell<Open>,
    observer: Arc<dyn Observer>,
    settings: Mutex<Settings>,
    /// The page in the window.
    pub(crate) page: Page,
    /// What the page was told of the vault.
    pub(crate) changes: Changes,
    /// What was dropped or chosen.
    pub(crate) offers: Offers,
    /// What is dragged over the window.
    pub(crate) drag: Drag,
    /// Copies of documents that were opened in other programs.
    pub(crate) copies: Copies,
    /// The clipboard, where something was copied to it.
    pub(crate) clipboard: Arc<Held>,
    /// Whether the program is ending.
    pub(crate) leaving: AtomicBool,
    looked_at: AtomicBool,
}

impl Shell {
    /// A shell whose settings are in the folder `config`, and which keeps copies in the folder `cache`.
    pub(crate) fn new(config: &Path, cache: &Path, observer: Arc<dyn Observer>) -> Self {
        let Read { settings, notice } = Settings::read(config);
        let page = Page::default();
        if let Some(message) = notice {
            page.tell_surely(WindowEvent::Notice { message });
        }
        Self {
            open: OnceCell::new(),
            observer,
            settings: Mutex::new(settings),
            page,
            changes: Changes::default(),
            offers: Offers::default(),
            drag: Drag::default(),
            copies: Copies::new(cache.join("opened")),
            clipboard: Arc::default(),
            leaving: AtomicBool::new(false),
            looked_at: AtomicBool::new(true),
        }
    }

    /// The vault; opens it, if that has not been done or has failed, and waits for whoever is opening it.
    ///
    /// # Errors
    /// [`Refusal`] with a sentence for the person if it cannot be opened now.
    pub(crate) async fn open(&self) -> Result<&Open, Refusal> {
        self.open
            .get_or_try_init(|| async {
                let (folder, at_once) = {
                    let settings = self.settings();
                    (settings.data_folder(), settings.chosen().file_at_once)
                };
                let open = compose::open(folder, Arc::clone(&self.observer), at_once).await?;
                if let Some(message) = open.notice.clone() {
                    self.page.tell_surely(WindowEvent::Notice { message });
                }
                Ok(open)
            })
            .await
    }

    /// The vault, if it is open.
    pub(crate) fn opened(&self) -> Option<&Open> {
        self.open.get()
    }

    /// Whether the window has the focus, so that the person sees what it shows.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.looked_at.load(Ordering::Relaxed)
    }

    /// The window got the focus, or lost it.
    pub(crate) fn set_looked_at(&self, looked_at: bool) {
        self.looked_at.store(looked_at, Ordering::Relaxed);
    }

    /// What the person chose. Held for a moment only, never across an `await`.
    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the person chose, for the page.
    pub(crate) fn settings_view(&self, open: &Open) -> SettingsView {
        SettingsView::of(&self.settings(), &open.home)
    }

    /// Tells the page what changed in the vault, if it is open. What cannot be read now is told the next time.
    pub(crate) async fn look_for_changes(&self) {
        let Some(open) = self.opened() else { return };
        match self.changes.look(&open.vault).await {
            Ok(events) => events.into_iter().for_each(|event| self.page.tell(event)),
            Err(error) => tracing::warn!(damaged = error.is_damage(), "changes could not be read"),
        }
    }
}

/// Does something that blocks where it blocks nobody, and survives if it panics.
///
/// # Errors
/// [`Refusal`] if it did panic.
pub(crate) async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Refusal::later("Strongroom met a fault of its own and could not do this. Try again."))
}
