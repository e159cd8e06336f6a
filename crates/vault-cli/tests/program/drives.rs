//! Drives that differ from this computer's own: a restore to one is complete, and a repeated one skips everything; a
//! vault on one works, or is refused with the reason.
//!
//! Needs its own drives, so it runs if this process may mount them, and says so if it may not.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::common::Place;
use crate::common::drive::{Drive, Kind};
use crate::common::folder::{seen, touch, write};
use crate::common::{list, number, text};

const TIME: i64 = 1_700_000_001_234;

/// A folder with everything that drives refuse or confuse.
fn difficult(folder: &Path) {
    let long = "x".repeat(251);
    for (path, content, time) in [
        ("A.pdf", "capital", TIME),
        ("a.pdf", "small", TIME),
        ("B.pdf", "the same", TIME),
        ("b.pdf", "the same", TIME),
        ("Docs/letter.txt", "a letter", TIME + 777),
        ("docs/letter.txt", "another", TIME),
        ("Memo 12:30.txt", "half past", TIME),
        ("Memo 12_30.txt", "another memo", TIME),
        ("re: Smith/what?.txt", "what", TIME),
        ("caf\u{e9}", "composed", TIME),
        ("cafe\u{301}", "decomposed", TIME),
        (&format!("{long}.pdf"), "long", TIME),
        (&format!("{}.pdf", long.to_uppercase()), "LONG", TIME),
        ("Übergabe/合同.docx", "contract", TIME),
        ("old.tif", "1950", -631_152_000_000),
        ("late.tif", "2090", 3_786_912_000_000),
        ("ends.", "a stop", TIME),
    ] {
        write(folder.join(path), content, time);
    }
    fs::create_dir(folder.join("Empty")).expect("folder");
    fs::create_dir(folder.join("empty")).expect("folder");
}

#[test]
fn a_restore_to_another_kind_of_drive_is_complete_and_skips_all_when_repeated() {
    for kind in [Kind::SmallInodes, Kind::ExFat, Kind::Fat] {
        let place = Place::new();
        let Some(mut drive) = Drive::make(kind, &place.path("")) else { continue };
        difficult(&place.path("Box"));
        place.file("Box");
        let out = drive.path().join("out").display().to_string();
        let first = place.document(["restore", "--batch", "latest", &out]);
        assert_eq!((number(&first, "restored"), number(&first, "alreadyThere")), (17, 0), "{kind:?}: {first:#}");
        let there = seen(&drive.path().join("out"));
        drive.again();
        let second = place.document(["restore", "--batch", "latest", &out]);
        assert_eq!((number(&second, "restored"), number(&second, "alreadyThere")), (0, 17), "{kind:?}: {second:#}");
        assert_eq!((&second["renamed"], &second["otherTimes"]), (&first["renamed"], &first["otherTimes"]), "{kind:?}");
        assert_eq!(seen(&drive.path().join("out")), there, "{kind:?}");
        assert_each_is_where_it_is_said(&place, &drive, &first);
        let others = list(&first, "otherTimes").iter().map(|other| text(other, "path"));
        let others: Vec<&str> = others.collect();
        assert!(kind != Kind::SmallInodes || others == ["Box/late.tif"], "{others:?}");
    }
}

/// Every file of the folder is on the drive: under its own name, or the one that is listed.
fn assert_each_is_where_it_is_said(place: &Place, drive: &Drive, restored: &serde_json::Value) {
    for (path, seen) in seen(&place.path("Box")) {
        let path = Path::new("Box").join(path);
        let renamed = list(restored, "renamed").iter().find(|renamed| Path::new(text(renamed, "from")) == path);
        let to = renamed.map_or(path.as_path(), |renamed| Path::new(text(renamed, "to")));
        if let Some(content) = seen.content {
            assert_eq!(fs::read(drive.path().join("out").join(to)).expect("a file"), content, "{}", path.display());
        }
    }
}

#[test]
fn a_vault_on_a_drive_without_hard_links_stores_and_restores() {
    let place = Place::new();
    let Some(drive) = Drive::make(Kind::ExFat, &place.path("")) else { return };
    difficult(&place.path("Box"));
    let home = drive.path().join("home").display().to_string();
    let filed = place.document(["--home", &home, "file", "Box", "--matter", "general"]);
    assert_eq!((number(&filed, "stored"), number(&filed, "skipped")), (16, 1), "{filed:#}");
    // Every existing content is recognised by its bytes.
    let again = place.document(["--home", &home, "file", "Box", "--matter", "general"]);
    assert_eq!((number(&again, "stored"), number(&again, "skipped")), (0, 17), "{again:#}");
    place.document(["--home", &home, "verify"]);
    let back = place.path("back").display().to_string();
    place.document(["--home", &home, "restore", "--batch", "latest", &back]);
    assert_eq!(seen(&place.path("back/Box")), seen(&place.path("Box")));
}

#[test]
fn a_vault_on_a_drive_that_cannot_hold_a_database_is_refused_with_the_reason() {
    let place = Place::new();
    // The system's own FAT can.
    let Some(drive) = Drive::make(Kind::Fat, &place.path("")).filter(|drive| drive.by_program) else { return };
    let home = drive.path().join("home").display().to_string();
    write(place.path("Box/a.pdf"), "a", TIME);
    for _ in 0..2 {
        let ran = place.run(["--home", &home, "file", "Box", "--matter", "general"]);
        assert_ne!(ran.code, 0, "{ran:?}");
        assert!(ran.stderr.contains("the drive cannot hold a database"), "{ran:?}");
        assert!(ran.stderr.contains("Keep the vault in a folder on a disk of this computer."), "{ran:?}");
    }
}

/// How many bytes a file takes on its disk.
fn takes(path: &Path) -> u64 {
    fs::metadata(path).expect("a file").blocks() * 512
}

#[test]
fn a_file_with_holes_takes_no_more_room_in_the_vault_and_after_a_restore() {
    const LENGTH: u64 = 300 << 20;
    let place = Place::new();
    let source = place.path("Box/disk.img");
    fs::create_dir(place.path("Box")).expect("folder");
    let file = File::create(&source).expect("file");
    file.set_len(LENGTH).expect("length");
    for at in [0, LENGTH / 2 + 5, LENGTH - 4096] {
        std::os::unix::fs::FileExt::write_all_at(&file, &[7; 4096], at).expect("write");
    }
    drop(file);
    touch(&source, TIME);
    if takes(&source) > 1 << 20 {
        eprintln!("left out: the disk of this place has no holes");
        return;
    }
    place.file("Box");
    let vault = place.home().join("vault/teams");
    let stored = seen(&vault).into_keys().map(|path| takes(&vault.join(path))).max();
    assert!(stored.is_some_and(|takes| takes < 1 << 20), "{stored:?} bytes in the vault");
    let out = place.path("out").display().to_string();
    place.document(["restore", "--batch", "latest", &out]);
    let back = place.path("out/Box/disk.img");
    assert!(takes(&back) < 1 << 20, "{} bytes after the restore", takes(&back));
    assert!(fs::read(&back).expect("read") == fs::read(&source).expect("read"), "other bytes");
}
