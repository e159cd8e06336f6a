//! Strongroom shown on the command line, where there is no display: its main job from start to end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

use crate::sample;
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
    let (first, second) = sample::make(&place)?;

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
