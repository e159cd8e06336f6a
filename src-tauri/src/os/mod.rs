//! The integration of the window with the operating system.

pub(crate) mod clipboard;
pub(crate) mod close;
pub(crate) mod copies;
pub(crate) mod dialogs;
pub(crate) mod drag;
pub(crate) mod links;
pub(crate) mod notify;
pub(crate) mod relaunch;
pub(crate) mod show;
pub(crate) mod tray;
pub(crate) mod window;
