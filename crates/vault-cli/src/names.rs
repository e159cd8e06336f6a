//! The names of matters and users, looked up once each.

use std::collections::HashMap;

use vault_core::Vault;
use vault_core::model::{Matter, MatterId, UserId};

use crate::errors::Failure;

/// The names of matters and users.
pub(crate) struct Names<'a> {
    vault: &'a Vault,
    matters: HashMap<MatterId, Option<Matter>>,
    people: HashMap<UserId, Option<String>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(vault: &'a Vault) -> Self {
        Self { vault, matters: HashMap::new(), people: HashMap::new() }
    }

    /// The firm's number of a matter; `None` if it has none.
    pub(crate) async fn number(&mut self, id: &MatterId) -> Result<Option<String>, Failure> {
        let matter = self.matter(id).await?;
        Ok(matter.map(|matter| matter.fields.number.clone()).filter(|number| !number.is_empty()))
    }

    /// The matter's number, or its id, in a list.
    pub(crate) async fn short(&mut self, id: &MatterId) -> Result<String, Failure> {
        Ok(self.number(id).await?.unwrap_or_else(|| id.to_string()))
    }

    /// The matter's number and title, in a sentence.
    pub(crate) async fn matter_name(&mut self, id: &MatterId) -> Result<String, Failure> {
        Ok(self.matter(id).await?.map_or_else(|| id.to_string(), title_of))
    }

    /// The name of a user.
    pub(crate) async fn person(&mut self, id: &UserId) -> Result<Option<String>, Failure> {
        if !self.people.contains_key(id) {
            let name = self.vault.mirror.display_name(id).await?;
            self.people.insert(id.clone(), name);
        }
        Ok(self.people.get(id).cloned().flatten())
    }

    async fn matter(&mut self, id: &MatterId) -> Result<Option<&Matter>, Failure> {
        if !self.matters.contains_key(id) {
            let found = self.vault.mirror.find_matter(id.as_str()).await?;
            self.matters.insert(id.clone(), found.map(|found| found.matter).filter(|matter| matter.id == *id));
        }
        Ok(self.matters.get(id).and_then(Option::as_ref))
    }
}

/// The number and title of a matter: `2024-001 ABC Corp: Contract Review`.
pub(crate) fn title_of(matter: &Matter) -> String {
    let (number, title) = (&matter.fields.number, &matter.fields.title);
    if number.is_empty() { title.clone() } else { format!("{number} {title}") }
}
