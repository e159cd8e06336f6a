//! The requested state of a job. It is a state, not a message: a later reader sees the same value.

/// How a job is to continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Request {
    /// As far as possible.
    #[default]
    On,
    /// Not until the user resumes it.
    Pause,
    /// Cancelled: the rest of it is not done.
    Cancel,
    /// Not in this run of the program.
    Leave,
}

/// The requested state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DesiredState {
    /// How it is to continue.
    pub(crate) go: Request,
    /// The user confirmed that it goes on from where it waits for them: they pressed *File*.
    pub(crate) confirmed: bool,
}

impl DesiredState {
    /// Requests this state, unless a final one was requested before.
    pub(crate) fn request(&mut self, go: Request) {
        self.go = match (self.go, go) {
            (Request::Leave, _) | (_, Request::Leave) => Request::Leave,
            (Request::Cancel, _) => Request::Cancel,
            (Request::On | Request::Pause, wanted) => wanted,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wanted: &[Request]) -> Request {
        let mut desired = DesiredState::default();
        for go in wanted {
            desired.request(*go);
        }
        desired.go
    }

    #[test]
    fn a_pause_can_be_taken_back_and_giving_up_cannot() {
        assert_eq!(after(&[Request::Pause, Request::On]), Request::On);
        assert_eq!(after(&[Request::Cancel, Request::On]), Request::Cancel);
        assert_eq!(after(&[Request::Cancel, Request::Pause]), Request::Cancel);
        assert_eq!(after(&[Request::Pause, Request::Cancel]), Request::Cancel);
        assert_eq!(after(&[Request::Cancel, Request::Leave, Request::On]), Request::Leave);
    }
}
