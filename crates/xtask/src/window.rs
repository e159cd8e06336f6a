//! The window, as people get it: packed, installed and used on a desktop without a monitor.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::emulators::{Emulators, Ports, Product};
use crate::platform::{self, Platform};
use crate::sh::{self, Sh};
use crate::tests_run::{self, Tests};
use crate::{apt, bundle};

/// The name of the Debian package.
const PACKAGE: &str = "strongroom";

/// The program in the package.
const PROGRAM: &str = "usr/bin/strongroom-desktop";

/// Packs the app, installs it, and makes the journeys through its window; `Err` inside says why that can't be done here.
///
/// # Errors
/// When the app cannot be built, or a journey fails.
pub(crate) fn check(sh: &Sh) -> Result<Result<Tests, String>> {
    if platform::here() != Platform::Debian {
        return Ok(Err("it needs a desktop without a monitor, which is set up on Debian and Ubuntu only".to_owned()));
    }
    // What it is made of is compiled for the other tests already; for release, all of it would be once more, which takes
    // longer than all journeys. Only a release compiles what is shipped; the journeys are not made through that.
    bundle::build(sh, &bundle::Args::for_journeys())?;
    let package = bundle::deb(sh)?;
    let installed = Installed::new(sh, &package)?;
    let emulators = Emulators::start(sh, &Ports::free()?, Product::ALL)?;
    let mut command = tests_run::targets(sh, &["window"]);
    emulators.introduce(&mut command);
    command.args(["--", "--test-threads=1"]);
    command.env("STRONGROOM_APP", &installed.program);
    if !installed.by_apt {
        // What is only unpacked has no entry in the menu.
        command.args(["--skip", "menu_entry"]);
    }
    let ran = tests_run::run(&mut command, tests_run::by_cargo);
    drop(installed);
    emulators.stop()?;
    Ok(Ok(ran.context("pictures of the journeys are in target/journeys")?))
}

/// The app, installed as long as this value lives.
struct Installed<'a> {
    sh: &'a Sh,
    program: PathBuf,
    by_apt: bool,
}

impl<'a> Installed<'a> {
    /// Installs the package, or unpacks it where this person may not install.
    fn new(sh: &'a Sh, package: &Path) -> Result<Self> {
        match apt::install_file(sh, package) {
            Ok(()) => Ok(Self { sh, program: Path::new("/").join(PROGRAM), by_apt: true }),
            Err(error) => {
                println!("The package is unpacked instead of installed, and its menu entry not tried: {error:#}");
                let root = sh.target().join("journeys/root");
                sh::run(sh.command("dpkg").arg("-x").arg(package).arg(&root))?;
                Ok(Self { sh, program: root.join(PROGRAM), by_apt: false })
            }
        }
    }
}

impl Drop for Installed<'_> {
    fn drop(&mut self) {
        if self.by_apt
            && let Err(error) = apt::remove(self.sh, PACKAGE)
        {
            println!("The package {PACKAGE} stays installed: {error:#}");
        }
    }
}
