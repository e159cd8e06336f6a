//! Sending a request as the user, and interpreting the outcome.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use parking_lot::Mutex;
use reqwest::header::HeaderMap;
use reqwest::{Body, RequestBuilder, Response, StatusCode};
use tokio::time::{Instant, timeout};
use vault_core::ports::PortError;

use super::super::failure::{app_check_enforced, of_status, offline};
use super::super::object::Object;
use super::super::retry_policy::Repeats;
use super::{Api, Reply, resumable};
use crate::http;

/// How much is handed to the connection at a time: small enough to show that even a slow connection still moves.
const PIECE: usize = 64 << 10;

/// Content up to this length is sent in one piece, which is cheaper than several.
const SHORT: usize = 32 << 10;

/// Time limit of a request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// Without content: a fixed time limit.
    Answer,
    /// With content: no limit as long as data moves.
    Standstill,
}

/// Why a request has no response.
#[derive(Debug)]
pub(in crate::blobs) enum Unanswered {
    /// It was sent, or at least tried; whether it arrived is unknown.
    Lost,
    /// It was not sent.
    Failed(PortError),
}

/// Tracks when the content of a request last moved.
#[derive(Clone)]
pub(super) struct Moving(Arc<Mutex<Instant>>);

impl Moving {
    fn last(&self) -> Instant {
        *self.0.lock()
    }

    /// A body of these pieces, in order, that records when it moves.
    pub(super) fn body(&self, pieces: &[Bytes]) -> Body {
        if pieces.iter().map(Bytes::len).sum::<usize>() <= SHORT {
            return Body::from(pieces.concat());
        }
        let left: Vec<Bytes> = pieces.iter().rev().filter(|piece| !piece.is_empty()).cloned().collect();
        let moving = self.clone();
        Body::wrap_stream(stream::unfold(left, move |mut left| {
            *moving.0.lock() = Instant::now();
            std::future::ready(left.pop().map(|mut piece| {
                let now = piece.split_to(PIECE.min(piece.len()));
                if !piece.is_empty() {
                    left.push(piece);
                }
                (Ok::<_, Infallible>(now), left)
            }))
        }))
    }

    /// Waits until nothing has moved for `limit`.
    async fn stands_still(&self, limit: Duration) {
        loop {
            let until = self.last() + limit;
            tokio::time::sleep_until(until).await;
            if self.last() + limit <= Instant::now() {
                return;
            }
        }
    }
}

pub(super) fn is_busy(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..)
}

impl Api {
    /// Sends a request as the user. If it is refused, which means that it had no effect, sends it once more with a new
    /// token.
    pub(super) async fn once(
        &self,
        limit: Limit,
        request: impl Fn(&Moving) -> RequestBuilder,
    ) -> Result<Response, Unanswered> {
        let mut renew = false;
        loop {
            if !self.waits.until_quiet_is_over().await {
                return Err(Unanswered::Failed(of_status(StatusCode::TOO_MANY_REQUESTS)));
            }
            let token = self.identity.token(renew).await.map_err(Unanswered::Failed)?;
            self.requests.fetch_add(1, Ordering::Relaxed);
            let moving = Moving(Arc::new(Mutex::new(Instant::now())));
            let request = request(&moving);
            let request = match token {
                Some(token) => request.bearer_auth(token.0),
                None => request,
            };
            let longest = match limit {
                Limit::Answer => self.waits.retry_policy.answer,
                Limit::Standstill => self.waits.retry_policy.standstill,
            };
            let answer = tokio::select! {
                // The error contains URLs, and those of uploads are secrets.
                answer = request.send() => answer.map_err(|_| Unanswered::Lost)?,
                () = moving.stands_still(longest) => return Err(Unanswered::Lost),
            };
            if answer.status() != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            if renew {
                // No user token helps if the project enforces App Check.
                let why = self.whole(answer).await.unwrap_or_default();
                let app_check = String::from_utf8_lossy(&why).contains("App Check");
                return Err(Unanswered::Failed(if app_check {
                    app_check_enforced()
                } else {
                    of_status(StatusCode::UNAUTHORIZED)
                }));
            }
            renew = true;
        }
    }

    /// Sends a request with content, without retries, once an upload slot is free.
    pub(super) async fn carry(&self, request: impl Fn(&Moving) -> RequestBuilder) -> Result<Response, Unanswered> {
        let lane = self.upload_concurrency.take().await;
        let answer = self.once(Limit::Standstill, request).await;
        match &answer {
            Ok(_) => lane.carried(),
            Err(Unanswered::Lost) => lane.lost(),
            Err(Unanswered::Failed(_)) => {}
        }
        answer
    }

    /// Sends an idempotent request until there is a response.
    pub(super) async fn ask(
        &self,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<(StatusCode, HeaderMap, Bytes), PortError> {
        let mut repeats = Repeats::default();
        loop {
            let (error, asked) = match self.once(Limit::Answer, |_| request()).await {
                Ok(answer) if is_busy(answer.status()) => {
                    (of_status(answer.status()), http::retry_after(answer.headers()))
                }
                Ok(answer) => {
                    let (status, headers) = (answer.status(), answer.headers().clone());
                    match self.whole(answer).await {
                        Some(body) => return Ok((status, headers, body)),
                        None => (offline(), None),
                    }
                }
                Err(Unanswered::Lost) => (offline(), None),
                Err(Unanswered::Failed(error)) => return Err(error),
            };
            if !self.waits.again(&mut repeats, asked).await {
                return Err(error);
            }
        }
    }

    /// Interprets the response to a request with content.
    pub(in crate::blobs) async fn reply(&self, sent: Result<Response, Unanswered>) -> Reply {
        let answer = match sent {
            Ok(answer) => answer,
            Err(Unanswered::Lost) => return Reply::Unknown(offline(), None),
            Err(Unanswered::Failed(error)) => return Reply::Failed(error),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        match status.as_u16() {
            200..300 if resumable::is_active(&headers) => Reply::Confirmed(resumable::received(&headers)),
            200..300 => match self.whole(answer).await {
                Some(body) => Object::read(&body).map_or(Reply::Ended, Reply::Stored),
                None => Reply::Unknown(offline(), None),
            },
            403 | 409 | 412 => Reply::Forbidden,
            404 | 410 => Reply::Gone,
            _ if is_busy(status) => Reply::Unknown(of_status(status), http::retry_after(&headers)),
            401 | 402 | 413 => Reply::Failed(of_status(status)),
            // 400 and 416: wrong offset; 499: the upload was cancelled.
            400..500 => Reply::Misplaced(of_status(status)),
            _ => Reply::Failed(of_status(status)),
        }
    }

    /// The next piece of a long response; `None` at its end.
    pub(in crate::blobs) async fn piece(&self, answer: &mut Response) -> Result<Option<Bytes>, PortError> {
        next_piece(answer, self.waits.retry_policy.standstill).await
    }

    /// The body of a short response; `None` if it does not arrive.
    async fn whole(&self, answer: Response) -> Option<Bytes> {
        timeout(self.waits.retry_policy.answer, answer.bytes()).await.ok()?.ok()
    }
}

/// The next piece of a long response; `None` at its end. A stalled or broken connection is an error.
pub(in crate::blobs) async fn next_piece(
    answer: &mut Response,
    standstill: Duration,
) -> Result<Option<Bytes>, PortError> {
    match timeout(standstill, answer.chunk()).await {
        Ok(Ok(piece)) => Ok(piece),
        Ok(Err(_)) | Err(_) => Err(offline()),
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_slow_connection_makes_progress_and_a_dead_one_stalls() {
        let limit = Duration::from_mins(1);
        let moving = Moving(Arc::new(Mutex::new(Instant::now())));
        let watched = moving.clone();
        let mut still = Box::pin(async move { watched.stands_still(limit).await });
        for _ in 0..10 {
            tokio::time::advance(limit * 9 / 10).await;
            assert_eq!((&mut still).now_or_never(), None);
            *moving.0.lock() = Instant::now();
        }
        tokio::time::advance(limit).await;
        assert_eq!(still.now_or_never(), Some(()));
    }
}
