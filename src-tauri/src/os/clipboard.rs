//! The clipboard.

use arboard::Clipboard;
use parking_lot::Mutex;

use crate::views::Refusal;

/// The clipboard, kept open: under X11 and Wayland a text is available only as long as the program that put it there
/// lives.
#[derive(Default)]
pub(crate) struct Held(Mutex<Option<Clipboard>>);

impl Held {
    /// Puts a text on the clipboard; may block for a moment.
    ///
    /// # Errors
    /// [`Refusal`] if the system has no clipboard, or does not grant access now.
    pub(crate) fn put(&self, text: String) -> Result<(), Refusal> {
        let mut held = self.0.lock();
        let put = match held.take() {
            Some(clipboard) => Ok(clipboard),
            None => Clipboard::new(),
        };
        let put = put.and_then(|mut clipboard| clipboard.set_text(text).map(|()| clipboard));
        *held =
            Some(put.map_err(|error| Refusal::later(format!("The text could not be copied: {error}. Try again.")))?);
        Ok(())
    }
}
