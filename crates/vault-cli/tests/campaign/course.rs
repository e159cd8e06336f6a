//! One seed: a folder is filed to a firm's vault, with all the faults of its plan, and checked from
//! outside after every step.

use std::fmt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use tokio::runtime::Handle;
use vault_testing::storage_server::StorageServer;

use crate::firm::{Emulators, Firm};
use crate::kill;
use crate::log;
use crate::outside::Outside;
use crate::plan::{Moment, Plan, Run};
use crate::storage_faults::StorageFaults;
use crate::tree::{self, MARK};

/// How long a run with faults may take: one that hangs longer is killed.
const LIMIT: Duration = Duration::from_secs(8);

/// How long a run without faults may take, on a busy computer.
const PATIENCE: Duration = Duration::from_mins(3);

/// Counts of the faults, and of the files stored despite them.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) kills: u64,
    pub(crate) faults: u64,
    pub(crate) network_faults: u64,
    pub(crate) files: u64,
    pub(crate) seeds: u64,
    looks: u64,
}

impl Totals {
    pub(crate) fn add(&mut self, other: &Self) {
        let Self { kills, faults, network_faults, files, seeds, looks } = other;
        self.kills += kills;
        self.faults += faults;
        self.network_faults += network_faults;
        self.files += files;
        self.seeds += seeds;
        self.looks += looks;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, faults, network_faults, files, seeds: _, looks } = self;
        write!(
            f,
            "{kills} kills, {faults} faults of the storage, {network_faults} of the network; {files} files, none lost in {looks} looks"
        )
    }
}

/// The report of a seed that failed.
pub(crate) type Diary = Vec<String>;

struct Course<'a> {
    on: &'a Handle,
    firm: &'a Firm,
    place: &'a Path,
    folder: &'a Path,
    diary: &'a mut Diary,
    totals: Totals,
}

/// Runs one seed; panics at the first violation. The diary records what happened until then.
pub(crate) fn run(on: &Handle, emulators: &Emulators, plan: &Plan, diary: &mut Diary) -> (Totals, Trace) {
    diary.push(format!("{plan:#?}"));
    let place = tempfile::tempdir().unwrap();
    let source = place.path().join("source");
    let folder = tree::make(&source, plan);
    let home = place.path().join("home");
    let firm = on.block_on(Firm::found(emulators, plan.storage, plan.seed, &home));
    let mut outside = Outside::new(&firm, &source);
    let totals = Totals { files: outside.files(), seeds: 1, ..Totals::default() };
    let mut course = Course { on, firm: &firm, place: place.path(), folder: &folder, diary, totals };
    for (number, run) in (0..).zip(&plan.runs) {
        course.with_faults(plan.seed, number, run, &mut outside);
        course.look(&mut outside, None);
    }
    course.without_faults(&mut outside, plan.again);
    if plan.back {
        course.give_back(&outside);
    }
    let trace = course.trace();
    (course.totals, trace)
}

/// The requests to the storage, object by object, with their faults.
pub(crate) type Trace = std::collections::BTreeMap<String, Vec<String>>;

impl Course<'_> {
    /// Runs the program with faults.
    fn with_faults(&mut self, seed: u64, number: u64, run: &Run, outside: &mut Outside<'_>) {
        self.firm.auth.plan(&run.auth);
        self.firm.firestore.plan(&run.firestore);
        if let Some(proxy) = &self.firm.storage {
            proxy.plan(&run.storage);
        }
        if let Some(server) = &self.firm.server {
            if run.server.forgets {
                server.forget_sessions();
            }
            let mut server_faults = StorageFaults::new(seed, number, run.server);
            server.decide(move |asked| server_faults.fault(asked));
        }
        let command = self.next_filing();
        let (requests, bytes) = self.traffic();
        let enough = |time| match run.kill {
            None | Some(Moment::Call(_)) => false,
            Some(Moment::After(limit)) => time >= limit,
            Some(Moment::Requests(count)) => self.traffic().0 >= requests + count,
            Some(Moment::Bytes(count)) => self.traffic().1 >= bytes + count,
        };
        let call = if let Some(Moment::Call(when)) = run.kill { Some(when) } else { None };
        let (output, killed) = kill::run_online(command, call, enough, LIMIT, self.place);
        self.on.block_on(async { self.firm.repair() });
        if !output.status.success() {
            outside.was_stopped();
        }
        self.totals.kills += u64::from(killed);
        self.note(&output, killed);
    }

    /// Requests to the storage, and bytes to Firestore and back, until now.
    fn traffic(&self) -> (usize, u64) {
        (self.firm.server.as_ref().map_or(0, StorageServer::requests), self.firm.firestore.bytes_passed())
    }

    /// As a user would do now: resume an accepted drop, or else file.
    fn next_filing(&self) -> Command {
        let kept = self.firm.kept();
        let has_drop = kept.is_some_and(|kept| !self.on.block_on(crate::queue::read(&kept)).0.drops.is_empty());
        if has_drop { self.firm.strongroom(&["resume", "--quiet"]) } else { self.file() }
    }

    fn file(&self) -> Command {
        let mut file = self.firm.strongroom(&["file", "--quiet", "--matter", "general"]);
        file.arg(self.folder);
        file
    }

    /// Runs it until everything is filed, and files the folder again if `again`.
    fn without_faults(&mut self, outside: &mut Outside<'_>, again: bool) {
        self.well(self.next_filing());
        self.look(outside, Some(1));
        if again {
            let sent = self.firm.server.as_ref().map(|server| server.log().received);
            self.well(self.file());
            self.look(outside, Some(2));
            let now = self.firm.server.as_ref().map(|server| server.log().received);
            assert_eq!(now, sent, "stored content was sent again");
        }
    }

    /// 1: everything is restored as it was handed over.
    fn give_back(&mut self, outside: &Outside<'_>) {
        let back = self.place.join("back");
        let mut restore = self.firm.strongroom(&["restore", "--quiet", "--matter", "general"]);
        restore.arg(&back);
        self.well(restore);
        assert!(log::log(&back) == *outside.log(), "the restored folder differs from the received one");
        assert!(back.join("Box/Nothing in here").is_dir(), "an empty folder was not restored");
    }

    /// Runs the program to its end, which must be a success.
    fn well(&mut self, command: Command) {
        let (output, killed) = kill::run_online(command, None, |_| false, PATIENCE, self.place);
        self.note(&output, killed);
        assert!(!killed, "it did not end");
        assert!(output.status.success(), "it did not end well: {}", self.diary.last().unwrap());
    }

    fn look(&mut self, outside: &mut Outside<'_>, at_the_end: Option<usize>) {
        self.totals.looks += 1;
        self.on.block_on(async {
            match at_the_end {
                Some(times) => outside.look_at_the_end(times).await,
                None => outside.look().await,
            }
        });
    }

    /// Logs the output of a run. 12: it contains no token, no address of an upload, and no name of a client's file.
    fn note(&mut self, output: &Output, killed: bool) {
        let said = String::from_utf8_lossy(&[&*output.stdout, b"\n", &*output.stderr].concat()).trim().to_owned();
        let ended = if killed { "killed".to_owned() } else { output.status.to_string() };
        self.diary.push(format!("{ended}: {said}"));
        let secrets = self.firm.secrets().iter().map(String::as_str).chain(["upload_id", "eyJhbGciOi", MARK]);
        for secret in secrets {
            assert!(!said.contains(secret), "the output contains a secret");
        }
        let faults = self
            .firm
            .server
            .as_ref()
            .map_or(0, |server| server.log().asked.iter().filter(|(_, fault, _)| fault.is_some()).count() as u64);
        self.totals.faults = faults;
        self.totals.network_faults = self.firm.network_faults();
    }

    fn trace(&mut self) -> Trace {
        let mut trace = Trace::new();
        let Some(server) = &self.firm.server else { return trace };
        for (asked, fault, _) in &server.log().asked {
            let object = asked.path.rsplit('/').next().unwrap_or_default().to_owned();
            trace.entry(object).or_default().push(format!("{:?} at {}: {fault:?}", asked.step, asked.offset));
        }
        self.diary.push(format!("{trace:#?}"));
        trace
    }
}
