//! What a person wants of a work. It is a state, not a message: whoever looks later sees the same.

/// How a work is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Request {
    /// As far as it goes.
    #[default]
    On,
    /// Not until the person says so.
    Pause,
    /// Not at all; what is left of it is given up.
    Cancel,
    /// Not in this run of the program.
    Leave,
}

/// What is wanted of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DesiredState {
    /// How it is to go on.
    pub(crate) go: Request,
    /// The person said *File*.
    pub(crate) confirmed: bool,
}

impl DesiredState {
    /// Wants it to go on like this, unless something is wanted that cannot be taken back.
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
