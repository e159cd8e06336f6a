//! The stages of `cargo xtask test`, in the order they run: the quick ones first.

use anyhow::Result;

use crate::cross::{self, Os};
use crate::setup::Group;
use crate::sh::{self, Sh};
use crate::tests_run::{self, Tests};
use crate::{deny, firm, rules, ui, window, workflows};

/// One thing that is checked.
pub(crate) struct Stage {
    /// What it is called on the command line: `ui-lint` is also chosen by `ui`.
    pub(crate) name: &'static str,
    /// What it looks at.
    pub(crate) title: &'static str,
    /// What has to be installed for it.
    pub(crate) needs: &'static [Group],
    /// Looks.
    pub(crate) check: fn(&Sh) -> Result<Outcome>,
}

/// How a stage ended that did not fail.
pub(crate) enum Outcome {
    /// Everything is as it should be.
    Passed,
    /// Everything is as it should be, and so many tests say so.
    PassedTests(Tests),
    /// It could not look, and why.
    Skipped(String),
}

const RUST: &[Group] = &[Group::Compile, Group::Window];
const PAGE: &[Group] = &[Group::Window];

/// Every stage.
pub(crate) const ALL: &[Stage] = &[
    Stage { name: "fmt", title: "layout of the Rust code", needs: &[], check: fmt },
    Stage {
        name: "workflows",
        title: "lints of the workflows and their scripts",
        needs: &[Group::Lint],
        check: workflows,
    },
    Stage { name: "ui-format", title: "layout of the page's code", needs: PAGE, check: |sh| npm(sh, "format:check") },
    Stage { name: "ui-lint", title: "lints of the page", needs: PAGE, check: |sh| npm(sh, "lint") },
    Stage { name: "ui-types", title: "types of the page", needs: PAGE, check: |sh| npm(sh, "check") },
    Stage { name: "ui-test", title: "tests of the page", needs: PAGE, check: |sh| ui_test(sh, "test") },
    Stage { name: "ui-build", title: "the page, built", needs: PAGE, check: |sh| npm(sh, "build") },
    Stage { name: "clippy", title: "lints of the Rust code", needs: RUST, check: clippy },
    Stage {
        name: "test",
        title: "tests of the Rust code",
        needs: &[Group::Compile, Group::Window, Group::Test],
        check: test,
    },
    Stage {
        name: "kills",
        title: "the program, killed while it files and restores",
        needs: &[Group::Compile, Group::Window, Group::Test],
        check: kills,
    },
    Stage {
        name: "ui-browser",
        title: "the page in a browser: accessible, by keyboard, at length",
        needs: &[Group::Window, Group::Desktop],
        check: |sh| ui_test(sh, "test:browser"),
    },
    Stage {
        name: "window",
        title: "journeys through the window, installed from its package",
        needs: &[Group::Compile, Group::Window, Group::Desktop, Group::Emulators],
        check: window,
    },
    Stage {
        name: "rules",
        title: "rules of the firm's vault, on the emulators",
        needs: &[Group::Emulators],
        check: |sh| Ok(Outcome::PassedTests(rules::check(sh)?)),
    },
    Stage {
        name: "firm",
        title: "the firm's vault, on the emulators",
        needs: &[Group::Compile, Group::Emulators, Group::Desktop, Group::Test],
        check: |sh| Ok(Outcome::PassedTests(firm::check(sh)?)),
    },
    Stage { name: "deny", title: "licences and sources of dependencies", needs: &[Group::Compile], check: deny },
    Stage { name: "cross-win", title: "types for Windows", needs: &[Group::Cross], check: |sh| types(sh, Os::Win) },
    Stage { name: "cross-mac", title: "types for macOS", needs: &[Group::Cross], check: |sh| types(sh, Os::Mac) },
];

/// The stages of `cargo xtask test --quick`, for while one works.
const QUICK: [&str; 8] = ["fmt", "workflows", "ui-format", "ui-lint", "ui-types", "ui-test", "clippy", "test"];

impl Stage {
    /// Whether it is looked at while one works.
    pub(crate) fn is_quick(&self) -> bool {
        QUICK.contains(&self.name)
    }

    /// Whether a name on the command line means this stage.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.name.split_once('-').is_some_and(|(group, _)| group == name)
    }
}

/// Accepts a name that means a stage.
///
/// # Errors
/// When there is none; the message names them all.
pub(crate) fn known(name: &str) -> Result<String, String> {
    if ALL.iter().any(|stage| stage.is_called(name)) {
        return Ok(name.to_owned());
    }
    let names = ALL.iter().map(|stage| stage.name).collect::<Vec<_>>();
    Err(format!("the stages are {}; `ui` and `cross` mean all of theirs", names.join(", ")))
}

fn fmt(sh: &Sh) -> Result<Outcome> {
    sh::run(sh.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Outcome::Passed)
}

fn workflows(sh: &Sh) -> Result<Outcome> {
    Ok(match workflows::check(sh)? {
        Ok(()) => Outcome::Passed,
        Err(reason) => Outcome::Skipped(reason),
    })
}

fn clippy(sh: &Sh) -> Result<Outcome> {
    sh::run(sh.cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        tests_run::EVERY_TEST,
        "--",
        "-D",
        "warnings",
    ]))?;
    Ok(Outcome::Passed)
}

fn test(sh: &Sh) -> Result<Outcome> {
    Ok(Outcome::PassedTests(tests_run::everything(sh)?))
}

fn kills(sh: &Sh) -> Result<Outcome> {
    Ok(Outcome::PassedTests(tests_run::run(&mut tests_run::targets(sh, &["kills"]), tests_run::by_cargo)?))
}

fn window(sh: &Sh) -> Result<Outcome> {
    Ok(match window::check(sh)? {
        Ok(tests) => Outcome::PassedTests(tests),
        Err(reason) => Outcome::Skipped(reason),
    })
}

fn deny(sh: &Sh) -> Result<Outcome> {
    deny::check(sh)?;
    Ok(Outcome::Passed)
}

fn npm(sh: &Sh, script: &str) -> Result<Outcome> {
    sh::run(&mut ui::script(sh, script)?)?;
    Ok(Outcome::Passed)
}

fn ui_test(sh: &Sh, script: &str) -> Result<Outcome> {
    Ok(Outcome::PassedTests(tests_run::run(&mut ui::script(sh, script)?, tests_run::by_vitest)?))
}

fn types(sh: &Sh, os: Os) -> Result<Outcome> {
    Ok(match cross::check(sh, os)? {
        Ok(()) => Outcome::Passed,
        Err(reason) => Outcome::Skipped(reason),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_called_by_its_name_or_by_its_group() {
        let named = |name| ALL.iter().filter(|stage| stage.is_called(name)).map(|stage| stage.name).collect::<Vec<_>>();
        assert_eq!(named("test"), ["test"]);
        assert_eq!(named("cross"), ["cross-win", "cross-mac"]);
        assert_eq!(named("ui-lint"), ["ui-lint"]);
        assert!(known("ui").is_ok());
        assert!(known("everything").is_err_and(|message| message.contains("clippy")));
    }
}
