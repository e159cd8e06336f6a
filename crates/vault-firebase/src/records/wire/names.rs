//! Names of documents.

use vault_core::model::{ClientId, DropId, EventId, FileHash, MatterId, MetadataHash, TeamId};

/// The names of a team's documents in one database.
#[derive(Debug, Clone)]
pub(in crate::records) struct Names {
    /// `projects/…/databases/…/documents/teams/…`
    team: String,
}

impl Names {
    pub(in crate::records) fn new(database: &str, team: &TeamId) -> Self {
        Self { team: format!("{database}/documents/teams/{team}") }
    }

    /// The team's own document: the parent of every query.
    pub(in crate::records) fn team(&self) -> &str {
        &self.team
    }

    pub(in crate::records) fn client(&self, id: &ClientId) -> String {
        format!("{}/clients/{id}", self.team)
    }

    pub(in crate::records) fn matter(&self, id: &MatterId) -> String {
        format!("{}/matters/{id}", self.team)
    }

    pub(in crate::records) fn record(&self, matter: &MatterId, id: MetadataHash) -> String {
        format!("{}/matters/{matter}/metadata/{id}", self.team)
    }

    pub(in crate::records) fn event(&self, matter: &MatterId, id: EventId) -> String {
        format!("{}/matters/{matter}/uploadEvents/{id}", self.team)
    }

    pub(in crate::records) fn drop(&self, matter: &MatterId, id: DropId) -> String {
        format!("{}/matters/{matter}/drops/{id}", self.team)
    }

    pub(in crate::records) fn page(&self, matter: &MatterId, drop: DropId, page: usize) -> String {
        format!("{}/folders/{page:06}", self.drop(matter, drop))
    }

    pub(in crate::records) fn content(&self, hash: FileHash) -> String {
        format!("{}/contents/{hash}", self.team)
    }

    /// A name without the team's common prefix; unchanged if it is not the team's.
    pub(in crate::records) fn short<'a>(&self, name: &'a str) -> &'a str {
        name.strip_prefix(&self.team).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name)
    }

    /// Reverses [`short`](Self::short).
    pub(in crate::records) fn long(&self, short: &str) -> String {
        format!("{}/{short}", self.team)
    }
}
