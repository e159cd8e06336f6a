//! The calls.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use prost_types::Timestamp;
use tokio::time::timeout;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Channel, ClientTlsConfig, Endpoint};
use tonic::{Code, Request, Response, Status, Streaming};
use vault_core::ports::{Identity, PortError};

use super::cost::{Cost, Counter};
use super::query::Query;
use super::wire::firestore_client::FirestoreClient;
use super::wire::value::ValueType;
use super::wire::{self, Document, Write, WriteResult};
use crate::connection::Connection;
use crate::http;

/// Time limit of a call. A full commit takes about a second.
const LIMIT: Duration = Duration::from_secs(40);

/// How often a call is repeated that did not reach the server, or whose response was lost. All calls in this crate are
/// idempotent.
const REPEATS: usize = 2;

/// The waits before these repeats.
const WAITS: ExponentialBuilder =
    ExponentialBuilder::new().with_min_delay(Duration::from_millis(200)).with_max_times(REPEATS);

/// A page of documents can exceed the library's default limit (4 MiB).
const MOST_BYTES: usize = 32 << 20;

/// A Firestore database, accessed as one user.
#[derive(Clone)]
pub(crate) struct Firestore {
    client: FirestoreClient<Channel>,
    identity: Arc<dyn Identity>,
    database: Arc<str>,
    counter: Arc<Counter>,
}

/// The point in time of a read.
#[derive(Debug, Clone)]
pub(crate) enum Read {
    /// Now.
    Now,
    /// In this transaction.
    In(Vec<u8>),
}

/// A server's messages to a listener.
pub(crate) type Listening = Streaming<wire::ListenResponse>;

/// The documents that exist, by name.
pub(crate) type Found = HashMap<String, Document>;

impl Firestore {
    /// Prepares a client for the database; nothing is sent yet.
    pub(crate) fn new(connection: &Connection, identity: Arc<dyn Identity>) -> Result<Self, PortError> {
        http::use_ring();
        let broken = |error: tonic::transport::Error| PortError::invalid(format!("{error}."));
        let endpoint = match connection.emulators {
            Some(emulators) => Endpoint::from_shared(format!("http://{}", emulators.firestore)).map_err(broken)?,
            None => Endpoint::from_static("https://firestore.googleapis.com")
                .tls_config(ClientTlsConfig::new().with_native_roots())
                .map_err(broken)?,
        };
        let endpoint = endpoint
            .connect_timeout(Duration::from_secs(10))
            .http2_keep_alive_interval(Duration::from_secs(30))
            .keep_alive_timeout(Duration::from_secs(10))
            .keep_alive_while_idle(false);
        let client = FirestoreClient::new(endpoint.connect_lazy())
            .max_decoding_message_size(MOST_BYTES)
            .max_encoding_message_size(MOST_BYTES);
        Ok(Self { client, identity, database: connection.database().into(), counter: Arc::default() })
    }

    /// `projects/…/databases/…`
    pub(crate) fn database(&self) -> &str {
        &self.database
    }

    pub(crate) fn cost(&self) -> Cost {
        self.counter.cost()
    }

    /// Renews the token, so that the user's current rights apply.
    pub(crate) async fn renew(&self) -> Result<(), PortError> {
        self.identity.token(true).await.map(drop)
    }

    /// Writes all or nothing; one result per write.
    pub(crate) async fn commit(&self, writes: Vec<Write>, transaction: Vec<u8>) -> Result<Vec<WriteResult>, Status> {
        let count = writes.len();
        let request = wire::CommitRequest { database: self.database.to_string(), writes, transaction };
        let answer = self.call(request, |mut client, request| Box::pin(async move { client.commit(request).await }));
        let results = answer.await?.write_results;
        if results.len() != count {
            return Err(Status::internal("results are missing"));
        }
        self.counter.wrote(count);
        Ok(results)
    }

    /// Begins a read-only or a read-write transaction.
    pub(crate) async fn begin(&self, writes: bool) -> Result<Vec<u8>, Status> {
        use wire::transaction_options::{Mode, ReadOnly, ReadWrite};
        let mode = if writes { Mode::ReadWrite(ReadWrite::default()) } else { Mode::ReadOnly(ReadOnly::default()) };
        let options = Some(wire::TransactionOptions { mode: Some(mode) });
        let request = wire::BeginTransactionRequest { database: self.database.to_string(), options };
        let answer =
            self.call(request, |mut client, request| Box::pin(async move { client.begin_transaction(request).await }));
        Ok(answer.await?.transaction)
    }

    /// Rolls back a transaction that would otherwise hold its locks for a while.
    pub(crate) async fn rollback(&self, transaction: Vec<u8>) {
        let request = wire::RollbackRequest { database: self.database.to_string(), transaction };
        // If the call does not arrive, the server discards the transaction by itself.
        let rolled_back =
            self.call(request, |mut client, request| Box::pin(async move { client.rollback(request).await })).await;
        if let Err(status) = rolled_back {
            tracing::debug!(code = ?status.code(), "a transaction is not rolled back");
        }
    }

    /// Reads documents by name; absent ones are left out.
    pub(crate) async fn get(&self, documents: Vec<String>, read: &Read, fields: &[&str]) -> Result<Found, Status> {
        use wire::batch_get_documents_request::ConsistencySelector;
        use wire::batch_get_documents_response::Result as Got;
        if documents.is_empty() {
            return Ok(Found::new());
        }
        let asked = documents.len();
        let mask = (!fields.is_empty()).then(|| mask(fields));
        let consistency_selector = match read {
            Read::Now => None,
            Read::In(transaction) => Some(ConsistencySelector::Transaction(transaction.clone())),
        };
        let request = wire::BatchGetDocumentsRequest {
            database: self.database.to_string(),
            documents,
            mask,
            consistency_selector,
        };
        let answers: Vec<_> = self
            .collect(request, |mut client, request| Box::pin(async move { client.batch_get_documents(request).await }))
            .await?;
        self.counter.read(asked);
        let found = answers.into_iter().filter_map(|answer| match answer.result {
            Some(Got::Found(document)) => Some((document.name.clone(), document)),
            _ => None,
        });
        Ok(found.collect())
    }

    /// The documents a query finds, and the read time.
    pub(crate) async fn query(&self, query: Query, read: &Read) -> Result<(Vec<Document>, Timestamp), Status> {
        use wire::run_query_request::{ConsistencySelector, QueryType};
        let consistency_selector = match read {
            Read::Now => None,
            Read::In(transaction) => Some(ConsistencySelector::Transaction(transaction.clone())),
        };
        let (parent, query) = query.into_wire();
        let query_type = Some(QueryType::StructuredQuery(query));
        let request = wire::RunQueryRequest { parent, explain_options: None, query_type, consistency_selector };
        let answers: Vec<_> = self
            .collect(request, |mut client, request| Box::pin(async move { client.run_query(request).await }))
            .await?;
        let read_time = answers.iter().rev().find_map(|answer| answer.read_time).unwrap_or_default();
        let documents: Vec<Document> = answers.into_iter().filter_map(|answer| answer.document).collect();
        self.counter.read(documents.len());
        Ok((documents, read_time))
    }

    /// How many documents a query finds, at most `up_to`, and the read time.
    pub(crate) async fn count(&self, query: Query, up_to: usize, read: &Read) -> Result<(usize, Timestamp), Status> {
        use wire::run_aggregation_query_request::{ConsistencySelector, QueryType};
        let consistency_selector = match read {
            Read::Now => None,
            Read::In(transaction) => Some(ConsistencySelector::Transaction(transaction.clone())),
        };
        let (parent, query) = query.into_wire();
        let query_type = Some(QueryType::StructuredAggregationQuery(counting(query, up_to)));
        let request =
            wire::RunAggregationQueryRequest { parent, explain_options: None, query_type, consistency_selector };
        let answers: Vec<_> = self
            .collect(request, |mut client, request| {
                Box::pin(async move { client.run_aggregation_query(request).await })
            })
            .await?;
        let answer = answers.into_iter().find_map(|answer| Some((answer.result?, answer.read_time?)));
        let counted = answer.and_then(|(result, read_time)| match result.aggregate_fields.get(COUNTED)?.value_type {
            Some(ValueType::IntegerValue(count)) => Some((usize::try_from(count).ok()?, read_time)),
            _ => None,
        });
        let (count, read_time) = counted.ok_or_else(|| Status::internal("the count is missing"))?;
        self.counter.counted(count);
        Ok((count, read_time))
    }

    /// Listens to these targets. The stream continues as long as both halves are held.
    pub(crate) async fn listen(&self, targets: Vec<wire::Target>, renew: bool) -> Result<Listening, Status> {
        use wire::listen_request::TargetChange;
        let requests: Vec<_> = targets
            .into_iter()
            .map(|target| wire::ListenRequest {
                database: self.database.to_string(),
                labels: HashMap::new(),
                target_change: Some(TargetChange::AddTarget(target)),
            })
            .collect();
        // The request stream never ends: the server takes its end for the end of the listener.
        let requests = stream::iter(requests).chain(stream::pending());
        let request = self.request(requests, renew).await?;
        let answer = timeout(LIMIT, self.client.clone().listen(request)).await;
        Ok(answer.map_err(|_| Status::deadline_exceeded("no answer"))??.into_inner())
    }

    /// Counts documents received by listening.
    pub(crate) fn heard(&self, documents: usize) {
        self.counter.read(documents);
    }

    /// A unary call.
    async fn call<Q, A, F>(&self, message: Q, send: F) -> Result<A, Status>
    where
        Q: Clone,
        A: Send + 'static,
        F: Fn(FirestoreClient<Channel>, Request<Q>) -> BoxFuture<'static, Result<Response<A>, Status>>,
    {
        self.repeat(&message, |request| {
            let answer = send(self.client.clone(), request);
            Box::pin(async move { Ok(answer.await?.into_inner()) })
        })
        .await
    }

    /// A call with a finite response stream; repeated as a whole.
    async fn collect<Q, A, F>(&self, message: Q, send: F) -> Result<Vec<A>, Status>
    where
        Q: Clone,
        A: Send + 'static,
        F: Fn(FirestoreClient<Channel>, Request<Q>) -> BoxFuture<'static, Result<Response<Streaming<A>>, Status>>,
    {
        self.repeat(&message, |request| {
            let answer = send(self.client.clone(), request);
            Box::pin(async move { answer.await?.into_inner().try_collect().await })
        })
        .await
    }

    async fn repeat<Q, A, F>(&self, message: &Q, send: F) -> Result<A, Status>
    where
        Q: Clone,
        F: Fn(Request<Q>) -> BoxFuture<'static, Result<A, Status>>,
    {
        let (mut renewed, mut waits) = (false, WAITS.build());
        loop {
            let request = self.request(message.clone(), renewed).await?;
            let answer = timeout(LIMIT, send(request)).await;
            let failure = match answer.unwrap_or_else(|_| Err(Status::deadline_exceeded("no answer"))) {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            match failure.code() {
                Code::Unauthenticated if !renewed => {
                    tracing::debug!("the database wants another token");
                    renewed = true;
                }
                code @ (Code::Unavailable | Code::Unknown) => {
                    let Some(wait) = waits.next() else {
                        tracing::debug!(?code, "the database is not asked again");
                        return Err(failure);
                    };
                    let delay_ms = wait.as_millis();
                    tracing::debug!(?code, delay_ms, "the database is asked again");
                    tokio::time::sleep(wait).await;
                }
                code => {
                    tracing::debug!(?code, "a request to the database fails");
                    return Err(failure);
                }
            }
        }
    }

    /// A request as the user, with a valid token.
    pub(crate) async fn request<Q>(&self, message: Q, renew: bool) -> Result<Request<Q>, Status> {
        let token = self.identity.token(renew).await.map_err(no_token)?;
        let mut request = Request::new(message);
        let header = |text: String| {
            MetadataValue::<Ascii>::try_from(text).map_err(|_| Status::internal("a header that cannot be sent"))
        };
        if let Some(token) = token {
            let mut bearer = header(format!("Bearer {}", token.0))?;
            bearer.set_sensitive(true);
            request.metadata_mut().insert("authorization", bearer);
        }
        request.metadata_mut().insert("google-cloud-resource-prefix", header(self.database.to_string())?);
        request.metadata_mut().insert("x-goog-request-params", header(format!("database={}", self.database))?);
        Ok(request)
    }
}

/// Why there is no token, passed on to [`port_error`](super::port_error). Never a code for which a call is repeated.
fn no_token(error: PortError) -> Status {
    let mut status = Status::cancelled("no token");
    status.set_source(Arc::new(error));
    status
}

/// The name of a count in its response.
const COUNTED: &str = "count";

fn counting(query: wire::StructuredQuery, up_to: usize) -> wire::StructuredAggregationQuery {
    use wire::structured_aggregation_query::aggregation::{Count, Operator};
    use wire::structured_aggregation_query::{Aggregation, QueryType};
    let up_to = Some(i64::try_from(up_to).unwrap_or(i64::MAX));
    let count = Aggregation { alias: COUNTED.to_owned(), operator: Some(Operator::Count(Count { up_to })) };
    wire::StructuredAggregationQuery { aggregations: vec![count], query_type: Some(QueryType::StructuredQuery(query)) }
}

/// A field mask with these fields only.
pub(crate) fn mask(fields: &[&str]) -> wire::DocumentMask {
    wire::DocumentMask { field_paths: fields.iter().map(|&field| field.to_owned()).collect() }
}
