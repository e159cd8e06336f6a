//! What is under way on this computer, as values a window can show: drops from the moment they are handed over to their
//! end, restores and checks.
//!
//! ```text
//! take ─► Reading ─► Ready ─► InLine ─► Running ─► Finished ─► (retry) InLine …
//!            │         │ file    │          │
//!            └─────────┴─ Paused, Held ─────┘        Cancelled, Failed: from wherever it is not finished
//! ```
//!
//! A [`Desk`] does the work by itself and tells an [`Observer`] of every change; whoever holds it asks for things
//! ([`Desk::take`], [`Desk::pause`], …) and looks ([`Desk::works`]). What a drop is and how it is filed is `vault-core`'s;
//! what is kept is kept in its journal, so that a desk that ends, however it ends, is gone on with by the next one.

mod desired;
mod desk;
mod error;
mod filing;
mod lists;
mod numbers;
mod observer;
mod options;
mod problems;
mod report;
mod restore_verify;
mod right;
mod runner;
mod shared;
mod shown;
mod single;
mod tell;
mod work;

pub use desk::Desk;
pub use error::DeskError;
pub use lists::{Found, PreflightList, PreflightRow, ProblemRow, QueueRow, QueueState};
pub use observer::Observer;
pub use options::Options;
pub use report::{Report, ReportProblem};
pub use work::{Phase, Planned, Work, WorkId, WorkKind, WorkResult};
