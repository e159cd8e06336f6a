//! What the journal stores about a drop that is not filed yet, and how it may change.

mod pause;

pub use pause::PauseReason;
