//! The vault and its desk, put together for the window.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::Vault;
use vault_desk::{Desk, Observer, Options};
use vault_home::Home;

use crate::listings::Listings;
use crate::views::Refusal;

/// A vault that is open, with what is under way in it.
pub(crate) struct Open {
    /// Where it is kept.
    pub(crate) home: Home,
    /// The vault.
    pub(crate) vault: Vault,
    /// What is under way.
    pub(crate) desk: Desk,
    /// The lists the page scrolls through.
    pub(crate) listings: Listings,
    /// What the person has to know although it was opened.
    pub(crate) notice: Option<String>,
}

/// Whether the folder of the vault was named from outside, so that no choice in the window can change it.
pub(crate) fn folder_is_named() -> bool {
    std::env::var_os("STRONGROOM_HOME").is_some_and(|folder| !folder.is_empty())
}

/// Opens the vault: in the folder that was named from outside, or else the one the person chose, or else the usual one.
///
/// # Errors
/// [`Refusal`] with a sentence for the person: a newer version's vault, a damaged one, no room, no access.
pub(crate) async fn open(
    chosen: Option<PathBuf>,
    observer: Arc<dyn Observer>,
    file_at_once: bool,
) -> Result<Open, Refusal> {
    let home = Home::find(chosen.filter(|_| !folder_is_named()).as_deref())?;
    let mut opened = home.open().await?;
    // A list that cannot be used must not keep people from their files.
    let notice = match home.left_out_rules() {
        Ok(rules) => {
            opened.vault.left_out = rules;
            None
        }
        Err(error) => Some(format!("{error} Until then, the list Strongroom comes with is used.")),
    };
    opened.vault.catch_up().await?;
    let options = Options { file_at_once, ..Options::default() };
    let desk = Desk::start(opened.vault.clone(), opened.right, observer, options).await?;
    Ok(Open { home, vault: opened.vault, desk, listings: Listings::default(), notice })
}

impl Open {
    /// The places a person dropped or chose, as the vault takes them.
    ///
    /// # Errors
    /// [`Refusal`] if one is not there, or holds the vault itself.
    pub(crate) async fn sources(&self, paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, Refusal> {
        let home = self.home.clone();
        // A network drive may take its time to answer.
        Ok(crate::shell::on_a_thread(move || home.sources(&paths)).await??)
    }
}
