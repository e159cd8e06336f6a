//! Reading and writing as one step, for what depends on several documents.

use std::future::Future;

use vault_core::model::Timestamp;
use vault_core::ports::PortError;

use super::{Answer, FirebaseRecords};
use crate::firestore::wire::Write;
use crate::firestore::wire::value::ValueType;
use crate::firestore::{Read, is_conflict, milliseconds, port_error};

/// How often a transaction is tried that another one got in the way of.
const ATTEMPTS: u32 = 8;

/// What a transaction came to.
pub(super) enum Decision<T> {
    /// Nothing has to be written.
    Keep(T),
    /// This has to be written; the answer is made from the time it got.
    Write(Box<Write>, Box<dyn FnOnce(Timestamp) -> T + Send>),
}

/// Decides on what is read in a transaction, and writes what was decided, so that nothing that was read has changed
/// by then. The first server time of the write is its `updatedAt`.
pub(super) async fn transact<T, F>(records: &FirebaseRecords, decide: impl Fn(Read) -> F) -> Answer<T>
where
    F: Future<Output = Answer<Decision<T>>>,
{
    for attempt in 0..ATTEMPTS {
        let transaction = records.firestore.begin(true).await.map_err(|status| port_error(&status))?;
        let (write, answer) = match decide(Read::In(transaction.clone())).await {
            Ok(Decision::Write(write, answer)) => (write, answer),
            Ok(Decision::Keep(answer)) => {
                records.firestore.rollback(transaction).await;
                return Ok(answer);
            }
            Err(error) => {
                records.firestore.rollback(transaction).await;
                return Err(error);
            }
        };
        match records.firestore.commit(vec![*write], transaction).await {
            Ok(results) => {
                let time = results.first().and_then(|result| result.transform_results.first()?.value_type.as_ref());
                let Some(ValueType::TimestampValue(moment)) = time else {
                    return Err(PortError::later("The firm's vault did not say when it wrote the change."));
                };
                return Ok(answer(milliseconds(moment)));
            }
            Err(status) if is_conflict(&status) => {
                tokio::time::sleep(std::time::Duration::from_millis(50 << attempt.min(6))).await;
            }
            Err(status) => return Err(port_error(&status)),
        }
    }
    Err(PortError::later("Colleagues are changing the same things just now. Try again in a moment."))
}
