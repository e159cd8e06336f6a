//! Strongroom shown on the command line, where there is no display: its main job from start to end.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};

use crate::sh::{self, Sh};

/// Files a sample client's folder and an overlapping second one, shows what the vault knows, and gives a drop back.
///
/// # Errors
/// When Strongroom cannot be built, or does not do what it says.
pub(crate) fn run(sh: &Sh) -> Result<()> {
    sh::run(sh.cargo().args(["build", "--quiet", "--package", "vault-cli"]))?;
    let place = sh.target().join("demo");
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("cannot clear {}", place.display()))?;
    }
    let demo = Demo { strongroom: sh.target().join("debug").join("strongroom"), home: place.join("home") };
    let (first, second) = sample(&place)?;

    say("A vault on this computer, a client and a matter");
    demo.strongroom(&["clients", "add", "ABC Corporation"])?;
    let matter = ["--number", "2024-001", "--title", "Contract Review", "--client", "ABC Corporation"];
    demo.strongroom(&[&["matters", "add"], matter.as_slice()].concat())?;

    say("What would the client's first folder add? Nothing is stored yet");
    demo.strongroom(&["preflight", &text(&first), "--matter", "2024-001"])?;
    say("File it");
    demo.strongroom(&["file", &text(&first), "--matter", "2024-001"])?;

    say("A second folder of the same client, which overlaps");
    demo.strongroom(&["preflight", &text(&second), "--matter", "2024-001"])?;
    demo.strongroom(&["file", &text(&second), "--matter", "2024-001"])?;

    say("The history, and a search");
    demo.strongroom(&["history", "--matter", "2024-001"])?;
    demo.strongroom(&["search", "agreement"])?;

    say("Give the matter back, and check everything that is stored");
    let back = place.join("given back");
    demo.strongroom(&["restore", "--matter", "2024-001", &text(&back)])?;
    demo.strongroom(&["verify"])?;
    for folder in [&first, &second] {
        let name = folder.file_name().context("a sample folder has a name")?;
        let received = received(folder)?;
        ensure!(received == self::received(&back.join(name))?, "{} came back different", folder.display());
        println!("{}: {} files came back byte for byte, with their times.", name.display(), received.len());
    }
    println!("\nThe vault of this demo is in {}; `cargo xtask run` makes it anew.", demo.home.display());
    println!("Your own: {} --help", demo.strongroom.display());
    Ok(())
}

struct Demo {
    strongroom: PathBuf,
    home: PathBuf,
}

impl Demo {
    fn strongroom(&self, args: &[&str]) -> Result<()> {
        sh::run(Command::new(&self.strongroom).args(args).env("STRONGROOM_HOME", &self.home))
    }
}

fn say(what: &str) {
    println!("\n── {what}\n");
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A client's folder, and a second one that overlaps with it.
fn sample(place: &Path) -> Result<(PathBuf, PathBuf)> {
    let first = place.join("Client binder");
    let second = place.join("Second box");
    let agreement = "MASTER SERVICES AGREEMENT\n\nbetween ABC Corporation and …\n".repeat(40);
    let amendment = "Amendment 2 to the Master Services Agreement\n".repeat(25);
    for (folder, file, content, days) in [
        (&first, "Discovery/Master Services Agreement (signed).txt", &agreement, 900),
        (&first, "Discovery/Amendment 2.txt", &amendment, 400),
        (&first, "Correspondence/2023/Thread re indemnity.eml", &"Subject: Indemnity\n\nDear …\n".to_owned(), 700),
        (&first, "Old office/Copies/Master Services Agreement (signed).txt", &agreement, 900),
        (&first, "Thumbs.db", &"pictures".to_owned(), 10),
        (&second, "Contracts/MSA final.txt", &agreement, 880),
        (&second, "Contracts/Amendment 3.txt", &"Amendment 3\n".repeat(30), 30),
        (&second, "Übergabe/Notiz – März.txt", &"Rückruf\n".to_owned(), 20),
    ] {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        fs::write(&path, content)?;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 - days * 86_400);
        File::options().write(true).open(&path)?.set_modified(time)?;
    }
    fs::create_dir_all(first.join("Pleadings (none yet)"))?;
    Ok((first, second))
}

/// Name, content and modified second of every file below a folder; system files, which are left out, not among them.
fn received(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>, u64)>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).with_context(|| format!("cannot list {}", at.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_none_or(|name| name != "Thumbs.db") {
                let modified = fs::metadata(&path)?.modified()?.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
                files.push((path.strip_prefix(folder)?.to_owned(), fs::read(&path)?, modified));
            }
        }
    }
    files.sort();
    Ok(files)
}
