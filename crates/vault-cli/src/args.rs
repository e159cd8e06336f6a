//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use vault_core::model::Timestamp;

use crate::commands::{
    cancel, changes, clients, completions, diagnostics, file, history, left_out, locate, login, logout, matters, pause,
    preflight, restore, resume, retry, search, show, skip, status, unfiled, verify, workspaces,
};
use crate::errors::{Code, Exit, Failure};
use crate::format;
use crate::output::Output;

/// Examples below the help of a command, with a heading in clap's style.
macro_rules! examples {
    ($($line:literal)+) => {
        concat!("\u{1b}[1m\u{1b}[4mExamples:\u{1b}[0m", $("\n  ", $line,)+)
    };
}
pub(crate) use examples;

/// Parses a maximum number.
///
/// # Errors
/// A sentence, if it is not a whole number from 1.
pub(crate) fn at_least_one(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "must be a whole number, 1 or more".to_owned())
}

/// The document vault for law firms.
#[derive(Debug, Parser)]
#[command(
    name = "strongroom",
    // A fixed name, not the one the program was started under: that may contain anything.
    bin_name = "strongroom",
    version,
    about = "The document vault for law firms",
    long_about = "The document vault for law firms: a folder is filed once, provably, and restored exactly as it was \
                  received.",
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = concat!(
        examples![
            "strongroom matters add --number 2024-001 --title \"ABC Corp: Contract Review\""
            "strongroom preflight ~/Desktop/Box --matter 2024-001    What would filing it do?"
            "strongroom file ~/Desktop/Box --matter 2024-001         File it"
            "strongroom search engagement letter                     Find it again"
            "strongroom restore --batch latest ~/Desktop/Back        Restore it, as received"
        ],
        "\n\n\u{1b}[1m\u{1b}[4mExit codes:\u{1b}[0m",
        "\n  0  success",
        "\n  1  some files failed, or wait, or all were left out; they are listed",
        "\n  2  the command cannot be carried out as given",
        "\n  3  the vault cannot be opened",
    )
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Print one JSON document, and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print only the result and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print lists in full
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    #[arg(long, value_name = "DIR", global = true, help = "The folder the vault is kept in [env: STRONGROOM_HOME]")]
    pub(crate) home: Option<PathBuf>,
    /// Work on the vault of this computer, whichever firm is in use
    #[arg(long, global = true)]
    pub(crate) local: bool,
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help = "Where there is no keychain: the file whose first line is the passphrase [env: STRONGROOM_PASSPHRASE]"
    )]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// The commands; the arguments of each describe it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Preflight(preflight::Args),
    File(file::Args),
    Resume(resume::Args),
    Retry(retry::Args),
    Locate(locate::Args),
    Skip(skip::Args),
    Pause(pause::Args),
    Cancel(cancel::Args),
    Restore(restore::Args),
    History(history::Args),
    Search(search::Args),
    Show(show::Args),
    Matters(matters::Args),
    Clients(clients::Args),
    Changes(changes::Args),
    Status(status::Args),
    Unfiled(unfiled::Args),
    Verify(verify::Args),
    Diagnostics(diagnostics::Args),
    LeftOut(left_out::Args),
    Login(login::Args),
    Logout(logout::Args),
    Firms(workspaces::List),
    Use(workspaces::Use),
    Completions(completions::Args),
}

impl Command {
    /// The name of the command, for the log, without its arguments.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Preflight(_) => "preflight",
            Self::File(_) => "file",
            Self::Resume(_) => "resume",
            Self::Retry(_) => "retry",
            Self::Locate(_) => "locate",
            Self::Skip(_) => "skip",
            Self::Pause(_) => "pause",
            Self::Cancel(_) => "cancel",
            Self::Restore(_) => "restore",
            Self::History(_) => "history",
            Self::Search(_) => "search",
            Self::Show(_) => "show",
            Self::Matters(_) => "matters",
            Self::Clients(_) => "clients",
            Self::Changes(_) => "changes",
            Self::Status(_) => "status",
            Self::Unfiled(_) => "unfiled",
            Self::Verify(_) => "verify",
            Self::Diagnostics(_) => "diagnostics",
            Self::LeftOut(_) => "left-out",
            Self::Login(_) => "login",
            Self::Logout(_) => "logout",
            Self::Firms(_) => "firms",
            Self::Use(_) => "use",
            Self::Completions(_) => "completions",
        }
    }
}

/// A day from the command line: the same in every time zone, stored as its midnight UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) Timestamp);

impl Day {
    /// The day in this time zone.
    pub(crate) fn today() -> Self {
        Self::of(jiff::Zoned::now().date())
    }

    fn of(date: jiff::civil::Date) -> Self {
        Self(Timestamp(format::midnight(date)))
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = text.parse::<jiff::civil::Date>();
        let date = date.map_err(|_| "a date is written like 2024-03-05".to_owned())?;
        // No vault stores other days of the calendar: a firm's begins with the year 1.
        if date.year() < 1 { Err("the year of a date must be from 1 to 9999".to_owned()) } else { Ok(Self::of(date)) }
    }
}

/// A value that can be set, or cleared with `none`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrNone<T>(pub(crate) Option<T>);

impl<T: std::str::FromStr> std::str::FromStr for OrNone<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        if text.eq_ignore_ascii_case("none") { Ok(Self(None)) } else { text.parse().map(|value| Self(Some(value))) }
    }
}

/// Parses the command line; on an error, prints it and returns the exit code.
pub(crate) fn parse() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| {
        let asked_for =
            matches!(error.kind(), clap::error::ErrorKind::DisplayHelp | clap::error::ErrorKind::DisplayVersion);
        let json = !asked_for && std::env::args_os().any(|argument| argument == "--json");
        let output = Output::new(&Global {
            json,
            quiet: false,
            verbose: false,
            home: None,
            local: false,
            passphrase_file: None,
        });
        if json {
            let text = error.render().to_string();
            output.failure(&Failure::new(Code::Usage, text.trim_start_matches("error: ").trim_end()));
        } else if asked_for {
            output.help(&error);
        } else {
            output.usage(&error);
        }
        output.finish(if asked_for { Exit::Well } else { Exit::Usage }).into()
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_definition_is_valid() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_date_is_the_same_day_in_every_time_zone() {
        assert_eq!("2024-03-05".parse(), Ok(Day(Timestamp(1_709_596_800_000))));
        assert!("5.3.2024".parse::<Day>().is_err());
        assert!("0000-12-31".parse::<Day>().is_err() && "-000001-01-01".parse::<Day>().is_err());
        assert!("10000-01-01".parse::<Day>().is_err());
        assert_eq!("none".parse::<OrNone<Day>>(), Ok(OrNone(None)));
    }
}
