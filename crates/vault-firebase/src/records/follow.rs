//! Listening for changes.
//!
//! One stream with a target for each kind of document; each target is only the newest document of its kind. So the
//! server sends (and bills) one document for a commit of hundreds; they are read once, in order, by
//! [`changes`](super::changes). Records need no target, because none changes without an event.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt as _;
use tokio::time::{Instant, timeout, timeout_at};
use tonic::{Code, Status};
use vault_core::ports::{Cursor, Following, News, PortError};

use super::changes::{STREAMS, Stream, positions};
use super::cursor::{Place, Position};
use super::wire::Names;
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::listen_response::ResponseType;
use crate::firestore::wire::target::{QueryTarget, ResumeType, TargetType, query_target};
use crate::firestore::wire::target_change::TargetChangeType;
use crate::firestore::wire::{DocumentChange, ListenResponse, Target, TargetChange};
use crate::firestore::{Doc, Firestore, Listening, Query, port_error};

/// The server sends a keep-alive about once a minute.
const SILENCE: Duration = Duration::from_mins(3);

/// Delay before a change is reported: filing writes several times in a row, and each read costs.
const TOGETHER: Duration = Duration::from_millis(150);

/// The team's changes, being followed.
pub(super) struct Follower {
    firestore: Firestore,
    names: Names,
    targets: BTreeMap<i32, Newest>,
    stream: Option<Listening>,
    /// The token was refused, and nothing was received since: the next connection needs a new one.
    renew: bool,
    /// A change has not been reported yet.
    changed: bool,
    /// Targets that are up to date on the current connection.
    current: BTreeSet<i32>,
    told_current: bool,
}

/// The newest document of one kind.
struct Newest {
    query: Query,
    position: Position,
    seen: Option<Place>,
    /// The server's resume token.
    resume: Vec<u8>,
}

impl Follower {
    pub(super) fn new(records: &FirebaseRecords, since: Option<&Cursor>) -> Answer<Self> {
        let positions = positions(since)?;
        let kinds = (1..).zip(STREAMS.into_iter().zip(positions)).filter(|(_, (kind, _))| *kind != Stream::Records);
        let targets = kinds.map(|(id, (kind, position))| {
            let query = kind.query(records).descending("updatedAt").descending("__name__").limit(1);
            (id, Newest { query, position, seen: None, resume: Vec::new() })
        });
        Ok(Self {
            firestore: records.firestore.clone(),
            names: records.names.clone(),
            targets: targets.collect(),
            stream: None,
            renew: false,
            changed: false,
            current: BTreeSet::new(),
            told_current: false,
        })
    }

    async fn hear(&mut self) -> Result<ListenResponse, Status> {
        if self.stream.is_none() {
            self.current.clear();
            self.told_current = false;
            let targets = self.targets.iter().map(|(id, newest)| newest.target(*id)).collect();
            self.stream = Some(self.firestore.listen(targets, self.renew).await?);
        }
        let Some(stream) = &mut self.stream else { return Err(Status::internal("no stream")) };
        match timeout(SILENCE, stream.next()).await {
            Ok(Some(heard)) => heard,
            Ok(None) => Err(Status::unavailable("the stream ended")),
            Err(_) => Err(Status::deadline_exceeded("nothing was heard")),
        }
    }

    fn take(&mut self, heard: ListenResponse) -> Result<(), Status> {
        match heard.response_type {
            Some(ResponseType::DocumentChange(change)) => self.document(&change),
            Some(ResponseType::TargetChange(change)) => return self.target(&change),
            // A document that is no longer the newest: not a change.
            _ => {}
        }
        Ok(())
    }

    fn document(&mut self, change: &DocumentChange) {
        self.firestore.heard(1);
        let Some(document) = &change.document else { return };
        let Ok(time) = Doc::of(document).moment("updatedAt") else { return };
        let place = Place::new(time, self.names.short(&document.name));
        for id in &change.target_ids {
            let Some(newest) = self.targets.get_mut(id) else { continue };
            self.changed |= newest.seen.as_ref() != Some(&place) && !newest.position.has_told(&place);
            newest.seen = Some(place.clone());
        }
    }

    fn target(&mut self, change: &TargetChange) -> Result<(), Status> {
        let concerned: Vec<i32> = if change.target_ids.is_empty() {
            self.targets.keys().copied().collect()
        } else {
            change.target_ids.clone()
        };
        match change.target_change_type() {
            TargetChangeType::Remove => {
                let cause = change.cause.as_ref();
                let code = cause.map_or(Code::Unavailable, |cause| Code::from_i32(cause.code));
                return Err(Status::new(code, "the server stopped"));
            }
            TargetChangeType::Current => self.current.extend(&concerned),
            // Everything will be sent again.
            TargetChangeType::Reset => self.current.retain(|id| !concerned.contains(id)),
            TargetChangeType::NoChange | TargetChangeType::Add => {}
        }
        if !change.resume_token.is_empty() {
            for id in concerned {
                if let Some(newest) = self.targets.get_mut(&id) {
                    newest.resume.clone_from(&change.resume_token);
                }
            }
        }
        Ok(())
    }

    /// Collects what arrives together with a change that will be read anyway.
    async fn gather(&mut self) {
        let until = Instant::now() + TOGETHER;
        while let Ok(heard) = timeout_at(until, self.hear()).await {
            if heard.and_then(|heard| self.take(heard)).is_err() {
                // The next call returns the error.
                self.stream = None;
                break;
            }
        }
        self.changed = false;
    }

    /// What can be reported now.
    fn news(&mut self) -> Option<News> {
        if self.current.len() < self.targets.len() {
            return None;
        }
        if std::mem::take(&mut self.changed) {
            return Some(News::Changed);
        }
        (!std::mem::replace(&mut self.told_current, true)).then_some(News::Current)
    }
}

#[async_trait]
impl Following for Follower {
    async fn next(&mut self) -> Result<News, PortError> {
        loop {
            if self.stream.is_some()
                && let Some(news) = self.news()
            {
                if news == News::Changed {
                    self.gather().await;
                }
                return Ok(news);
            }
            let taken = match self.hear().await {
                Ok(heard) => {
                    self.renew = false;
                    self.take(heard)
                }
                Err(status) => Err(status),
            };
            let Err(status) = taken else { continue };
            self.stream = None;
            // A stream ends with its initial token, after an hour; with a new one it continues.
            if status.code() == Code::Unauthenticated && !self.renew {
                self.renew = true;
                continue;
            }
            self.renew = false;
            return Err(port_error(&status));
        }
    }
}

impl Newest {
    fn target(&self, id: i32) -> Target {
        let (parent, query) = self.query.clone().into_wire();
        let query_type = Some(query_target::QueryType::StructuredQuery(query));
        Target {
            target_id: id,
            once: false,
            expected_count: None,
            target_type: Some(TargetType::Query(QueryTarget { parent, query_type })),
            resume_type: (!self.resume.is_empty()).then(|| ResumeType::ResumeToken(self.resume.clone())),
        }
    }
}
