//! Firestore over gRPC, as the signed-in user: the handful of calls the vault makes, each with a time limit, a fresh
//! token and a count of what it costs.

mod calls;
mod cost;
mod failure;
mod query;
mod value;

pub(crate) use calls::{Firestore, Listening, Read};
pub use cost::Cost;
pub(crate) use failure::{is_conflict, is_contended, is_denied, port_error};
pub(crate) use query::{Query, reference};
pub(crate) use value::{Doc, Fields, array, bytes, integer, map, milliseconds, moment, none, text, timestamp, whole};

/// The generated types.
pub(crate) use googleapis_tonic_google_firestore_v1::google::firestore::v1 as wire;
