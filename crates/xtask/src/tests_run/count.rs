//! Counting tests in the output of the programs that run them.

use std::ops::AddAssign;

/// Tests by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    /// Those that ran, passed or not.
    pub(crate) run: u32,
    /// Those that were left out.
    pub(crate) ignored: u32,
}

impl AddAssign for Tests {
    fn add_assign(&mut self, more: Self) {
        self.run += more.run;
        self.ignored += more.ignored;
    }
}

/// Reads cargo's `test result: ok. 12 passed; 0 failed; 1 ignored; …`; any other line counts nothing.
pub(crate) fn by_cargo(line: &str) -> Tests {
    plain(line).strip_prefix("test result: ").map(|counts| count(counts, ';')).unwrap_or_default()
}

/// Reads nextest's `Summary [  12.34s] 995 tests run: 994 passed (2 slow), 1 failed, 40 skipped`; any other line counts
/// nothing. What it calls skipped was not chosen, or belongs to another stage.
pub(crate) fn by_nextest(line: &str) -> Tests {
    let line = plain(line);
    let Some((_, summary)) = line.trim_start().strip_prefix("Summary [").and_then(|rest| rest.split_once("] ")) else {
        return Tests::default();
    };
    // Of a run that was stopped it says `12/995 tests run`.
    let run = summary.split(['/', ' ']).next().and_then(|number| number.parse().ok()).unwrap_or_default();
    Tests { run, ignored: 0 }
}

/// Reads vitest's `Tests  1 failed | 12 passed | 1 skipped (14)`; any other line counts nothing.
pub(crate) fn by_vitest(line: &str) -> Tests {
    plain(line).trim_start().strip_prefix("Tests ").map(|counts| count(counts, '|')).unwrap_or_default()
}

/// Reads a line of the summary of Node's test runner, `ℹ pass 12`; any other line counts nothing.
pub(crate) fn by_node(line: &str) -> Tests {
    let line = plain(line);
    let Some((what, number)) = line.strip_prefix("ℹ ").and_then(|counted| counted.split_once(' ')) else {
        return Tests::default();
    };
    let number = number.parse().unwrap_or_default();
    match what {
        "pass" | "fail" | "cancelled" => Tests { run: number, ignored: 0 },
        "skipped" | "todo" => Tests { run: 0, ignored: number },
        _ => Tests::default(),
    }
}

fn count(counts: &str, separator: char) -> Tests {
    let mut tests = Tests::default();
    for part in counts.split(separator) {
        let words = part.split_whitespace().collect::<Vec<_>>();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u32>() else { continue };
            match pair[1] {
                "passed" | "failed" => tests.run += number,
                "ignored" | "skipped" | "todo" => tests.ignored += number,
                _ => {}
            }
        }
    }
    tests
}

/// The line without its colours.
pub(super) fn plain(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, sequence)) = rest.split_once("\u{1b}[") {
        kept.push_str(before);
        rest = sequence.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, after)| after);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_counts_passed_and_failed_as_run() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.52s";
        assert_eq!(by_cargo(line), Tests { run: 15, ignored: 1 });
        assert_eq!(by_cargo("test model::names_are_kept ... ok"), Tests::default());
    }

    #[test]
    fn nextest_says_how_many_it_ran() {
        let line = "\u{1b}[32m     Summary\u{1b}[0m [   0.013s] 12 tests run: 11 passed (1 slow), 1 failed, 40 skipped";
        assert_eq!(by_nextest(line), Tests { run: 12, ignored: 0 });
        assert_eq!(by_nextest("     Summary [   0.013s] 3/12 tests run: 3 passed"), Tests { run: 3, ignored: 0 });
        assert_eq!(by_nextest("        PASS [   0.005s] vault-core model::names_are_kept"), Tests::default());
    }

    #[test]
    fn node_counts_a_kind_a_line() {
        let summary = [
            "ℹ tests 16",
            "ℹ suites 2",
            "ℹ pass 12",
            "ℹ fail 3",
            "\u{1b}[34mℹ skipped 1\u{1b}[39m",
            "ℹ duration_ms 7.5",
        ];
        let mut tests = Tests::default();
        for line in summary {
            tests += by_node(line);
        }
        assert_eq!(tests, Tests { run: 15, ignored: 1 });
        assert_eq!(by_node("  ✔ a member may: read a client (6.9ms)"), Tests::default());
    }

    #[test]
    fn vitest_is_read_through_its_colours() {
        let line = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m\u{1b}[2m | \u{1b}[22m\u{1b}[32m12 passed\u{1b}[39m (13)";
        assert_eq!(by_vitest(line), Tests { run: 13, ignored: 0 });
        assert_eq!(by_vitest(" Test Files  5 passed (5)"), Tests::default());
    }
}
