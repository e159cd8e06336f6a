//! Jobs in progress on this computer, as values a window can show: filing a drop, restoring, checking what is stored.
//!
//! ```text
//! submit ─► Reading ─► Ready ─► InLine ─► Running ─► Finished ─► (retry) InLine …
//!              │         │ file    │          │
//!              └─────────┴─ Paused, Held ─────┘        Cancelled, Failed: from wherever it is not finished
//! ```
//!
//! [`Jobs`] is the registry: it lists jobs, runs each on a task of its own, and notifies an [`Observer`] of every
//! change. Its owner sends requests ([`Jobs::submit`], [`Jobs::pause`], …) and reads the state ([`Jobs::list`]). Each
//! kind of job is a folder with its `Job`, its requests, its result and its report: [`filing`], [`restore`], [`verify`].
//! `ARCHITECTURE.md` describes how to add one. `vault-core` does the work; what must survive is in its journal, so the
//! next program continues where this one ended, however it ended.

pub mod filing;
pub mod restore;
pub mod verify;

mod desired;
mod entry;
mod error;
mod job;
mod jobs;
mod lock;
mod observer;
mod options;
mod passes;
mod registered;
mod registry;
mod report;
mod runner;
mod status;
mod tell;
mod watched;

pub use error::JobError;
pub use jobs::Jobs;
pub use observer::Observer;
pub use options::Options;
pub use registered::{JobKind, JobResult};
pub use report::ReportProblem;
pub use status::{JobId, JobStatus, Phase};
