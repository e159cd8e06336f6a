//! Which tests failed: the table at the end names them, thousands of lines below what they said.

use super::count::plain;

/// The name of a test that failed, read from a line of cargo, nextest, vitest or Node's test runner.
pub(super) fn name(line: &str) -> Option<String> {
    let line = plain(line);
    let line = line.trim();
    let by_cargo = || line.strip_prefix("test ")?.strip_suffix(" ... FAILED");
    // `FAIL [   0.005s] (12/995) vault-core model::names_are_kept`, and words like TIMEOUT and SIGABRT.
    let by_nextest = || {
        let (verdict, rest) = line.split_once(" [")?;
        let failed = ["FAIL", "TIMEOUT", "ABORT", "XFAIL"].contains(&verdict) || verdict.starts_with("SIG");
        let (_, rest) = rest.split_once("s] ").filter(|_| failed)?;
        Some(rest.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(rest, |(_, name)| name))
    };
    let by_vitest = || line.strip_prefix("FAIL  ");
    let by_node = || line.strip_prefix("✖ ").filter(|name| *name != "failing tests:");
    let found = by_cargo().or_else(by_nextest).or_else(by_vitest).or_else(by_node)?;
    Some(found.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_read_whoever_prints_it() {
        let failed = [
            ("test queue::order ... FAILED", "queue::order"),
            ("\u{1b}[31m        FAIL\u{1b}[0m [   0.250s] (2/3) vault-cli::kills many", "vault-cli::kills many"),
            ("     SIGABRT [   0.250s] (─────) vault-core trees", "vault-core trees"),
            (" FAIL  tests/rows.test.ts > rows > stay", "tests/rows.test.ts > rows > stay"),
            ("  ✖ a stranger may not: read a client (6.9ms)", "a stranger may not: read a client (6.9ms)"),
        ];
        for (line, expected) in failed {
            assert_eq!(name(line).as_deref(), Some(expected));
        }
        for line in
            ["test queue::order ... ok", "        PASS [   0.005s] vault-core trees", "✖ failing tests:", "FAILED"]
        {
            assert_eq!(name(line), None, "{line}");
        }
    }
}
