//! The state of an item as columns.

use vault_core::filing::ItemState;
use vault_core::intake::Problem;
use vault_core::model::Timestamp;
use vault_core::ports::UploadSession;

use crate::db::{Columns, Values, signed};
use crate::error::{Result, StoreError};

/// States up to this one are items that are still to be done by themselves.
pub(super) const LAST_OPEN: i64 = 3;
pub(super) const NEEDS_ATTENTION: i64 = 4;

/// The columns `state, session_url, session_offset, until, attempt, problem, detail`.
#[derive(Debug, Default)]
pub(super) struct StateColumns<'a> {
    state: i64,
    session_url: Option<&'a str>,
    session_offset: Option<i64>,
    until: Option<i64>,
    attempt: Option<i64>,
    problem: Option<&'a str>,
    detail: Option<&'a str>,
}

impl<'a> StateColumns<'a> {
    /// `None` for an item that is done: it has no row.
    pub(super) fn of(state: &'a ItemState) -> Result<Option<Self>> {
        let code = |state: i64| Self { state, ..Self::default() };
        Ok(Some(match state {
            ItemState::Queued => code(0),
            ItemState::Uploading { session: None } => code(1),
            ItemState::Uploading { session: Some(session) } => {
                Self { session_url: Some(&session.url), session_offset: Some(signed(session.offset)?), ..code(1) }
            }
            ItemState::Recording => code(2),
            ItemState::Waiting { until, attempt } => {
                Self { until: Some(until.0), attempt: Some(i64::from(*attempt)), ..code(LAST_OPEN) }
            }
            ItemState::NeedsAttention(problem) => {
                Self { problem: Some(problem.code()), detail: Some(problem.detail()), ..code(NEEDS_ATTENTION) }
            }
            ItemState::Cancelled => code(5),
            ItemState::Done(_) => return Ok(None),
        }))
    }

    pub(super) fn add_to(&self, values: &mut Values) {
        values
            .add(self.state)
            .add(self.session_url)
            .add(self.session_offset)
            .add(self.until)
            .add(self.attempt)
            .add(self.problem)
            .add(self.detail);
    }
}

/// Reads the same columns.
pub(super) fn read(columns: &mut Columns<'_>) -> Result<ItemState> {
    let state: i64 = columns.next()?;
    let url: Option<String> = columns.next()?;
    let offset: Option<i64> = columns.next()?;
    let until: Option<i64> = columns.next()?;
    let attempt: Option<i64> = columns.next()?;
    let problem: Option<&str> = columns.next()?;
    let detail: Option<&str> = columns.next()?;
    let unreadable = StoreError::Unreadable("the state of a file in the queue");
    match (state, url, offset, until, attempt, problem) {
        (0, ..) => Ok(ItemState::Queued),
        (1, Some(url), Some(offset), ..) => {
            let offset = u64::try_from(offset).map_err(|_| unreadable)?;
            Ok(ItemState::Uploading { session: Some(UploadSession { url, offset }) })
        }
        (1, ..) => Ok(ItemState::Uploading { session: None }),
        (2, ..) => Ok(ItemState::Recording),
        (LAST_OPEN, _, _, Some(until), Some(attempt), _) => {
            let attempt = u32::try_from(attempt).map_err(|_| unreadable)?;
            Ok(ItemState::Waiting { until: Timestamp(until), attempt })
        }
        (NEEDS_ATTENTION, .., Some(code)) => {
            Ok(ItemState::NeedsAttention(Problem::from_parts(code, detail.unwrap_or_default())))
        }
        (5, ..) => Ok(ItemState::Cancelled),
        _ => Err(unreadable),
    }
}
