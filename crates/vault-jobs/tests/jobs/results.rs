//! The result of a job, as the test expects its kind.

use vault_jobs::filing::FilingResult;
use vault_jobs::restore::RestoreResult;
use vault_jobs::verify::VerifyResult;
use vault_jobs::{JobResult, JobStatus};

pub(crate) trait Results {
    /// What a drop has come to, once it is filed.
    fn filing(&self) -> Option<FilingResult>;

    fn filed(&self) -> FilingResult;

    fn restored(&self) -> RestoreResult;

    fn verified(&self) -> VerifyResult;
}

impl Results for JobStatus {
    fn filing(&self) -> Option<FilingResult> {
        match self.result {
            Some(JobResult::Filing(result)) => Some(result),
            None => None,
            Some(other) => panic!("this is no drop: {other:?}"),
        }
    }

    fn filed(&self) -> FilingResult {
        self.filing().expect("a result")
    }

    fn restored(&self) -> RestoreResult {
        let Some(JobResult::Restore(result)) = self.result else { panic!("this is no restore: {:?}", self.result) };
        result
    }

    fn verified(&self) -> VerifyResult {
        let Some(JobResult::Verify(result)) = self.result else { panic!("this is no check: {:?}", self.result) };
        result
    }
}
