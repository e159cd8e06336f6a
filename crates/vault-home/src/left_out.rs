//! The list of what is left out of drops: a text file that a person may edit, here or in another program.

use vault_core::durable::{write_new, write_whole};
use vault_core::intake::LeftOutRules;
use vault_core::{private, small_file, text_file};

use crate::error::HomeError;
use crate::home::{Home, cannot};

impl Home {
    pub(crate) fn make_left_out(&self) -> Result<(), HomeError> {
        let list = self.left_out();
        if list.symlink_metadata().is_err() {
            // Whole or not at all: half a list would let in what should be left out.
            write_new(&list, LeftOutRules::default_text().as_bytes())
                .map_err(|source| cannot("write", &list, source))?;
        }
        // One that the user made read-only stays so, and what a link leads to is not ours.
        let _ = private::file(&list);
        Ok(())
    }

    /// The text of the list, whichever editor saved it.
    ///
    /// # Errors
    /// [`HomeError::LeftOutUnread`], as the system reports it; [`HomeError::LeftOutNoText`].
    pub fn left_out_text(&self) -> Result<String, HomeError> {
        let path = self.left_out();
        match small_file::read(&path, small_file::LIST) {
            Ok(bytes) => text_file::decode(&bytes).map_err(|line| HomeError::LeftOutNoText { path, line }),
            Err(source) => Err(HomeError::LeftOutUnread { path, source }),
        }
    }

    /// What is left out, by the list as it is now.
    ///
    /// # Errors
    /// [`HomeError::LeftOutUnread`], [`HomeError::LeftOutNoText`], [`HomeError::LeftOutLine`].
    pub fn left_out_rules(&self) -> Result<LeftOutRules, HomeError> {
        let text = self.left_out_text()?;
        LeftOutRules::parse(&text).map_err(|invalid| HomeError::LeftOutLine { path: self.left_out(), invalid })
    }

    /// Keeps `text` as the list, as a whole or not at all, and returns what it leaves out.
    ///
    /// # Errors
    /// [`HomeError::LeftOutRefused`] if a line is no pattern, [`HomeError::Folder`]; then the list is as it was.
    pub fn write_left_out(&self, text: &str) -> Result<LeftOutRules, HomeError> {
        let rules = LeftOutRules::parse(text).map_err(HomeError::LeftOutRefused)?;
        let list = self.left_out();
        write_whole(&list, text.as_bytes()).map_err(|source| cannot("write", &list, source))?;
        Ok(rules)
    }

    /// Goes back to the list that Strongroom comes with, and returns what it leaves out.
    ///
    /// # Errors
    /// [`HomeError::Folder`]; then the list is as it was.
    pub fn reset_left_out(&self) -> Result<LeftOutRules, HomeError> {
        self.write_left_out(&LeftOutRules::default_text())
    }
}
