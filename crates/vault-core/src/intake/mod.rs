//! Intake: from dropped paths to fingerprints.

mod problem;
mod source;
mod sys;

pub use problem::Problem;
pub use source::{Source, SourceReader};
