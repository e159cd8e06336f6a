//! The folders of clients in the journeys.

use std::path::{Path, PathBuf};

use journeys::write;

const SPRING_2023: i64 = 1_680_000_000_123;

/// A client's folder: 40 letters in four folders, three copies of an agreement, an empty file, one from before 1970,
/// names in several scripts, and a system file that is left out. 46 files to file, 43 contents.
pub(crate) fn binder(place: &Path) -> PathBuf {
    let folder = place.join("Client binder & Büro");
    for number in 0..40 {
        let name = format!("Correspondence/{}/Letter {number:02}.txt", 2020 + number % 4);
        write(&folder.join(name), format!("Letter number {number}\n").repeat(50).as_bytes(), SPRING_2023 + number);
    }
    let agreement = "MASTER SERVICES AGREEMENT\n".repeat(100);
    for name in ["Agreement (signed).txt", "Copies/Agreement (signed).txt", "Copies/old/Agreement.txt"] {
        write(&folder.join(name), agreement.as_bytes(), SPRING_2023);
    }
    write(&folder.join("empty.txt"), b"", 0);
    write(&folder.join("Scans/before 1970.txt"), b"an old deed", -86_400_000);
    write(&folder.join("Übergabe/通知 إشعار.txt"), "Notiz".as_bytes(), SPRING_2023);
    write(&folder.join("Thumbs.db"), b"pictures", SPRING_2023);
    folder
}

/// A second folder of the same client: 4 of its 6 files are already in the vault.
pub(crate) fn second_box(place: &Path) -> PathBuf {
    let folder = place.join("Second box");
    for number in 0..4 {
        let content = format!("Letter number {number}\n").repeat(50);
        write(&folder.join(format!("Again/Copy of letter {number}.txt")), content.as_bytes(), SPRING_2023 + 77);
    }
    write(&folder.join("New/Exhibit 1.txt"), b"the first exhibit", SPRING_2023);
    write(&folder.join("New/Exhibit 2.txt"), b"the second exhibit", SPRING_2023);
    folder
}
