//! `verify` that is stopped, reports how far it came, and continues there.

use std::fs;
use std::time::{Duration, Instant};

use crate::common::folder::write;
use crate::common::{PATIENCE, Place, Ran, list, number, text};

/// More contents than are read at a time in a matter that comes first, and a large one in `general` that takes long.
fn filed() -> Place {
    let place = Place::new();
    let first = place.matter("2024-001");
    assert!(first.as_str() < "general", "records of it are read first");
    for index in 0..256 {
        write(place.path(format!("Letters/{index}.txt")), format!("letter {index}"), 0);
    }
    write(place.path("Large/large.bin"), vec![7; 3_000_000], 0);
    place.document(["file", "Letters", "--matter", "2024-001"]);
    place.file("Large");
    place
}

/// Waits until a running program reads the large file.
fn until_it_reads_the_large_one(process: u32) {
    let since = Instant::now();
    let open = format!("/proc/{process}/fd");
    let reads = || {
        let links =
            fs::read_dir(&open).into_iter().flatten().filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
        links.into_iter().any(|file| file.extension().is_some_and(|extension| extension == "bin"))
    };
    while !reads() {
        assert!(since.elapsed() < PATIENCE, "it is never read");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_stopped_check_continues_after_what_it_had_read() {
    let place = filed();
    let whole = place.document(["verify"]);
    assert_eq!((number(&whole, "contents"), whole["stopped"].as_bool()), (257, Some(false)));

    // At this rate the large file takes an hour.
    let mut command = place.command(["verify", "--rate", "1kB/s", "--json"]);
    let child = command.spawn().expect("the program runs");
    let process = rustix::process::Pid::from_child(&child);
    until_it_reads_the_large_one(child.id());
    rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("it runs");
    let (code, stopped) = Ran::by(child).document();
    assert_eq!((code, stopped["stopped"].as_bool(), &stopped["reason"]), (1, Some(true), &serde_json::Value::Null));
    assert_eq!(number(&stopped, "contents"), 256);

    // Damage before the point where it continues would be found only by a whole check.
    let ran = place.run(["verify", "--continue"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stderr.contains("Continuing after 256 contents") || ran.stdout.contains("Continuing after 256"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("257 contents of 257 documents"), "{ran:?}");
    // It is done: nothing is left to continue, and everything is read.
    let again = place.document(["verify", "--continue"]);
    assert_eq!((number(&again, "contents"), list(&again, "orphaned").len()), (257, 0));
}

#[test]
fn content_stored_twice_is_named_and_is_not_damage() {
    let place = Place::new();
    place.matter("2024-001");
    write(place.path("Box/a.pdf"), "first", 0);
    write(place.path("Box/b.pdf"), "second", 0);
    place.file("Box");
    let said = place.well(["verify"]);
    assert!(!said.contains("more than once"), "{said}");
    let matter = text(&list(&place.document(["matters"]), "matters")[1], "id").to_owned();
    let stored = text(&list(&place.document(["search", "a"]), "documents")[0], "storagePath").to_owned();
    // As left by two computers that filed at once: with another extension, and in another matter.
    let others = [stored.replace(".pdf", ""), stored.replace("/general/", &format!("/{matter}/"))];
    for other in &others {
        let to = place.home().join("vault").join(other);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(place.home().join("vault").join(&stored), to).unwrap();
    }
    let found = place.document(["verify"]);
    let [double] = &list(&found, "doubles")[..] else { panic!("{found:#}") };
    let mut expected = [stored, others[0].clone(), others[1].clone()];
    expected.sort();
    let copies: Vec<&str> = list(double, "copies").iter().map(|copy| text(copy, "storagePath")).collect();
    assert_eq!((copies, number(double, "bytes")), (expected.iter().map(String::as_str).collect(), 15));
    assert!(expected[0].contains(text(double, "fileHash")));
    let said = place.well(["verify"]);
    assert!(said.contains("1 content is stored more than once: 3 copies, which take 15 bytes."), "{said}");
    assert!(expected.iter().all(|path| said.contains(path)), "{said}");
}

#[test]
fn an_invalid_rate_is_a_usage_error() {
    let place = Place::new();
    for rate in ["0", "fast", "1MB/h"] {
        let (code, document) = place.json(["verify", "--rate", rate]);
        assert_eq!((code, document["error"]["code"].as_str()), (2, Some("usage")), "{rate}");
    }
    place.well(["verify", "--rate", "5MB/s"]);
}
