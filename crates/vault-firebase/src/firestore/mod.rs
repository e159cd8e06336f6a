//! Firestore over gRPC, as the signed-in user: the few calls that the vault makes, each with a time limit, a valid
//! token and cost counting.

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
