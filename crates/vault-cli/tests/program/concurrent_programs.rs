//! Several programs at once, and interruptions.

use std::fs::{self, File};
use std::io::Read as _;
use std::process::Child;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::common::folder::{seen, write};
use crate::common::running::{has_content, interrupt, many_files, wait_until};
use crate::common::{Place, Ran, assert_adds_up, list, number, text};
use rustix::process::Signal;
use vault_core::filing::ItemState;
use vault_core::ports::ItemUpdate;

/// As the window does with a drop that the user reviews first.
async fn wait_for_user(place: &Place, folder: &str) -> String {
    let home = vault_home::Home::find(Some(&place.home())).expect("a home");
    let vault = home.open().await.expect("a vault").vault;
    vault.sync_mirror().await.expect("lists");
    let sources = home.sources(&[place.path(folder)]).expect("a folder");
    let id = vault.accept(&vault_core::model::MatterId::general(), sources).await.expect("accepted");
    vault.await_review(id).await.expect("noted");
    id.to_string()
}

#[tokio::test]
async fn a_drop_that_waits_for_the_user_is_filed_on_request_and_not_with_another_drop() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    write(place.path("Other/b.txt"), "b", 0);
    let id = wait_for_user(&place, "Box").await;
    assert_eq!(number(&place.file("Other"), "stored"), 1);
    let waiting = place.document(["status"]);
    let waiting = &list(&waiting, "unfinished")[0];
    assert_eq!((text(waiting, "batchId"), number(waiting, "stored")), (id.as_str(), 0));
    assert_eq!(text(waiting, "paused"), "It waits in the window for review.");
    let resumed = place.document(["resume"]);
    let filed = &list(&resumed, "drops")[0];
    assert_eq!((text(filed, "batchId"), number(filed, "stored"), text(filed, "state")), (id.as_str(), 1, "finished"));
}

#[test]
fn two_programs_that_file_the_same_folder_at_once_do_not_conflict() {
    let place = Place::new();
    many_files(&place.path("Box"), 300);
    place.well(["status"]);
    let filing = || place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    let both = [filing(), filing()];
    let filed = both.map(|child| Ran::by(child).document());
    for (code, document) in &filed {
        assert_eq!(*code, 0, "{document:#}");
        assert_adds_up(document);
        assert_eq!(number(document, "found"), 300);
    }
    let stored: u64 = filed.iter().map(|(_, document)| number(document, "stored")).sum();
    assert_eq!(stored, 300, "each content once");
    assert_eq!(list(&place.document(["history"]), "drops").len(), 2, "two histories");
    assert_eq!(number(&place.document(["verify"]), "contents"), 300);
}

#[test]
fn many_programs_can_create_one_vault_at_once() {
    let place = Place::new();
    let all: Vec<Child> =
        (0..6).map(|_| place.command(["status", "--json"]).spawn().expect("the program runs")).collect();
    let mut users = Vec::new();
    for child in all {
        let (code, status) = Ran::by(child).document();
        assert_eq!(code, 0, "{status:#}");
        users.push(text(&status, "user").to_owned());
    }
    users.dedup();
    assert_eq!(users.len(), 1);
}

/// Whether a program catches SIGINT: bit 2 of the caught signals.
#[cfg(target_os = "linux")]
fn listens(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    caught.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & 2 != 0))
}

/// The same command, which handles Ctrl-C even if the runner of the tests ignores it, as a shell's background jobs do.
/// The other tests here use SIGTERM, which is handled in the same way.
#[cfg(target_os = "linux")]
fn with_ctrl_c(command: &Command) -> Command {
    let mut hearing = Command::new("env");
    hearing.arg("--default-signal=INT").arg(command.get_program()).args(command.get_args());
    hearing.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    hearing.current_dir(command.get_current_dir().expect("a place"));
    hearing.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    hearing
}

/// Another program locks the queue here, so that nothing continues and nothing can stop cleanly.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_second_ctrl_c_ends_the_program_at_once() {
    use sqlx::Connection as _;
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    place.well(["status"]);
    let journal = format!("sqlite://{}", place.home().join("journal.db").display());
    let mut other = sqlx::SqliteConnection::connect(&journal).await.expect("the queue");
    let busy = other.begin_with("BEGIN IMMEDIATE").await.expect("the queue for itself");
    let filing = place.command(["file", "a.txt", "--matter", "general"]);
    let mut filing = with_ctrl_c(&filing).spawn().expect("the program runs");
    wait_until("listening", || listens(&filing));
    let since = std::time::Instant::now();
    let ended = loop {
        interrupt(&filing, Signal::INT);
        if let Some(status) = filing.try_wait().expect("a status") {
            break status;
        }
        assert!(since.elapsed() < crate::common::PATIENCE, "it does not end");
    };
    assert_eq!(ended.code(), Some(130));
    drop(busy);
    place.well(["status"]);
}

/// The first line that a program prints to stderr.
fn first_line(child: &mut Child) -> String {
    // Byte by byte, to leave the rest for later reads.
    let pipe = child.stderr.as_mut().expect("a pipe");
    let mut line = Vec::new();
    while line.last() != Some(&b'\n') {
        let mut byte = [0];
        pipe.read_exact(&mut byte).expect("a line");
        line.extend(byte);
    }
    String::from_utf8(line).expect("the program writes UTF-8")
}

#[test]
fn a_program_that_waits_for_another_can_be_stopped() {
    let place = Place::new();
    write(place.path("a.txt"), "a", 0);
    place.well(["status"]);
    let lock = File::options().create(true).truncate(false).write(true).open(place.home().join("filing.lock"));
    let lock = lock.expect("a lock");
    lock.lock().expect("the right to file");
    let mut waiting = place.command(["file", "a.txt", "--matter", "general"]).spawn().expect("the program runs");
    // By then it handles the signal.
    let line = first_line(&mut waiting);
    assert!(line.contains("Waiting for another Strongroom"), "{line}");
    interrupt(&waiting, Signal::TERM);
    let ran = Ran::by(waiting);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("Nothing was begun"), "{ran:?}");
    drop(lock);
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
}

/// A program that files may hold the lock for hours, and is not waited for.
#[tokio::test]
async fn a_drop_is_paused_and_cancelled_while_another_program_files() {
    let place = Place::new();
    write(place.path("Box/a.txt"), "a", 0);
    let home = vault_home::Home::find(Some(&place.home())).expect("a home");
    let vault = home.open().await.expect("a vault").vault;
    vault.sync_mirror().await.expect("lists");
    let matter = vault_core::model::MatterId::general();
    let sources = home.sources(&[place.path("Box")]).expect("a folder");
    let id = vault.accept(&matter, sources.clone()).await.expect("accepted");
    let planned = vault.preflight(&matter, sources, Arc::default()).await.expect("a plan");
    let stopped = Arc::<vault_core::Progress>::default();
    stopped.stop();
    vault.file(id, planned, stopped).await.expect("it is in the queue");
    let lock = File::options().create(true).truncate(false).write(true).open(place.home().join("filing.lock"));
    let lock = lock.expect("a lock");
    lock.lock().expect("the right to file");

    // One file of it is being stored, and is too late to cancel.
    let begun = ItemUpdate { seq: 0, state: ItemState::Uploading { session: None, tried: 0 }, read: None, event: None };
    vault.parts().journal.advance(id, &[begun]).await.expect("a queue");
    let late = place.run(["cancel", "--batch", "latest", "Box/a.txt"]);
    assert_eq!(late.code, 1, "{late:?}");
    assert!(late.stderr.contains("Too late for 1 file"), "{late:?}");
    assert!(late.stderr.contains("Another Strongroom is filing") && !late.stderr.contains("Stopped"), "{late:?}");
    let paused = place.document(["pause", "--batch", "latest"]);
    assert_eq!((text(&paused, "paused"), number(&paused, "waiting")), ("A user paused it.", 1));
    let giving_up = place.command(["cancel", "--batch", "latest"]).spawn();
    let mut giving_up = giving_up.expect("the program runs");
    let line = first_line(&mut giving_up);
    assert!(line.contains("Another Strongroom is filing. If it is this drop, it stops."), "{line}");
    // As the other program finds it in the queue.
    let noted = vault.queued_drop(id).await.expect("a queue").expect("the drop");
    assert!(noted.is_cancelling());
    vault.resume(&noted, Arc::default(), Arc::default()).await.expect("it is cancelled");
    let ran = Ran::by(giving_up);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Cancelled the drop on"), "{ran:?}");
    drop(lock);
    let (code, _) = place.json(["resume", "--batch", &id.to_string()]);
    assert_eq!(code, 2, "none of its files waits");
}

#[test]
fn a_stop_signal_ends_cleanly_and_resume_continues() {
    let place = Place::new();
    many_files(&place.path("Box"), 4500);
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    interrupt(&filing, Signal::TERM);
    let (code, stopped) = Ran::by(filing).document();
    assert_eq!(code, 1, "{stopped:#}");
    assert_adds_up(&stopped);
    assert_eq!((number(&stopped, "found"), text(&stopped, "state")), (4500, "filing"));
    let waiting = number(&stopped, "waiting");
    assert!(waiting > 0);

    let status = place.document(["status"]);
    let unfinished = &list(&status, "unfinished")[0];
    assert_eq!((&unfinished["batchId"], number(unfinished, "waiting")), (&stopped["batchId"], waiting));
    let said = place.well(["status"]);
    assert!(said.contains("To continue: strongroom resume"), "{said}");

    let resumed = place.document(["resume"]);
    let drop = &list(&resumed, "drops")[0];
    assert_eq!((text(drop, "state"), number(drop, "waiting")), ("finished", 0));
    assert_eq!(number(drop, "stored") + number(drop, "skipped"), 4500);
    place.document(["verify"]);
    place.document(["restore", "--batch", "latest", "out"]);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
}

#[test]
fn a_stopped_restore_is_finished_by_the_same_command() {
    let place = Place::new();
    many_files(&place.path("Box"), 3000);
    place.file("Box");
    let args = ["restore", "--batch", "latest", "out"];
    let restoring = place.command(args).arg("--json").spawn().expect("the program runs");
    wait_until("the first file", || place.path("out/Box/000/0.txt").exists());
    interrupt(&restoring, Signal::TERM);
    let (code, stopped) = Ran::by(restoring).document();
    assert_eq!((code, stopped["stopped"].as_bool()), (1, Some(true)), "{stopped:#}");
    let again = place.document(args);
    assert_eq!(number(&again, "restored") + number(&again, "alreadyThere"), 3000);
    assert!(number(&again, "alreadyThere") > 0);
    assert_eq!(seen(&place.path("out/Box")), seen(&place.path("Box")));
}

#[test]
fn a_file_that_vanishes_while_its_drop_is_filed_is_named() {
    let place = Place::new();
    many_files(&place.path("Box"), 4500);
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    fs::remove_file(place.path("Box/044/4499.txt")).expect("a file");
    let (code, filed) = Ran::by(filing).document();
    assert_eq!(code, 1);
    assert_adds_up(&filed);
    let numbers = ["found", "new", "stored", "failed", "waiting"].map(|field| number(&filed, field));
    assert_eq!(numbers, [4500, 4499, 4499, 1, 0]);
    let problem = &list(&filed, "problemFiles")[0];
    assert_eq!(text(problem, "path"), "Box/044/4499.txt");
    assert!(text(problem, "reason").starts_with("No longer there."), "{problem}");
    let events = place.document(["history", "--event", "failed"]);
    assert_eq!(text(&list(&events, "events")[0], "fileName"), "4499.txt");

    write(place.path("Box/044/4499.txt"), "brought back", 5);
    let retried = place.document(["retry", "--batch", "latest"]);
    assert_eq!((number(&retried, "stored"), number(&retried, "failed")), (4500, 0));
}

#[test]
fn the_next_filing_continues_the_interrupted_drop() {
    let place = Place::new();
    many_files(&place.path("Box"), 4500);
    write(place.path("note.txt"), "a note", 0);
    let filing = place.command(["file", "Box", "--matter", "general"]).spawn().expect("the program runs");
    wait_until("the first content", || has_content(&place.home().join("vault")));
    interrupt(&filing, Signal::TERM);
    let ran = Ran::by(filing);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("To continue: strongroom resume"), "{ran:?}");
    let next = place.run(["file", "note.txt", "--matter", "general"]);
    assert_eq!(next.code, 0, "{next:?}");
    assert!(next.stderr.contains("Continuing what was dropped on General"), "{next:?}");
    assert!(next.stdout.contains("1 file found"), "{next:?}");
    let status = place.document(["status"]);
    assert!(list(&status, "unfinished").is_empty());
    assert_eq!(number(&status["counts"], "files"), 4501);
}

#[test]
fn a_stop_signal_while_reading_leaves_the_drop_in_the_queue() {
    let place = Place::new();
    fs::create_dir(place.path("Box")).expect("a folder");
    // Long to read, and no room taken.
    File::create(place.path("Box/disk.img")).and_then(|file| file.set_len(200 << 30)).expect("a sparse file");
    let filing = place.command(["file", "Box", "--matter", "general", "--json"]).spawn().expect("the program runs");
    wait_until("the drop is accepted", || {
        place.home().join("left-out.txt").exists() && !list(&place.document(["status"]), "unfinished").is_empty()
    });
    interrupt(&filing, Signal::TERM);
    let (code, stopped) = Ran::by(filing).document();
    assert_eq!((code, text(&stopped, "state")), (1, "reading"), "{stopped:#}");
    assert_adds_up(&stopped);
    let status = place.document(["status"]);
    assert_eq!(text(&list(&status, "unfinished")[0], "state"), "reading");

    let cancelled = place.document(["cancel", "--batch", "latest"]);
    assert_eq!((text(&cancelled, "state"), &cancelled["batchId"]), ("cancelled", &stopped["batchId"]));
    assert!(list(&place.document(["status"]), "unfinished").is_empty());
    let (code, _) = place.json(["retry", "--batch", text(&stopped, "batchId")]);
    assert_eq!(code, 2);
}
