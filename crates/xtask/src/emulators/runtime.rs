//! Two small jars for where Google's cannot be downloaded: the packaged Firestore emulator made executable, and our own
//! runtime of Storage's rules (`firebase/rules-runtime`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::sh::{self, Sh};

/// The class with which the Firestore emulator begins; its package leaves it to a script.
const FIRESTORE_MAIN: &str = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

/// The class with which our runtime begins.
const RUNTIME_MAIN: &str = "strongroom.rules.Main";

/// Builds both below the target directory, and tells where they are: first Firestore's, then the rules'.
///
/// # Errors
/// When there is no JDK, or the runtime cannot be built against this emulator.
pub(super) fn build(sh: &Sh, packaged: &Path) -> Result<(PathBuf, PathBuf)> {
    let folder = sh.target().join("emulators/jars");
    let classes = folder.join("classes");
    if classes.is_dir() {
        fs::remove_dir_all(&classes)?;
    }
    fs::create_dir_all(&classes)?;
    let mut compile = sh.command("javac");
    compile.args(["-nowarn", "-proc:none", "-cp"]).arg(packaged).arg("-d").arg(&classes).args(sources(sh)?);
    sh::read(&mut compile).context("the runtime of Storage's rules cannot be built")?;

    let firestore = folder.join("firestore-emulator.jar");
    pack(sh, &firestore, &manifest(FIRESTORE_MAIN, packaged), None)?;
    let storage = folder.join("storage-rules-runtime.jar");
    pack(sh, &storage, &manifest(RUNTIME_MAIN, packaged), Some(&classes))?;
    Ok((firestore, storage))
}

fn sources(sh: &Sh) -> Result<Vec<PathBuf>> {
    let folder = sh.root().join("firebase/rules-runtime/src/strongroom/rules");
    let files = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let paths = files.map(|file| file.map(|file| file.path())).collect::<Result<Vec<_>, _>>()?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "java")).collect())
}

fn pack(sh: &Sh, jar: &Path, manifest: &str, classes: Option<&Path>) -> Result<()> {
    let file = jar.with_extension("mf");
    fs::write(&file, manifest)?;
    let mut command = sh.command("jar");
    command.arg("cfm").arg(jar).arg(file);
    if let Some(classes) = classes {
        command.arg("-C").arg(classes).arg(".");
    }
    sh::read(&mut command)?;
    Ok(())
}

/// The manifest of a jar that starts with `main` and finds everything else in `library`.
fn manifest(main: &str, library: &Path) -> String {
    format!("Main-Class: {main}\n{}\n", folded(&format!("Class-Path: {}", url(library))))
}

fn url(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/").replace('%', "%25").replace(' ', "%20");
    format!("file://{}{text}", if text.starts_with('/') { "" } else { "/" })
}

/// A manifest's line has at most 72 bytes; what is longer goes on after a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut room = 72;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            folded.push_str("\n ");
            room = 71;
        }
        folded.push(letter);
        room -= letter.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_no_line_of_more_than_72_bytes() {
        let library = Path::new("/opt/a folder/").join("x".repeat(150)).join("emulator.jar");
        let manifest = manifest(FIRESTORE_MAIN, &library);
        assert!(manifest.lines().all(|line| line.len() <= 72), "{manifest}");
        let whole = manifest.replace("\n ", "");
        assert!(
            whole.contains("Class-Path: file:///opt/a%20folder/xxx") && whole.ends_with("/emulator.jar\n"),
            "{whole}"
        );
    }
}
