//! A separate desktop for each journey, with the real window.
//!
//! [`Desktop`] is a screen, a session bus and a window manager that nothing else uses, with a temporary home folder.
//! [`Window`] is the built app on it, controlled by the web view's own driver; [`Drag`] is a drag from another
//! program's window, with the pointer of the screen.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a journey that cannot continue has failed")]

mod desktop;
mod dialog;
mod drag;
mod firm;
mod look;
mod page;
mod processes;
mod tree;
mod wait;
mod window;

pub use desktop::Desktop;
pub use dialog::answer_folder_dialog;
pub use drag::Drag;
pub use firm::{Network, flip_bit, give_browser, halt_emulators, make_sample_firm};
pub use look::look;
pub use page::{Page, key};
pub use processes::{Halted, processes, send};
pub use tree::{differences, write};
pub use wait::{PATIENCE, until};
pub use window::{TITLE, Window, app, close_by_keyboard};
