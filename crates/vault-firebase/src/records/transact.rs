//! Transactions: reading and writing as one step, for writes that depend on several documents.

use std::future::Future;

use tonic::Status;
use vault_core::model::Timestamp;
use vault_core::ports::PortError;
use vault_core::reason::Reason;

use super::contention::Contention;
use super::refusal::{Writing, explain};
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::Write;
use crate::firestore::wire::value::ValueType;
use crate::firestore::{Read, is_conflict, is_contended, milliseconds, port_error};

/// The decision of a transaction.
pub(super) enum Decision<T> {
    /// Nothing has to be written.
    Keep(T),
    /// The write to make; the result is computed from its time.
    Write(Box<Write>, Box<dyn FnOnce(Timestamp) -> T + Send>),
}

/// Why there is no decision.
pub(super) enum Undecided {
    /// A call failed.
    Call(Status),
    /// It is not possible, or not now.
    Refused(PortError),
}

impl From<Status> for Undecided {
    fn from(status: Status) -> Self {
        Self::Call(status)
    }
}

impl From<PortError> for Undecided {
    fn from(error: PortError) -> Self {
        Self::Refused(error)
    }
}

/// Outside a transaction, only the failed call matters.
impl From<Undecided> for PortError {
    fn from(undecided: Undecided) -> Self {
        match undecided {
            Undecided::Call(status) => port_error(&status),
            Undecided::Refused(error) => error,
        }
    }
}

/// Decides on documents read in a transaction, and writes the decision, so that none of them has changed by then. The
/// first server time of the write is its `updatedAt`.
pub(super) async fn transact<T, F>(
    records: &FirebaseRecords,
    writing: Writing<'_>,
    decide: impl Fn(Read) -> F,
) -> Answer<T>
where
    F: Future<Output = Result<Decision<T>, Undecided>>,
{
    let _alone = records.transaction.lock().await;
    let mut contention = Contention::new();
    loop {
        match once(records, &decide).await {
            Ok(answer) => return Ok(answer),
            Err(Undecided::Call(status)) if is_conflict(&status) => {
                if !contention.again().await {
                    return Err(too_often());
                }
            }
            Err(Undecided::Call(status)) => return Err(explain(records, &status, writing).await),
            Err(Undecided::Refused(error)) => return Err(error),
        }
    }
}

async fn once<T, F>(records: &FirebaseRecords, decide: &impl Fn(Read) -> F) -> Result<T, Undecided>
where
    F: Future<Output = Result<Decision<T>, Undecided>>,
{
    let transaction = records.firestore.begin(true).await?;
    let (write, answer) = match decide(Read::In(transaction.clone())).await {
        Ok(Decision::Write(write, answer)) => (write, answer),
        Ok(Decision::Keep(answer)) => {
            records.firestore.rollback(transaction).await;
            return Ok(answer);
        }
        Err(undecided) => {
            records.firestore.rollback(transaction).await;
            // A refusal inside the transaction is not a conflict.
            return Err(match undecided {
                Undecided::Call(status) if is_conflict(&status) && !is_contended(&status) => port_error(&status).into(),
                undecided => undecided,
            });
        }
    };
    let results = records.firestore.commit(vec![*write], transaction).await?;
    let time = results.first().and_then(|result| result.transform_results.first()?.value_type.as_ref());
    let Some(ValueType::TimestampValue(moment)) = time else {
        return Err(PortError::later("The firm's vault did not say when it wrote the change.").into());
    };
    Ok(answer(milliseconds(moment)))
}

fn too_often() -> PortError {
    PortError::later(Reason::ColleaguesChanging)
}
