//! Which tests took longest: somebody waits for them.

use std::fmt;

use super::count::plain;

/// How many are named.
const NAMED: usize = 20;

/// The tests that took longest so far.
#[derive(Default)]
pub(super) struct Slowest {
    /// Seconds and name, the longest first.
    tests: Vec<(f64, String)>,
}

impl Slowest {
    /// Reads nextest's `PASS [   0.005s] (12/995) vault-core model::tests::names_are_kept`; any other line is no test.
    pub(super) fn see(&mut self, line: &str) {
        let Some(test) = read(&plain(line)) else { return };
        // A test that failed is named a second time at the end.
        if self.tests.contains(&test) {
            return;
        }
        let place = self.tests.partition_point(|(seconds, _)| *seconds >= test.0);
        self.tests.insert(place, test);
        self.tests.truncate(NAMED);
    }
}

impl fmt::Display for Slowest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The slowest of these tests, in seconds:")?;
        self.tests.iter().try_for_each(|(seconds, name)| write!(f, "\n{seconds:>8.1}  {name}"))
    }
}

fn read(line: &str) -> Option<(f64, String)> {
    let (verdict, rest) = line.trim_start().split_once(" [")?;
    if !["PASS", "FAIL"].contains(&verdict) {
        return None;
    }
    let (seconds, rest) = rest.split_once("s] ")?;
    // The number of the test among all, which older versions do not give.
    let name =
        rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(rest, |(_, name)| name);
    Some((seconds.trim().parse().ok()?, name.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_stand_first_and_each_once() {
        let mut slowest = Slowest::default();
        for line in [
            "        PASS [   0.005s] (1/3) vault-core model::quick",
            "\u{1b}[31m        FAIL\u{1b}[0m [  61.250s] (2/3) vault-cli::kills many",
            "        SLOW [> 60.000s] (───) vault-cli::kills many",
            "        PASS [   2.000s] vault-store::store search::long",
            "        FAIL [  61.250s] (2/3) vault-cli::kills many",
            "     Summary [  63.000s] 3 tests run: 2 passed, 1 failed, 0 skipped",
        ] {
            slowest.see(line);
        }
        let expected = "The slowest of these tests, in seconds:
    61.2  vault-cli::kills many
     2.0  vault-store::store search::long
     0.0  vault-core model::quick";
        assert_eq!(slowest.to_string(), expected);
    }
}
