//! The types of the whole app, checked for Windows and macOS on Debian.
//!
//! Debian packages a Rust for building web browsers (`rustc-web`) together with the source of the standard library,
//! which is all it takes to check code for a system whose own toolchain isn't here. It is unpacked below the target
//! directory and disturbs nothing. Where the standard library of that system is installed, that is used instead. C code is compiled by MinGW for Windows; for macOS `fakecc` and `fakear` stand in,
//! so that nothing is linked: this finds mistakes in `cfg(windows)` and `cfg(target_os = "macos")`, and runs nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, iter};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::platform::{self, Platform};
use crate::setup::{self, Group};
use crate::sh::{self, Sh};
use crate::{apt, report};

/// Debian's packages that are unpacked and not installed; `rustc-web` would replace Debian's own `rustc`.
const UNPACKED: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "libstd-rust-web-dev"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// For which system: both, when none is named.
    systems: Vec<Os>,
}

/// A system to check for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Os {
    /// Windows.
    Win,
    /// macOS.
    Mac,
}

impl Os {
    const fn name(self) -> &'static str {
        match self {
            Os::Win => "Windows",
            Os::Mac => "macOS",
        }
    }

    const fn target(self) -> &'static str {
        match self {
            Os::Win => "x86_64-pc-windows-gnu",
            Os::Mac => "aarch64-apple-darwin",
        }
    }
}

/// `cargo xtask cross`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    setup::ensure(sh, &[Group::Cross])?;
    let both = [Os::Win, Os::Mac];
    for os in if args.systems.is_empty() { both.as_slice() } else { args.systems.as_slice() } {
        report::heading(&format!("types for {}", os.name()));
        if let Err(reason) = check(sh, *os)? {
            bail!("this check can't be done here: {reason}");
        }
    }
    Ok(())
}

/// Checks the types of everything but this crate for a system; `Err` inside says why that can't be done here.
///
/// # Errors
/// When a type is wrong, or the compiler can't be brought here.
pub(crate) fn check(sh: &Sh, os: Os) -> Result<Result<(), String>> {
    if is_installed(sh, os)? {
        // In the project's own target directory: build scripts and macros are compiled there already.
        sh::run(sh.cargo().args(CHECK).args(["--target", os.target()]))?;
        return Ok(Ok(()));
    }
    let compiler = match prepare(sh)? {
        Ok(compiler) => compiler,
        Err(reason) => return Ok(Err(reason)),
    };
    let mut command = compiler.cargo(sh)?;
    if os == Os::Mac {
        let stand_ins = sh.root().join("crates/xtask/cross");
        let sdk = compiler.work.join("no-sdk");
        fs::create_dir_all(&sdk)?;
        command.env("SDKROOT", sdk).env("MACOSX_DEPLOYMENT_TARGET", "11.0");
        for tool in ["CC", "CXX"] {
            command.env(format!("{tool}_aarch64_apple_darwin"), stand_ins.join("fakecc"));
        }
        command.env("AR_aarch64_apple_darwin", stand_ins.join("fakear"));
    }
    command.args(CHECK).args([
        "-Zbuild-std=std,test,panic_abort,panic_unwind",
        "--target",
        os.target(),
        "--target-dir",
    ]);
    // One for both systems: build scripts and macros are compiled once.
    command.arg(compiler.work.join("build"));
    sh::run(&mut command)?;
    Ok(Ok(()))
}

/// Everything but this crate, which runs where the project is developed.
const CHECK: [&str; 5] = ["check", "--workspace", "--exclude", "xtask", "--all-targets"];

/// Whether the project's own compiler has the standard library of a system.
fn is_installed(sh: &Sh, os: Os) -> Result<bool> {
    if cfg!(windows) || cfg!(target_os = "macos") {
        return Ok(false);
    }
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries = sh::read(sh.command(compiler).args(["--print", "target-libdir", "--target", os.target()]))?;
    Ok(fs::read_dir(libraries.trim()).is_ok_and(|mut entries| entries.next().is_some()))
}

/// What apt has to install: MinGW, and the libraries the unpacked programs are linked to.
///
/// # Errors
/// When apt can't be asked.
pub(crate) fn packages(sh: &Sh) -> Result<Vec<String>> {
    if unavailable(sh).is_some() {
        return Ok(Vec::new());
    }
    let mut names = vec!["gcc-mingw-w64-x86-64".to_owned()];
    for package in unpacked(sh)? {
        let libraries = apt::depends(sh, &package)?.into_iter().filter(|name| name.starts_with("lib"));
        names.extend(libraries.filter(|name| !name.starts_with("libstd-rust-web")));
    }
    Ok(names)
}

/// Unpacks the compiler, unless it is there; `Err` inside says why there is none for this system.
///
/// # Errors
/// When it can't be fetched or unpacked.
pub(crate) fn prepare(sh: &Sh) -> Result<Result<Compiler, String>> {
    if let Some(reason) = unavailable(sh) {
        return Ok(Err(reason));
    }
    let work = sh.target().join("cross");
    let compiler = Compiler { root: work.join("rust"), work };
    if !compiler.rustc().exists() {
        compiler.unpack(sh)?;
    }
    Ok(Ok(compiler))
}

/// A Rust that can build the standard library, below the target directory.
pub(crate) struct Compiler {
    work: PathBuf,
    root: PathBuf,
}

impl Compiler {
    fn rustc(&self) -> PathBuf {
        self.root.join("usr/bin/rustc")
    }

    /// Fetches the packages and unpacks them; the directory gets its name when it is whole.
    fn unpack(&self, sh: &Sh) -> Result<()> {
        let (fetched, unfinished) = (self.work.join("deb"), self.work.join("rust.unfinished"));
        for stale in [&fetched, &unfinished, &self.root] {
            if stale.exists() {
                fs::remove_dir_all(stale)?;
            }
        }
        fs::create_dir_all(&fetched)?;
        sh::run(sh.command("apt-get").arg("download").args(unpacked(sh)?).current_dir(&fetched))?;
        for file in fs::read_dir(&fetched)? {
            sh::run(sh.command("dpkg").arg("-x").arg(file?.path()).arg(&unfinished))?;
        }
        fs::rename(&unfinished, &self.root)?;
        Ok(fs::remove_dir_all(&fetched)?)
    }

    /// This compiler's Cargo, that finds nothing of the other one.
    fn cargo(&self, sh: &Sh) -> Result<Command> {
        let bin = self.root.join("usr/bin");
        let mut command = sh.command(bin.join("cargo"));
        command.env("CARGO", bin.join("cargo")).env("RUSTC", self.rustc()).env("RUSTDOC", bin.join("rustdoc"));
        // Building the standard library is not stable: Debian's compiler is a release, and has to be told.
        command.env("RUSTC_BOOTSTRAP", "1");
        command.env("PATH", path_behind(&bin)?).env("LD_LIBRARY_PATH", self.libraries()?);
        for inherited in ["RUSTUP_TOOLCHAIN", "CARGO_TARGET_DIR", "CARGO_BUILD_TARGET", "RUSTFLAGS"] {
            command.env_remove(inherited);
        }
        Ok(command)
    }

    /// Where the compiler's own library lies.
    fn libraries(&self) -> Result<PathBuf> {
        let mut open = vec![self.root.join("usr/lib")];
        while let Some(directory) = open.pop() {
            for entry in fs::read_dir(&directory)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    open.push(entry.path());
                } else if entry.file_name().to_string_lossy().starts_with("librustc_driver") {
                    return Ok(directory);
                }
            }
        }
        bail!("{} holds no librustc_driver", self.root.display())
    }
}

/// Why there is no such compiler here, if so.
fn unavailable(sh: &Sh) -> Option<String> {
    if platform::here() != Platform::Debian {
        return Some("it needs Debian's rustc-web, and this is not Debian".to_owned());
    }
    let version = apt::candidate(sh, "rustc-web").or_else(|| {
        // A fresh container knows no packages at all.
        apt::update(sh).ok().and_then(|()| apt::candidate(sh, "rustc-web"))
    });
    let wanted = env!("CARGO_PKG_RUST_VERSION");
    match version {
        None => Some("apt knows no package rustc-web here".to_owned()),
        Some(version) if release(&version) < release(wanted) => {
            Some(format!("rustc-web is {version} here, and the code asks for {wanted}"))
        }
        Some(_) => None,
    }
}

/// Major and minor of a version; Debian's `1.96.0+dfsg1-1` among them.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The packages to unpack: those we name, and the standard library whose package is named after its version.
fn unpacked(sh: &Sh) -> Result<Vec<String>> {
    let library =
        apt::depends(sh, "libstd-rust-web-dev")?.into_iter().find(|name| name.starts_with("libstd-rust-web-"));
    let library = library.context("libstd-rust-web-dev depends on no libstd-rust-web")?;
    Ok(UNPACKED.into_iter().map(str::to_owned).chain(iter::once(library)).collect())
}

/// `PATH` with a directory before everything else.
fn path_behind(first: &Path) -> Result<OsString> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    ensure!(first.is_absolute(), "{} is no absolute path", first.display());
    Ok(env::join_paths(iter::once(first.to_owned()).chain(env::split_paths(&inherited)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_compared_as_numbers() {
        assert_eq!(release("1.96.0+dfsg1-1~deb12u2"), Some((1, 96)));
        assert_eq!(release("1.95"), Some((1, 95)));
        assert!(release("1.100.0") > release("1.95"));
        assert!(release("1.85.0+dfsg3-1") < release("1.95"));
    }
}
