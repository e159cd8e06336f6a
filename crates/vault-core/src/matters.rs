//! Clients and matters: create, edit, close, reopen, remove and restore. Nothing is ever deleted. If there is an
//! outbox, an edit that can't be sent now is kept there, and the edited version is returned.

use crate::model::{
    Client, ClientFields, ClientId, ClientStatus, InvalidId, Matter, MatterFields, MatterId, MatterStatus, Timestamp,
};
use crate::ports::{Edited, PortError};
use crate::reason::Reason;
use crate::rules;
use crate::vault::{Vault, reached};
use crate::waiting::waits;

impl Vault {
    /// Creates a matter.
    ///
    /// # Errors
    /// [`PortError`] with a sentence for the user: no title, a number that is taken, a client that does not exist.
    pub async fn create_matter(&self, fields: MatterFields) -> Result<Matter, PortError> {
        let id = MatterId::new(self.fresh_id()).map_err(|error| never(&error))?;
        self.write_matter(&id, rules::tidy_matter(fields), false, None).await
    }

    /// Stores a user's edit of `matter`, which is the version the edit started from.
    ///
    /// # Errors
    /// As [`create_matter`](Self::create_matter), and if a colleague changed it in between.
    pub async fn edit_matter(&self, matter: &Matter, fields: MatterFields) -> Result<Matter, PortError> {
        self.put_matter(matter, rules::tidy_matter(fields), matter.removed.is_some()).await
    }

    /// Closes a matter, reopens it, or puts it on hold.
    ///
    /// # Errors
    /// [`PortError`], for example for the general matter, which is always open.
    pub async fn set_matter_status(&self, id: &MatterId, status: MatterStatus) -> Result<Matter, PortError> {
        let matter = self.matter(id).await?;
        let fields = MatterFields { status, ..matter.fields.clone() };
        self.put_matter(&matter, fields, matter.removed.is_some()).await
    }

    /// Hides a matter; its files and its history stay.
    ///
    /// # Errors
    /// [`PortError`]; the general matter cannot be removed.
    pub async fn remove_matter(&self, id: &MatterId) -> Result<Matter, PortError> {
        let matter = self.matter(id).await?;
        self.put_matter(&matter, matter.fields.clone(), true).await
    }

    /// Undoes [`remove_matter`](Self::remove_matter).
    ///
    /// # Errors
    /// [`PortError`], for example if another matter has its number now.
    pub async fn bring_back_matter(&self, id: &MatterId) -> Result<Matter, PortError> {
        let matter = self.matter(id).await?;
        self.put_matter(&matter, matter.fields.clone(), false).await
    }

    /// The clients that have this name already, except removed ones. Names need not be unique, but a user who adds a
    /// second client with one should know of the first.
    ///
    /// # Errors
    /// [`PortError`] if the mirror cannot be read.
    pub async fn namesakes(&self, name: &str) -> Result<Vec<Client>, PortError> {
        let key = rules::name_key(name);
        let mut clients = self.mirror.clients(false).await?;
        clients.retain(|client| !key.is_empty() && rules::name_key(&client.fields.name) == key);
        Ok(clients)
    }

    /// Creates a client.
    ///
    /// # Errors
    /// [`PortError`] with a sentence for the user: no name.
    pub async fn create_client(&self, fields: ClientFields) -> Result<Client, PortError> {
        let id = ClientId::new(self.fresh_id()).map_err(|error| never(&error))?;
        self.write_client(&id, rules::tidy_client(fields), false, None).await
    }

    /// Stores a user's edit of `client`, which is the version the edit started from.
    ///
    /// # Errors
    /// As [`create_client`](Self::create_client), and if a colleague changed it in between.
    pub async fn edit_client(&self, client: &Client, fields: ClientFields) -> Result<Client, PortError> {
        self.put_client(client, rules::tidy_client(fields), client.removed.is_some()).await
    }

    /// Sets whether the firm is working for a client.
    ///
    /// # Errors
    /// [`PortError`] if there is no such client.
    pub async fn set_client_status(&self, id: &ClientId, status: ClientStatus) -> Result<Client, PortError> {
        let client = self.client(id).await?;
        let fields = ClientFields { status, ..client.fields.clone() };
        self.put_client(&client, fields, client.removed.is_some()).await
    }

    /// Hides a client.
    ///
    /// # Errors
    /// [`PortError`] while the client has matters that are not removed.
    pub async fn remove_client(&self, id: &ClientId) -> Result<Client, PortError> {
        let client = self.client(id).await?;
        self.put_client(&client, client.fields.clone(), true).await
    }

    /// Undoes [`remove_client`](Self::remove_client).
    ///
    /// # Errors
    /// [`PortError`] if there is no such client.
    pub async fn bring_back_client(&self, id: &ClientId) -> Result<Client, PortError> {
        let client = self.client(id).await?;
        self.put_client(&client, client.fields.clone(), false).await
    }

    async fn put_matter(&self, matter: &Matter, fields: MatterFields, removed: bool) -> Result<Matter, PortError> {
        self.write_matter(&matter.id, fields, removed, Some(matter.updated_at)).await
    }

    async fn put_client(&self, client: &Client, fields: ClientFields, removed: bool) -> Result<Client, PortError> {
        self.write_client(&client.id, fields, removed, Some(client.updated_at)).await
    }

    async fn write_matter(
        &self,
        id: &MatterId,
        fields: MatterFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Result<Matter, PortError> {
        let Some(outbox) = &self.outbox else {
            return self.caught_up(self.records.put_matter(id, fields, removed, based_on).await).await;
        };
        let what = Edited::Matter { id: id.clone(), fields: fields.clone() };
        if !waits(outbox, &what).await? {
            let put = self.records.put_matter(id, fields.clone(), removed, based_on).await;
            if let Some(written) = reached(self.caught_up(put).await)? {
                return Ok(written);
            }
            if let Some(standing) = self.mirror.server_matter(id).await? {
                if (&standing.fields, standing.removed.is_some()) == (&fields, removed) {
                    return Ok(standing);
                }
                if Some(standing.updated_at) != based_on {
                    return Err(rules::conflict(&what.named()));
                }
            }
        }
        let kept = self.keep_waiting(outbox, what, removed, based_on).await?;
        Ok(kept.matter().expect("it is about a matter"))
    }

    async fn write_client(
        &self,
        id: &ClientId,
        fields: ClientFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Result<Client, PortError> {
        let Some(outbox) = &self.outbox else {
            return self.caught_up(self.records.put_client(id, fields, removed, based_on).await).await;
        };
        let what = Edited::Client { id: id.clone(), fields: fields.clone() };
        if !waits(outbox, &what).await? {
            let put = self.records.put_client(id, fields.clone(), removed, based_on).await;
            if let Some(written) = reached(self.caught_up(put).await)? {
                return Ok(written);
            }
            if let Some(standing) = self.mirror.client_beneath(id).await? {
                if (&standing.fields, standing.removed.is_some()) == (&fields, removed) {
                    return Ok(standing);
                }
                if Some(standing.updated_at) != based_on {
                    return Err(rules::conflict(&what.named()));
                }
            }
        }
        let kept = self.keep_waiting(outbox, what, removed, based_on).await?;
        Ok(kept.client().expect("it is about a client"))
    }

    /// The written version, once the mirror has it, too.
    async fn caught_up<T>(&self, written: Result<T, PortError>) -> Result<T, PortError> {
        let written = written?;
        self.sync_mirror().await?;
        Ok(written)
    }

    async fn matter(&self, id: &MatterId) -> Result<Matter, PortError> {
        let found = self.mirror.find_matter(id.as_str()).await?;
        found
            .map(|found| found.matter)
            .filter(|matter| matter.id == *id)
            .ok_or_else(|| PortError::invalid(Reason::NoSuchMatter { matter: id.to_string() }))
    }

    async fn client(&self, id: &ClientId) -> Result<Client, PortError> {
        let found = self.mirror.find_client(id.as_str()).await?;
        found
            .filter(|client| client.id == *id)
            .ok_or_else(|| PortError::invalid(Reason::NoSuchClient { client: id.to_string() }))
    }

    fn fresh_id(&self) -> String {
        self.clock.unique().simple().to_string()
    }
}

fn never(error: &InvalidId) -> PortError {
    PortError::damaged(error.to_string())
}
