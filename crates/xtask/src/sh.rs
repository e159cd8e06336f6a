//! Running other programs, from the root of the project, seen by the person who waits.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Where the project is and where it builds.
pub(crate) struct Sh {
    root: PathBuf,
    target: PathBuf,
}

impl Sh {
    /// Finds the project around this program.
    ///
    /// # Errors
    /// When the current directory cannot be read.
    pub(crate) fn new() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("crates/xtask is not where it was built")?
            .to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(elsewhere) => std::path::absolute(elsewhere)?,
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The root of the project.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The directory Cargo builds in.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// A program to be started at the root. What `cargo run` told *this* program about its own package is left out:
    /// it would make Cargo build things anew.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The Cargo that started this program.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }
}

/// A program as it would be typed, for headings and messages.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A program and what it was asked to do, without the details: those were shown when it started.
fn named(command: &Command) -> String {
    shown(command).split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Runs a program to its end; its output goes to the terminal.
///
/// # Errors
/// When it cannot be started, or ends with a failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    ensure!(status.success(), "`{}` failed ({status})", named(command));
    Ok(())
}

/// Runs a program to its end; what it prints goes to the terminal, and each line of it to `see` as well.
///
/// # Errors
/// When it cannot be started, or ends with a failure.
pub(crate) fn run_seeing(command: &mut Command, mut see: impl FnMut(&str)) -> Result<()> {
    println!("$ {}", shown(command));
    // Both in one pipe: nextest speaks on standard error, cargo's tests on standard output.
    let (output, input) = io::pipe()?;
    command.stdout(input.try_clone()?).stderr(input);
    let mut child = command.spawn().with_context(|| format!("cannot start `{}`", shown(command)))?;
    // This program's own ends of the pipe are closed, so that it ends with the other program.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        see(&line);
    }
    let status = child.wait()?;
    ensure!(status.success(), "`{}` failed ({status})", named(command));
    Ok(())
}

/// Runs a program quietly and returns what it printed.
///
/// # Errors
/// When it cannot be started, or ends with a failure; the message holds what it said.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` failed: {}", shown(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be started: `program --version` succeeds.
pub(crate) fn exists(program: impl AsRef<OsStr>) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}
