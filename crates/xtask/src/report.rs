//! What `cargo xtask test` says: a heading before each stage, a table after all of them.

use std::fmt;
use std::io::IsTerminal;
use std::time::Duration;

use crate::tests_run::Tests;

/// How one stage ended.
pub(crate) enum Verdict {
    /// As it should be; with tests, if it runs any.
    Passed(Option<Tests>),
    /// Not looked at, and why.
    Skipped(String),
    /// Not as it should be; the output above says more.
    Failed(String),
}

/// One line of the table.
pub(crate) struct Line {
    /// The stage.
    pub(crate) stage: &'static str,
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// How long it took.
    pub(crate) took: Duration,
}

/// The table.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// Adds a line.
    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// The stages that failed.
    pub(crate) fn failed(&self) -> Vec<&'static str> {
        let failed = self.lines.iter().filter(|line| matches!(line.verdict, Verdict::Failed(_)));
        failed.map(|line| line.stage).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tests = Tests::default();
        let mut took = Duration::ZERO;
        writeln!(f, "{:<10}  {:<7}  {:>7}  {:>6}", "stage", "result", "seconds", "tests")?;
        for line in &self.lines {
            took += line.took;
            let (result, count, note) = match &line.verdict {
                Verdict::Passed(Some(counted)) => {
                    tests += *counted;
                    ("passed", counted.run.to_string(), ignored(*counted))
                }
                Verdict::Passed(None) => ("passed", String::new(), String::new()),
                Verdict::Skipped(reason) => ("skipped", String::new(), reason.clone()),
                Verdict::Failed(reason) => ("FAILED", String::new(), reason.clone()),
            };
            let text = format!("{:<10}  {result:<7}  {:>7.1}  {count:>6}  {note}", line.stage, line.took.as_secs_f64());
            writeln!(f, "{}", text.trim_end())?;
        }
        let all =
            format!("{:<10}  {:<7}  {:>7.1}  {:>6}  {}", "all", "", took.as_secs_f64(), tests.run, ignored(tests));
        write!(f, "{}", all.trim_end())
    }
}

fn ignored(tests: Tests) -> String {
    if tests.ignored == 0 { String::new() } else { format!("and {} ignored", tests.ignored) }
}

/// Prints a heading that can be found again in a long output.
pub(crate) fn heading(text: &str) {
    let line = "─".repeat(100_usize.saturating_sub(text.chars().count() + 4));
    if std::io::stdout().is_terminal() {
        println!("\n\u{1b}[1m── {text} {line}\u{1b}[0m");
    } else {
        println!("\n── {text} {line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_stage_and_adds_up() {
        let mut report = Report::default();
        let took = Duration::from_millis(1500);
        report.add(Line { stage: "fmt", verdict: Verdict::Passed(None), took });
        report.add(Line { stage: "test", verdict: Verdict::Passed(Some(Tests { run: 12, ignored: 2 })), took });
        report.add(Line { stage: "ui-test", verdict: Verdict::Passed(Some(Tests { run: 3, ignored: 0 })), took });
        report.add(Line { stage: "cross-mac", verdict: Verdict::Skipped("not Debian".into()), took });
        report.add(Line { stage: "clippy", verdict: Verdict::Failed("`cargo clippy` failed".into()), took });
        let expected = "\
stage       result   seconds   tests
fmt         passed       1.5
test        passed       1.5      12  and 2 ignored
ui-test     passed       1.5       3
cross-mac   skipped      1.5          not Debian
clippy      FAILED       1.5          `cargo clippy` failed
all                      7.5      15  and 2 ignored";
        assert_eq!(report.to_string(), expected);
        assert_eq!(report.failed(), ["clippy"]);
    }
}
