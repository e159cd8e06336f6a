//! What a person wants of a work. It is a state, not a message: whoever looks later sees the same.

/// How a work is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Go {
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
pub(crate) struct Wish {
    /// How it is to go on.
    pub(crate) go: Go,
    /// The person said *File*.
    pub(crate) confirmed: bool,
}

impl Wish {
    /// Wants it to go on like this, unless something is wanted that cannot be taken back.
    pub(crate) fn want(&mut self, go: Go) {
        self.go = match (self.go, go) {
            (Go::Leave, _) | (_, Go::Leave) => Go::Leave,
            (Go::Cancel, _) => Go::Cancel,
            (Go::On | Go::Pause, wanted) => wanted,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wanted: &[Go]) -> Go {
        let mut wish = Wish::default();
        for go in wanted {
            wish.want(*go);
        }
        wish.go
    }

    #[test]
    fn a_pause_can_be_taken_back_and_giving_up_cannot() {
        assert_eq!(after(&[Go::Pause, Go::On]), Go::On);
        assert_eq!(after(&[Go::Cancel, Go::On]), Go::Cancel);
        assert_eq!(after(&[Go::Cancel, Go::Pause]), Go::Cancel);
        assert_eq!(after(&[Go::Pause, Go::Cancel]), Go::Cancel);
        assert_eq!(after(&[Go::Cancel, Go::Leave, Go::On]), Go::Leave);
    }
}
