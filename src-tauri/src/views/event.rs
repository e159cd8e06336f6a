//! What the page is told without asking.

use serde::Serialize;
use specta::Type;

use super::{ConnectionOffer, MattersView, Offer, ReasonView, SettingsView, SyncView, WaitingEditView, WorkView};

/// Everything that can change what the page shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum WindowEvent {
    /// Clients or matters changed.
    Matters {
        /// All of them.
        matters: MattersView,
    },
    /// Files or history of a matter changed.
    Filed {
        /// The matter.
        matter: String,
    },
    /// Something under way began, moved or ended. Counts come at most four times a second, phases at once.
    Work {
        /// As it stands.
        work: Box<WorkView>,
    },
    /// Something ended was cleared away.
    WorkGone {
        /// Which.
        id: String,
    },
    /// Folders or files are dragged over the window, at this place of the page in CSS pixels.
    DragOver {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
        /// How many folders and files.
        items: u32,
        /// Whether it is one file that connects with a firm: then nothing is filed.
        connection: bool,
    },
    /// They left the window.
    DragLeft,
    /// They were dropped, at this place of the page in CSS pixels.
    Dropped {
        /// What was dropped.
        offer: Offer,
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
    },
    /// The person wants to close the window while something is under way: ask, then `close_window`.
    CloseAsked,
    /// Settings changed, in another place than the page.
    Settings {
        /// As they are.
        settings: SettingsView,
    },
    /// Something the person has to know, and need not decide.
    Notice {
        /// Sentences.
        message: String,
        /// The same as codes, where each of the sentences has one.
        #[specta(optional)]
        reasons: Vec<ReasonView>,
    },
    /// The copy of the firm's vault stands differently to it now.
    Sync {
        /// How.
        sync: SyncView,
    },
    /// What waits for the firm's vault is not what it was.
    WaitingEdits {
        /// All of it.
        edits: Vec<WaitingEditView>,
    },
    /// Other entries of the firm's vault cannot be read than before: ask for them where they are shown.
    Unreadable {
        /// How many.
        count: u32,
    },
    /// A connection was dropped on the window, or its link or file was opened: ask whether to trust it.
    Connection {
        /// Where it leads.
        offer: ConnectionOffer,
    },
    /// Another vault is open now, or somebody signed in or out: ask for everything anew.
    Workspace,
    /// The person came here from a notification or the tray icon, for this.
    Show {
        /// What is under way.
        work: String,
    },
}

impl WindowEvent {
    /// Something the user has to know: sentences.
    pub(crate) fn notice(message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Notice { reasons: ReasonView::all_in(&message), message }
    }
}
