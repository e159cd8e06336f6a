//! The kinds of jobs. A new one is registered here, and nowhere else in this crate.

use vault_core::ports::PortError;

use crate::job::Job;
use crate::jobs::Jobs;

/// Registers each kind with its job and the type of its result.
macro_rules! jobs {
    ($($(#[$doc:meta])* $kind:ident: $job:ty => $result:ty;)+) => {
        /// The kind of a job.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum JobKind {
            $($(#[$doc])* $kind,)+
        }

        /// What a job has done so far; each kind states it in its own words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum JobResult {
            $($(#[$doc])* $kind($result),)+
        }

        $(impl From<$result> for JobResult {
            fn from(result: $result) -> Self {
                Self::$kind(result)
            }
        })+

        /// Lists what earlier runs of the program left, kind by kind.
        pub(crate) async fn take_up(jobs: &Jobs) -> Result<(), PortError> {
            $(<$job as Job>::take_up(jobs).await?;)+
            Ok(())
        }
    };
}

jobs! {
    /// Filing a drop.
    Filing: crate::filing::FilingJob => crate::filing::FilingResult;
    /// Giving something back.
    Restore: crate::restore::RestoreJob => crate::restore::RestoreResult;
    /// Checking the stored content.
    Verify: crate::verify::VerifyJob => crate::verify::VerifyResult;
}
