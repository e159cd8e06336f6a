//! All output of this program: answers to stdout, remarks to stderr, and with `--json` one document to stdout and
//! nothing else.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;
use vault_core::{ClockBehind, SystemFault};

use crate::args::Global;
use crate::errors::{Exit, Failure};
use crate::format::{lines, message, moment};
use crate::json;

/// The kind of reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listener {
    Person,
    /// A user who wants only the answer and errors.
    Quiet,
    Program,
}

/// The output of the program. It stops writing, without an error, once the reader is gone.
pub(crate) struct Output {
    listener: Listener,
    /// Whether lists are printed in full.
    pub(crate) verbose: bool,
    stdout: RefCell<BufWriter<Stdout>>,
    /// The error of writing, once it failed.
    broken: Cell<Option<io::ErrorKind>>,
    /// Whether the clock of this computer is behind the recorded times.
    clock: Cell<Option<ClockBehind>>,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        let listener = match (global.json, global.quiet) {
            (true, _) => Listener::Program,
            (false, true) => Listener::Quiet,
            (false, false) => Listener::Person,
        };
        let stdout = RefCell::new(BufWriter::new(io::stdout()));
        Self { listener, verbose: global.verbose, stdout, broken: Cell::new(None), clock: Cell::new(None) }
    }

    /// Whether a program reads stdout.
    pub(crate) fn is_json(&self) -> bool {
        self.listener == Listener::Program
    }

    /// Whether the output is a terminal and the user wants to see progress.
    pub(crate) fn shows_progress(&self) -> bool {
        self.listener == Listener::Person && io::stderr().is_terminal()
    }

    /// A line of the answer.
    pub(crate) fn line(&self, line: impl Display) {
        if self.listener != Listener::Program {
            self.write(|out| writeln!(out, "{}", lines(&line.to_string())));
        }
    }

    /// A line of a report that `quiet` hides.
    pub(crate) fn report(&self, line: impl Display) {
        if self.listener == Listener::Person {
            self.line(line);
        }
    }

    /// A remark on the progress.
    pub(crate) fn note(&self, line: impl Display) {
        if self.listener == Listener::Person {
            self.say(line);
        }
    }

    /// An error that does not end the command.
    pub(crate) fn warn(&self, line: impl Display) {
        self.say(line);
    }

    /// The answer as JSON. It also states whether the clock of this computer is behind the recorded times.
    pub(crate) fn document(&self, document: &impl Serialize) {
        if self.listener != Listener::Program {
            return;
        }
        self.write(|out| {
            match self.clock.get() {
                None => json::write(&mut *out, document)?,
                Some(behind) => {
                    let clock = json::ClockJson::from(behind);
                    json::write(&mut *out, &json::WithClock { document, clock_behind: clock })?;
                }
            }
            writeln!(out)
        });
    }

    /// The clock of this computer is behind the recorded times.
    pub(crate) fn clock_is_behind(&self, behind: ClockBehind) {
        self.clock.set(Some(behind));
        self.warn(format_args!(
            "The clock is at {}, but the newest entry is from {}. Check the date and time of this computer.",
            moment(behind.clock),
            moment(behind.newest)
        ));
    }

    /// The answer in both forms: `document` with `--json`, otherwise the text of `people`.
    pub(crate) fn answer(&self, document: &impl Serialize, people: impl FnOnce()) {
        if self.is_json() { self.document(document) } else { people() }
    }

    /// Prints why the command was not carried out.
    pub(crate) fn failure(&self, failure: &Failure) {
        if self.is_json() {
            self.document(&json::ErrorDocument::from(failure));
        } else {
            self.say(format_args!("strongroom: {}", message(&failure.message)));
        }
    }

    /// A question, answered on the same line.
    pub(crate) fn ask(&self, question: impl Display) {
        self.say_so(format_args!("{question} "));
    }

    /// Prints the requested help or version, formatted for the terminal or for a file.
    pub(crate) fn help(&self, asked_for: &clap::Error) {
        self.write(|_| asked_for.print());
    }

    /// The error for an invalid command line. It names the invalid part.
    pub(crate) fn usage(&self, wrong: &clap::Error) {
        self.say_so(wrong.render());
    }

    /// Finishes the output. An answer that could not be written is an error, unless the reader is gone.
    pub(crate) fn finish(&self, exit: Exit) -> Exit {
        self.write(Write::flush);
        match self.broken.get() {
            None | Some(io::ErrorKind::BrokenPipe) => exit,
            Some(kind) => {
                let why = SystemFault::of(&kind.into());
                self.say(format_args!(
                    "strongroom: The output could not be written: {why}. {} The command's changes remain in effect.",
                    why.help()
                ));
                if exit == Exit::Well { Exit::SomeFailed } else { exit }
            }
        }
    }

    fn write(&self, write: impl FnOnce(&mut BufWriter<Stdout>) -> io::Result<()>) {
        if self.broken.get().is_none()
            && let Err(error) = write(&mut self.stdout.borrow_mut())
        {
            self.broken.set(Some(error.kind()));
        }
    }

    fn say(&self, line: impl Display) {
        self.say_so(format_args!("{line}\n"));
    }

    fn say_so(&self, words: impl Display) {
        self.write(Write::flush);
        let said = write!(io::stderr().lock(), "{}", lines(&words.to_string()));
        if let Err(error) = said
            && self.broken.get().is_none()
        {
            // Only the exit code can report it.
            self.broken.set(Some(error.kind()));
        }
    }
}
