//! The state of one file of a drop, and its transitions.
//!
//! ```text
//! Queued ─► Uploading ─► Recording ─► Done
//!   ▲  │        │            │
//!   │  └────────┴─► Waiting ─┤ (retried automatically)
//!   └── NeedsAttention ◄─────┘ (the user retries, or dismisses: Done)
//!                              Cancelled: from every state but Recording and Done
//! ```

use crate::intake::Problem;
use crate::model::{EventKind, Timestamp};
use crate::ports::UploadSession;

/// The state of one file of a drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// Waiting for its turn.
    Queued,
    /// Its bytes are being sent. After a start this means that the program stopped in the middle.
    Uploading {
        /// Where the upload can be resumed.
        session: Option<UploadSession>,
        /// Number of failed attempts.
        tried: u32,
    },
    /// Its bytes are stored and verified; its record is being written.
    Recording,
    /// It is in the vault, or was dismissed, according to its final event.
    Done(EventKind),
    /// To be retried automatically, while other files continue.
    Waiting {
        /// When.
        until: Timestamp,
        /// Number of attempts so far.
        attempt: u32,
        /// Where its upload can be resumed.
        session: Option<UploadSession>,
        /// Why: a sentence to show to the user.
        why: String,
    },
    /// The user has to do something first.
    NeedsAttention(Problem),
    /// The user removed it from the queue.
    Cancelled,
}

/// What can happen to a file of a drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemEvent {
    /// Its turn came, and its content has to be stored.
    Begun,
    /// Its upload reached a point from which it can be resumed.
    Confirmed(UploadSession),
    /// Its content is stored and verified (by this attempt, or it was there).
    Verified,
    /// Its final event is written.
    Recorded(EventKind),
    /// It could not be stored just now, for a temporary reason that affects no other file.
    TryLater {
        /// When to retry.
        until: Timestamp,
        /// Why: a sentence to show to the user.
        why: String,
    },
    /// It cannot be filed as it is.
    Failed(Problem),
    /// Its source changed and was read again: what was sent of it is worthless.
    SourceChanged,
    /// The program was restarted; nothing was recorded of the last attempt.
    Restarted,
    /// The user retries it.
    Retry,
    /// The user dismisses a file that could not be filed.
    Dismissed,
    /// The user removes it.
    Cancel,
}

impl ItemState {
    /// Whether nothing, not even a retry, will change it any more.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Cancelled)
    }

    /// The state after `event`; `None` if the event is not allowed in this state, which is then kept.
    pub fn next(&self, event: ItemEvent) -> Option<Self> {
        match (self, event) {
            (Self::Queued, ItemEvent::Begun) => Some(Self::Uploading { session: None, tried: 0 }),
            (Self::Waiting { session, attempt, .. }, ItemEvent::Begun) => {
                Some(Self::Uploading { session: session.clone(), tried: *attempt })
            }
            // An earlier run got far enough that its upload can be resumed.
            (state @ Self::Uploading { .. }, ItemEvent::Begun)
            | (state @ Self::Uploading { session: Some(_), .. }, ItemEvent::Restarted) => Some(state.clone()),
            (Self::Uploading { tried, .. }, ItemEvent::Confirmed(session)) => {
                Some(Self::Uploading { session: Some(session), tried: *tried })
            }
            // Content that was there already goes directly from the queue to its record.
            (Self::Queued | Self::Waiting { .. } | Self::Uploading { .. }, ItemEvent::Verified) => {
                Some(Self::Recording)
            }
            (Self::Recording, ItemEvent::Recorded(kind)) if kind.is_stored() => Some(Self::Done(kind)),
            // The event was written, but the program stopped before the queue was updated.
            (Self::Queued | Self::Uploading { .. }, ItemEvent::Recorded(kind)) if kind.is_stored() => {
                Some(Self::Done(kind))
            }
            (
                Self::Waiting { attempt: tried, session, .. } | Self::Uploading { session, tried },
                ItemEvent::TryLater { until, why },
            ) => Some(Self::Waiting { until, attempt: tried.saturating_add(1), session: session.clone(), why }),
            (Self::Queued | Self::Recording, ItemEvent::TryLater { until, why }) => {
                Some(Self::Waiting { until, attempt: 1, session: None, why })
            }
            (
                Self::Queued | Self::Waiting { .. } | Self::Uploading { .. } | Self::Recording,
                ItemEvent::Failed(problem),
            ) => Some(Self::NeedsAttention(problem)),
            (Self::Queued | Self::Uploading { .. }, ItemEvent::SourceChanged)
            | (Self::Uploading { session: None, .. } | Self::Recording, ItemEvent::Restarted)
            | (Self::NeedsAttention(_), ItemEvent::Retry) => Some(Self::Queued),
            // The retry is due; what is known of its upload is kept.
            (Self::Waiting { attempt, session, why, .. }, ItemEvent::Retry) => {
                let (attempt, session, why) = (*attempt, session.clone(), why.clone());
                Some(Self::Waiting { until: Timestamp(0), attempt, session, why })
            }
            // The history already has its failed event.
            (Self::NeedsAttention(_), ItemEvent::Dismissed) => Some(Self::Done(EventKind::Failed)),
            // A file that is being recorded is in the vault: it is too late to remove it.
            (
                Self::Queued | Self::Waiting { .. } | Self::Uploading { .. } | Self::NeedsAttention(_),
                ItemEvent::Cancel,
            ) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn happened() -> impl Strategy<Value = ItemEvent> {
        let session = UploadSession { handle: "s".into(), offset: 1 };
        prop_oneof![
            Just(ItemEvent::Begun),
            Just(ItemEvent::Confirmed(session)),
            Just(ItemEvent::Verified),
            proptest::sample::select(&EventKind::ALL[..]).prop_map(ItemEvent::Recorded),
            (0..9_i64).prop_map(|at| ItemEvent::TryLater { until: Timestamp(at), why: "Busy.".into() }),
            Just(ItemEvent::Failed(Problem::Vanished)),
            Just(ItemEvent::SourceChanged),
            Just(ItemEvent::Restarted),
            Just(ItemEvent::Retry),
            Just(ItemEvent::Dismissed),
            Just(ItemEvent::Cancel),
        ]
    }

    fn run(events: &[ItemEvent]) -> Vec<ItemState> {
        let mut states = vec![ItemState::Queued];
        for event in events {
            let last = states.last().expect("one at least");
            states.push(last.next(event.clone()).unwrap_or_else(|| last.clone()));
        }
        states
    }

    proptest! {
        #[test]
        fn what_is_done_stays_done(events in proptest::collection::vec(happened(), 0..30)) {
            let states = run(&events);
            for (before, after) in states.iter().zip(&states[1..]) {
                prop_assert!(!before.is_final() || before == after);
            }
        }

        #[test]
        fn nothing_is_done_that_was_not_verified_or_recorded(events in proptest::collection::vec(happened(), 0..30)) {
            let states = run(&events);
            for (at, event) in events.iter().enumerate() {
                if states[at + 1] != states[at] {
                    match states[at + 1] {
                        ItemState::Recording => prop_assert_eq!(event, &ItemEvent::Verified),
                        ItemState::Done(EventKind::Failed) => prop_assert_eq!(event, &ItemEvent::Dismissed),
                        ItemState::Done(kind) => prop_assert!(kind.is_stored() && event == &ItemEvent::Recorded(kind)),
                        _ => {}
                    }
                }
            }
        }

        #[test]
        fn what_waits_keeps_its_upload_and_counts_its_attempts(events in proptest::collection::vec(happened(), 0..30)) {
            let states = run(&events);
            let tried = |state: &ItemState| match state {
                ItemState::Waiting { attempt, .. } => *attempt,
                ItemState::Uploading { tried, .. } => *tried,
                _ => 0,
            };
            let session = |state: &ItemState| match state {
                ItemState::Waiting { session, .. } | ItemState::Uploading { session, .. } => session.clone(),
                _ => None,
            };
            for (at, event) in events.iter().enumerate() {
                let (before, after) = (&states[at], &states[at + 1]);
                if let (ItemState::Waiting { .. }, true) = (after, before != after) {
                    let more = u32::from(matches!(event, ItemEvent::TryLater { .. }));
                    prop_assert_eq!(tried(after), tried(before) + more);
                    prop_assert_eq!(session(after), session(before));
                }
                if let (ItemState::Waiting { .. }, ItemEvent::Begun) = (before, event) {
                    prop_assert_eq!((tried(after), session(after)), (tried(before), session(before)));
                }
            }
        }

        #[test]
        fn a_person_may_always_take_out_what_is_not_recorded(events in proptest::collection::vec(happened(), 0..30)) {
            let state = run(&events).pop().expect("one at least");
            let out = state.next(ItemEvent::Cancel);
            prop_assert_eq!(out.is_some(), !state.is_final() && state != ItemState::Recording);
            prop_assert!(out.is_none_or(|out| out == ItemState::Cancelled));
        }

        #[test]
        fn no_state_is_a_dead_end(events in proptest::collection::vec(happened(), 0..30)) {
            let state = run(&events).pop().expect("one at least");
            let mut rest = vec![ItemEvent::Retry, ItemEvent::Restarted, ItemEvent::Begun, ItemEvent::Verified];
            rest.push(ItemEvent::Recorded(EventKind::Success));
            let end = rest.into_iter().fold(state, |state, event| state.next(event).unwrap_or(state));
            prop_assert!(end.is_final(), "{end:?}");
        }
    }
}
