//! `strongroom completions`: commands completed by the shell.

use clap::CommandFactory as _;
use clap_complete::Shell;
use serde::Serialize;

use crate::args::{Cli, examples};
use crate::errors::Exit;
use crate::session::Session;

/// Print a script that completes commands in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom completions bash > ~/.local/share/bash-completion/completions/strongroom"
    "strongroom completions zsh > ~/.zfunc/_strongroom"
    "strongroom completions fish > ~/.config/fish/completions/strongroom.fish"
    "strongroom completions powershell >> $PROFILE"
])]
pub(crate) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Serialize)]
struct CompletionsJson {
    shell: String,
    script: String,
}

/// Performs the command.
pub(super) fn run(session: &Session<'_>, args: &Args) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "strongroom", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let document = CompletionsJson { shell: args.shell.to_string(), script };
    session.output.answer(&document, || session.output.line(document.script.trim_end()));
    Exit::Well
}
