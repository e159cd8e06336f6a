//! The log of what the programs do, in the folder of the vault.
//!
//! Events are in the code where something happens, with ids and counts only; see
//! `docs/adr/0039-what-is-logged.md`. Every line is one append to the file of this kind of program and this day, so
//! several programs can write at once, and nothing is ever renamed under another one. What libraries log is left out:
//! it may contain addresses and names. A log that cannot be written stops nothing.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use vault_core::{private, small_file};

use crate::home::Home;

/// The environment variable that names the level: `off`, `error`, `warn`, `info`, `debug` or `trace`.
const VARIABLE: &str = "STRONGROOM_LOG";

/// How many files of each kind of program are kept.
const KEPT: usize = 7;

/// The length in bytes after which the next file of the day begins.
const LARGEST: u64 = 2 * 1024 * 1024;

/// Larger than any file of the log, also one that another version wrote.
const MOST_BYTES: u64 = 16 * LARGEST;

/// How many bytes are kept in memory until the folder is known.
const EARLY: usize = 64 * 1024;

/// The beginnings of the names of our own crates. Libraries may log addresses, statements and names.
const OURS: [&str; 2] = ["vault_", "strongroom"];

/// The kinds of program that write a log, each its own files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The window.
    Window,
    /// The command line.
    CommandLine,
}

impl Program {
    const fn name(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::CommandLine => "command-line",
        }
    }

    /// The file of this program for a part of a day, as in `window.2026-03-05.1.log`.
    fn file(self, day: &str, part: u32) -> String {
        format!("{}.{day}.{part}.log", self.name())
    }

    /// Day and part of a file of this program, by its name.
    fn part_of(self, file: &str) -> Option<(String, u32)> {
        let (day, part) = file.strip_prefix(self.name())?.strip_prefix('.')?.strip_suffix(".log")?.split_once('.')?;
        let is_day = day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
        Some((day.to_owned(), part.parse().ok()?)).filter(|_| is_day)
    }

    /// The files of this program in the folder, oldest first. A day that is still to come is from a clock that was
    /// wrong, and counts as the oldest.
    fn files(self, folder: &Path) -> Vec<(String, u32)> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries.filter_map(|entry| self.part_of(entry.file_name().to_str()?)).collect();
        let now = day_of(jiff::Timestamp::now());
        files.sort_by(|one, other| ((one.0 <= now), one).cmp(&((other.0 <= now), other)));
        files
    }
}

/// The day in UTC, as in the name of a file.
fn day_of(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

/// The log of one program. Until [`keep_in`](Self::keep_in), its lines are kept in memory.
#[derive(Clone)]
pub struct Log(Arc<Mutex<Writing>>);

struct Writing {
    program: Program,
    /// The folder of the log, once it is known.
    folder: Option<PathBuf>,
    /// Lines from before that.
    early: Vec<u8>,
    open: Option<Open>,
    /// The last line may be there in part.
    torn: bool,
}

/// The file of the log that is being written.
struct Open {
    file: File,
    day: String,
    /// Its length, as far as this program knows.
    length: u64,
}

impl Log {
    /// A log that receives nothing until it is [started](Self::start) or its [`layer`](Self::layer) is used.
    pub fn of(program: Program) -> Self {
        Self(Arc::new(Mutex::new(Writing { program, folder: None, early: Vec::new(), open: None, torn: false })))
    }

    /// Receives the events of this process from now on, unless something else receives them already.
    pub fn start(program: Program) -> Self {
        let log = Self::of(program);
        if tracing_subscriber::registry().with(log.layer()).try_init().is_ok() {
            log_panics();
        }
        log
    }

    /// Receives our own events of the level in `STRONGROOM_LOG`; `info` if it names none.
    pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>(&self) -> impl Layer<S> + use<S> {
        let level = std::env::var(VARIABLE).ok().and_then(|level| level.trim().parse().ok());
        self.layer_of(level.unwrap_or(LevelFilter::INFO))
    }

    fn layer_of<S: Subscriber + for<'span> LookupSpan<'span>>(&self, level: LevelFilter) -> impl Layer<S> + use<S> {
        let ours = OURS.iter().fold(Targets::new(), |targets, name| targets.with_target(*name, level));
        let lines =
            tracing_subscriber::fmt::layer().with_ansi(false).with_writer(self.clone()).log_internal_errors(false);
        lines.with_filter(ours)
    }

    /// Writes to the folder of this home from now on. It must have been [made](Home::make): a folder that is refused as
    /// a home gets no log either.
    pub fn keep_in(&self, home: &Home) {
        let folder = home.logs();
        self.write(|writing| {
            if writing.folder.as_ref() != Some(&folder) {
                writing.folder = Some(folder);
                writing.open = None;
                let early = std::mem::take(&mut writing.early);
                if !early.is_empty() {
                    writing.append_or_drop(&early);
                }
            }
        });
    }

    /// Runs `write`, unless this thread is in it already: opening a file may be an event itself.
    fn write(&self, write: impl FnOnce(&mut Writing)) {
        thread_local! {
            static WRITES: Cell<bool> = const { Cell::new(false) };
        }
        if !WRITES.replace(true) {
            write(&mut self.0.lock());
            WRITES.set(false);
        }
    }
}

impl Writing {
    /// A line that cannot be written is lost.
    fn append_or_drop(&mut self, line: &[u8]) {
        if self.append(line).is_err() {
            self.open = None;
        }
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            if self.early.len() + line.len() <= EARLY {
                self.early.extend_from_slice(line);
            }
            return Ok(());
        };
        let day = day_of(jiff::Timestamp::now());
        let open = match self.open.take() {
            Some(open) if open.day == day && open.length < LARGEST => open,
            _ => open(folder, self.program, day)?,
        };
        let open = self.open.insert(open);
        open.length += line.len() as u64;
        if std::mem::take(&mut self.torn) {
            open.file.write_all(b"\n")?;
        }
        let written = open.file.write_all(line);
        self.torn = written.is_err();
        written
    }
}

/// Opens the last file of the day, or begins the next one and removes the oldest.
fn open(folder: &Path, program: Program, day: String) -> io::Result<Open> {
    // A home that is gone, as its drive was unplugged, is not made again in its place.
    if !folder.parent().is_some_and(Path::is_dir) {
        return Err(io::ErrorKind::NotFound.into());
    }
    // A home may come from somebody else: a link in it could lead to a folder that is not the log's.
    if fs::symlink_metadata(folder).is_ok_and(|found| !found.is_dir()) {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    private::folder(folder)?;
    let files = program.files(folder);
    let last = files.iter().rev().find(|(of, _)| *of == day).map(|(_, part)| *part);
    if let Some(part) = last {
        let file = private::append(&folder.join(program.file(&day, part)))?;
        let length = file.metadata()?.len();
        if length < LARGEST {
            return Ok(Open { file, day, length });
        }
    }
    let file = private::append(&folder.join(program.file(&day, last.unwrap_or(0).saturating_add(1))))?;
    for (day, part) in files.iter().rev().skip(KEPT - 1) {
        // Another program may have removed it.
        let _ = fs::remove_file(folder.join(program.file(day, *part)));
    }
    Ok(Open { file, day, length: 0 })
}

/// Logs from now on where a panic happened, and not its message, which may contain names.
pub fn log_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|place| (place.file(), place.line()));
        let (file, line) = place.unwrap_or(("unknown", 0));
        tracing::error!(file = without_registry(file), line, "a panic");
        before(info);
    }));
}

/// The path of a source without the folder in which a library was compiled, which may name a user.
fn without_registry(file: &str) -> &str {
    let folders = ["/registry/src/", r"\registry\src\"];
    folders.iter().find_map(|folder| file.split_once(folder)).map_or(file, |(_, path)| path)
}

/// Appends each event as a whole.
pub struct Appending(Log);

impl Write for Appending {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write(|writing| writing.append_or_drop(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Appending;

    fn make_writer(&'a self) -> Appending {
        Appending(self.clone())
    }
}

impl Home {
    /// The folder of the log.
    pub fn logs(&self) -> PathBuf {
        self.folder().join("logs")
    }

    /// The last lines of the logs of all programs, oldest first.
    pub(crate) fn last_log_lines(&self, most: usize) -> Vec<String> {
        let folder = self.logs();
        let mut lines = Vec::new();
        for program in [Program::Window, Program::CommandLine] {
            let (files, before) = (program.files(&folder), lines.len());
            for (day, part) in files.iter().rev() {
                let file = folder.join(program.file(day, *part));
                // A link may lead to a file that is not a log.
                if fs::symlink_metadata(&file).is_ok_and(|found| found.is_symlink()) {
                    continue;
                }
                let read = small_file::read(&file, MOST_BYTES).unwrap_or_default();
                let text = String::from_utf8_lossy(&read);
                lines.extend(text.lines().rev().take(most - (lines.len() - before)).map(str::to_owned));
                if lines.len() - before == most {
                    break;
                }
            }
        }
        // Here the lines of each program stand newest first.
        lines.reverse();
        lines.sort_by(|one, other| time(one).cmp(time(other)));
        lines.split_off(lines.len().saturating_sub(most))
    }
}

/// The time that a line begins with.
fn time(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let place = tempfile::tempdir().expect("a folder");
        let home = Home::find(Some(&place.path().join("home"))).expect("a home");
        home.make().expect("made");
        (place, home)
    }

    fn files(home: &Home) -> Vec<PathBuf> {
        let mut files: Vec<_> =
            fs::read_dir(home.logs()).into_iter().flatten().map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files
    }

    fn line(log: &Log, line: &str) {
        log.make_writer().write_all(format!("{line}\n").as_bytes()).expect("a log never fails");
    }

    #[test]
    fn events_of_ours_are_kept_and_those_of_libraries_are_not() {
        let (_place, home) = home();
        let log = Log::of(Program::CommandLine);
        let subscriber = tracing_subscriber::registry().with(log.layer_of(LevelFilter::DEBUG));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(files = 3, "early");
            log.keep_in(&home);
            tracing::debug!(target: "vault_core::filing", "of ours");
            tracing::trace!("too much");
            tracing::error!(target: "sqlx::query", "SELECT");
            tracing::error!(target: "reqwest", "https://example.com/?token=1");
        });
        let lines = home.last_log_lines(10);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].ends_with(" INFO vault_home::log::tests: early files=3"), "{lines:?}");
        assert!(lines[1].ends_with("DEBUG vault_core::filing: of ours"), "{lines:?}");
    }

    #[test]
    fn lines_of_several_writers_stay_whole() {
        let (_place, home) = home();
        let rest = "x".repeat(300);
        thread::scope(|scope| {
            for writer in 0..4 {
                let (home, rest) = (&home, &rest);
                scope.spawn(move || {
                    // As another process would, each has the file open by itself.
                    let log = Log::of(Program::CommandLine);
                    log.keep_in(home);
                    (0..200).for_each(|at| line(&log, &format!("{writer}-{at} {rest}")));
                });
            }
        });
        let text: String = files(&home).iter().map(|file| fs::read_to_string(file).expect("text")).collect();
        assert_eq!(text.lines().count(), 800);
        assert!(text.lines().all(|line| line.ends_with(&format!(" {rest}")) && line.len() < 310));
    }

    #[test]
    fn a_full_file_is_followed_by_another_and_the_oldest_go() {
        let (_place, home) = home();
        private::folder(&home.logs()).expect("made");
        for day in 1..=9 {
            fs::write(home.logs().join(format!("window.2001-01-0{day}.1.log")), "old\n").expect("written");
        }
        fs::write(home.logs().join("command-line.2001-01-01.1.log"), "another program\n").expect("written");
        fs::write(home.logs().join("window notes.txt"), "of the user").expect("written");
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        let half = "y".repeat(usize::try_from(LARGEST / 2).expect("it fits"));
        for _ in 0..5 {
            line(&log, &half);
        }
        let names = Program::Window.files(&home.logs());
        assert_eq!(names.len(), KEPT, "{names:?}");
        let today: Vec<u32> = names.iter().filter(|(day, _)| !day.starts_with("2001")).map(|(_, part)| *part).collect();
        assert_eq!(today, [1, 2, 3]);
        assert_eq!(names[0].0, "2001-01-06", "the oldest are gone: {names:?}");
        assert!(home.logs().join("command-line.2001-01-01.1.log").exists());
        assert!(home.logs().join("window notes.txt").exists());
    }

    #[test]
    fn a_log_that_cannot_be_written_stops_nothing() {
        let (_place, home) = home();
        fs::write(home.logs(), "a file in its place").expect("written");
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        line(&log, "lost");
        assert_eq!(fs::read(home.logs()).expect("read"), b"a file in its place");
        fs::remove_file(home.logs()).expect("removed");
        line(&log, "kept");
        assert_eq!(home.last_log_lines(10), ["kept"]);
    }

    #[test]
    fn a_log_follows_the_vault_to_another_folder() {
        let ((_one, first), (_other, second)) = (home(), home());
        let log = Log::of(Program::Window);
        log.keep_in(&first);
        line(&log, "first");
        log.keep_in(&second);
        line(&log, "second");
        assert_eq!((first.last_log_lines(9), second.last_log_lines(9)), (vec!["first".into()], vec!["second".into()]));
    }

    #[test]
    fn the_last_lines_of_all_programs_are_in_the_order_of_their_times() {
        let (_place, home) = home();
        private::folder(&home.logs()).expect("made");
        let write = |name: &str, text: &str| fs::write(home.logs().join(name), text).expect("written");
        write("window.2026-01-01.1.log", "2026-01-01T09 a\n2026-01-01T12 d\n");
        write("window.2026-01-02.1.log", "2026-01-02T10 e\n2026-01-02T10 f\n");
        write("command-line.2026-01-01.2.log", "2026-01-01T11 c\n");
        write("command-line.2026-01-01.1.log", "2026-01-01T10 b\n");
        let last =
            |most| home.last_log_lines(most).iter().map(|line| line[line.len() - 1..].to_owned()).collect::<String>();
        assert_eq!(last(5), "bcdef");
        assert_eq!(last(2), "ef");
        assert_eq!(last(100).len(), 6);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_its_owners_alone_and_no_link_is_followed() {
        use std::os::unix::fs::PermissionsExt as _;
        let (place, home) = home();
        let log = Log::of(Program::CommandLine);
        log.keep_in(&home);
        line(&log, "private");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let written = files(&home);
        assert_eq!((mode(&home.logs()), mode(&written[0])), (0o700, 0o600));
        let victim = place.path().join("victim");
        fs::write(&victim, "x").expect("written");
        fs::remove_file(&written[0]).expect("removed");
        std::os::unix::fs::symlink(&victim, &written[0]).expect("linked");
        let log = Log::of(Program::CommandLine);
        log.keep_in(&home);
        line(&log, "not here");
        assert_eq!(fs::read(&victim).expect("read"), b"x");
    }

    #[test]
    fn a_home_that_is_gone_is_not_made_again() {
        let (_place, home) = home();
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        log.write(|writing| writing.append_or_drop(b"one\n"));
        log.write(|writing| writing.open = None);
        fs::remove_dir_all(home.folder()).expect("removed");
        log.write(|writing| writing.append_or_drop(b"two\n"));
        assert!(!home.folder().exists());
    }

    #[test]
    fn a_log_of_a_day_to_come_hides_nothing() {
        let (_place, home) = home();
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        log.write(|writing| writing.append_or_drop(b"2026-01-01 now\n"));
        fs::write(home.logs().join("window.2999-01-01.1.log"), "2999-01-01 later\n").expect("a file");
        assert_eq!(home.last_log_lines(1), ["2026-01-01 now"]);
        assert_eq!(Program::Window.files(&home.logs()).first().map(|(day, _)| &**day), Some("2999-01-01"));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_home_lead_the_log_nowhere() {
        let (place, home) = home();
        let theirs = place.path().join("theirs");
        fs::create_dir(&theirs).expect("a folder");
        fs::write(theirs.join("secret"), "a secret\n").expect("a file");
        std::os::unix::fs::symlink(&theirs, home.logs()).expect("a link");
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        log.write(|writing| writing.append_or_drop(b"one\n"));
        assert_eq!(fs::read_dir(&theirs).expect("a folder").count(), 1, "nothing was written there");
        fs::remove_file(home.logs()).expect("a link");
        fs::create_dir(home.logs()).expect("a folder");
        std::os::unix::fs::symlink(theirs.join("secret"), home.logs().join("window.2020-01-01.1.log")).expect("a link");
        assert_eq!(home.last_log_lines(9), Vec::<String>::new());
    }

    #[test]
    fn a_line_after_a_torn_one_begins_anew() {
        let (_place, home) = home();
        let log = Log::of(Program::Window);
        log.keep_in(&home);
        log.write(|writing| {
            writing.append_or_drop(b"half a li");
            writing.torn = true;
            writing.append_or_drop(b"whole\n");
        });
        assert_eq!(home.last_log_lines(9), ["half a li", "whole"]);
    }
}
