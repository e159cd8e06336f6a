//! Programs to be measured against. What is not installed is named and left out.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh;

/// A program that stores a folder, the way its users would run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Peer {
    Cp,
    Rclone,
    Borg,
    Restic,
}

impl Peer {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Cp => "cp -a",
            Self::Rclone => "rclone copy",
            Self::Borg => "borg create",
            Self::Restic => "restic backup",
        }
    }

    const fn program(self) -> &'static str {
        match self {
            Self::Cp => "cp",
            Self::Rclone => "rclone",
            Self::Borg => "borg",
            Self::Restic => "restic",
        }
    }

    /// Those that are here; the others are named.
    pub(super) fn present() -> Vec<Self> {
        let (here, absent): (Vec<_>, Vec<_>) =
            [Self::Cp, Self::Rclone, Self::Borg, Self::Restic].into_iter().partition(|peer| {
                sh::exists(peer.program()) || Command::new(peer.program()).arg("version").output().is_ok()
            });
        for peer in absent {
            println!("not measured, because it is not installed: {}", peer.name());
        }
        here
    }

    /// Makes the place it stores to, if it needs one made.
    pub(super) fn prepare(self, place: &Path) -> Option<Command> {
        let mut command = self.command(place);
        match self {
            Self::Cp | Self::Rclone => return None,
            Self::Borg => command.args(["init", "--encryption=none"]).arg(place),
            Self::Restic => command.arg("init"),
        };
        Some(command)
    }

    /// Stores the folder for the `number`th time.
    pub(super) fn store(self, tree: &Path, place: &Path, number: usize) -> Command {
        let mut command = self.command(place);
        match self {
            Self::Cp => command.arg("-a").arg(tree).arg(place),
            Self::Rclone => command.arg("copy").arg(tree).arg(place),
            Self::Borg => command.arg("create").arg(format!("{}::{number}", place.display())).arg(tree),
            Self::Restic => command.args(["backup", "--quiet"]).arg(tree),
        };
        command
    }

    fn command(self, place: &Path) -> Command {
        let mut command = Command::new(self.program());
        let home: PathBuf = place.with_extension("home");
        if self == Self::Restic {
            command.arg("--repo").arg(place).arg("--cache-dir").arg(&home);
        }
        // Its own state beside its own store, never the person's.
        command.env("BORG_BASE_DIR", &home).env("BORG_RELOCATED_REPO_ACCESS_IS_OK", "yes");
        command.env("BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK", "yes");
        // Restic has no store without a password.
        command.env("RCLONE_CONFIG", "/dev/null").env("RESTIC_PASSWORD", "bench");
        command
    }
}
