//! The state of an item as columns.

use vault_core::filing::ItemState;
use vault_core::intake::Problem;
use vault_core::model::Timestamp;
use vault_core::ports::UploadSession;

use crate::db::{Values, signed};
use crate::error::{Result, StoreError};

/// States up to this one need no user to continue.
pub(super) const LAST_OPEN: i64 = WAITING;
pub(super) const UPLOADING: i64 = 1;
pub(super) const WAITING: i64 = 3;
pub(super) const NEEDS_ATTENTION: i64 = 4;
pub(super) const CANCELLED: i64 = 5;

/// The code of a state. A finished item has no row, and so no code.
pub(super) const fn code(state: &ItemState) -> i64 {
    match state {
        ItemState::Queued | ItemState::Done(_) => 0,
        ItemState::Uploading { .. } => UPLOADING,
        ItemState::Recording => 2,
        ItemState::Waiting { .. } => WAITING,
        ItemState::NeedsAttention(_) => NEEDS_ATTENTION,
        ItemState::Cancelled => CANCELLED,
    }
}

/// The columns `state, session, session_offset, until, attempt, problem, detail`.
#[derive(Debug, Default)]
pub(super) struct StateColumns<'a> {
    state: i64,
    session: Option<&'a str>,
    session_offset: Option<i64>,
    until: Option<i64>,
    attempt: Option<i64>,
    problem: Option<&'a str>,
    detail: Option<&'a str>,
}

impl<'a> StateColumns<'a> {
    /// `None` for a finished item: it has no row.
    pub(super) fn of(state: &'a ItemState) -> Result<Option<Self>> {
        let plain = Self { state: code(state), ..Self::default() };
        Ok(Some(match state {
            ItemState::Done(_) => return Ok(None),
            ItemState::Uploading { session, tried } => {
                let attempt = (*tried > 0).then_some(i64::from(*tried));
                Self { attempt, ..plain.with(session.as_ref())? }
            }
            ItemState::Waiting { until, attempt, session, why } => Self {
                until: Some(until.0),
                attempt: Some(i64::from(*attempt)),
                detail: Some(why),
                ..plain.with(session.as_ref())?
            },
            ItemState::NeedsAttention(problem) => {
                Self { problem: Some(problem.code()), detail: Some(problem.detail()), ..plain }
            }
            ItemState::Queued | ItemState::Recording | ItemState::Cancelled => plain,
        }))
    }

    fn with(self, session: Option<&'a UploadSession>) -> Result<Self> {
        let session_offset = session.map(|session| signed(session.offset)).transpose()?;
        Ok(Self { session: session.map(|session| &*session.handle), session_offset, ..self })
    }

    /// The code, if the state has no other columns.
    pub(super) const fn plain(&self) -> Option<i64> {
        match self {
            Self { session: None, until: None, attempt: None, problem: None, .. } => Some(self.state),
            _ => None,
        }
    }

    pub(super) fn add_to(&self, values: &mut Values) {
        values
            .add(self.state)
            .add(self.session)
            .add(self.session_offset)
            .add(self.until)
            .add(self.attempt)
            .add(self.problem)
            .add(self.detail);
    }
}

/// The same columns, as read.
pub(super) type StateRow = (i64, Option<String>, Option<u64>, Option<i64>, Option<u32>, Option<String>, Option<String>);

/// Reads the same columns.
pub(super) fn read(row: StateRow) -> Result<ItemState> {
    match row {
        (0, ..) => Ok(ItemState::Queued),
        (UPLOADING, handle, offset, _, attempt, ..) => {
            Ok(ItemState::Uploading { session: session(handle, offset), tried: attempt.unwrap_or_default() })
        }
        (2, ..) => Ok(ItemState::Recording),
        (WAITING, handle, offset, Some(until), Some(attempt), _, why) => Ok(ItemState::Waiting {
            until: Timestamp(until),
            attempt,
            session: session(handle, offset),
            why: why.unwrap_or_default(),
        }),
        (NEEDS_ATTENTION, .., Some(code), detail) => {
            Ok(ItemState::NeedsAttention(Problem::from_parts(&code, &detail.unwrap_or_default())))
        }
        (CANCELLED, ..) => Ok(ItemState::Cancelled),
        _ => Err(StoreError::Unreadable("the state of a file in the queue")),
    }
}

fn session(handle: Option<String>, offset: Option<u64>) -> Option<UploadSession> {
    Some(UploadSession { handle: handle?, offset: offset? })
}
