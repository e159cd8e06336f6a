//! A drop of the queue, with what is needed to change it.

use std::path::{Path, PathBuf};

use super::{Item, JournaledDrop, NewItem};
use crate::filing::FilingContext;
use crate::intake::absolute;
use crate::model::{DropId, EventId, MatterId};
use crate::ports::{Person, PortError};

/// A drop of the queue, as it was when it was looked up.
pub(crate) struct QueuedDrop<'a> {
    pub(crate) context: FilingContext<'a>,
    pub(crate) drop: JournaledDrop,
    /// Who files it.
    pub(crate) person: Person,
}

impl<'a> QueuedDrop<'a> {
    /// Looks up a drop.
    ///
    /// # Errors
    /// `Invalid` if there is no such drop, and as the journal and the identity.
    pub(crate) async fn find(context: FilingContext<'a>, drop: DropId) -> Result<Self, PortError> {
        let person = context.identity.person().await?;
        let Some(drop) = context.journal.drop_by_id(drop).await? else {
            return Err(PortError::invalid(format!("There is no drop {drop} in the queue of this computer.")));
        };
        Ok(Self { context, drop, person })
    }

    pub(crate) const fn id(&self) -> DropId {
        self.drop.new.id
    }

    pub(crate) const fn matter(&self) -> &MatterId {
        &self.drop.new.matter
    }

    /// The drop as it is in the journal now.
    pub(crate) async fn now(&self) -> Result<JournaledDrop, PortError> {
        Ok(self.context.journal.drop_by_id(self.id()).await?.unwrap_or_else(|| self.drop.clone()))
    }

    pub(crate) fn fresh_event(&self) -> EventId {
        EventId::new(self.context.clock.unique())
    }

    /// Where the source file of an item is on this computer.
    pub(crate) fn place_of(&self, item: &Item) -> PathBuf {
        item.file.moved_to.clone().unwrap_or_else(|| place_in(&self.drop, &item.file))
    }
}

/// Where a file was dropped from.
pub(super) fn place_in(drop: &JournaledDrop, file: &NewItem) -> PathBuf {
    let source = drop.new.sources.get(file.source as usize).map_or(Path::new(""), |source| source);
    absolute(source, &file.folder, &file.name)
}
