//! What has to hold for our workflows, read line by line: enough for files that are laid out as ours are. Whoever hides
//! something in another layout of YAML is found by zizmor, which reads it all.

use std::fs;
use std::path::Path;

use anyhow::Result;

/// Everything in the workflows of a folder that is against the rules, a line each.
///
/// # Errors
/// When they cannot be read.
pub(super) fn complaints(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut workflows = super::files(folder)?;
    workflows.sort();
    for workflow in workflows {
        let name = workflow.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.extend(in_workflow(&fs::read_to_string(&workflow)?).into_iter().map(|said| format!("{name}:{said}")));
    }
    Ok(found)
}

/// A job, or what stands before and between the jobs.
#[derive(Default)]
struct Part<'a> {
    lines: Vec<(usize, &'a str)>,
    /// Whether it runs in an environment that GitHub protects, where the keys are.
    protected: bool,
}

/// What is against the rules in one workflow: `line: what`.
fn in_workflow(text: &str) -> Vec<String> {
    let parts = parts(text);
    let keeps_keys = parts.iter().any(|part| part.protected);
    let mut found = Vec::new();
    if !text.lines().any(|line| line == "permissions: {}") {
        found.push((1, "`permissions: {}` has to stand on top, so that each job says what it needs"));
    }
    for part in &parts {
        let mut run = None;
        for (number, line) in &part.lines {
            let mut complain = |complaint| found.push((*number, complaint));
            if shell(&mut run, line) {
                if line.contains("${{") {
                    complain("a shell gets values in its environment, never by `${{ }}`");
                }
            } else if line.contains("uses") && !is_pinned(line) {
                complain(
                    "an action is named by a whole commit, with its version behind it: `uses: a/b@<40 digits> # v1.2.3`",
                );
            }
            if !part.protected && line.contains("secrets") {
                complain("secrets are for a job with an `environment:`");
            }
            if !part.protected && (line.contains("id-token:") || line.contains("attestations:")) {
                complain("an identity and attestations are for a job with an `environment:`");
            }
            if part.protected && line.contains("cargo") {
                complain("a job that has keys compiles nothing");
            }
            if keeps_keys && line.to_lowercase().contains("cache") {
                complain("what is released comes from no cache");
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(number, complaint)| format!("{number}: {complaint}")).collect()
}

/// The lines of a workflow without its comments: first what belongs to no job, then each job.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = vec![Part::default()];
    let mut in_jobs = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if indentation(line) == 0 {
            in_jobs = line.starts_with("jobs:");
        }
        if in_jobs && indentation(line) == 2 {
            parts.push(Part::default());
        }
        let part = if in_jobs { parts.last_mut() } else { parts.first_mut() };
        if let Some(part) = part {
            part.protected |= in_jobs && indentation(line) == 4 && line.trim_start().starts_with("environment:");
            part.lines.push((index + 1, line));
        }
    }
    parts
}

/// Whether a line is for a shell: what stands behind `run:`, and what is indented more below it.
fn shell(run: &mut Option<usize>, line: &str) -> bool {
    let (before, key) = match line.trim_start().strip_prefix("- ") {
        Some(rest) => (indentation(line) + 2, rest.trim_start()),
        None => (indentation(line), line.trim_start()),
    };
    if run.is_some_and(|column| indentation(line) > column) {
        return true;
    }
    // `defaults:` has a `run:` as well, with nothing for a shell in it.
    *run = (key.starts_with("run:") && key != "run:").then_some(before);
    run.is_some()
}

/// Whether a line names an action as we want it.
fn is_pinned(line: &str) -> bool {
    let value = line.trim_start().trim_start_matches("- ").strip_prefix("uses: ");
    let Some((action, version)) = value.and_then(|value| value.split_once(" # v")) else { return false };
    let commit = action.split_once('@').map_or("", |(_, commit)| commit);
    commit.len() == 40
        && commit.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && version.split('.').count() == 3
        && version.split('.').all(|number| number.parse::<u32>().is_ok())
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
# secrets are kept in the environment, uses: nothing
on: push
permissions: {}
defaults:
  run:
    shell: bash
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - env:
          NAME: ${{ matrix.name }}
        run: |
          cargo build
          echo \"$NAME\"
      - name: after the shell ${{ matrix.name }}
        if: always()
  sign:
    environment: release
    permissions:
      id-token: write
    steps:
      - run: .ci/sign
        env:
          KEY: ${{ secrets.KEY }}
";

    #[test]
    fn our_workflows_follow_our_rules() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/workflows");
        assert_eq!(complaints(&folder).expect("workflows"), Vec::<String>::new());
        // What would hold for a release that nobody protects, too.
        let release = fs::read_to_string(folder.join("release.yml")).expect("the release");
        assert_eq!(parts(&release).iter().filter(|part| part.protected).count(), 1, "one job has the keys");
    }

    #[test]
    fn what_is_against_a_rule_is_found() {
        assert_eq!(in_workflow(GOOD), Vec::<String>::new());
        let commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
        for (before, after, line, complaint) in [
            ("permissions: {}", "permissions: read-all", 1, "on top"),
            (commit, "v7.0.1", 11, "whole commit"),
            (commit, &commit[..39], 11, "whole commit"),
            (" # v7.0.1", "", 11, "whole commit"),
            ("uses: actions", "\"uses\": actions", 11, "whole commit"),
            ("\"$NAME\"", "${{ matrix.name }}", 16, "environment, never by"),
            ("run: .ci/sign", "run: .ci/sign ${{ inputs.key }}", 24, "environment, never by"),
            ("${{ matrix.name }}\n        run", "${{ secrets['KEY'] }}\n        run", 13, "secrets are for a job"),
            ("on: push", "env: {KEY: '${{ secrets.KEY }}'}", 2, "secrets are for a job"),
            ("    environment: release\n", "", 25, "secrets are for a job"),
            ("    runs-on: ubuntu-24.04", "    permissions: {id-token: write}", 9, "an identity"),
            ("run: .ci/sign", "run: cargo install signer", 24, "compiles nothing"),
            ("if: always()", "with: {cache: npm}", 18, "no cache"),
        ] {
            let text = GOOD.replace(before, after);
            assert_ne!(text, GOOD, "{before}");
            let found = in_workflow(&text);
            let wanted = format!("{line}: ");
            assert!(
                found.iter().any(|said| said.starts_with(&wanted) && said.contains(complaint)),
                "{before} → {after}: {found:?}"
            );
        }
    }
}
