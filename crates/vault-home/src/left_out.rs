//! The exclusion list for drops: a text file that the user may edit, here or in another program.

use vault_core::durable::{write_new, write_whole};
use vault_core::intake::LeftOutRules;
use vault_core::{private, small_file, text_file};

use crate::error::HomeError;
use crate::home::{Home, cannot};

impl Home {
    pub(crate) fn make_left_out(&self) -> Result<(), HomeError> {
        let list = self.left_out();
        if list.symlink_metadata().is_err() {
            // Atomic: half a list would admit what should be excluded.
            write_new(&list, LeftOutRules::default_text().as_bytes())
                .map_err(|source| cannot("write", &list, source))?;
        }
        // A list that the user made read-only stays so, and the target of a link is not ours.
        if let Err(error) = private::file(&list) {
            tracing::debug!(kind = ?error.kind(), "others' access to the left-out list is not checked");
        }
        Ok(())
    }

    /// The text of the list, in any encoding that editors save.
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

    /// The exclusion rules, from the list as it is now.
    ///
    /// # Errors
    /// [`HomeError::LeftOutUnread`], [`HomeError::LeftOutNoText`], [`HomeError::LeftOutLine`].
    pub fn left_out_rules(&self) -> Result<LeftOutRules, HomeError> {
        let text = self.left_out_text()?;
        LeftOutRules::parse(&text).map_err(|invalid| HomeError::LeftOutLine { path: self.left_out(), invalid })
    }

    /// Replaces the list with `text` atomically, and returns its rules.
    ///
    /// # Errors
    /// [`HomeError::LeftOutRefused`] if a line is not a valid pattern, [`HomeError::Folder`]; then the list is
    /// unchanged.
    pub fn write_left_out(&self, text: &str) -> Result<LeftOutRules, HomeError> {
        let rules = LeftOutRules::parse(text).map_err(HomeError::LeftOutRefused)?;
        let list = self.left_out();
        write_whole(&list, text.as_bytes()).map_err(|source| cannot("write", &list, source))?;
        Ok(rules)
    }

    /// Restores the default list, and returns its rules.
    ///
    /// # Errors
    /// [`HomeError::Folder`]; then the list is unchanged.
    pub fn reset_left_out(&self) -> Result<LeftOutRules, HomeError> {
        self.write_left_out(&LeftOutRules::default_text())
    }
}
