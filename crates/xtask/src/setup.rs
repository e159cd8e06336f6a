//! What has to be on the computer before anything can be built: installed where we can, named where we can't.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::platform::{self, Platform};
use crate::sh::{self, Sh};
use crate::{apt, cross, emulators};

/// The oldest Node.js that builds the page.
const NODE: (u32, u32) = (20, 19);

#[derive(clap::Args)]
pub(crate) struct Args {
    /// For what: all of it but `bench`, when nothing is named.
    groups: Vec<Group>,
}

/// What packages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// A C compiler, for the database and the hashes.
    Compile,
    /// The web view and Node.js, for the window.
    Window,
    /// What installs the lints of the workflows.
    Lint,
    /// What the tests look at Strongroom with, a keychain for them, and drives of other kinds.
    Test,
    /// A desktop without a monitor, and what drives the window and a browser on it.
    Desktop,
    /// Java, and Node.js for what runs Firebase on this computer.
    Emulators,
    /// A compiler for Windows and macOS, that checks types.
    Cross,
    /// What Strongroom is measured against.
    Bench,
}

/// `cargo xtask setup`
pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    let everything =
        [Group::Compile, Group::Window, Group::Lint, Group::Test, Group::Desktop, Group::Emulators, Group::Cross];
    let groups = if args.groups.is_empty() { everything.as_slice() } else { args.groups.as_slice() };
    if let Some(commands) = by_hand(platform::here()) {
        println!("{commands}");
        return if need_node(groups) { node(sh) } else { Ok(()) };
    }
    ensure(sh, groups)?;
    if groups.contains(&Group::Cross)
        && let Err(reason) = cross::prepare(sh)?
    {
        println!("The check for Windows and macOS will be skipped: {reason}.");
    }
    println!("Everything is in place.");
    Ok(())
}

/// Makes sure that what these groups need is there. Where we can't install, the build itself will say what is missing.
///
/// # Errors
/// When something is missing and cannot be installed from here; the message says what to do.
pub(crate) fn ensure(sh: &Sh, groups: &[Group]) -> Result<()> {
    match platform::here() {
        Platform::Debian => {
            let mut packages = BTreeSet::new();
            for group in groups {
                packages.extend(debian(sh, *group)?);
            }
            let missing = apt::missing(sh, &packages)?;
            if !missing.is_empty() {
                apt::install(sh, &missing)?;
            }
        }
        Platform::Linux if groups.contains(&Group::Window) && !web_view_is_there(sh) => {
            bail!("the web view's development files are missing.\n{}", by_hand(Platform::Linux).unwrap_or_default());
        }
        Platform::Linux | Platform::Mac | Platform::Windows => {}
    }
    if need_node(groups) { node(sh) } else { Ok(()) }
}

fn need_node(groups: &[Group]) -> bool {
    groups.contains(&Group::Window) || groups.contains(&Group::Emulators)
}

/// The packages of a group on Debian and Ubuntu.
fn debian(sh: &Sh, group: Group) -> Result<Vec<String>> {
    let names: &[&str] = match group {
        Group::Compile => &["build-essential", "pkg-config"],
        Group::Window => &[
            "file",
            "libayatana-appindicator3-dev",
            "librsvg2-dev",
            "libssl-dev",
            "libwebkit2gtk-4.1-dev",
            "libxdo-dev",
        ],
        Group::Lint => &["python3-pip"],
        Group::Test => &[
            "dbus",
            "dosfstools",
            "e2fsprogs",
            "exfat-fuse",
            "exfatprogs",
            "faketime",
            "fusefat",
            "gnome-keyring",
            "mount",
            "strace",
            "util-linux",
        ],
        Group::Desktop => &[
            "chromium",
            "dbus",
            "fonts-dejavu-core",
            "gir1.2-gtk-3.0",
            "imagemagick",
            "libgtk-3-bin",
            "openbox",
            "poppler-utils",
            "procps",
            "python3-gi",
            "python3-pip",
            "webkit2gtk-driver",
            "xdg-utils",
            "xdotool",
            "xvfb",
        ],
        Group::Emulators => return Ok(emulators::packages()),
        Group::Cross => return cross::packages(sh),
        Group::Bench => &["borgbackup", "openssl", "rclone", "restic"],
    };
    Ok(names.iter().map(|name| (*name).to_owned()).collect())
}

fn web_view_is_there(sh: &Sh) -> bool {
    sh.command("pkg-config").args(["--exists", "webkit2gtk-4.1"]).status().is_ok_and(|status| status.success())
}

/// The commands for systems where we install nothing ourselves.
fn by_hand(platform: Platform) -> Option<&'static str> {
    match platform {
        Platform::Debian => None,
        Platform::Linux => Some(
            "Please install a C compiler and the web view's development files:\n
    Fedora   sudo dnf install @c-development openssl-devel webkit2gtk4.1-devel librsvg2-devel libappindicator-gtk3-devel libxdo-devel file
    Arch     sudo pacman -S --needed base-devel openssl webkit2gtk-4.1 librsvg libappindicator-gtk3 xdotool file
    openSUSE sudo zypper install -t pattern devel_basis && sudo zypper install libopenssl-devel webkit2gtk3-devel librsvg-devel libappindicator3-1 file\n",
        ),
        Platform::Mac => Some(
            "Please run, where it has not been done:\n
    xcode-select --install
    brew install node openjdk\n",
        ),
        Platform::Windows => Some(
            "Please run, where it has not been done (the last line is for Windows 10; Windows 11 brings it along):\n
    winget install Microsoft.VisualStudio.2022.BuildTools --override \"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"
    winget install OpenJS.NodeJS.LTS
    winget install EclipseAdoptium.Temurin.21.JDK
    winget install Microsoft.EdgeWebView2Runtime\n",
        ),
    }
}

/// Makes sure of Node.js and npm.
fn node(sh: &Sh) -> Result<()> {
    let how = format!(
        "Node.js {}.{} or newer, with npm, builds the page in the window and runs Firebase for the tests. Please install it from \
         https://nodejs.org/en/download (macOS: `brew install node`; Windows: `winget install OpenJS.NodeJS.LTS`) \
         and try again",
        NODE.0, NODE.1
    );
    let told = sh::read(sh.command("node").arg("--version")).with_context(|| how.clone())?;
    let version = node_version(&told).with_context(|| format!("`node --version` says {told:?}"))?;
    ensure!(version >= NODE, "this is Node.js {}.{}. {how}", version.0, version.1);
    ensure!(sh::exists(crate::npm::program()), "npm is missing. {how}");
    Ok(())
}

/// Reads `v20.19.4`.
fn node_version(told: &str) -> Option<(u32, u32)> {
    let mut parts = told.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_compared_as_numbers() {
        assert_eq!(node_version("v20.20.2\n"), Some((20, 20)));
        assert!(node_version("v20.9.0").is_some_and(|version| version < NODE));
        assert!(node_version("v22.1.0").is_some_and(|version| version > NODE));
        assert_eq!(node_version("not found"), None);
    }
}
