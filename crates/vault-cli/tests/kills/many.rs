//! Many files and a kill: files called interrupted were in progress, or among the few that were about to start.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

use crate::kill;

const FILES: u32 = 4000;

/// Files that start at once, in each of the pages in progress.
const AT_ONCE: usize = 3 * 256;

/// Contents that are called interrupted, and content that is in the vault or being written there.
async fn interrupted(vault: &Path) -> (BTreeSet<String>, BTreeSet<String>, usize) {
    let options = SqliteConnectOptions::new().filename(vault.join("vault.db"));
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let rows = sqlx::query("SELECT hex(file_hash) FROM event WHERE kind = 0").fetch_all(&mut db).await.unwrap();
    let interrupted = rows.iter().map(|row| row.get::<String, _>(0).to_lowercase()).collect();
    let (mut there, mut folders) = (BTreeSet::new(), vec![vault.join("teams")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                there.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let on_their_way = fs::read_dir(vault.join("tmp")).map_or(0, Iterator::count);
    (interrupted, there, on_their_way)
}

#[test]
fn a_file_that_was_never_started_is_not_reported_as_interrupted() {
    let place = tempfile::tempdir().unwrap();
    let (folder, home) = (place.path().join("Box"), place.path().join("home"));
    fs::create_dir(&folder).unwrap();
    for index in 0..FILES {
        fs::write(folder.join(format!("{index}.txt")), format!("text {index}")).unwrap();
    }
    let strongroom = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongroom"));
        command.args(args).env("STRONGROOM_HOME", &home);
        command
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut next = strongroom(&["file", "--quiet", "--matter", "general"]);
    next.arg(&folder);
    for kill in 1..4 {
        // As soon as any file has started, and a little later each time.
        let begun = home.join("vault/teams");
        let (_, killed) = kill::run_online(
            next,
            None,
            |_| begun.exists().then(|| std::thread::sleep(Duration::from_millis(20 * kill))).is_some(),
            Duration::from_mins(5),
            place.path(),
        );
        let (interrupted, there, on_their_way) = runtime.block_on(interrupted(&home.join("vault")));
        let never = interrupted.difference(&there).count();
        let most = AT_ONCE * usize::try_from(kill).unwrap() + on_their_way;
        assert!(never <= most, "{never} files that never moved are called interrupted, after {kill} kills");
        next = strongroom(&["resume", "--quiet"]);
        if !killed {
            break;
        }
    }
    assert!(next.output().unwrap().status.success());
    let (interrupted, there, _) = runtime.block_on(interrupted(&home.join("vault")));
    assert_eq!((there.len(), interrupted.difference(&there).count()), (usize::try_from(FILES).unwrap(), 0));
}
