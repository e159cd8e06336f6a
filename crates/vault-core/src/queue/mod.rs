//! What the journal keeps of a drop that is not filed yet, and what may change of it.

mod pause;

pub use pause::PauseReason;
