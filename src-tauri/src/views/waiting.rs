//! Edits of clients and matters that have not reached the firm's vault.

use serde::Serialize;
use specta::Type;
use vault_core::model::{Matter, UserId};
use vault_core::ports::{Edited, MatterSummary, PortError, WaitingEdit};
use vault_core::{Keep, Vault};

use super::{ClientView, MatterView, Names, ReasonView};

/// An edit that waits for the firm's vault, or that it refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "WaitingEdit")]
pub(crate) struct WaitingEditView {
    /// Identity.
    pub(crate) id: String,
    /// What the client or matter is called.
    pub(crate) name: String,
    /// When it was made.
    pub(crate) made: i64,
    /// Why the firm's vault refused it: a sentence; none while it waits.
    pub(crate) refused: Option<String>,
    /// The same as codes, where each of the sentences has one.
    #[specta(optional)]
    pub(crate) reasons: Vec<ReasonView>,
    /// What is edited.
    pub(crate) edit: EditView,
}

/// What is edited: as this person wants it, and as it stands in the firm's vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[serde(rename = "WaitingEditOf")]
pub(crate) enum EditView {
    /// A client.
    Client {
        /// As the person wants it.
        mine: Box<ClientView>,
        /// As it stands; none if it is new.
        theirs: Option<Box<ClientView>>,
    },
    /// A matter.
    Matter {
        /// As the person wants it.
        mine: Box<MatterView>,
        /// As it stands; none if it is new.
        theirs: Option<Box<MatterView>>,
    },
}

/// Which version of an edit that was refused is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[serde(rename = "Keep")]
pub(crate) enum KeepView {
    /// This person's.
    Mine,
    /// The one that stands in the firm's vault.
    Theirs,
}

impl From<KeepView> for Keep {
    fn from(keep: KeepView) -> Self {
        match keep {
            KeepView::Mine => Self::Mine,
            KeepView::Theirs => Self::Theirs,
        }
    }
}

/// What waits for the firm's vault, oldest first.
///
/// # Errors
/// As the databases of this computer report them.
pub(crate) async fn waiting_edits(vault: &Vault) -> Result<Vec<WaitingEditView>, PortError> {
    let edits = vault.waiting_edits().await?;
    if edits.is_empty() {
        return Ok(Vec::new());
    }
    let me = vault.person().await?.user;
    let mut names = Names::new(vault);
    let mut views = Vec::new();
    for edit in edits {
        let (name, shown) = match &edit.what {
            Edited::Client { id, fields } => {
                let mine = edit.client().map(|client| Box::new((true, client).into()));
                let theirs = vault.mirror.client_beneath(id).await?;
                let theirs = theirs.map(|client| Box::new((false, client).into()));
                (fields.name.clone(), mine.map(|mine| EditView::Client { mine, theirs }))
            }
            Edited::Matter { id, fields } => {
                let mine = match edit.matter() {
                    Some(matter) => Some(Box::new(matter_view(vault, matter, true, &me, &mut names).await?)),
                    None => None,
                };
                let theirs = match vault.mirror.server_matter(id).await? {
                    Some(matter) => Some(Box::new(matter_view(vault, matter, false, &me, &mut names).await?)),
                    None => None,
                };
                (fields.title.clone(), mine.map(|mine| EditView::Matter { mine, theirs }))
            }
        };
        let WaitingEdit { id, what: _, removed: _, based_on: _, made, refused } = edit;
        views.extend(shown.map(|edit| WaitingEditView {
            id: id.to_string(),
            name,
            made: made.0,
            reasons: ReasonView::all_in_some(refused.as_ref()),
            refused,
            edit,
        }));
    }
    Ok(views)
}

/// One version of a matter, with what the copy knows of it otherwise.
async fn matter_view(
    vault: &Vault,
    matter: Matter,
    waiting: bool,
    me: &UserId,
    names: &mut Names<'_>,
) -> Result<MatterView, PortError> {
    let client_name = match &matter.fields.client {
        Some(client) => vault.mirror.find_client(client.as_str()).await?.map(|client| client.fields.name),
        None => None,
    };
    let known = vault.mirror.find_matter(matter.id.as_str()).await?;
    let (files, last_filed) = known.map_or((0, None), |known| (known.files, known.last_filed));
    MatterView::of(MatterSummary { matter, client_name, files, last_filed, waiting }, me, names).await
}
