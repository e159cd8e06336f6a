//! A reader's position in the changes: for each kind of document, the time up to which everything was returned, and
//! which newer documents were returned besides.
//!
//! `updatedAt` alone is not a safe position. It is the time at which a server accepted a request; a commit that had to
//! wait becomes visible after a newer one. So the position stays some seconds behind, and what was returned beyond it
//! is listed. The list is empty again once nothing has changed for that long.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use prost_types::Timestamp as Moment;
use serde::{Deserialize, Serialize};
use vault_core::model::FileHash;
use vault_core::ports::{Cursor, PortError};

/// A reader's position in one kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Position {
    /// The last document up to which everything was returned.
    #[serde(rename = "a", skip_serializing_if = "Option::is_none", default)]
    pub(super) after: Option<Place>,
    /// What was returned beyond it: a number for each version of a document.
    #[serde(rename = "t", skip_serializing_if = "BTreeSet::is_empty", default)]
    pub(super) told: BTreeSet<u64>,
}

/// A document's position in the order of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    #[serde(rename = "s")]
    seconds: i64,
    #[serde(rename = "n")]
    nanos: i32,
    /// The document's name, without the team's common prefix.
    #[serde(rename = "d")]
    pub(super) name: String,
}

impl Place {
    pub(super) fn new(time: Moment, name: &str) -> Self {
        Self { seconds: time.seconds, nanos: time.nanos, name: name.to_owned() }
    }

    pub(super) fn time(&self) -> Moment {
        Moment { seconds: self.seconds, nanos: self.nanos }
    }

    /// Whether it is older than `horizon`.
    pub(super) fn is_before(&self, horizon: Moment) -> bool {
        (self.seconds, self.nanos) < (horizon.seconds, horizon.nanos)
    }

    /// Identifies this version of the document in `told`.
    fn number(&self) -> u64 {
        let hash = FileHash::of(format!("{} {} {}", self.seconds, self.nanos, self.name).as_bytes());
        // 53 bits, which every JSON parser preserves.
        hash.as_bytes().iter().take(7).fold(0, |number, byte| number << 8 | u64::from(*byte)) >> 3
    }
}

/// Firestore's order: by time, then by name, segment by segment.
impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let times = (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos));
        times.then_with(|| self.name.split('/').cmp(other.name.split('/')))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Position {
    /// Whether `place` comes after the document up to which everything was returned.
    pub(super) fn is_before(&self, place: &Place) -> bool {
        self.after.as_ref().is_none_or(|after| place > after)
    }

    /// Whether nothing was returned yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.after.is_none() && self.told.is_empty()
    }

    /// Whether this version of a document was returned.
    pub(super) fn has_told(&self, place: &Place) -> bool {
        !self.is_before(place) || self.told.contains(&place.number())
    }

    /// Accepts the documents that follow the position, in order; returns for each whether it is new. At most `room` new
    /// ones are accepted; the flag reports whether there are more. Nothing older than `horizon` can appear any more.
    pub(super) fn take(&mut self, places: &[Place], horizon: Moment, room: usize) -> (Vec<bool>, bool) {
        let (mut fresh, mut taken, mut behind) = (Vec::with_capacity(places.len()), 0, true);
        let mut beyond = BTreeSet::new();
        for place in places {
            let number = place.number();
            let is_new = !self.told.contains(&number);
            if is_new && taken == room {
                return (fresh, true);
            }
            taken += usize::from(is_new);
            fresh.push(is_new);
            behind &= place.is_before(horizon);
            if behind {
                self.told.remove(&number);
                self.after = Some(place.clone());
            } else {
                self.told.insert(number);
                beyond.insert(number);
            }
        }
        // Everything beyond the position has been seen; a version that is missing now was replaced.
        self.told = beyond;
        (fresh, false)
    }
}

/// Encodes the positions of all kinds.
pub(super) fn write(positions: &[Position]) -> Cursor {
    Cursor(serde_json::to_string(positions).unwrap_or_default())
}

/// Decodes positions from [`write`].
pub(super) fn read<const KINDS: usize>(cursor: &Cursor) -> Result<[Position; KINDS], PortError> {
    let positions: Option<Vec<Position>> = serde_json::from_str(&cursor.0).ok();
    positions
        .and_then(|positions| positions.try_into().ok())
        .ok_or_else(|| PortError::invalid("The cursor does not come from this vault. Read everything again."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_foreign_cursor_is_refused() {
        for foreign in ["", "3.4.5", "[]", "{}", r#"[{"a":{"s":1}}]"#] {
            assert!(read::<2>(&Cursor(foreign.to_owned())).is_err(), "{foreign}");
        }
    }

    #[test]
    fn names_are_ordered_segment_by_segment() {
        let place = |name: &str| Place::new(Moment { seconds: 1, nanos: 0 }, name);
        let mut places = ["matters/b/metadata/0", "matters/a-b/metadata/0", "matters/a/metadata/1"].map(place);
        places.sort();
        assert_eq!(places.map(|place| place.name.chars().nth(9)), [Some('/'), Some('-'), Some('/')]);
        assert!(Place::new(Moment { seconds: 0, nanos: 999 }, "z") < place("a"));
    }

    proptest! {
        /// Documents appear in any order within some time of their own, and a reader who comes at any time, with pages
        /// of any size, gets each exactly once.
        #[test]
        fn nothing_is_missed_and_nothing_is_returned_twice(
            documents in proptest::collection::vec((0_i64..60, 0_i64..10), 1..60),
            visits in proptest::collection::vec((0_i64..6, 1_usize..7), 1..40),
        ) {
            let mut position = Position::default();
            let mut returned = Vec::new();
            let mut now = 0;
            let visits = visits.into_iter().chain(std::iter::repeat_n((100, 7), 20));
            for (pause, room) in visits {
                now += pause;
                // Each appears at most ten seconds after its time.
                let mut visible: Vec<Place> = documents.iter().enumerate()
                    .filter(|(_, (time, delay))| time + delay <= now)
                    .map(|(n, (time, _))| Place::new(Moment { seconds: *time, nanos: 0 }, &format!("{n:03}")))
                    .collect();
                visible.sort();
                visible.retain(|place| position.after.as_ref().is_none_or(|after| place > after));
                let limit = room + 1 + position.told.len();
                visible.truncate(limit);
                let horizon = Moment { seconds: now - 10, nanos: 0 };
                let (fresh, _) = position.take(&visible, horizon, room);
                returned.extend(visible.iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(place, _)| place.clone()));
                let kept = read::<1>(&write(std::slice::from_ref(&position))).expect("cursor");
                prop_assert_eq!(&kept[0], &position);
            }
            prop_assert_eq!(returned.len(), documents.len());
            returned.sort();
            returned.dedup();
            prop_assert_eq!(returned.len(), documents.len());
            prop_assert!(position.told.is_empty());
        }
    }
}
