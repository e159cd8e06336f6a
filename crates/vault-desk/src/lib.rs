//! Work in progress on this computer, as values a window can show: drops from hand-over to their end, restores and
//! checks.
//!
//! ```text
//! take ─► Reading ─► Ready ─► InLine ─► Running ─► Finished ─► (retry) InLine …
//!            │         │ file    │          │
//!            └─────────┴─ Paused, Held ─────┘        Cancelled, Failed: from wherever it is not finished
//! ```
//!
//! A [`Desk`] runs the work and notifies an [`Observer`] of every change; its owner sends requests ([`Desk::take`],
//! [`Desk::pause`], …) and reads the state ([`Desk::works`]). `vault-core` defines a drop and files it; all state is in
//! its journal, so the next desk continues where this one ended, however it ended.

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
